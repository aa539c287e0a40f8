"""The board of today, which refreshes itself, and the dossiers or parcels behind each of its figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.base.times import VIETNAM, day_of
from motcua.offices.models import Office
from motcua.operations.board import Board, Node, behind, board, parcels_behind
from motcua.operations.reminding import may_remind_office
from motcua.operations.sets import BOARD, HANDLING, OF_PARCELS, RETURNING, TODAY, WAITING
from motcua.pages.control.menu import GROUPS
from motcua.pages.layout.access import officers
from motcua.pages.layout.periods import row_asked
from motcua.pages.layout.requests import PersonRequest
from motcua.reports.measures import Measure
from motcua.reports.scope import REPORTERS, Scope, scope_for

SECONDS = 30
# What a row of the table shows; the tiles above show everything.
OF_AN_OFFICE = ("taken_in", "resolved", "waiting", "ack_today", "ack_late", "in_hand", "due_today", "late", "to_return", "post_late")  # fmt: skip
ALARMING = frozenset({"ack_late", "late", "post_late"})


@dataclass(frozen=True)
class Cell:
    """A figure with its meaning; `address` is empty where nothing is behind it."""

    measure: Measure
    count: int
    address: str

    @property
    def is_alarming(self) -> bool:
        return bool(self.count) and self.measure.key in ALARMING


@dataclass(frozen=True)
class Line:
    """One row of the tree. `depth` 0 is the office that is looked at; `open_address` shows what lies below."""

    node: Node
    depth: int
    cells: list[Cell]
    open_address: str
    is_alone: bool = False


@officers(*REPORTERS)
def home(request: PersonRequest) -> HttpResponse:
    """How things stand at this minute. The same page without its frame answers the script that refreshes it."""
    scope = _scope(request)
    asked = {name: request.GET.get(name, "") for name in ("noi", "coquan", "cay", "tudong")}
    made = board(request.at, scope)
    rows = list(_lines(made, asked))
    context = {
        "menu": GROUPS,
        "made": made,
        "groups": [
            (title, [_cell(BOARD[key], made.total[key], asked) for key in keys])
            for title, keys in (
                (_("Trong ngày"), TODAY),
                (_("Chờ tiếp nhận"), WAITING),
                (_("Đang giải quyết"), HANDLING),
                (_("Trả kết quả"), RETURNING),
            )
        ],
        "heads": [BOARD[key] for key in OF_AN_OFFICE],
        "rows": [row for row in rows if not row.node.is_empty],
        "empty": [row.node.office for row in rows if row.node.is_empty],
        "is_tree": bool(asked["cay"]),
        "whole": "?" + urlencode(_kept(asked, cay="" if asked["cay"] else "1")),
        "up": _up(made.scope, asked),
        "place": scope.place,
        "other_place": "?" + urlencode(_kept(asked, noi="competent" if scope.place == "receiving" else "receiving")),
        "refreshes": asked["tudong"] != "0",
        "other_way": "?" + urlencode(_kept(asked, tudong="" if asked["tudong"] == "0" else "0")),
        "here": "?" + urlencode(_kept(asked)),
        "seconds": SECONDS,
        "clock": f"{request.at.astimezone(VIETNAM):%H:%M:%S, %d/%m/%Y}",
        "measures": BOARD.values(),
    }
    return render(request, "control/board_now.html" if request.htmx else "control/board.html", context)


@officers(*REPORTERS)
def board_list(request: PersonRequest) -> HttpResponse:
    """The dossiers or parcels behind a figure of the board, as they are now."""
    scope, measure = _scope(request), request.GET.get("chitieu", "")
    if measure not in BOARD:
        raise NotThere(_("Không có chỉ tiêu này."))
    row, alone = _row(request), request.GET.get("rieng") == "1"
    query = {name: request.GET.get(name, "") for name in ("noi", "coquan", "chitieu", "dong", "rieng")}
    query = {key: value for key, value in query.items() if value}
    context: dict[str, Any] = {
        "measure": BOARD[measure],
        "office": row or scope.office,
        "at": request.at,
        "remind": _remind_address(request, measure, row or scope.office),
        "back": reverse("control:home") + "?" + urlencode({k: v for k, v in query.items() if k in ("noi", "coquan")}),
    }
    if measure in OF_PARCELS:
        context["parcels"] = parcels_behind(request.at, scope, measure, office=row, alone=alone)
        return render(request, "control/board_parcels.html", context)
    after = request.GET.get("sau", "")
    page = behind(request.at, scope, measure, office=row, alone=alone, after=after)
    context |= {
        "page": page,
        "first_query": "?" + urlencode(query) if after else "",
        "next_query": "?" + urlencode({**query, "sau": page.next}) if page.next else "",
    }
    return render(request, "control/board_list.html", context)


def _remind_address(request: PersonRequest, measure: str, office: Office | None) -> str:
    """Where the office is reminded of what it has late; empty for other figures."""
    if measure != "late" or office is None or not may_remind_office(request.actor, office.pk, day_of(request.at)):
        return ""
    return reverse("control:remind_office", args=[office.code])


def _scope(request: PersonRequest) -> Scope:
    place = request.GET.get("noi") or "competent"
    return scope_for(request.actor, day_of(request.at), office_code=request.GET.get("coquan", ""), place=place)


def _row(request: PersonRequest) -> Office | None:
    given = row_asked(request.GET.get("dong", ""))
    if given is None:
        return None
    found = Office.objects.filter(pk=given).first()
    if found is None:
        raise NotThere(_("Không có cơ quan này."))
    return found


def _lines(made: Board, asked: dict[str, str]) -> Iterator[Line]:
    """The office that is looked at and its children, or the whole tree."""
    for top in made.tops:
        yield from _of_node(top, 0, asked)


def _of_node(node: Node, depth: int, asked: dict[str, str]) -> Iterator[Line]:
    zoom = "?" + urlencode(_kept(asked, coquan=node.office.code)) if node.children and depth else ""
    cells = [_cell(BOARD[key], node.figures[key], asked, dong=node.office.pk) for key in OF_AN_OFFICE]
    yield Line(node, depth, cells, zoom)
    if depth and not asked["cay"]:
        return
    if node.children and any(node.own.values()):
        own = [_cell(BOARD[key], node.own[key], asked, dong=node.office.pk, rieng=1) for key in OF_AN_OFFICE]
        yield Line(node, depth + 1, own, "", is_alone=True)
    for child in node.children:
        yield from _of_node(child, depth + 1, asked)


def _cell(measure: Measure, count: int, asked: dict[str, str], **row: Any) -> Cell:
    query = {"noi": asked["noi"], "coquan": asked["coquan"], "chitieu": measure.key, **row}
    page = reverse("control:board_list")
    address = f"{page}?{urlencode({key: value for key, value in query.items() if value})}" if count else ""
    return Cell(measure, count, address)


def _kept(asked: dict[str, str], **changes: str) -> dict[str, str]:
    return {key: value for key, value in {**asked, **changes}.items() if value}


def _up(scope: Scope, asked: dict[str, str]) -> str:
    return "?" + urlencode(_kept(asked, coquan="")) if scope.office else ""

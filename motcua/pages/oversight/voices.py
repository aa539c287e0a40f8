"""What people said of the service: votes and petitions of a period, every figure with its definition and its list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, NotThere
from motcua.offices.models import Office
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import show
from motcua.pages.layout.periods import row_asked
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.oversight.asking import XLSX, Asked, asked_from, choices_of, file_answer
from motcua.pages.oversight.forms import ReportForm, shortcuts
from motcua.petitions.models import Petition
from motcua.petitions.table import Kind
from motcua.ratings.kinds import Level, Place, Reason
from motcua.reports import petitions as petition_measures
from motcua.reports import votes as vote_measures
from motcua.reports.measures import Measure
from motcua.reports.petitions import PETITION_MEASURES, petition_report, petitions_behind
from motcua.reports.scope import REPORTERS
from motcua.reports.table_workbook import Cell as SheetCell
from motcua.reports.table_workbook import table_workbook
from motcua.reports.votes import (
    LEAVES,
    VOTE_MEASURES,
    ratable_behind,
    response_rate,
    satisfaction,
    vote_report,
    votes_behind,
)
from motcua.reports.wilson import Share

# Who was rated shall not find out by whom, so nobody sees which dossiers were. Law: ND61-2018 29
KEPT_SECRET = ("answered", "unanswered")
OF_AN_OFFICE = ("votes", *Level.values, "ratable", "answered")
OF_PETITIONS = (
    "carried_over",
    "new",
    "reopened",
    "total",
    "done_in_time",
    "done_late",
    "answered",
    "passed_on",
    "open",
    "open_late",
    "published",
)
SHOWN = 200


@dataclass(frozen=True)
class Figure:
    """A figure with its meaning; `address` is empty where nothing is behind it."""

    measure: Measure
    count: int
    address: str
    is_part: bool = False


@dataclass(frozen=True)
class Line:
    """One row of a table."""

    name: str
    figures: list[Figure]
    share: Share | None = None
    response_rate: Decimal | None = None


def _figures(
    keys: Iterable[str],
    counted: Mapping[str, int],
    measures: Mapping[str, Measure],
    form: ReportForm,
    route: str,
    **row: Any,
) -> list[Figure]:
    parts = {part for measure in measures.values() for part in measure.parts}
    return [
        Figure(
            measures[key],
            counted[key],
            f"{reverse(route)}?{form.address(chitieu=key, **row)}" if counted[key] and key not in KEPT_SECRET else "",
            key in parts,
        )
        for key in keys
    ]


def _context(asked: Asked, route: str) -> dict[str, Any]:
    choices = choices_of(asked, route)
    return {"shortcuts": shortcuts(asked.form), "choices": choices, "downloads": asked.form.address()}


@officers(*REPORTERS)
def ratings(request: PersonRequest) -> HttpResponse:
    """Votes of a period: how many, how satisfied and how sure, by place and by office."""
    asked = asked_from(request)
    context = _context(asked, "oversight:ratings")
    if asked.period is not None and asked.scope is not None:
        made = vote_report(asked.period, asked.scope)
        route = "oversight:votes"
        keys = [key for key in VOTE_MEASURES if key not in LEAVES]
        context |= {
            "made": made,
            "lines": _figures(keys, made.total, VOTE_MEASURES, asked.form, route),
            "levels": list(Level),
            "by_place": [
                Line(
                    str(place.label),
                    _figures(
                        [f"{place}_{level}" for level in Level.values], made.total, VOTE_MEASURES, asked.form, route
                    ),
                )
                for place in Place
            ],
            "heads": [VOTE_MEASURES[key] for key in OF_AN_OFFICE],
            "rows": [
                Line(
                    row.name,
                    _figures(OF_AN_OFFICE, row.figures, VOTE_MEASURES, asked.form, route, dong=row.key),
                    satisfaction(row.figures),
                    response_rate(row.figures),
                )
                for row in made.rows
            ],
        }
    return show(request, "oversight/ratings.html", context, form=asked.form)


@officers(*REPORTERS)
def ratings_xlsx(request: PersonRequest) -> HttpResponse:
    """The same as a workbook: a row for each office, the last one all together."""
    period, scope = asked_from(request).needed()
    made = vote_report(period, scope)
    keys = [key for key in VOTE_MEASURES if key in (*OF_AN_OFFICE, *LEAVES)]
    heads = [_("Cơ quan"), *(str(VOTE_MEASURES[key].name) for key in keys), _("Tỷ lệ hài lòng (%)"), _("từ"), _("đến")]
    rows: list[list[SheetCell]] = []
    for name, figures in [*((row.name, row.figures) for row in made.rows), (_("Tổng"), made.total)]:
        found = satisfaction(figures)
        rows.append([name, *(figures[key] for key in keys), found.percent, found.low, found.high])
    title = f"{_('Đánh giá sự hài lòng')}, {period}"
    return file_answer(table_workbook(title, heads, rows), XLSX, f"danh-gia-{period.key}.xlsx")


@officers(*REPORTERS)
def ratings_json(request: PersonRequest) -> HttpResponse:
    """The same as JSON."""
    period, scope = asked_from(request).needed()
    return _json(vote_measures.as_json(vote_report(period, scope)), f"danh-gia-{period.key}.json")


@officers(*REPORTERS)
def votes(request: PersonRequest) -> HttpResponse:
    """The votes behind a figure, without dossier and person. Law: ND61-2018 29"""
    asked = asked_from(request)
    period, scope = asked.needed()
    measure, office = request.GET.get("chitieu", ""), row_asked(request.GET.get("dong", ""))
    if measure not in VOTE_MEASURES or measure in KEPT_SECRET:
        raise NotThere(_("Không có chỉ tiêu này."))
    if measure == "ratable":
        return _ratable(request, asked, office)
    found = votes_behind(period, scope, measure, office=office, limit=SHOWN)
    rows = [
        {
            "vote": one,
            "level": Level(one.level).label,
            "place": Place(one.place).label,
            "reasons": ", ".join(str(Reason(reason).label) for reason in one.reasons),
        }
        for one in found
    ]
    context = {
        "measure": VOTE_MEASURES[measure],
        "period": period,
        "row_name": _name_of(office),
        "rows": rows,
        "is_cut": len(found) == SHOWN,
        "back": f"{reverse('oversight:ratings')}?{asked.form.address()}",
    }
    return render(request, "oversight/votes.html", context)


def _ratable(request: PersonRequest, asked: Asked, office: int | None) -> HttpResponse:
    """The dossiers that could be rated, without saying which were."""
    period, scope = asked.needed()
    after = request.GET.get("sau", "")
    if after and (not after.isdecimal() or len(after) > 18):
        raise Invalid(_("Địa chỉ của trang tiếp theo không đúng. Hãy mở lại danh sách."), code="cursor")
    found, following = ratable_behind(period, scope, office=office, after=int(after or 0))
    here = asked.form.address(chitieu="ratable", dong=office)
    context = {
        "measure": VOTE_MEASURES["ratable"],
        "period": period,
        "row_name": _name_of(office),
        "rows": found,
        "first_query": f"?{here}" if after else "",
        "next_query": f"?{asked.form.address(chitieu='ratable', dong=office, sau=following)}" if following else "",
        "back": f"{reverse('oversight:ratings')}?{asked.form.address()}",
    }
    return render(request, "oversight/ratable.html", context)


@officers(*REPORTERS)
def petitions(request: PersonRequest) -> HttpResponse:
    """Petitions of a period: what came, what became of it, by kind and by office; form II.05a."""
    asked = asked_from(request)
    context = _context(asked, "oversight:petitions")
    if asked.period is not None and asked.scope is not None:
        made = petition_report(asked.period, asked.scope)
        route, form = "oversight:petition_list", asked.form
        context |= {
            "made": made,
            "lines": _figures(PETITION_MEASURES, made.total, PETITION_MEASURES, form, route),
            "heads": [PETITION_MEASURES[key] for key in OF_PETITIONS],
            "kinds": [
                Line(row.name, _figures(OF_PETITIONS, row.figures, PETITION_MEASURES, form, route, loai=row.key))
                for row in made.kinds
            ],
            "offices": [
                Line(row.name, _figures(OF_PETITIONS, row.figures, PETITION_MEASURES, form, route, dong=row.key))
                for row in made.offices
            ],
            "form_05a": [(_words_05a(key), count) for key, count in petition_measures.form_05a(made).items()],
        }
    return show(request, "oversight/petitions.html", context, form=asked.form)


@officers(*REPORTERS)
def petitions_xlsx(request: PersonRequest) -> HttpResponse:
    """Form II.05a over the period as a workbook: one row for each office, the last one all together."""
    period, scope = asked_from(request).needed()
    made = petition_report(period, scope)
    heads = [_("Cơ quan"), *(str(measure.name) for measure in PETITION_MEASURES.values())]
    named = [*((row.name, row.figures) for row in made.offices), (_("Tổng"), made.total)]
    rows: list[list[SheetCell]] = [[name, *(figures[key] for key in PETITION_MEASURES)] for name, figures in named]
    rows += [[], [_("Biểu II.05a")]]
    rows += [[_words_05a(key), count] for key, count in petition_measures.form_05a(made).items()]
    title = f"{_('Phản ánh, kiến nghị')}, {period}"
    return file_answer(table_workbook(title, heads, rows), XLSX, f"phan-anh-{period.key}.xlsx")


@officers(*REPORTERS)
def petitions_json(request: PersonRequest) -> HttpResponse:
    """The same as JSON."""
    period, scope = asked_from(request).needed()
    return _json(petition_measures.as_json(petition_report(period, scope)), f"phan-anh-{period.key}.json")


@officers(*REPORTERS)
def petition_list(request: PersonRequest) -> HttpResponse:
    """The petitions behind a figure; what they say is open to those who answer for them."""
    asked = asked_from(request)
    period, scope = asked.needed()
    measure, office, kind = (
        request.GET.get("chitieu", ""),
        row_asked(request.GET.get("dong", "")),
        request.GET.get("loai", ""),
    )
    if measure not in PETITION_MEASURES or (kind and kind not in Kind.values):
        raise NotThere(_("Không có chỉ tiêu này."))
    found = petitions_behind(period, scope, measure, office=office, kind=kind, limit=SHOWN)
    mine = Petition.objects.visible_to(request.actor).filter(pk__in=[one.pk for one in found])
    seen = set(mine.values_list("pk", flat=True))
    context = {
        "measure": PETITION_MEASURES[measure],
        "period": period,
        "row_name": _name_of(office) or (str(Kind(kind).label) if kind else ""),
        "rows": [(one, one.pk in seen) for one in found],
        "is_cut": len(found) == SHOWN,
        "back": f"{reverse('oversight:petitions')}?{asked.form.address()}",
    }
    return render(request, "oversight/petition_list.html", context)


def _words_05a(key: str) -> str:
    return {
        "total": _("Tổng số phản ánh, kiến nghị"),
        "conduct": _("Về hành vi hành chính"),
        "regulation": _("Về quy định hành chính"),
        "both": _("Về cả hành vi và quy định"),
        "carried_over": _("Kỳ trước chuyển qua"),
        "new": _("Tiếp nhận mới trong kỳ"),
        "done": _("Đã xử lý"),
        "open": _("Đang xử lý"),
        "published": _("Đã công khai"),
    }[key]


def _name_of(office: int | None) -> str:
    return "" if office is None else Office.objects.filter(pk=office).values_list("name", flat=True).first() or ""


def _json(said: dict[str, Any], name: str) -> HttpResponse:
    return file_answer(json.dumps(said, ensure_ascii=False, indent=2).encode(), "application/json", name)

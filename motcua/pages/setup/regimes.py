"""The rules of each period side by side, and the history of one parameter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.base.times import day_of
from motcua.files import scanning
from motcua.law.book import Book, Value
from motcua.law.facts import ABOUT, DECLARED
from motcua.law.models import Proposal, Regime, RegimeParameter, Scope
from motcua.law.saying import say
from motcua.law.store import read_book
from motcua.law.wording import allowed_words, unit_words, value_words
from motcua.pages.layout.access import officers
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.setup.people import READERS, speaker


@dataclass(frozen=True)
class Cell:
    """One value of the table: in words, whether it differs from the regime before, whether the province set it."""

    words: str
    is_new: bool
    is_own: bool
    is_unsure: bool


@dataclass(frozen=True)
class Line:
    """One parameter in all regimes."""

    key: str
    says: str
    cells: list[tuple[Regime, Cell]]


@officers(*READERS)
def home(request: PersonRequest) -> HttpResponse:
    """What can be set up here."""
    context = {
        "waiting": Proposal.objects.filter(decision=None).count(),
        "scans": scanning.is_configured(),
        "scanner_answers": scanning.is_configured() and scanning.answers(),
        "administers": bool(request.actor.offices("administrator")),
    }
    return render(request, "setup/home.html", context)


@officers(*READERS)
def regimes(request: PersonRequest) -> HttpResponse:
    """Every parameter in every regime, as it stands today; of a regime that is over, as on its last day."""
    found, today = list(Regime.objects.all()), day_of(request.at)
    sure = dict(RegimeParameter.objects.values_list("pk", "confidence"))
    known = read_book()
    groups = [(say(about), [_line(key, found, known, today, sure) for key in keys]) for about, keys in ABOUT.items()]
    context = {
        "regimes": found,
        "in_force": known.code_on(today),
        "groups": groups,
        "waiting": Proposal.objects.filter(decision=None).count(),
        "columns": len(found) + 1,
    }
    return render(request, "setup/regimes.html", context)


@officers(*READERS)
def parameter(request: PersonRequest, key: str) -> HttpResponse:
    """One parameter: what it means, every value it ever had, by whom and on which ground, and what is proposed."""
    if key not in DECLARED:
        raise NotThere(_("Không có tham số này."))
    rows = RegimeParameter.objects.filter(key=key).with_end().select_related("regime", "proposal")
    today = day_of(request.at)
    context = {
        "key": key,
        "says": say(DECLARED[key].says),
        "unit": unit_words(key),
        "narrow": DECLARED[key].narrow,
        "allowed": allowed_words(key),
        "periods": list(_periods(key, list(rows.order_by("-regime__valid_from", "-valid_from", "-id")), today)),
        "waiting": list(Proposal.objects.filter(key=key, decision=None).select_related("regime")),
        "may_propose": speaker(request).may_propose,
    }
    return render(request, "setup/parameter.html", context)


@dataclass(frozen=True)
class Period:
    """One regime with the values that a parameter had in it, newest first."""

    regime: Regime
    is_open: bool
    rows: list[dict[str, Any]]


def _periods(key: str, rows: list[RegimeParameter], today: date) -> Iterator[Period]:
    for regime in dict.fromkeys(row.regime for row in rows):
        yield Period(
            regime,
            regime.valid_to is None or regime.valid_to > today + timedelta(days=1),
            [
                {"row": row, "words": _("thôi quy định riêng") if row.ends else value_words(key, row.value)}
                for row in rows
                if row.regime == regime
            ],
        )


def _line(key: str, found: list[Regime], known: Book, today: date, sure: dict[int, str]) -> Line:
    cells: list[tuple[Regime, Cell]] = []
    before: Value | None = None
    for regime in found:
        row = known.deciding(regime.code, key, known.shown_day(regime.code, today), known.places(regime.code))
        if row is not None:
            cells.append(
                (
                    regime,
                    Cell(
                        value_words(key, row.value),
                        before is not None and before.value != row.value,
                        row.scope == Scope.PROVINCE,
                        sure[row.order] == RegimeParameter.Confidence.LOW,
                    ),
                )
            )
        before = row
    return Line(key, say(DECLARED[key].says), cells)

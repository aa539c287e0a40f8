"""Letters of apology: who was late and was told sorry, who was not, and for whom today is the last day to say so."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.base.times import day_of
from motcua.operations.apologies import APOLOGIES, apologies, apology_lines, last_chance
from motcua.pages.control.board import Cell
from motcua.pages.control.menu import GROUPS
from motcua.pages.control.periods import shortcuts as usual
from motcua.pages.layout.access import officers
from motcua.pages.layout.periods import period_of, row_asked
from motcua.pages.layout.requests import PersonRequest
from motcua.reports.scope import REPORTERS, scope_for


@officers(*REPORTERS)
def apology_figures(request: PersonRequest) -> HttpResponse:
    """Late with a letter and without, letters sent, by office; and what can still be apologised for in time."""
    asked = period_of(request)
    scope = scope_for(request.actor, day_of(request.at))
    made = apologies(asked, scope)
    context = {
        "menu": GROUPS,
        "made": made,
        "shortcuts": usual(request, asked),
        "lines": [_cell(key, made.total[key], asked.key) for key in APOLOGIES],
        "heads": list(APOLOGIES.values()),
        "rows": [
            (row.name, [_cell(key, row.figures[key], asked.key, dong=row.key) for key in APOLOGIES])
            for row in made.rows
        ],
        "last_chance": last_chance(request.at, scope),
    }
    return render(request, "control/apologies.html", context)


@officers(*REPORTERS)
def apology_list(request: PersonRequest) -> HttpResponse:
    """The dossiers behind a figure, as they stand now."""
    period = period_of(request)
    measure, row, after = (request.GET.get(name, "") for name in ("chitieu", "dong", "sau"))
    scope = scope_for(request.actor, day_of(request.at))
    page = apology_lines(period, scope, measure, request.at, office=row_asked(row), after=after)
    query: dict[str, Any] = {"ky": period.key, "chitieu": measure, **({"dong": row} if row else {})}
    context = {
        "measure": APOLOGIES[measure],
        "period": period,
        "page": page,
        "back": f"{reverse('control:apologies')}?ky={period.key}",
        "first_query": "?" + urlencode(query) if after else "",
        "next_query": "?" + urlencode({**query, "sau": page.next}) if page.next else "",
    }
    return render(request, "control/apology_list.html", context)


def _cell(key: str, count: int, period: str, **row: Any) -> Cell:
    query = urlencode({"ky": period, "chitieu": key, **row})
    return Cell(APOLOGIES[key], count, f"{reverse('control:apology_list')}?{query}" if count else "")

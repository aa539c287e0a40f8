"""The whole province: which offices are connected and active, and which data would spoil the figures."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.base.times import day_of
from motcua.offices.models import Office
from motcua.operations.activity import ACTIVITY, behind, by_level, offices_active
from motcua.operations.quality import CHECKS, bad_rows
from motcua.operations.quality import quality as checked
from motcua.pages.control.board import Cell
from motcua.pages.control.menu import GROUPS
from motcua.pages.control.periods import shortcuts
from motcua.pages.layout.access import officers
from motcua.pages.layout.periods import period_of
from motcua.pages.layout.requests import PersonRequest
from motcua.reports.scope import REPORTERS, offices_reported_to


@officers(*REPORTERS)
def activity(request: PersonRequest) -> HttpResponse:
    """By level: offices, connected, active, and what they did; every figure opens its offices, the idle ones first."""
    period = period_of(request)
    found = offices_active(period, offices_reported_to(request.actor, day_of(request.at)))
    measure, level = request.GET.get("chitieu", ""), request.GET.get("cap", "")
    context: dict[str, Any] = {
        "menu": GROUPS,
        "period": period,
        "shortcuts": shortcuts(request, period),
        "heads": list(ACTIVITY.values()),
        "measures": ACTIVITY.values(),
        "rows": [
            (row.name, [_cell(key, row.figures[key], period.key, row.key) for key in ACTIVITY])
            for row in by_level(found)
        ],
    }
    if measure:
        listed = behind(found, measure, level)
        context |= {"listed": listed, "title": ACTIVITY[measure].name, "level": Office.Level(level).label}
    return render(request, "control/activity.html", context)


@officers(*REPORTERS)
def quality(request: PersonRequest) -> HttpResponse:
    """Each check with what it finds; a figure opens its rows, a row the page of the act that mends it."""
    allowed = offices_reported_to(request.actor, day_of(request.at))
    counts = checked(request.at, allowed)
    chosen, after = request.GET.get("kiemtra", ""), request.GET.get("sau", "")
    context: dict[str, Any] = {
        "menu": GROUPS,
        "checks": [(check, counts[key], "?" + urlencode({"kiemtra": key}) + "#list") for key, check in CHECKS.items()],
        "total": sum(counts.values()),
        "at": request.at,
    }
    if chosen:
        page = bad_rows(request.at, allowed, chosen, after=after)
        context |= {
            "chosen": CHECKS[chosen],
            "page": page,
            "rows": [(row, reverse(CHECKS[chosen].route, args=[row.key])) for row in page.rows],
            "first_query": "?" + urlencode({"kiemtra": chosen}) if after else "",
            "next_query": "?" + urlencode({"kiemtra": chosen, "sau": page.next}) if page.next else "",
        }
    return render(request, "control/quality.html", context)


def _cell(key: str, count: int, period: str, level: str) -> Cell:
    query = urlencode({"ky": period, "chitieu": key, "cap": level})
    return Cell(ACTIVITY[key], count, f"{reverse('control:activity')}?{query}#list" if count else "")

"""For whom the offices were late, for everybody to read: no person, no procedure, the code masked."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render

from motcua.base.times import day_of
from motcua.operations.apologies import LONGEST_LIST, apologies, public_list
from motcua.pages.layout.access import public
from motcua.pages.layout.requests import PersonRequest
from motcua.reports.periods import between, parse_period
from motcua.reports.scope import Scope


@public
def sorry(request: PersonRequest) -> HttpResponse:
    """By office and month, then the dossiers of one office or of all. Law: ND61-2018 19(9)"""
    today = day_of(request.at)
    months = [today.replace(day=1)]
    while len(months) < 6:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    asked = parse_period(request.GET.get("ky", "")[:20] or f"{today:%Y-%m}")
    period = between(asked.first, today) if asked.first <= today < asked.last else asked
    code = request.GET.get("coquan", "")[:20]
    made = apologies(period, Scope())
    rows = [row for row in made.rows if row.figures["late"]]
    context = {
        "period": period,
        "months": [(f"{month:%m/%Y}", f"{month:%Y-%m}") for month in months],
        "asked": asked.key,
        "rows": rows,
        "total": made.total,
        "rate": made.with_letter_rate,
        "listed": public_list(period, code),
        "longest": LONGEST_LIST,
        "office": next((row.name for row in rows if row.code == code), ""),
    }
    return render(request, "portal/sorry.html", context)

"""For whom the offices were late, for everybody to read: no person, no procedure, the code masked."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from motcua.base.times import day_of
from motcua.operations.public_apologies import LONGEST_LIST, months_shown, public_month
from motcua.pages.layout.access import public
from motcua.pages.layout.requests import PersonRequest


@public
def sorry(request: PersonRequest) -> HttpResponse:
    """By office and month that is over, then the dossiers of one office or of all. Law: ND61-2018 19(9)"""
    code = request.GET.get("coquan", "")[:20]
    month = public_month(request.GET.get("ky", "")[:20], request.at)
    rows = [row for row in month.made.rows if row.figures["late"] or row.figures["told"]]
    context = {
        "period": month.made.period,
        "months": [(f"{one.first:%m/%Y}", one.key) for one in months_shown(day_of(request.at))],
        "asked": month.made.period.key,
        "rows": rows,
        "rate": month.made.with_letter_rate,
        "listed": month.listed(code),
        "longest": LONGEST_LIST,
        "office": next((row.name for row in rows if row.code == code), ""),
        "at": month.at,
    }
    return render(request, "portal/sorry.html", context)

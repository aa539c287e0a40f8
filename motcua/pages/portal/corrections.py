"""What the offices had to correct, for everybody to read; and the former versions of my own result."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from motcua.base.times import day_of
from motcua.dossiers.kinds import CorrectionKind
from motcua.dossiers.models import FormerResult
from motcua.pages.layout.access import public
from motcua.pages.layout.periods import period_of, usual_periods
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.portal.following import download, own_dossier
from motcua.reports.corrected import corrected_by_office


@public
def corrections(request: PersonRequest) -> HttpResponse:
    """Counts by office and period; no dossier, no person. Law: ND61-2018 21"""
    today = day_of(request.at)
    period = period_of(request, f"{today.year}")
    rows = corrected_by_office(period)
    context = {
        "period": period,
        "periods": usual_periods(today),
        "heads": [kind.label for kind in CorrectionKind],
        "rows": rows,
        "total": [sum(row.figures[place] for row in rows) for place in range(len(CorrectionKind) + 1)],
    }
    return render(request, "portal/corrections.html", context)


def former_result(request: PersonRequest, submission_no: str, version: int) -> HttpResponseBase:
    """A version of my result that no longer holds."""
    found = own_dossier(request, submission_no)
    kept = FormerResult.objects.filter(dossier=found, version=version).select_related("file").first()
    return download(kept.file if kept else None)

"""What the offices had to correct, for everybody to read; and the former versions of my own result."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from motcua.base.times import day_of
from motcua.dossiers.kinds import CorrectionKind
from motcua.dossiers.models import FormerResult
from motcua.pages.layout.access import public
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.portal.following import download, own_dossier
from motcua.reports.corrected import corrected_by_office
from motcua.reports.periods import parse_period


@public
def corrections(request: PersonRequest) -> HttpResponse:
    """Counts by office and period; no dossier, no person. Law: ND61-2018 21"""
    today = day_of(request.at)
    before = today.replace(day=1) - timedelta(days=1)
    periods = [
        (_("Tháng này"), f"{today:%Y-%m}"),
        (_("Tháng trước"), f"{before:%Y-%m}"),
        (_("Quý này"), f"{today.year}-Q{(today.month + 2) // 3}"),
        (_("Năm nay"), f"{today.year}"),
        (_("Năm trước"), f"{today.year - 1}"),
    ]
    period = parse_period(request.GET.get("ky", "")[:20] or f"{today.year}")
    rows = corrected_by_office(period)
    context = {
        "period": period,
        "periods": periods,
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

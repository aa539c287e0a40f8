"""Who read which dossier, for those who oversee the protection of personal data."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from motcua.base.text import fold, tidy
from motcua.pages.layout.access import officers
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.requests import PersonRequest
from motcua.readings.models import Reading


@officers("overseer")
def readings(request: PersonRequest) -> HttpResponse:
    """Readings of dossiers of the offices overseen, the newest first; of one dossier (`?ma=`), by one person (`?nguoi=`)."""
    seen = request.actor.overseen
    rows = Reading.objects.filter(Q(dossier__receiving_office_id__in=seen) | Q(dossier__competent_office_id__in=seen))
    code, person = (tidy(request.GET.get(name, ""))[:100] for name in ("ma", "nguoi"))
    if code:
        rows = rows.filter(Q(dossier__code=code.upper()) | Q(dossier__submission_no=code.upper()))
    for word in fold(person).split():
        rows = rows.filter(account__full_name_folded__contains=word)
    page = cursor_page(rows.select_related("dossier", "office"), request, key="at", descending=True)
    return render(request, "oversight/readings.html", {"page": page, "code": code, "person": person})

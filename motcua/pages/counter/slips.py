"""Slips to print, for whoever may see the dossier."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.dossiers.models import Dossier
from motcua.pages.layout.printing import pdf
from motcua.pages.layout.printing_facts import Source, slip_facts
from motcua.pages.layout.requests import PersonRequest

OFFICERS_ONLY = {"control"}


def slip(request: PersonRequest, dossier_id: int, kind: str, number: int) -> HttpResponse:
    """One slip as PDF; for an outsider neither the slip nor the dossier exists."""
    dossier = (
        Dossier.objects.visible_to(request.actor)
        .select_related("receiving_office", "competent_office")
        .filter(pk=dossier_id)
        .first()
    )
    if dossier is None or (kind in OFFICERS_ONLY and not request.actor.is_officer):
        raise NotThere(_("Không có hồ sơ này."))
    source = Source(dossier, request.build_absolute_uri(reverse("portal:track")))
    made = slip_facts(source, kind, number, request.at)
    if made is None:
        raise NotThere(_("Hồ sơ này không có phiếu như vậy."))
    template, facts, made_at = made
    response = HttpResponse(pdf(template, facts, made_at=made_at), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{dossier}-{kind}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response

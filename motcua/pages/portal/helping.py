"""Handing in online for people that can't do it alone: what I am writing, what I handed in, and one of these dossiers.

Whoever was helped follows the dossier with its code and secret, as anybody does.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.base.times import day_of
from motcua.dossiers.assistance import HELPING_AT
from motcua.dossiers.models import Dossier, Draft, Event
from motcua.dossiers.querysets import DossierQuerySet
from motcua.dossiers.states import Act
from motcua.dossiers.telling import followed, told_of
from motcua.dossiers.visibility import HELPING
from motcua.pages.layout.access import officers
from motcua.pages.layout.history import happenings, progress_of
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.portal import helped_draft
from motcua.readings.log import read
from motcua.readings.models import Through


def helped_by(request: PersonRequest) -> DossierQuerySet:
    """The dossiers that this person handed in for others, as far as they may see them."""
    rows: DossierQuerySet = Dossier.objects.visible_to(request.actor)
    return rows.filter(helper_id=request.actor.account_id or 0)


@officers(*HELPING)
def helping(request: PersonRequest) -> HttpResponse:
    """How to begin, drafts to go on with, and everything handed in for others, the newest first."""
    rows = helped_by(request).select_related("version", "at_office")
    drafts = Draft.objects.filter(account_id=request.actor.account_id or 0, data__has_key=HELPING_AT)
    context = {
        "page": cursor_page(rows, request, key="submitted_at", descending=True),
        "drafts": drafts.select_related("version").order_by("-saved_at")[:50],
        "units": helped_draft.units_of_helper(request, day_of(request.at)),
        "at": request.at,
    }
    return render(request, "portal/helping.html", context)


@officers(*HELPING)
def helped(request: PersonRequest, helped_no: str) -> HttpResponse:
    """One dossier: where it is, when it is due, what happened, how the person consented. Noted as read."""
    found = _one(request, helped_no)
    seen = followed(helped_no)
    if seen is None:
        raise NotThere(_("Không có hồ sơ này."))
    read(request.actor, found, Through.PAGE, at=request.at)
    context = {
        "dossier": found,
        "story": seen,
        "progress": progress_of(found.state),
        "items": happenings(told_of(found.pk), seen.process_id, applicant=True),
        "consent": Event.objects.filter(dossier=found, act=Act.SUBMIT).values_list("data", flat=True).first() or {},
        "papers": found.papers.select_related("file").order_by("id"),
        "at": request.at,
    }
    return render(request, "portal/helped.html", context)


@officers(*HELPING)
def helped_submitted(request: PersonRequest, helped_no: str) -> HttpResponse:
    """What to hand to the person after handing in: number and secret, to be printed or written down."""
    return render(request, "portal/helped_submitted.html", {"dossier": _one(request, helped_no)})


def _one(request: PersonRequest, helped_no: str) -> Dossier:
    places = ("version", "receiving_office", "competent_office", "at_office", "helper_office")
    found = helped_by(request).select_related(*places).filter(submission_no=helped_no).first()
    if found is None:
        raise NotThere(_("Không có hồ sơ này."))
    return found

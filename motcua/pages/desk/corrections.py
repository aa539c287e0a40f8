"""Errors of the offices: one person says so, another decides, and everybody with the right sees what was before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.http import FileResponse, HttpResponse
from django.shortcuts import render

from motcua.dossiers.acts import correction
from motcua.dossiers.models import Correction, Dossier, FormerResult
from motcua.dossiers.states import Act
from motcua.pages.desk.correction_forms import ProposeCorrectionForm, ProposeDateForm
from motcua.pages.desk.dossier import sent
from motcua.pages.desk.forms import ReasonForm
from motcua.pages.layout.access import officers
from motcua.pages.layout.acting import ActForm, act_page, act_with_file, sending
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.reading import dossier_read_by
from motcua.pages.layout.requests import PersonRequest
from motcua.readings.models import Through

# Who proposes and who decides.
LEADING = ("approver", "head", "unit_head")
DECIDE = "desk/decide_correction.html"


def propose_correction(request: PersonRequest, dossier_id: int) -> HttpResponse:
    def perform(data: dict[str, Any], form: ProposeCorrectionForm) -> Correction:
        return correction.propose_correction(
            dossier_id,
            grounds=form.grounds(),
            remedy=form.remedy(form.stored_file(request)),
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        )

    return act_with_file(request, dossier_id, Act.PROPOSE_CORRECTION, ProposeCorrectionForm, perform)


def propose_date(request: PersonRequest, dossier_id: int) -> HttpResponse:
    made: list[ProposeDateForm] = []

    def make_form(dossier: Dossier, *args: Any) -> ProposeDateForm:
        made.append(ProposeDateForm(dossier, *args))
        return made[-1]

    return act_page(
        request,
        dossier_id,
        Act.PROPOSE_DATE,
        make_form,
        lambda data: correction.propose_date(
            dossier_id,
            grounds=made[-1].grounds(),
            new_day=made[-1].right_day(),
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        ),
    )


def correct_result(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return _approve(request, dossier_id, Act.CORRECT_RESULT, correction.correct_result)


def reopen(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return _approve(request, dossier_id, Act.REOPEN, correction.reopen)


def correct_date(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return _approve(request, dossier_id, Act.CORRECT_DATE, correction.correct_date)


def _approve(request: PersonRequest, dossier_id: int, act: Act, perform: Callable[..., Dossier]) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        act,
        ActForm,
        lambda data: perform(dossier_id, actor=request.actor, at=request.at, seen=data["seen"]),
        template=DECIDE,
        context={"proposal": waiting_for(dossier_id)},
    )


def refuse_correction(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.REFUSE_CORRECTION,
        ReasonForm,
        sending(request, dossier_id, correction.refuse_correction, "reason"),
        template=DECIDE,
        context={"proposal": waiting_for(dossier_id)},
    )


def waiting_for(dossier_id: int) -> Correction | None:
    """The proposal that waits on a dossier; `act_page` asks who may see it."""
    rows = Correction.objects.select_related("proposed_by", "new_file")
    return rows.filter(dossier_id=dossier_id, decided_at=None).first()


@officers(*LEADING)
def corrections(request: PersonRequest) -> HttpResponse:
    """What waits to be corrected where this officer leads, the oldest first, and how much it is."""
    mine = request.actor.offices(*LEADING)
    theirs = Q(competent_office_id__in=mine) | Q(receiving_office_id__in=mine)
    seen = Dossier.objects.visible_to(request.actor).exclude(correction_waits="").filter(theirs)
    rows = Correction.objects.filter(decided_at=None, dossier__in=seen)
    page = cursor_page(rows.select_related("dossier__version", "proposed_by"), request, key="proposed_at")
    return render(request, "desk/corrections.html", {"page": page, "count": rows.count(), "at": request.at})


def proposed_result(request: PersonRequest, dossier_id: int) -> FileResponse:
    """The file that is proposed instead of the present one."""
    found = dossier_read_by(request, dossier_id, Through.FILE)
    proposal = waiting_for(found.pk)
    return sent(proposal.new_file if proposal else None)


def former_result(request: PersonRequest, dossier_id: int, version: int) -> FileResponse:
    """The file of a version that no longer holds."""
    found = dossier_read_by(request, dossier_id, Through.FILE)
    kept = FormerResult.objects.filter(dossier=found, version=version).select_related("file").first()
    return sent(kept.file if kept else None)

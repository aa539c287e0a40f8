"""Opinions of other offices and verifications: the page of each act, what my office is asked, and the files.

Each page of an act on one of several things takes `?so=` with the number of the one it was opened for.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.base.times import day_of
from motcua.dossiers.acts import consultation, verification
from motcua.dossiers.inquiries import may_read_inquiries
from motcua.dossiers.models import Consultation, Dossier, Verification
from motcua.dossiers.states import Act
from motcua.dossiers.visibility import ANSWERING
from motcua.pages.desk.dossier import sent
from motcua.pages.desk.inquiry_forms import (
    AnswerConsultationForm,
    CancelVerificationForm,
    ConsultForm,
    DropConsultationForm,
    MoveVerificationForm,
    PlanVerificationForm,
    RecordVerificationForm,
)
from motcua.pages.layout.access import officers
from motcua.pages.layout.acting import KeptFileForm, act_page, act_with_file, sending
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.reading import dossier_read_by
from motcua.pages.layout.requests import PersonRequest
from motcua.readings.models import Through

ASKED, ANSWERED, OURS = "cho-tra-loi", "da-tra-loi", "da-hoi"


def consult(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.CONSULT,
        partial(ConsultForm, on=day_of(request.at)),
        sending(request, dossier_id, consultation.consult, "questions"),
        template="desk/consult.html",
    )


def answer_consultation(request: PersonRequest, dossier_id: int) -> HttpResponse:
    def perform(data: dict[str, Any], form: KeptFileForm) -> Dossier:
        return consultation.answer_consultation(
            dossier_id,
            consultation_id=data["consultation"],
            answer=data["answer"],
            file_id=form.stored_file(request),
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        )

    make_form = partial(AnswerConsultationForm, actor=request.actor, chosen=_chosen(request))
    return act_with_file(request, dossier_id, Act.ANSWER_CONSULTATION, make_form, perform)


def drop_consultation(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.DROP_CONSULTATION,
        partial(DropConsultationForm, chosen=_chosen(request)),
        lambda data: consultation.drop_consultation(
            dossier_id,
            consultation_id=data["consultation"],
            reason=data["reason"],
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        ),
    )


def plan_verification(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.PLAN_VERIFICATION,
        PlanVerificationForm,
        lambda data: verification.plan_verification(dossier_id, actor=request.actor, at=request.at, **data),
    )


def move_verification(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.MOVE_VERIFICATION,
        partial(MoveVerificationForm, chosen=_chosen(request)),
        lambda data: verification.move_verification(
            dossier_id,
            verification_id=data["verification"],
            place=data["place"],
            begins_at=data["begins_at"],
            ends_at=data["ends_at"],
            reason=data["reason"],
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        ),
    )


def record_verification(request: PersonRequest, dossier_id: int) -> HttpResponse:
    def perform(data: dict[str, Any], form: KeptFileForm) -> Dossier:
        return verification.record_verification(
            dossier_id,
            verification_id=data["verification"],
            minutes=data["minutes"],
            attended=data["attended"],
            file_id=form.stored_file(request),
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        )

    make_form = partial(RecordVerificationForm, chosen=_chosen(request))
    return act_with_file(request, dossier_id, Act.RECORD_VERIFICATION, make_form, perform)


def cancel_verification(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.CANCEL_VERIFICATION,
        partial(CancelVerificationForm, chosen=_chosen(request)),
        lambda data: verification.cancel_verification(
            dossier_id,
            verification_id=data["verification"],
            reason=data["reason"],
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        ),
    )


@officers(*ANSWERING)
def consultations(request: PersonRequest) -> HttpResponse:
    """What my offices are asked, the most urgent first; what they answered, and what they asked others, the newest first."""
    shown = request.GET.get("xem", ASKED)
    rows = Consultation.objects.select_related("office", "dossier", "dossier__competent_office", "closed_by")
    if shown == OURS:
        ours = Dossier.objects.visible_to(request.actor).filter(
            competent_office_id__in=request.actor.offices(*ANSWERING)
        )
        page = cursor_page(rows.filter(dossier__in=ours), request, key="asked_at", descending=True)
    elif shown == ANSWERED:
        page = cursor_page(_of(rows, request).exclude(closed_at=None), request, key="closed_at", descending=True)
    else:
        shown, page = ASKED, cursor_page(_of(rows, request).open(), request, key="due_at")
    tabs = ((ASKED, _("Chờ trả lời")), (ANSWERED, _("Đã kết thúc")), (OURS, _("Cơ quan tôi đã hỏi")))
    return render(request, "desk/consultations.html", {"page": page, "shown": shown, "tabs": tabs, "at": request.at})


def opinion(request: PersonRequest, dossier_id: int, consultation_id: int) -> FileResponse:
    """The file that came with an answer."""
    return _file_of(Consultation.objects.filter(pk=consultation_id), dossier_id, request)


def minutes(request: PersonRequest, dossier_id: int, verification_id: int) -> FileResponse:
    """The file that was kept of a verification."""
    return _file_of(Verification.objects.filter(pk=verification_id), dossier_id, request)


def _of(rows: Any, request: PersonRequest) -> Any:
    return rows.asked_of(request.actor)


def _file_of(rows: QuerySet[Any], dossier_id: int, request: PersonRequest) -> FileResponse:
    found = dossier_read_by(request, dossier_id, Through.FILE)
    one = rows.filter(dossier=found).select_related("file").first()
    if one is None or not may_read_inquiries(request.actor, found):
        raise NotThere(_("Không có tệp này."))
    return sent(one.file)


def _chosen(request: PersonRequest) -> str:
    return request.GET.get("so", "")

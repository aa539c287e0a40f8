"""The desk's acts. One function per act, each under the act's own name."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse

from motcua.base.times import day_of
from motcua.dossiers.acts import confidence, decision, delay, ending, financial, processing, supplement
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import Act
from motcua.files.models import StoredFile
from motcua.forms import results
from motcua.forms.results import Sitting
from motcua.pages.desk.forms import (
    ApproveForm,
    AskAgainForm,
    AskForm,
    DutyForm,
    EndUnansweredForm,
    ExtendForm,
    ForwardForm,
    NumberForm,
    ReasonForm,
    RefuseResultForm,
    RestrictForm,
    StopForm,
)
from motcua.pages.layout.acting import ActForm, KeptFileForm, act_page, act_with_file, sending
from motcua.pages.layout.requests import PersonRequest


def forward(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.FORWARD,
        partial(ForwardForm, on=day_of(request.at)),
        lambda data: processing.forward(
            dossier_id,
            to_account_id=data["to_account"],
            note=data["note"],
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        ),
    )


def send_back(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.SEND_BACK,
        ReasonForm,
        sending(request, dossier_id, processing.send_back, "reason"),
    )


def ask_supplement(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.ASK_SUPPLEMENT,
        AskForm,
        sending(request, dossier_id, supplement.ask_supplement, "items", "reason", "basis"),
        template="layout/act_list.html",
    )


def ask_supplement_again(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.ASK_SUPPLEMENT_AGAIN,
        AskAgainForm,
        sending(request, dossier_id, supplement.ask_supplement_again, "items", "reason", "basis"),
        template="layout/act_list.html",
    )


def ask_financial_duty(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.ASK_FINANCIAL_DUTY,
        DutyForm,
        sending(
            request, dossier_id, financial.ask_financial_duty, "content", "document_no", "payee", "amount_vnd", "pay_by"
        ),
    )


def extend(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.EXTEND,
        ExtendForm,
        sending(request, dossier_id, delay.extend, "new_day", "reason"),
    )


def approve(request: PersonRequest, dossier_id: int) -> HttpResponse:
    def perform(data: dict[str, Any], form: KeptFileForm) -> Dossier:
        file_id, fingerprint = form.stored_file(request), ""
        if data["sign"]:
            unsigned = StoredFile.objects.get(pk=file_id or 0)
            signed, pen = Sitting(request.actor, request.at).signed(unsigned, form.dossier)
            file_id, fingerprint = signed.pk, pen.certificate.fingerprint
        return decision.approve(
            dossier_id,
            number=data["number"],
            summary=data["summary"],
            file_id=file_id,
            signed_with=fingerprint,
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        )

    return act_with_file(request, dossier_id, Act.APPROVE, ApproveForm, perform)


def refuse_result(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.REFUSE_RESULT,
        RefuseResultForm,
        sending(request, dossier_id, decision.refuse_result, "reason", "basis", "number"),
    )


def finish(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.FINISH,
        NumberForm,
        sending(request, dossier_id, decision.finish, "number"),
    )


def sign_result(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.SIGN_RESULT,
        ActForm,
        sending(request, dossier_id, results.sign),
    )


def stop(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.STOP,
        StopForm,
        sending(request, dossier_id, ending.stop, "reason", "basis"),
    )


def end_unanswered(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.END_UNANSWERED,
        EndUnansweredForm,
        sending(request, dossier_id, ending.end_unanswered, "reason", "basis"),
    )


def restrict(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.RESTRICT,
        partial(RestrictForm, on=day_of(request.at)),
        lambda data: confidence.restrict(
            dossier_id,
            readers=None if data["opens"] else data["readers"],
            reason=data["reason"],
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        ),
    )

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
from motcua.pages.layout.acting import ActForm, KeptFileForm, act_page, act_with_file
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
        lambda data: processing.send_back(
            dossier_id, reason=data["reason"], actor=request.actor, at=request.at, seen=data["seen"]
        ),
    )


def ask_supplement(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.ASK_SUPPLEMENT,
        AskForm,
        lambda data: supplement.ask_supplement(
            dossier_id,
            items=data["items"],
            reason=data["reason"],
            basis=data["basis"],
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        ),
        template="layout/act_list.html",
    )


def ask_supplement_again(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.ASK_SUPPLEMENT_AGAIN,
        AskAgainForm,
        lambda data: supplement.ask_supplement_again(
            dossier_id,
            items=data["items"],
            reason=data["reason"],
            basis=data["basis"],
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        ),
        template="layout/act_list.html",
    )


def ask_financial_duty(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.ASK_FINANCIAL_DUTY,
        DutyForm,
        lambda data: financial.ask_financial_duty(
            dossier_id,
            content=data["content"],
            document_no=data["document_no"],
            payee=data["payee"],
            amount_vnd=data["amount_vnd"],
            pay_by=data["pay_by"],
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        ),
    )


def extend(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.EXTEND,
        ExtendForm,
        lambda data: delay.extend(
            dossier_id,
            new_day=data["new_day"],
            reason=data["reason"],
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        ),
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
        lambda data: decision.refuse_result(
            dossier_id,
            reason=data["reason"],
            basis=data["basis"],
            number=data["number"],
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        ),
    )


def finish(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.FINISH,
        NumberForm,
        lambda data: decision.finish(
            dossier_id, number=data["number"], actor=request.actor, at=request.at, seen=data["seen"]
        ),
    )


def sign_result(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.SIGN_RESULT,
        ActForm,
        lambda data: results.sign(dossier_id, actor=request.actor, at=request.at, seen=data["seen"]),
    )


def stop(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.STOP,
        StopForm,
        lambda data: ending.stop(
            dossier_id,
            reason=data["reason"],
            basis=data["basis"],
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        ),
    )


def end_unanswered(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.END_UNANSWERED,
        EndUnansweredForm,
        lambda data: ending.end_unanswered(
            dossier_id,
            reason=data["reason"],
            basis=data["basis"],
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        ),
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

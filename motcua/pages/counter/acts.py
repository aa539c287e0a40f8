"""The counter's acts on a dossier that is there already. One function per act, each under the act's own name."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from motcua.base.errors import Refused
from motcua.base.times import day_of
from motcua.dossiers.acts import decision, ending, financial, handover, reception, supplement
from motcua.dossiers.kinds import ReturnWay
from motcua.dossiers.models import Dossier
from motcua.dossiers.permissions import receives_here
from motcua.dossiers.states import Act
from motcua.pages.counter.forms import (
    AcceptForm,
    AskForm,
    AtOnceForm,
    DutyDoneForm,
    HandOverForm,
    PapersForm,
    ReasonForm,
    RedirectForm,
    RefuseForm,
)
from motcua.pages.layout.acting import KeptFileForm, act_page, act_with_file, dossier_seen_by, sending
from motcua.pages.layout.attempt_form import AttemptForm, note
from motcua.pages.layout.requests import PersonRequest

LIST = "layout/act_list.html"
PAPERS = "layout/act_papers.html"


def accept(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.ACCEPT,
        partial(AcceptForm, on=day_of(request.at)),
        lambda data: reception.accept(
            dossier_id,
            competent_office_id=data.get("competent_office"),
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        ),
        template="counter/accept.html",
        done_route="counter:taken_in",
    )


def ask_at_intake(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.ASK_AT_INTAKE,
        AskForm,
        sending(request, dossier_id, reception.ask_at_intake, "items", "reason", "basis"),
        template=LIST,
    )


def answer_at_intake(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.ANSWER_AT_INTAKE,
        PapersForm,
        sending(request, dossier_id, reception.answer_at_intake, "papers", "note"),
        template=PAPERS,
    )


def refuse_intake(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.REFUSE_INTAKE,
        RefuseForm,
        sending(request, dossier_id, reception.refuse_intake, "reason", "basis"),
    )


def redirect(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.REDIRECT,
        partial(RedirectForm, on=day_of(request.at)),
        lambda data: reception.redirect(
            dossier_id,
            to_office_id=data["to_office"],
            reason=data["reason"],
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        ),
    )


def give_at_once(request: PersonRequest, dossier_id: int) -> HttpResponse:
    """The answer and its hand-over, each an act of its own, by one press of whoever may do both."""

    def perform(data: dict[str, Any], form: KeptFileForm) -> Dossier:
        done = decision.give_at_once(
            dossier_id,
            number=data["number"],
            summary=data["summary"],
            file_id=form.stored_file(request),
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        )
        if data.get("to_owner"):
            _return_to_owner(request, dossier_id)
        return done

    may_return = receives_here(request.actor, dossier_seen_by(request, dossier_id))
    return act_with_file(request, dossier_id, Act.GIVE_AT_ONCE, partial(AtOnceForm, may_return=may_return), perform)


def _return_to_owner(request: PersonRequest, dossier_id: int) -> None:
    try:
        handover.hand_over(dossier_id, way=ReturnWay.COUNTER, actor=request.actor, at=request.at)
    except Refused as error:
        # The result is there and stays; why it is not handed over yet is said on the next page.
        messages.warning(request, _("Đã có kết quả nhưng chưa trả: %(why)s") % {"why": error})


def receive_supplement(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.RECEIVE_SUPPLEMENT,
        PapersForm,
        sending(request, dossier_id, supplement.receive_supplement, "papers", "note"),
        template=PAPERS,
    )


def record_financial_duty(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_with_file(
        request,
        dossier_id,
        Act.RECORD_FINANCIAL_DUTY,
        DutyDoneForm,
        lambda data, form: financial.record_financial_duty(
            dossier_id,
            proof_no=data["proof_no"],
            paid_on=data["paid_on"],
            file_id=form.stored_file(request),
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        ),
    )


def note_attempt(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_with_file(request, dossier_id, Act.NOTE_ATTEMPT, AttemptForm, partial(note, request, dossier_id))


def hand_over(request: PersonRequest, dossier_id: int) -> HttpResponse:
    """To whom it goes is known by their papers; what they signed is kept beside it."""
    names = ("way", "taken_by", "taken_by_id_no", "authorisation", "parcel_no", "postman", "zone")

    def perform(data: dict[str, Any], form: HandOverForm) -> Dossier:
        return handover.hand_over(
            dossier_id,
            **{name: data[name] for name in names},
            signature_id=form.signature_file(request),
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        )

    return act_with_file(request, dossier_id, Act.HAND_OVER, HandOverForm, perform, template="counter/hand_over.html")


def withdraw(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.WITHDRAW,
        ReasonForm,
        sending(request, dossier_id, ending.withdraw, "reason"),
    )

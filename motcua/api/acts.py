"""Every act on a dossier as one operation: `POST /dossiers/{ref}/{act}`, from one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.decorators import decorate_view

from motcua.api import answers, bodies, shapes
from motcua.api.callers import Caller, calling, needs
from motcua.api.dossiers import Ref, office_id
from motcua.api.once import HEADER, once
from motcua.api.papers import own_files
from motcua.api.reading import later
from motcua.calendar.limits import Limit
from motcua.dossiers.acts import (
    confidence,
    consultation,
    correction,
    decision,
    delay,
    ending,
    fees,
    financial,
    handover,
    outage,
    parts,
    processing,
    reception,
    supplement,
    verification,
)
from motcua.dossiers.acts.consultation import Question
from motcua.dossiers.acts.parts import Plan
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import Act
from motcua.forms import results

router = Router(tags=["acts"])


@dataclass(frozen=True, slots=True)
class Entry:
    """An act, the body it takes and the function that performs it."""

    act: Act
    body: type[bodies.ActBody]
    perform: Callable[..., Any]


ENTRIES = (
    Entry(Act.ACCEPT, bodies.AcceptIn, reception.accept),
    Entry(Act.ASK_AT_INTAKE, bodies.AskIn, reception.ask_at_intake),
    Entry(Act.ANSWER_AT_INTAKE, bodies.AnswerIn, reception.answer_at_intake),
    Entry(Act.REFUSE_INTAKE, bodies.ReasonAndBasisIn, reception.refuse_intake),
    Entry(Act.REDIRECT, bodies.RedirectIn, reception.redirect),
    Entry(Act.GIVE_AT_ONCE, bodies.ApproveIn, decision.give_at_once),
    Entry(Act.FORWARD, bodies.ForwardIn, processing.forward),
    Entry(Act.SEND_BACK, bodies.ReasonIn, processing.send_back),
    Entry(Act.ASK_SUPPLEMENT, bodies.AskWithBasisIn, supplement.ask_supplement),
    Entry(Act.ASK_SUPPLEMENT_AGAIN, bodies.AskAgainIn, supplement.ask_supplement_again),
    Entry(Act.ANSWER_SUPPLEMENT, bodies.AnswerIn, supplement.answer_supplement),
    Entry(Act.RECEIVE_SUPPLEMENT, bodies.AnswerIn, supplement.receive_supplement),
    Entry(Act.ASK_FINANCIAL_DUTY, bodies.AskDutyIn, financial.ask_financial_duty),
    Entry(Act.RECORD_FINANCIAL_DUTY, bodies.DutyDoneIn, financial.record_financial_duty),
    Entry(Act.NOTE_ATTEMPT, bodies.NoteAttemptIn, outage.note_attempt),
    Entry(Act.EXTEND, bodies.ExtendIn, delay.extend),
    Entry(Act.APPROVE, bodies.ApproveIn, decision.approve),
    Entry(Act.REFUSE_RESULT, bodies.RefuseResultIn, decision.refuse_result),
    Entry(Act.FINISH, bodies.FinishIn, decision.finish),
    Entry(Act.SIGN_RESULT, bodies.Nothing, results.sign),
    Entry(Act.WITHDRAW, bodies.ReasonIn, ending.withdraw),
    Entry(Act.STOP, bodies.ReasonAndBasisIn, ending.stop),
    Entry(Act.END_UNANSWERED, bodies.ReasonAndBasisIn, ending.end_unanswered),
    Entry(Act.HAND_OVER, bodies.HandOverIn, handover.hand_over),
    Entry(Act.CHARGE_FEE, bodies.ChargeFeeIn, fees.charge_fee),
    Entry(Act.EXEMPT_FEE, bodies.ExemptFeeIn, fees.exempt_fee),
    Entry(Act.TAKE_FEE, bodies.TakeFeeIn, fees.take_fee),
    Entry(Act.REFUND_FEE, bodies.RefundFeeIn, fees.refund_fee),
    Entry(Act.CANCEL_RECEIPT, bodies.CancelReceiptIn, fees.cancel_receipt),
    Entry(Act.CONSULT, bodies.ConsultIn, consultation.consult),
    Entry(Act.ANSWER_CONSULTATION, bodies.AnswerConsultationIn, consultation.answer_consultation),
    Entry(Act.DROP_CONSULTATION, bodies.DropConsultationIn, consultation.drop_consultation),
    Entry(Act.PLAN_VERIFICATION, bodies.PlanVerificationIn, verification.plan_verification),
    Entry(Act.MOVE_VERIFICATION, bodies.MoveVerificationIn, verification.move_verification),
    Entry(Act.RECORD_VERIFICATION, bodies.RecordVerificationIn, verification.record_verification),
    Entry(Act.CANCEL_VERIFICATION, bodies.CancelVerificationIn, verification.cancel_verification),
    Entry(Act.RESTRICT, bodies.RestrictIn, confidence.restrict),
    Entry(Act.PROPOSE_CORRECTION, bodies.ProposeCorrectionIn, correction.propose_correction),
    Entry(Act.PROPOSE_DATE, bodies.ProposeDateIn, correction.propose_date),
    Entry(Act.CORRECT_RESULT, bodies.Nothing, correction.correct_result),
    Entry(Act.REOPEN, bodies.Nothing, correction.reopen),
    Entry(Act.CORRECT_DATE, bodies.Nothing, correction.correct_date),
    Entry(Act.REFUSE_CORRECTION, bodies.ReasonIn, correction.refuse_correction),
    Entry(Act.OPEN_PARTS, bodies.OpenPartsIn, parts.open_parts),
    Entry(Act.TAKE_PART, bodies.PartIn, parts.take_part),
    Entry(Act.PROPOSE_PART, bodies.PartResultIn, parts.propose_part),
    Entry(Act.FINISH_PART, bodies.FinishPartIn, parts.finish_part),
    Entry(Act.EXTEND_PART, bodies.ExtendPartIn, parts.extend_part),
    Entry(Act.RETURN_PART, bodies.PartReasonIn, parts.return_part),
    Entry(Act.ASSIGN_PART, bodies.AssignPartIn, parts.assign_part),
    Entry(Act.DROP_PART, bodies.PartReasonIn, parts.drop_part),
)


def _publish(entry: Entry) -> None:
    def perform(request: HttpRequest, ref: Ref, body: Any) -> dict[str, Any]:
        caller = calling(request)
        done = entry.perform(ref, actor=caller.actor, at=caller.at, **_arguments(body, caller))
        dossier = done if isinstance(done, Dossier) else Dossier.objects.get(pk=done.dossier_id)
        return answers.standing(dossier)

    # ninja reads the body's type from the signature, and each act has its own.
    perform.__annotations__ = {"request": HttpRequest, "ref": Ref, "body": entry.body, "return": dict[str, Any]}
    perform.__name__ = str(entry.act)
    decorated: Callable[..., HttpResponse | dict[str, Any]] = decorate_view(once)(perform)
    router.post(
        f"/{{ref}}/{entry.act}",
        auth=needs("dossiers:act"),
        response=shapes.Standing,
        operation_id=str(entry.act),
        openapi_extra={"parameters": [HEADER]},
        summary=later(entry.act.label),
        description=(entry.perform.__doc__ or "").split("Law:")[0].strip(),
    )(decorated)


def _arguments(body: bodies.ActBody, caller: Caller) -> dict[str, Any]:
    arguments = body.arguments()
    if isinstance(body, bodies.AnswerIn):
        own_files([paper.file_id for paper in body.papers], caller)
    elif isinstance(
        body,
        bodies.ApproveIn
        | bodies.DutyDoneIn
        | bodies.ProposeCorrectionIn
        | bodies.AnswerConsultationIn
        | bodies.RecordVerificationIn
        | bodies.NoteAttemptIn
        | bodies.PartResultIn,
    ):
        own_files([body.file_id], caller)
    elif isinstance(body, bodies.ConsultIn):
        arguments["questions"] = [
            Question(office_id(one.office, f"q{place}_office"), one.question, one.days, one.due_on)
            for place, one in enumerate(body.questions, 1)
        ]
    elif isinstance(body, bodies.AcceptIn):
        code = arguments.pop("competent_office")
        arguments["competent_office_id"] = office_id(code, "competent_office") if code else None
    elif isinstance(body, bodies.RedirectIn):
        arguments["to_office_id"] = office_id(arguments.pop("to_office"), "to_office")
    elif isinstance(body, bodies.OpenPartsIn):
        arguments["plans"] = [_plan(plan, number) for number, plan in enumerate(body.plans, 1)]
    elif isinstance(body, bodies.AssignPartIn):
        arguments["plan"] = _plan(body.plan, 1)
    return arguments


def _plan(plan: bodies.PlanIn, number: int) -> Plan:
    limit = Limit.parse(plan.limit)
    return Plan(number, office_id(plan.office, "office"), plan.name, limit, plan.task, tuple(plan.waits_for))


for _entry in ENTRIES:
    _publish(_entry)

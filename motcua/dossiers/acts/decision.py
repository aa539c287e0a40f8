"""The authority answers: approve, or refuse with reasons; then number and seal. A refusal is a result.

Law: ND61-2018 19; ND61-2018 19(8)
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, Stale
from motcua.base.postgresql import insert
from motcua.dossiers import parts, steps
from motcua.dossiers.acts.consultation import overtake_consultations
from motcua.dossiers.acts.fees import settle_refusal
from motcua.dossiers.acts.verification import overtake_verifications
from motcua.dossiers.clock import ClockEvent, ClockKind
from motcua.dossiers.journal import Key, Performance, performing
from motcua.dossiers.kinds import ResultKind
from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.states import Act, State
from motcua.offices.actors import Actor


def approve(
    dossier_id: Key,
    *,
    actor: Actor,
    at: datetime,
    number: str = "",
    summary: str = "",
    file_id: int | None = None,
    signed_with: str = "",
    seen: int | None = None,
) -> Dossier:
    """Approve. Where the process has no issuing step, the result is at the unit at once.

    signed_with: fingerprint of the approver's certificate, where the file is signed already.
    """
    with performing(Act.APPROVE, dossier_id, actor=actor, at=at, seen=seen) as performance:
        if signed_with:
            performance.say(signed_with=signed_with, signed_as="person")
        _decide(performance, ResultKind.GRANTED, number, summary, file_id)
    return performance.dossier


def give_at_once(
    dossier_id: Key,
    *,
    actor: Actor,
    at: datetime,
    number: str = "",
    summary: str = "",
    file_id: int | None = None,
    seen: int | None = None,
) -> Dossier:
    """Answer at the counter where the result is immediate: it is there at the moment of acceptance, without steps.

    Whoever may decide for the authority does it, or the receiver where the process knows no decision. No receipt is
    due; the dossier is recorded, numbered and counted like every other. Law: ND61-2018 17
    """
    with performing(Act.GIVE_AT_ONCE, dossier_id, actor=actor, at=at, seen=seen) as performance:
        _write_result(performance, ResultKind.GRANTED, number, summary, file_id)
        _arrive_at_unit(performance)
    return performance.dossier


def refuse_result(
    dossier_id: Key,
    *,
    reason: str,
    basis: str,
    actor: Actor,
    at: datetime,
    number: str = "",
    seen: int | None = None,
) -> Dossier:
    """Refuse after appraisal, within the limit, with reason and legal basis (form 03). Law: ND61-2018 19(8)"""
    if not basis.strip():
        raise Invalid(_("Cần căn cứ pháp lý."), fields={"basis": _("Cần căn cứ pháp lý.")}, code="basis_needed")
    with performing(Act.REFUSE_RESULT, dossier_id, actor=actor, at=at, seen=seen) as performance:
        performance.say(reason, basis=basis.strip())
        settle_refusal(performance)
        if dropped := parts.drop_open(performance.dossier, performance.at):
            performance.say(dropped=dropped)
        _decide(performance, ResultKind.REFUSAL, number, reason, None)
    return performance.dossier


def finish(dossier_id: Key, *, actor: Actor, at: datetime, number: str = "", seen: int | None = None) -> Dossier:
    """Number and seal the signed result and send it to the one-stop unit: the dossier is done in law."""
    with performing(Act.FINISH, dossier_id, actor=actor, at=at, seen=seen) as performance:
        if number.strip():
            Result.objects.filter(dossier=performance.dossier).update(number=number.strip())
        performance.say(number=number.strip())
        _arrive_at_unit(performance)
    return performance.dossier


def sign_result(
    dossier_id: Key,
    *,
    unsigned_file_id: int,
    signed_file_id: int,
    signed_with: str,
    signed_as: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> Dossier:
    """Put the signed file in the place of the one it was made from; the journal keeps who signed, with what.

    signed_with: fingerprint of the certificate; signed_as: person or office. Raises Stale when the result has
    another file by now. Law: ND68-2024
    """
    with performing(Act.SIGN_RESULT, dossier_id, actor=actor, at=at, seen=seen) as performance:
        performance.to(performance.from_state)
        found = Result.objects.filter(dossier=performance.dossier, file_id=unsigned_file_id)
        if not found.update(file_id=signed_file_id):
            raise Stale(_("Tệp kết quả vừa được thay. Hãy xem lại trước khi ký."))
        performance.acted_in = performance.dossier.competent_office_id
        performance.say(signed_with=signed_with, signed_as=signed_as, file=signed_file_id)
    return performance.dossier


def _decide(performance: Performance, kind: ResultKind, number: str, summary: str, file_id: int | None) -> None:
    dossier = performance.dossier
    overtake_consultations(performance)
    overtake_verifications(performance)
    _write_result(performance, kind, number, summary, file_id)
    issuing = steps.issuing_step(dossier)
    if issuing is None:
        performance.to(State.FINISHED)
        _arrive_at_unit(performance)
    else:
        performance.to(State.DECIDED)
        performance.place(steps.office_of(issuing, dossier), step=issuing.seq)


def _write_result(performance: Performance, kind: ResultKind, number: str, summary: str, file_id: int | None) -> None:
    dossier = performance.dossier
    dossier.result_kind = kind
    performance.say(result=kind.value, number=number.strip())
    insert(
        Result(
            dossier_id=dossier.pk,
            kind=kind,
            number=number.strip(),
            summary=summary.strip(),
            file_id=file_id,
            decided_by_id=performance.person,
            decided_at=performance.at,
        )
    )


def _arrive_at_unit(performance: Performance) -> None:
    dossier = performance.dossier
    # What was corrected is counted where it was first done: figures of a past month never move.
    dossier.finished_at = dossier.finished_at or performance.at
    law = performance.regime.article("19")
    performance.clock(ClockEvent(ClockKind.STOP, performance.at, performance.calendar, law=law))
    performance.place(dossier.receiving_office_id, step=steps.returning_step(dossier))

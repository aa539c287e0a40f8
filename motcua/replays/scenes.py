"""The scenes of a rehearsal: short lives that between them go every way there is. A new act needs a scene here."""

from __future__ import annotations

from datetime import time, timedelta

from motcua.base.times import at_time, day_of
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
    processing,
    reception,
    supplement,
    verification,
)
from motcua.dossiers.acts.consultation import Question
from motcua.dossiers.acts.correction import Again, Grounds, NewResult
from motcua.dossiers.acts.intake import Paper
from motcua.dossiers.acts.outage import allow_for_outage
from motcua.dossiers.kinds import ReturnWay
from motcua.dossiers.models import Consultation, Dossier, Verification
from motcua.fees.models import Receipt
from motcua.forms import results
from motcua.offices.actors import SYSTEM
from motcua.replays import rehearsed_rules
from motcua.replays.rehearsal import FIRST, OTHER_UNIT, OTHERS, Life, Scene

REASON, BASIS = "Tập dượt", "Căn cứ tập dượt"
WAIT_DAYS: int = rehearsed_rules.RULES["supplement_wait_days"]
MISSING = [{"name": "Giấy tờ còn thiếu (tập dượt)", "why": REASON}]
AGAIN = [Paper(None, "Giấy tờ bổ sung (tập dượt)", copies=1)]


def over_the_counter(life: Life) -> None:
    life.take_in()
    life.forward(2)
    processing.send_back(life.pk, reason=REASON, actor=life.officer_of_step(), at=life.soon())
    life.steps_done -= 1
    life.reach_decision()
    life.decide()
    handover.hand_over(life.pk, way=ReturnWay.COUNTER, actor=life.company.of_unit("receiver"), at=life.soon())


def online(life: Life) -> None:
    life.submit()
    life.accept()
    life.reach_decision()
    life.decide()
    handover.hand_over(life.pk, way=ReturnWay.ONLINE, actor=life.company.of_unit("receiver"), at=life.soon())


def by_post(life: Life) -> None:
    life.register()
    life.accept()
    life.reach_decision()
    life.decide()
    receiver, number = life.company.of_unit("receiver"), life.number("TD")
    handover.hand_over(life.pk, way=ReturnWay.POST, parcel_no=number, actor=receiver, at=life.soon())


def completed_before_acceptance(life: Life) -> None:
    life.submit()
    receiver = life.company.of_unit("receiver")
    reception.ask_at_intake(life.pk, items=MISSING, reason=REASON, actor=receiver, at=life.soon())
    reception.answer_at_intake(life.pk, papers=AGAIN, actor=life.company.applicant, at=life.soon())
    life.accept()


def refused_at_the_door(life: Life) -> None:
    life.submit()
    receiver = life.company.of_unit("receiver")
    reception.refuse_intake(life.pk, reason=REASON, basis=BASIS, actor=receiver, at=life.soon())


def refused_while_incomplete(life: Life) -> None:
    life.submit()
    receiver = life.company.of_unit("receiver")
    reception.ask_at_intake(life.pk, items=MISSING, reason=REASON, actor=receiver, at=life.soon())
    reception.refuse_intake(life.pk, reason=REASON, basis=BASIS, actor=receiver, at=life.soon())


def redirected(life: Life) -> None:
    life.submit()
    other = life.company.stage.offices[OTHER_UNIT].pk
    receiver = life.company.of_unit("receiver")
    reception.redirect(life.pk, to_office_id=other, reason=REASON, actor=receiver, at=life.soon())
    there = life.company.stage.officer("receiver", other)
    reception.refuse_intake(life.pk, reason=REASON, basis=BASIS, actor=there, at=life.soon())


def supplemented(life: Life) -> None:
    _ask(life, online=True)
    supplement.answer_supplement(life.pk, papers=AGAIN, actor=life.company.applicant, at=life.soon())
    supplement.receive_supplement(life.pk, papers=AGAIN, actor=life.company.of_unit("receiver"), at=life.soon())
    life.reach_decision()
    decision.approve(life.pk, actor=life.company.of_authority("approver"), at=life.soon())


def asked_beyond_the_law(life: Life) -> None:
    """A leader asks once more; nothing comes, and the leader ends it."""
    life.take_in(life.company.pieces.own_rules)
    life.forward()
    handler, approver = life.company.of_authority("handler"), life.company.of_authority("approver")
    supplement.ask_supplement(life.pk, items=MISSING, reason=REASON, actor=handler, at=life.soon())
    supplement.receive_supplement(life.pk, papers=AGAIN, actor=life.company.of_unit("receiver"), at=life.soon())
    supplement.ask_supplement_again(life.pk, items=MISSING, reason=REASON, basis=BASIS, actor=approver, at=life.soon())
    life.wait(WAIT_DAYS + 1)
    ending.end_unanswered(life.pk, reason=REASON, basis=BASIS, actor=approver, at=life.soon())


def paid_elsewhere(life: Life) -> None:
    _owe(life)
    life.wait(1)
    receiver, today = life.company.of_unit("receiver"), day_of(life.watch)
    financial.record_financial_duty(life.pk, proof_no="CT 12", paid_on=today, actor=receiver, at=life.soon())


def withdrawn_instead_of_paid(life: Life) -> None:
    _owe(life)
    ending.withdraw(life.pk, reason=REASON, actor=life.company.of_unit("receiver"), at=life.soon())


def stopped_while_unpaid(life: Life) -> None:
    _owe(life)
    ending.stop(life.pk, reason=REASON, basis=BASIS, actor=life.company.of_authority("approver"), at=life.soon())


def given_at_once(life: Life) -> None:
    life.take_in(life.company.pieces.at_once)
    decision.give_at_once(life.pk, actor=life.company.of_authority("approver"), at=life.soon())
    handover.hand_over(life.pk, way=ReturnWay.COUNTER, actor=life.company.of_unit("receiver"), at=life.soon())


def under_way_during_an_outage(life: Life) -> None:
    lost = rehearsed_rules.outage()
    life.watch = at_time(FIRST, time(8, 0))
    life.take_in()
    life.forward()
    life.watch = lost.ended_at
    allow_for_outage(life.pk, outage_id=lost.pk, actor=SYSTEM, at=life.soon())


def result_corrected_before_it_is_collected(life: Life) -> None:
    life.take_in()
    life.reach_decision()
    life.decide()
    _find_wrong(life, NewResult(number="12a/QĐ"))
    correction.correct_result(life.pk, actor=life.company.another_approver, at=life.soon())
    handover.hand_over(life.pk, way=ReturnWay.COUNTER, actor=life.company.of_unit("receiver"), at=life.soon())


def result_corrected_after_it_was_collected(life: Life) -> None:
    over_the_counter(life)
    _find_wrong(life, NewResult(number="12a/QĐ"))
    correction.correct_result(life.pk, actor=life.company.another_approver, at=life.soon())
    handover.hand_over(life.pk, way=ReturnWay.COUNTER, actor=life.company.of_unit("receiver"), at=life.soon())


def handled_again_before_it_is_collected(life: Life) -> None:
    life.take_in()
    life.reach_decision()
    life.decide()
    _handle_again(life)


def handled_again_after_it_was_collected(life: Life) -> None:
    over_the_counter(life)
    _handle_again(life)


def day_corrected(life: Life) -> None:
    """Once refused, then approved."""
    life.take_in()
    life.forward()
    due = day_of(Dossier.objects.get(pk=life.pk).due_at or life.watch)
    for is_right in (False, True):
        new_day = life.company.calendar.add_working_days(due, 1)
        approver, other = life.company.of_authority("approver"), life.company.another_approver
        correction.propose_date(life.pk, grounds=_grounds(life), new_day=new_day, actor=approver, at=life.soon())
        if is_right:
            correction.correct_date(life.pk, actor=other, at=life.soon())
        else:
            correction.refuse_correction(life.pk, reason=REASON, actor=other, at=life.soon())


def others_are_asked(life: Life) -> None:
    """Two are asked; one answers, the other is not asked any more."""
    life.take_in()
    life.forward()
    handler, stage = life.company.of_authority("handler"), life.company.stage
    asked = [stage.offices[key].pk for key in OTHERS]
    questions = [Question(office, REASON, days=2) for office in asked]
    consultation.consult(life.pk, questions=questions, actor=handler, at=life.soon())
    answered, dropped = Consultation.objects.filter(dossier=life.pk).order_by("id")
    other = stage.officer("handler", answered.office_id)
    consultation.answer_consultation(life.pk, consultation_id=answered.pk, answer=REASON, actor=other, at=life.soon())
    consultation.drop_consultation(life.pk, consultation_id=dropped.pk, reason=REASON, actor=handler, at=life.soon())


def verified_on_the_spot(life: Life) -> None:
    """One is moved and held, another called off."""
    life.take_in()
    life.forward()
    handler = life.company.of_authority("handler")
    for _unused in range(2):
        begins = life.watch + timedelta(hours=1)
        verification.plan_verification(
            life.pk, place=REASON, begins_at=begins, ends_at=begins + timedelta(hours=1), participants=REASON,
            content=REASON, needs_applicant=True, actor=handler, at=life.soon(),
        )  # fmt: skip
    held, called_off = Verification.objects.filter(dossier=life.pk).order_by("id")
    begins = held.begins_at + timedelta(minutes=30)
    verification.move_verification(
        life.pk, verification_id=held.pk, place=REASON, begins_at=begins, ends_at=begins + timedelta(hours=1),
        reason=REASON, actor=handler, at=life.soon(),
    )  # fmt: skip
    verification.cancel_verification(
        life.pk, verification_id=called_off.pk, reason=REASON, actor=handler, at=life.soon()
    )
    life.wait(1)
    verification.record_verification(
        life.pk, verification_id=held.pk, minutes=REASON, attended=REASON, actor=handler, at=life.soon()
    )


def extended(life: Life) -> None:
    """Before the decision, and while the decision waits for its seal."""
    life.take_in()
    life.reach_decision()
    _extend(life)


def extended_when_decided(life: Life) -> None:
    life.take_in()
    life.reach_decision()
    decision.approve(life.pk, actor=life.company.of_authority("approver"), at=life.soon())
    _extend(life)


def refused_after_appraisal(life: Life) -> None:
    life.take_in()
    life.reach_decision()
    approver = life.company.of_authority("approver")
    decision.refuse_result(life.pk, reason=REASON, basis=BASIS, actor=approver, at=life.soon())


def approved_where_nothing_is_issued(life: Life) -> None:
    life.take_in(life.company.pieces.no_issuing)
    life.reach_decision()
    life.decide()


def refused_where_nothing_is_issued(life: Life) -> None:
    life.take_in(life.company.pieces.no_issuing)
    life.reach_decision()
    approver = life.company.of_authority("approver")
    decision.refuse_result(life.pk, reason=REASON, basis=BASIS, actor=approver, at=life.soon())


def signed(life: Life) -> None:
    life.take_in()
    life.reach_decision()
    approver = life.company.of_authority("approver")
    decision.approve(life.pk, actor=approver, at=life.soon(), file_id=life.company.result_file_id)
    # The demo's officers have had their certificates since it was set up.
    life.watch = max(life.watch, life.company.signs_since)
    results.sign(life.pk, actor=approver, at=life.soon())


def withdrawn_at_once(life: Life) -> None:
    life.submit()
    ending.withdraw(life.pk, reason=REASON, actor=life.company.applicant, at=life.soon())


def withdrawn_while_incomplete(life: Life) -> None:
    life.submit()
    receiver = life.company.of_unit("receiver")
    reception.ask_at_intake(life.pk, items=MISSING, reason=REASON, actor=receiver, at=life.soon())
    ending.withdraw(life.pk, reason=REASON, actor=life.company.applicant, at=life.soon())


def withdrawn_after_acceptance(life: Life) -> None:
    life.take_in()
    ending.withdraw(life.pk, reason=REASON, actor=life.company.of_unit("receiver"), at=life.soon())


def withdrawn_under_way(life: Life) -> None:
    life.take_in()
    life.forward()
    ending.withdraw(life.pk, reason=REASON, actor=life.company.of_unit("receiver"), at=life.soon())


def withdrawn_instead_of_supplemented(life: Life) -> None:
    _ask(life)
    ending.withdraw(life.pk, reason=REASON, actor=life.company.of_unit("receiver"), at=life.soon())


def stopped(life: Life) -> None:
    life.take_in()
    life.forward()
    ending.stop(life.pk, reason=REASON, basis=BASIS, actor=life.company.of_authority("approver"), at=life.soon())


def stopped_while_waiting(life: Life) -> None:
    _ask(life)
    ending.stop(life.pk, reason=REASON, basis=BASIS, actor=life.company.of_authority("approver"), at=life.soon())


def paid_and_given_back(life: Life) -> None:
    """Said, taken, its receipt cancelled, taken again; withdrawn before anything was done for the money."""
    life.submit(life.company.pieces.fee_open)
    _charge(life)
    receiver = life.company.of_unit("receiver")
    fees.take_fee(life.pk, way="cash", reference=life.number("T1"), actor=receiver, at=life.soon())
    receipt = Receipt.objects.filter(bill__dossiers=life.pk).latest("id")
    fees.cancel_receipt(life.pk, receipt_id=receipt.pk, reason=REASON, actor=receiver, at=life.soon())
    fees.take_fee(life.pk, way="cash", reference=life.number("T2"), actor=receiver, at=life.soon())
    ending.withdraw(life.pk, reason=REASON, actor=life.company.applicant, at=life.soon())
    fees.refund_fee(life.pk, way="cash", reason=REASON, actor=receiver, at=life.soon())


def let_off(life: Life) -> None:
    life.take_in(life.company.pieces.fee_open)
    _charge(life)
    fees.exempt_fee(life.pk, basis=BASIS, proof=REASON, actor=life.company.of_unit("receiver"), at=life.soon())


def confidential(life: Life) -> None:
    life.take_in()
    life.forward()
    confidence.restrict(life.pk, reason=REASON, actor=life.company.of_authority("head"), at=life.soon())


SCENES: tuple[Scene, ...] = (
    over_the_counter,
    online,
    by_post,
    completed_before_acceptance,
    refused_at_the_door,
    refused_while_incomplete,
    redirected,
    supplemented,
    asked_beyond_the_law,
    paid_elsewhere,
    withdrawn_instead_of_paid,
    stopped_while_unpaid,
    given_at_once,
    under_way_during_an_outage,
    result_corrected_before_it_is_collected,
    result_corrected_after_it_was_collected,
    handled_again_before_it_is_collected,
    handled_again_after_it_was_collected,
    day_corrected,
    others_are_asked,
    verified_on_the_spot,
    extended,
    extended_when_decided,
    refused_after_appraisal,
    approved_where_nothing_is_issued,
    refused_where_nothing_is_issued,
    signed,
    withdrawn_at_once,
    withdrawn_while_incomplete,
    withdrawn_after_acceptance,
    withdrawn_under_way,
    withdrawn_instead_of_supplemented,
    stopped,
    stopped_while_waiting,
    paid_and_given_back,
    let_off,
    confidential,
)


def _ask(life: Life, *, online: bool = False) -> None:
    if online:
        life.submit()
        life.accept()
    else:
        life.take_in()
    life.forward()
    handler = life.company.of_authority("handler")
    supplement.ask_supplement(life.pk, items=MISSING, reason=REASON, actor=handler, at=life.soon())


def _grounds(life: Life) -> Grounds:
    return Grounds(wrong=REASON, reason=REASON, document_no="1/BB", document_on=day_of(life.watch))


def _find_wrong(life: Life, remedy: NewResult | Again) -> None:
    approver = life.company.of_authority("approver")
    correction.propose_correction(life.pk, grounds=_grounds(life), remedy=remedy, actor=approver, at=life.soon())


def _handle_again(life: Life) -> None:
    """From the first step at the authority, and to its end."""
    first = next(step for step in life.piece.terms.steps if step.place == "competent")
    _find_wrong(life, Again(step=first.seq))
    correction.reopen(life.pk, actor=life.company.another_approver, at=life.soon())
    life.steps_done = life.piece.terms.steps.index(first)
    life.reach_decision()
    life.decide()


def _owe(life: Life) -> None:
    life.take_in()
    life.forward()
    financial.ask_financial_duty(
        life.pk,
        content="Thuế tập dượt",
        document_no="TB 12",
        payee="Cơ quan thuế (tập dượt)",
        actor=life.company.of_authority("handler"),
        at=life.soon(),
    )


def _charge(life: Life) -> None:
    receiver, lines = life.company.of_unit("receiver"), [("LE_PHI", "Lệ phí tập dượt", 30_000)]
    fees.charge_fee(life.pk, lines=lines, basis=BASIS, actor=receiver, at=life.soon())


def _extend(life: Life) -> None:
    due = Dossier.objects.get(pk=life.pk).due_at or life.watch
    new_day = life.company.calendar.add_working_days(day_of(due), 2)
    approver = life.company.of_authority("approver")
    delay.extend(life.pk, new_day=new_day, reason=REASON, actor=approver, at=life.soon())

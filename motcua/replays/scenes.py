"""The scenes of a rehearsal: short lives that between them go every way there is. A new act needs a scene here."""

from __future__ import annotations

from datetime import time

from motcua.base.times import at_time, day_of
from motcua.dossiers.acts import (
    confidence,
    decision,
    delay,
    ending,
    fees,
    financial,
    handover,
    processing,
    reception,
    supplement,
)
from motcua.dossiers.acts.intake import Paper
from motcua.dossiers.acts.outage import allow_for_outage, note_attempt
from motcua.dossiers.kinds import ReturnWay
from motcua.dossiers.models import Dossier
from motcua.fees.models import Receipt
from motcua.forms import results
from motcua.offices.actors import SYSTEM
from motcua.replays import rehearsed_rules
from motcua.replays.rehearsal import FIRST, OTHER_UNIT, Life, Scene

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


def tried_in_vain_during_an_outage(life: Life) -> None:
    lost = rehearsed_rules.outage()
    life.watch = lost.ended_at
    life.submit()
    note_attempt(life.pk, tried_at=lost.began_at, evidence=REASON, actor=life.company.applicant, at=life.soon())


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
    tried_in_vain_during_an_outage,
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

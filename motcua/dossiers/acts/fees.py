"""Money on a dossier: its bill, payments at the counter or through a gateway, money given back.

A dossier whose procedure costs nothing has no bill, and nothing here asks a statement of it.
Law: ND61-2018 22; LPLP-2015 10
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, Refused
from motcua.catalogue.offers import Offer
from motcua.dossiers.acts.intake import fee_of
from motcua.dossiers.costs import dues_of
from motcua.dossiers.guards import fee_before_is_paid
from motcua.dossiers.journal import Key, Performance, performing
from motcua.dossiers.kinds import Origin
from motcua.dossiers.models import Dossier
from motcua.dossiers.permissions import has_right
from motcua.dossiers.states import Act
from motcua.fees import billing, paying, writing
from motcua.fees.models import Receipt
from motcua.fees.paying import Taking
from motcua.fees.terms import Due
from motcua.offices.actors import Actor


def bill(performance: Performance, terms: Offer) -> None:
    """Fix what a dossier costs as it comes in, from the frozen version; nothing where it costs nothing or has a bill.

    A fee that the catalogue leaves open is said by a person later (`charge_fee`). Replays retell published counts of
    dossiers; nothing was published of their money, so they get no bills.
    """
    dossier = performance.dossier
    if dossier.bill_id or dossier.fee_vnd == 0 or dossier.origin == Origin.REPLAY:
        return
    # The catalogue may have learned since the dossier came in what it costs.
    dossier.fee_vnd = fee_of(terms) if dossier.fee_vnd is None else dossier.fee_vnd
    if not dossier.fee_vnd:
        return
    _issue(performance, dues_of(terms), terms.procedure_code, dossier.submitted_at or performance.at)


def pay_at_intake(performance: Performance, taking: Taking | None) -> None:
    """What is paid as a dossier is taken in over the counter. Raises Refused where it must be and is not."""
    if taking is not None:
        _pay(performance, taking)
    elif why := fee_before_is_paid(performance.dossier, performance.at):
        raise Refused(why, code="fee_unpaid")


def charge_fee(
    dossier_id: Key,
    *,
    lines: Sequence[tuple[str, str, int]],
    basis: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> Dossier:
    """Say what a dossier costs where the catalogue leaves it open. lines: (kind, name, whole đồng). Law: LPLP-2015 3"""
    dues = billing.stated(lines, basis)
    with performing(Act.CHARGE_FEE, dossier_id, actor=actor, at=at, seen=seen) as performance:
        performance.to(performance.from_state)
        dossier = performance.dossier
        dossier.fee_vnd = sum(due.amount_vnd for due in dues)
        _issue(performance, dues, dossier.procedure.code, dossier.submitted_at)
        performance.say(basis=basis.strip())
    return dossier


def exempt_fee(
    dossier_id: Key, *, basis: str, proof: str, actor: Actor, at: datetime, seen: int | None = None
) -> Dossier:
    """Let the applicant off what is still owed, on a legal basis, with a proof. Law: LPLP-2015 10"""
    with performing(Act.EXEMPT_FEE, dossier_id, actor=actor, at=at, seen=seen) as performance:
        performance.to(performance.from_state)
        dossier = performance.dossier
        amount = paying.exempt(
            _bill_id(dossier),
            basis=basis,
            proof=proof,
            counter_id=dossier.receiving_office_id,
            actor=actor,
            at=performance.at,
        )
        performance.say(basis=basis.strip(), proof=proof.strip(), amount_vnd=amount)
    return dossier


def take_fee(
    dossier_id: Key,
    *,
    way: str,
    reference: str,
    actor: Actor,
    at: datetime,
    amount_vnd: int | None = None,
    payer_name: str = "",
    seen: int | None = None,
) -> Dossier:
    """Record that all that is owed was paid; told twice under one reference, it happens once.

    amount_vnd: what was handed over, if stated; it must be what is owed. Law: ND61-2018 22
    """
    taking = Taking(way, reference.strip(), amount_vnd, payer_name)
    if (told := _told(dossier_id, taking.reference, actor)) is not None:
        return told
    try:
        with performing(Act.TAKE_FEE, dossier_id, actor=actor, at=at, seen=seen) as performance:
            performance.to(performance.from_state)
            _pay(performance, taking)
    except Refused:
        # The same payment was told at the same moment, and the other one was recorded.
        if (told := _told(dossier_id, taking.reference, actor)) is not None:
            return told
        raise
    return performance.dossier


def take_online(
    dossier_id: Key,
    taking: Taking,
    *,
    most_vnd: int,
    within: Callable[[Receipt | None, int], None],
    actor: Actor,
    at: datetime,
) -> Dossier:
    """Record that a gateway took everything that is owed, at most `most_vnd`; more than is owed stays outside the ledger.

    within: written in the same transaction, with the receipt (None where the office has no number left) and the amount.
    Raises Refused where nothing is owed or the dossier has ended, Invalid where more is owed. Law: ND61-2018 22
    """
    with performing(Act.TAKE_FEE, dossier_id, actor=actor, at=at) as performance:
        performance.to(performance.from_state)
        _bill, balance, _count = writing.lock(_bill_id(performance.dossier))
        owed = balance.total.outstanding
        if owed > most_vnd:
            raise Invalid(_("Số còn phải nộp lớn hơn số tiền đã thanh toán."), code="wrong_amount")
        receipt = _pay(performance, taking)
        performance.say(amount_vnd=owed)
        within(receipt, owed)
    return performance.dossier


def refund_fee(
    dossier_id: Key,
    *,
    way: str,
    reason: str,
    actor: Actor,
    at: datetime,
    amount_vnd: int | None = None,
    seen: int | None = None,
) -> Dossier:
    """Give back what was paid beyond what is owed. Law: ND61-2018 22"""
    with performing(Act.REFUND_FEE, dossier_id, actor=actor, at=at, seen=seen) as performance:
        performance.to(performance.from_state)
        dossier = performance.dossier
        given = paying.refund(
            _bill_id(dossier),
            way=way,
            reason=reason,
            amount_vnd=amount_vnd,
            counter_id=dossier.receiving_office_id,
            actor=actor,
            at=performance.at,
        )
        performance.say(reason, way=way, amount_vnd=given)
    return dossier


def cancel_receipt(
    dossier_id: Key, *, receipt_id: int, reason: str, actor: Actor, at: datetime, seen: int | None = None
) -> Dossier:
    """Cancel a receipt written in error; it stays, marked, its money goes back, the fee is owed again.

    Law: ND123-2020 32
    """
    with performing(Act.CANCEL_RECEIPT, dossier_id, actor=actor, at=at, seen=seen) as performance:
        performance.to(performance.from_state)
        dossier = performance.dossier
        amount = paying.cancel_receipt(
            receipt_id,
            bill_id=_bill_id(dossier),
            reason=reason,
            counter_id=dossier.receiving_office_id,
            actor=actor,
            at=performance.at,
        )
        performance.say(reason, receipt=receipt_id, amount_vnd=amount)
    return dossier


def settle_at_the_end(performance: Performance, *, gives_back: bool | None = None) -> None:
    """A dossier ends before its service: what is unpaid falls away; what was paid goes back by the bill's rule.

    Before acceptance nothing was done for the money, so it always goes back. gives_back: None asks the rule for a
    withdrawal. Law: ND61-2018 22
    """
    dossier = performance.dossier
    if dossier.bill is None:
        return
    if dossier.accepted_at is None:
        gives_back = True
    elif gives_back is None:
        gives_back = dossier.bill.refund_withdrawn
    settled = paying.settle(
        dossier.bill.pk,
        gives_back=gives_back,
        reason=performance.reason or str(performance.act.label),
        counter_id=dossier.receiving_office_id,
        actor=performance.actor,
        at=performance.at,
    )
    performance.say(fee=str(settled.state))


def settle_refusal(performance: Performance) -> None:
    """Refused after appraisal: the bill's rule says whether the money goes back. Law: ND61-2018 22"""
    if performance.dossier.bill is not None and performance.dossier.bill.refund_refused:
        settle_at_the_end(performance, gives_back=True)


def _issue(performance: Performance, dues: Sequence[Due], procedure_code: str, handed_in: datetime) -> None:
    dossier = performance.dossier
    dossier.bill = billing.issue(
        dues,
        procedure_code=procedure_code,
        channel=dossier.channel,
        counter_id=dossier.receiving_office_id,
        agency_id=dossier.competent_office_id,
        payer_name=dossier.owner_name,
        actor=performance.actor,
        at=handed_in,
    )
    if dossier.bill is not None:
        performance.say(bill=dossier.bill.reference)


def _pay(performance: Performance, taking: Taking) -> Receipt | None:
    dossier = performance.dossier
    receipt = paying.pay(
        _bill_id(dossier),
        taking,
        counter_id=dossier.receiving_office_id,
        actor=performance.actor,
        at=performance.at,
    )
    performance.say(way=taking.way, reference=taking.reference)
    if receipt is not None:
        performance.say(receipt=receipt.pk, receipt_no=str(receipt), amount_vnd=receipt.amount_vnd)
    return receipt


def _told(key: Key, reference: str, actor: Actor) -> Dossier | None:
    """The dossier, if this payment on it was recorded and this person may take its money."""
    if not reference:
        return None
    column = "pk" if isinstance(key, int) else "submission_no" if key.startswith("TN-") else "code"
    known = Dossier.objects.filter(**{column: key}, bill__entries__reference=reference).first()
    return known if known is not None and has_right(Act.TAKE_FEE, actor, known) else None


def _bill_id(dossier: Dossier) -> int:
    if dossier.bill_id is None:
        raise Invalid(_("Hồ sơ này không có phiếu thu phí, lệ phí."), code="no_bill")
    return dossier.bill_id

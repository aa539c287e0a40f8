"""Money comes in and goes back, and charges fall away: entries on a locked bill, never a changed one.

All of it happens inside the transaction of an act on the dossier. Law: ND61-2018 22; LPLP-2015 10
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, NotThere, Refused
from motcua.base.numbers import show_vnd
from motcua.base.text import tidy
from motcua.fees import receipts, writing
from motcua.fees.kinds import EntryKind, Way
from motcua.fees.ledger import LineBalance
from motcua.fees.models import Bill, Entry, LateReceipt, Receipt
from motcua.fees.money import whole_vnd
from motcua.offices.actors import Actor


@dataclass(frozen=True, slots=True)
class Taking:
    """A payment as it is told: `reference` names it once for ever; `amount_vnd` None means all that is owed."""

    way: str
    reference: str
    amount_vnd: int | None = None
    payer_name: str = ""
    channel: int | None = None


def is_known(reference: str) -> bool:
    """Whether a payment with this reference was recorded."""
    return bool(reference) and Entry.objects.filter(reference=reference).exists()


def pay(bill_id: int, taking: Taking, *, counter_id: int, actor: Actor, at: datetime) -> Receipt | None:
    """Record that everything owed was paid, with a receipt of the counter's book.

    Money that a gateway took is here already: where the counter has no number left it is recorded without a receipt.

    A payment told twice is recorded once. Raises Invalid for a wrong amount, way or no reference; Refused when
    nothing is owed.
    """
    bill, balance, count = writing.lock(bill_id)
    if is_known(taking.reference):
        return Receipt.objects.filter(bill=bill, entries__reference=taking.reference).first()
    owed = {line_id: row.outstanding for line_id, row in balance.lines.items() if row.outstanding > 0}
    total = sum(owed.values())
    _check(taking, total)
    by = writing.hand(actor, counter_id, at)
    payer = tidy(taking.payer_name) or bill.payer_name
    write = receipts.write_if_any if taking.way == Way.GATEWAY else receipts.write
    receipt = write(bill, amount_vnd=total, payer_name=payer, office_id=counter_id, actor=actor, at=at)
    entries = [
        writing.New(
            line_id,
            EntryKind.PAID,
            amount,
            way=taking.way,
            channel=taking.channel,
            reference=taking.reference,
            receipt_id=receipt.pk if receipt else None,
        )
        for line_id, amount in owed.items()
    ]
    writing.append(bill, balance, count, entries, by)
    return receipt


def _check(taking: Taking, total: int) -> None:
    if taking.way not in Way.values:
        raise Invalid(_("Cách nộp tiền không hợp lệ."), fields={"way": _("Cách nộp tiền không hợp lệ.")})
    if not taking.reference.strip():
        sentence = _("Cần mã tham chiếu của khoản nộp.")
        raise Invalid(sentence, fields={"reference": sentence}, code="reference_needed")
    if taking.amount_vnd is not None:
        whole_vnd(taking.amount_vnd)
    if not total:
        raise Refused(_("Không còn khoản nào phải nộp."), code="nothing_owed")
    if taking.amount_vnd is not None and taking.amount_vnd != total:
        sentence = _("Số tiền phải đúng bằng số còn phải nộp: %(amount)s.") % {"amount": show_vnd(total)}
        raise Invalid(sentence, fields={"amount_vnd": sentence}, code="wrong_amount")


def refund(
    bill_id: int, *, way: str, reason: str, counter_id: int, actor: Actor, at: datetime, amount_vnd: int | None = None
) -> int:
    """Give back what is held beyond what is owed, or a stated part of it; how much.

    Raises Refused where nothing has to go back, Invalid for more than that.
    """
    bill, balance, count = writing.lock(bill_id)
    over = {line_id: -row.outstanding for line_id, row in balance.lines.items() if row.outstanding < 0}
    most = sum(over.values())
    if way not in Way.values:
        raise Invalid(_("Cách nộp tiền không hợp lệ."), fields={"way": _("Cách nộp tiền không hợp lệ.")})
    if not most:
        raise Refused(_("Không có khoản nào phải hoàn."), code="nothing_to_refund")
    left = most if amount_vnd is None else whole_vnd(amount_vnd)
    if left > most:
        sentence = _("Không thể hoàn quá số phải hoàn: %(amount)s.") % {"amount": show_vnd(most)}
        raise Invalid(sentence, fields={"amount_vnd": sentence}, code="refund_over_paid")
    given, entries = left, []
    for line_id, amount in over.items():
        part = min(amount, left)
        left -= part
        if part:
            entries.append(writing.New(line_id, EntryKind.REFUNDED, part, way=way, reason=_needed(reason)))
    writing.append(bill, balance, count, entries, writing.hand(actor, counter_id, at))
    return given


def cancel_receipt(receipt_id: int, *, bill_id: int, reason: str, counter_id: int, actor: Actor, at: datetime) -> int:
    """Cancel a receipt that was written in error: it stays, marked, and its money goes back the way it came.

    The bill is owed again. How much went back. Raises NotThere, Refused when it is cancelled already or its money
    was given back.
    """
    bill, balance, count = writing.lock(bill_id)
    receipt = Receipt.objects.filter(pk=receipt_id, bill=bill).first()
    if receipt is None:
        raise NotThere(_("Không có biên lai này."))
    taken = list(receipt.entries.filter(kind=EntryKind.PAID).values_list("line_id", "amount_vnd", "way"))
    if LateReceipt.objects.filter(receipt=receipt).exists() or any(way == Way.GATEWAY for _id, _amount, way in taken):
        # Nobody wrote it by hand, and cancelling it would say that money went back which did not.
        raise Refused(_("Biên lai của khoản thanh toán trực tuyến không huỷ được."), code="paid_online")
    receipts.cancel(receipt, reason=_needed(reason), actor=actor, at=at)
    if any(balance.lines[line_id].held < amount for line_id, amount, _way in taken):
        raise Refused(_("Tiền của biên lai này đã hoàn: không huỷ được nữa."), code="already_refunded")
    entries = [
        writing.New(line_id, EntryKind.REFUNDED, amount, way=way, reason=reason.strip(), receipt_id=receipt.pk)
        for line_id, amount, way in taken
    ]
    writing.append(bill, balance, count, entries, writing.hand(actor, counter_id, at))
    return receipt.amount_vnd


def exempt(
    bill_id: int, *, basis: str, proof: str, counter_id: int, actor: Actor, at: datetime, line_id: int | None = None
) -> int:
    """Let the payer off everything still owed, or one line of it, on a legal basis with a proof; how much.

    Law: LPLP-2015 10
    """
    wrong = {
        name: sentence
        for name, value, sentence in (
            ("basis", basis, _("Cần căn cứ pháp lý.")),
            ("proof", proof, _("Cần giấy tờ chứng minh đối tượng được miễn.")),
        )
        if not value.strip()
    }
    if wrong:
        raise Invalid(_("Miễn, giảm phải có căn cứ."), fields=wrong, code="basis_needed")

    def entry(line: int, amount: int) -> writing.New:
        return writing.New(line, EntryKind.EXEMPTED, amount, basis=basis.strip(), proof=tidy(proof))

    def chosen(line: int, row: LineBalance) -> int:
        return row.outstanding if line_id in (None, line) else 0

    return _let_off(bill_id, chosen, entry, counter_id, actor, at, must=True)


def settle(bill_id: int, *, gives_back: bool, reason: str, counter_id: int, actor: Actor, at: datetime) -> Bill:
    """The dossier ended before its service: what is unpaid is no longer asked; what was paid is owed back, or stays.

    gives_back: by the rule that the bill was issued under. Law: ND61-2018 22
    """

    def entry(line: int, amount: int) -> writing.New:
        return writing.New(line, EntryKind.CANCELLED, amount, reason=_needed(reason))

    def chosen(_line: int, row: LineBalance) -> int:
        return row.owed if gives_back else max(row.outstanding, 0)

    _let_off(bill_id, chosen, entry, counter_id, actor, at, must=False)
    return Bill.objects.get(pk=bill_id)


def _let_off(
    bill_id: int,
    chosen: Callable[[int, LineBalance], int],
    entry: Callable[[int, int], writing.New],
    counter_id: int,
    actor: Actor,
    at: datetime,
    *,
    must: bool,
) -> int:
    bill, balance, count = writing.lock(bill_id)
    entries = [entry(line_id, amount) for line_id, row in balance.lines.items() if (amount := chosen(line_id, row)) > 0]
    if entries:
        writing.append(bill, balance, count, entries, writing.hand(actor, counter_id, at))
    elif must:
        raise Refused(_("Không còn khoản nào phải nộp."), code="nothing_owed")
    return sum(new.amount_vnd for new in entries)


def _needed(reason: str) -> str:
    if not reason.strip():
        raise Invalid(_("Cần nêu lý do."), fields={"reason": _("Cần nêu lý do.")}, code="reason_needed")
    return reason.strip()

"""Money that came without a receipt, because the counter had no number left, and the receipt that is written for it later.

The ledger is never changed: the receipt points to the payment by its reference. Law: ND123-2020 30, 32
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Refused
from motcua.fees import receipts, writing
from motcua.fees.models import LateReceipt, Receipt
from motcua.offices.actors import Actor

# A payment is one reference over some lines of one bill; `entry_id` is its first entry.
_PAYMENTS = """
SELECT min(e.id), e.bill_id, e.reference, e.counter_id, sum(e.amount_vnd)::bigint, min(e.at), b.payer_name
FROM fees_entry e JOIN fees_bill b ON b.id = e.bill_id
WHERE e.kind = 'paid' AND e.way = 'gateway' AND e.receipt_id IS NULL AND {condition}
    AND NOT EXISTS (SELECT FROM fees_latereceipt l WHERE l.reference = e.reference)
GROUP BY e.bill_id, e.reference, e.counter_id, b.payer_name ORDER BY min(e.at), min(e.id) LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Unreceipted:
    """One payment in the ledger that has no receipt; whole đồng."""

    entry_id: int
    bill_id: int
    reference: str
    counter_id: int
    amount_vnd: int
    at: datetime
    payer_name: str


def unreceipted(counters: Collection[int], most: int) -> list[Unreceipted]:
    """What was paid online at these counters and has no receipt, the oldest first."""
    return _read("e.counter_id = ANY(%(counters)s)", {"counters": list(counters), "most": most})


def unreceipted_payment(entry_id: int) -> Unreceipted | None:
    """The payment that this entry begins; None where it has a receipt, or was not paid online."""
    condition = "(e.bill_id, e.reference) = (SELECT x.bill_id, x.reference FROM fees_entry x WHERE x.id = %(entry)s)"
    found = _read(condition, {"entry": entry_id, "most": 1})
    return found[0] if found and found[0].entry_id == entry_id else None


def write(payment: Unreceipted, *, actor: Actor, at: datetime) -> Receipt:
    """The next receipt of the counter's book for this payment, once: the bill is locked, and the payment looked at again.

    Raises Refused: receipt_written, already_refunded, no_receipt_book.
    """
    with transaction.atomic():
        bill, balance, _count = writing.lock(payment.bill_id)
        if unreceipted_payment(payment.entry_id) is None:
            raise Refused(_("Khoản này đã có biên lai."), code="receipt_written")
        paid = bill.entries.filter(reference=payment.reference).values_list("line_id", "amount_vnd")
        if any(balance.lines[line_id].held < amount for line_id, amount in paid):
            raise Refused(_("Tiền của khoản này đã hoàn: không viết biên lai nữa."), code="already_refunded")
        receipt = receipts.write(
            bill,
            amount_vnd=payment.amount_vnd,
            payer_name=payment.payer_name,
            office_id=payment.counter_id,
            actor=actor,
            at=at,
        )
        LateReceipt.objects.create(receipt=receipt, reference=payment.reference)
    return receipt


def _read(condition: str, values: dict[str, Any]) -> list[Unreceipted]:
    with connection.cursor() as cursor:
        cursor.execute(_PAYMENTS.format(condition=condition), values)
        return [Unreceipted(*row) for row in cursor.fetchall()]

"""Receipts (biên lai): continuous numbers per book, no number twice, cancelled ones stay, marked.

Law: ND123-2020 32
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.base.errors import Refused
from motcua.base.times import day_of
from motcua.fees.models import Bill, Entry, LateReceipt, Receipt, ReceiptCancellation
from motcua.offices.actors import Actor

# One's own book, else the counter's; the oldest in force with numbers left. Its row stays locked until the transaction
# ends, so a number is never given twice and a payment that fails leaves no hole.
_NEXT = """
UPDATE fees_receiptbook SET given_no = given_no + 1 WHERE id = (
    SELECT id FROM fees_receiptbook
    WHERE office_id = %(office)s AND valid_from <= %(day)s AND (closed_on IS NULL OR %(day)s < closed_on)
    AND given_no < last_no AND (holder_id IS NULL OR holder_id = %(officer)s)
    ORDER BY holder_id IS NULL, valid_from, id LIMIT 1 FOR UPDATE
) RETURNING id, given_no, first_no
"""


_LEFT = """
SELECT EXISTS (SELECT FROM fees_receiptbook
    WHERE office_id = %(office)s AND valid_from <= %(day)s AND (closed_on IS NULL OR %(day)s < closed_on)
    AND given_no < last_no AND (holder_id IS NULL OR holder_id = %(officer)s))
"""


def has_numbers(office_id: int, day: date) -> bool:
    """Whether the office has a shared book in use with numbers left: what is paid online is nobody's own book's."""
    return _has_numbers(office_id, None, day)


def has_numbers_for(office_id: int, actor: Actor, day: date) -> bool:
    """Whether this person can write a receipt there on a day: in their own book, or in a shared one."""
    return _has_numbers(office_id, actor.account_id, day)


def _has_numbers(office_id: int, officer_id: int | None, day: date) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, {"office": office_id, "day": day, "officer": officer_id})
        return bool(cursor.fetchone()[0])


def write_if_any(
    bill: Bill, *, amount_vnd: int, payer_name: str, office_id: int, actor: Actor, at: datetime
) -> Receipt | None:
    """The same as `write`; None where the office has no book in use with numbers left."""
    try:
        return write(bill, amount_vnd=amount_vnd, payer_name=payer_name, office_id=office_id, actor=actor, at=at)
    except Refused:
        return None


def write(bill: Bill, *, amount_vnd: int, payer_name: str, office_id: int, actor: Actor, at: datetime) -> Receipt:
    """The next receipt of the office's book. Raises Refused when the office has none in use with numbers left."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, {"office": office_id, "day": day_of(at), "officer": actor.account_id})
        given = cursor.fetchone()
    if given is None:
        raise Refused(_("Nơi này chưa có quyển biên lai đang dùng, hoặc đã dùng hết số."), code="no_receipt_book")
    book_id, number, first = given
    return Receipt.objects.create(
        book_id=book_id,
        number=number,
        previous_no=number - 1 if number > first else None,
        bill=bill,
        amount_vnd=amount_vnd,
        payer_name=payer_name,
        issued_by_id=actor.account_id,
        at=at,
    )


def cancel(receipt: Receipt, *, reason: str, actor: Actor, at: datetime) -> ReceiptCancellation:
    """Mark a receipt as cancelled; it stays where it is. Raises Refused when it is cancelled already."""
    if ReceiptCancellation.objects.filter(receipt=receipt).exists():
        raise Refused(_("Biên lai này đã huỷ."), code="receipt_cancelled")
    return ReceiptCancellation.objects.create(receipt=receipt, reason=reason.strip(), by_id=actor.account_id, at=at)


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """Everything that a printed receipt says. Law: ND123-2020 32"""

    template_no: str
    serial: str
    number: str
    office: str
    agency: str
    payer: str
    lines: tuple[tuple[str, str, int], ...]
    amount_vnd: int
    way: str
    at: datetime
    collector: str
    cancelled: str

    def as_json(self) -> dict[str, Any]:
        """The facts as plain values."""
        return {name: getattr(self, name) for name in self.__slots__}


def facts_of(receipt: Receipt) -> ReceiptFacts:
    """The facts of one receipt; three statements beyond the receipt with its book, bill and offices."""
    late = LateReceipt.objects.filter(receipt=receipt).first()
    which = Q(bill_id=receipt.bill_id, reference=late.reference) if late else Q(receipt=receipt)
    entries = list(Entry.objects.filter(which, kind="paid").select_related("line").order_by("seq"))
    cancelled = ReceiptCancellation.objects.filter(receipt=receipt).first()
    return ReceiptFacts(
        template_no=receipt.book.template_no,
        serial=receipt.book.serial,
        number=str(receipt),
        office=receipt.book.office.name,
        agency=receipt.bill.agency.name,
        payer=receipt.payer_name,
        lines=tuple((entry.line.kind, entry.line.name, entry.amount_vnd) for entry in entries),
        amount_vnd=receipt.amount_vnd,
        way=str(entries[0].get_way_display()) if entries else "",
        at=receipt.at,
        # Money that a gateway took was booked by nobody; whoever writes its receipt later signs for that.
        collector=receipt.issued_by.full_name if late and receipt.issued_by else entries[0].by_name if entries else "",
        cancelled=cancelled.reason if cancelled else "",
    )

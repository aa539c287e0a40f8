"""The statements that write a bill and its ledger: set-based, few, and never an UPDATE of an amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.base.times import day_of
from motcua.fees.kinds import EntryKind
from motcua.fees.ledger import Balance, fold
from motcua.fees.models import Bill
from motcua.fees.terms import Due
from motcua.offices.actors import Actor


@dataclass(frozen=True, slots=True)
class New:
    """An entry to be written on a line of a bill that is there, or on the line with this place in a new one."""

    line: int
    kind: EntryKind
    amount_vnd: int
    way: str = ""
    channel: int | None = None
    reference: str = ""
    receipt_id: int | None = None
    basis: str = ""
    proof: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Hand:
    """Who writes, at which counter, when, and on which cash day."""

    actor: Actor
    counter_id: int
    at: datetime
    booked_on: date


_ENTRY = (
    "bill_id, seq, line_id, kind, amount_vnd, way, channel, at, booked_on, by_id, by_name, counter_id, receipt_id,"
    " reference, basis, proof, reason"
)
_ROW = "(%s::int, %s::bigint, %s, %s::numeric, %s, %s::smallint, %s::bigint, %s, %s, %s, %s)"
_NEW = "n (seq, line, kind, amount_vnd, way, channel, receipt_id, reference, basis, proof, reason)"
_TILL = """
INSERT INTO fees_till AS till (office_id, officer_id) VALUES (%s, %s)
ON CONFLICT (office_id, officer_id) DO UPDATE SET officer_id = till.officer_id
RETURNING closed_through, closed_through + 1
"""


def hand(actor: Actor, counter_id: int, at: datetime) -> Hand:
    """The hand that writes now; an officer's till is locked until the transaction ends.

    Entries after the close of a day belong to the day after it.
    """
    day = day_of(at)
    if actor.is_officer and actor.account_id is not None:
        with connection.cursor() as cursor:
            cursor.execute(_TILL, [counter_id, actor.account_id])
            closed, following = cursor.fetchone()
        if closed is not None and day <= closed:
            day = following
    return Hand(actor, counter_id, at, day)


def create(bill: Bill, dues: Sequence[Due], entries: Sequence[New], by: Hand) -> Bill:
    """Write a bill, its lines and its first entries (`line`: place among the dues, from 1) in one statement."""
    columns = "reference, due_when, holds_back, refund_withdrawn, refund_refused, rule_basis, payer_name, state"
    head = [getattr(bill, name) for name in columns.split(", ")]
    places = [value for seq, due in enumerate(dues, 1) for value in (seq, due.kind, due.name, due.source_row)]
    statement = f"""
        WITH bill AS (
            INSERT INTO fees_bill ({columns}, counter_id, agency_id, issued_at)
            VALUES ({", ".join(["%s"] * 11)}) RETURNING id
        ), line AS (
            INSERT INTO fees_line (bill_id, seq, kind, name, source_row) SELECT bill.id, d.* FROM bill,
            (VALUES {", ".join(["(%s::int, %s, %s, %s::bigint)"] * len(dues))}) d RETURNING id, seq
        ), entry AS (
            INSERT INTO fees_entry ({_ENTRY})
            SELECT bill.id, n.seq, line.id, n.kind, n.amount_vnd, n.way, n.channel, %s, %s, %s, %s, %s, n.receipt_id,
                n.reference, n.basis, n.proof, n.reason
            FROM bill, (VALUES {", ".join([_ROW] * len(entries))}) {_NEW} JOIN line ON line.seq = n.line
        ) SELECT id FROM bill
    """  # noqa: S608 - only our own names are put together
    values = [*head, bill.counter_id, bill.agency_id, bill.issued_at, *places, *_signed(by), *_rows(entries, 1)]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        bill.pk = cursor.fetchone()[0]
    bill._state.adding = False
    return bill


def lock(bill_id: int) -> tuple[Bill, Balance, int]:
    """The bill, locked until the transaction ends, what its ledger comes to, and how many entries it has."""
    bill = Bill.objects.select_for_update().filter(pk=bill_id).first()
    if bill is None:
        raise NotThere(_("Hồ sơ này không có phiếu thu phí, lệ phí."))
    rows = list(bill.entries.order_by("seq").values_list("line_id", "kind", "amount_vnd"))
    return bill, fold(rows), len(rows)


def append(bill: Bill, balance: Balance, count: int, entries: Sequence[New], by: Hand) -> Bill:
    """Write entries on a locked bill (`line`: line id) and the state they come to, in one statement."""
    for entry in entries:
        balance.lines[entry.line].take(entry.kind, entry.amount_vnd)
    bill.state = balance.state
    statement = f"""
        WITH bill AS (UPDATE fees_bill SET state = %s WHERE id = %s RETURNING id)
        INSERT INTO fees_entry ({_ENTRY})
        SELECT bill.id, n.seq, n.line, n.kind, n.amount_vnd, n.way, n.channel, %s, %s, %s, %s, %s, n.receipt_id,
            n.reference, n.basis, n.proof, n.reason
        FROM bill, (VALUES {", ".join([_ROW] * len(entries))}) {_NEW}
    """  # noqa: S608 - only our own names are put together
    with connection.cursor() as cursor:
        cursor.execute(statement, [bill.state, bill.pk, *_signed(by), *_rows(entries, count + 1)])
    return bill


def _signed(by: Hand) -> list[Any]:
    return [by.at, by.booked_on, by.actor.account_id, by.actor.full_name, by.counter_id]


def _rows(entries: Sequence[New], first: int) -> list[Any]:
    return [
        value
        for seq, entry in enumerate(entries, first)
        for value in (
            seq, entry.line, entry.kind, entry.amount_vnd, entry.way, entry.channel, entry.receipt_id,
            entry.reference, entry.basis, entry.proof, entry.reason,
        )
    ]  # fmt: skip

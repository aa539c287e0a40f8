"""What must be true of money and parcels: bills are the fold of their ledger, receipts run on, custody has no gap.

Law: ND61-2018 22; ND123-2020 32; QD45-2016 7
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby, pairwise
from typing import Any

from django.db import connection

from motcua.fees.ledger import fold
from motcua.post.chain import move
from motcua.post.models import Direction
from motcua.reports.audit.findings import Finding, Kind

Tick = Callable[[str, int], None]
CHUNK = 2000

_LEDGERS = """
SELECT b.id, coalesce(d.code, d.submission_no, ''), b.reference, b.state, e.line_id, e.kind, sum(e.amount_vnd)::bigint
FROM fees_bill b LEFT JOIN dossiers_dossier d ON d.bill_id = b.id LEFT JOIN fees_entry e ON e.bill_id = b.id
GROUP BY b.id, d.code, d.submission_no, e.line_id, e.kind ORDER BY b.id
"""
# A book's numbers run from its first one to the last given, and its money is the money of the entries.
_BOOKS = """
SELECT k.template_no || ' ' || k.serial, k.first_no, k.given_no, count(r.id), min(r.number), max(r.number)
FROM fees_receiptbook k LEFT JOIN fees_receipt r ON r.book_id = k.id
GROUP BY k.id HAVING count(DISTINCT r.number) <> k.given_no - k.first_no + 1
    OR coalesce(min(r.number), k.first_no) <> k.first_no OR coalesce(max(r.number), k.first_no - 1) <> k.given_no
ORDER BY k.id
"""
# One that was written later says what its payment says, which no entry may have another receipt for.
_RECEIPTS = """
SELECT * FROM (
    SELECT k.serial, r.number, r.amount_vnd, coalesce((
        SELECT sum(e.amount_vnd) FROM fees_entry e WHERE e.receipt_id = r.id AND e.kind = 'paid'
    ), 0) + coalesce((
        SELECT sum(e.amount_vnd) FROM fees_latereceipt l JOIN fees_entry e ON e.reference = l.reference
        WHERE l.receipt_id = r.id AND e.kind = 'paid' AND e.receipt_id IS NULL AND e.bill_id = r.bill_id
    ), 0) AS taken, r.id
    FROM fees_receipt r JOIN fees_receiptbook k ON k.id = r.book_id
) said WHERE amount_vnd <> taken ORDER BY id
"""
_CLOSES = """
SELECT c.day, c.office_id, c.officer_id, c.expected_vnd, c.counted_vnd, coalesce(e.cash, 0), coalesce(n.counted, 0)
FROM fees_cashclose c
LEFT JOIN LATERAL (
    SELECT sum(CASE e.kind WHEN 'paid' THEN e.amount_vnd ELSE -e.amount_vnd END) AS cash FROM fees_entry e
    WHERE e.kind IN ('paid', 'refunded') AND e.way = 'cash' AND e.counter_id = c.office_id AND e.by_id = c.officer_id
    AND e.booked_on = c.day
) e ON true
LEFT JOIN LATERAL (SELECT sum(key::bigint * value::bigint) AS counted FROM jsonb_each_text(c.counted)) n ON true
WHERE c.expected_vnd <> coalesce(e.cash, 0) OR c.counted_vnd <> coalesce(n.counted, 0)
ORDER BY c.id
"""
_CHAINS = """
SELECT p.id, p.item_no, p.direction, p.state, c.seq, c.step, c.from_holder, c.from_name, c.to_holder, c.to_name, c.at
FROM post_parcel p LEFT JOIN post_custody c ON c.parcel_id = p.id
WHERE p.office_id IS NOT NULL ORDER BY p.id, c.seq
"""


def bills(tick: Tick) -> Iterator[Finding]:
    """The state of every bill is what its ledger comes to; no line is let off or given back beyond itself."""
    for _id, rows in groupby(_streamed(_LEDGERS), key=lambda row: row[0]):
        tick("bills", 1)
        entries = list(rows)
        _bill_id, dossier, reference, state = entries[0][:4]
        balance = fold((line, kind, amount) for *_bill, line, kind, amount in entries if line is not None)
        broken = balance.broken()
        if not dossier or broken or balance.state != state:
            yield Finding(Kind.BILL, dossier, f"{reference}: {state} != {balance.state} {broken}".strip())


def receipts(tick: Tick) -> Iterator[Finding]:
    """Numbers run on in every book, and every receipt says what was taken with it. Law: ND123-2020 32"""
    for book, first, given, count, lowest, highest in _asked(_BOOKS):
        yield Finding(Kind.RECEIPT, "", f"{book}: {first}–{given}, {count} receipts {lowest}–{highest}")
    for serial, number, said, taken, _id in _asked(_RECEIPTS):
        yield Finding(Kind.RECEIPT, "", f"{serial} {number}: {said} != {taken}")
    tick("receipts", _asked("SELECT count(*) FROM fees_receipt")[0][0])


def closes(tick: Tick) -> Iterator[Finding]:
    """A closed cash day is what the ledger says of it, and its count is the sum of its notes."""
    for day, office, officer, expected, counted, ledger, notes in _asked(_CLOSES):
        what = f"{day} office {office} officer {officer}: {expected} != {ledger}, {counted} != {notes}"
        yield Finding(Kind.CASH, "", what)
    tick("cash_closes", _asked("SELECT count(*) FROM fees_cashclose")[0][0])


def custody(tick: Tick) -> Iterator[Finding]:
    """Every parcel goes from hand to hand without a gap, and is where its chain ends. Law: QD45-2016 7"""
    for _id, rows in groupby(_streamed(_CHAINS), key=lambda row: row[0]):
        tick("parcels", 1)
        chain = list(rows)
        item, direction, state = chain[0][1:4]
        for what in _gaps([row[4:] for row in chain], direction == Direction.OUTBOUND, state):
            yield Finding(Kind.CUSTODY, "", f"{item}: {what}")


def _gaps(links: list[tuple[Any, ...]], outbound: bool, state: str) -> Iterator[str]:
    if [link[0] for link in links] != list(range(1, len(links) + 1)):
        yield f"seq {[link[0] for link in links]}"
        return
    for before, after in pairwise(links):
        if before[4:6] != after[2:4] or after[6] < before[6]:
            yield f"{before[0]} → {after[0]}"
    moves = [move(step, source, target, outbound=outbound) for _seq, step, source, _name, target, *_rest in links]
    last = moves[-1]
    if None in moves or last is None or last.state != state:
        yield f"state {state}"


def _asked(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def _streamed(statement: str) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        while chunk := cursor.fetchmany(CHUNK):
            yield from chunk


MONEY = (bills, receipts, closes, custody)

"""A bill comes into being: amounts fixed from the frozen version, reductions of the day taken off, once.

Law: ND61-2018 22; LPLP-2015 10
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.ids import random_key
from motcua.base.times import day_of
from motcua.fees import writing
from motcua.fees.costs import cost_of
from motcua.fees.kinds import OWING, BillState, DueWhen, EntryKind, LineKind
from motcua.fees.ledger import fold
from motcua.fees.models import Bill
from motcua.fees.money import whole_vnd
from motcua.fees.terms import Due, label_of
from motcua.offices.actors import Actor


def issue(
    dues: Sequence[Due],
    *,
    procedure_code: str,
    channel: int,
    counter_id: int,
    agency_id: int,
    payer_name: str,
    actor: Actor,
    at: datetime,
) -> Bill | None:
    """Issue the bill of a dossier handed in at `at`, in two statements; None where nothing is to be paid.

    Each fee is charged whole; the one reduction of the day that takes most off it follows as an entry with its basis.
    Raises Invalid for an amount that is no positive whole đồng.
    """
    cost = cost_of(dues, procedure_code=procedure_code, channel=channel, day=day_of(at))
    if cost is None:
        return None
    terms, entries = cost.terms, []
    for place, line in enumerate(cost.lines, 1):
        entries.append(writing.New(place, EntryKind.CHARGED, line.amount_vnd, channel=channel))
        if line.off_vnd:
            entries.append(writing.New(place, EntryKind.REDUCED, line.off_vnd, channel=channel, basis=line.basis))
    bill = Bill(
        reference=f"PL-{random_key(12)}",
        due_when=terms.due_when,
        holds_back=terms.holds_back,
        refund_withdrawn=terms.refund_withdrawn,
        refund_refused=terms.refund_refused,
        rule_basis=terms.basis,
        counter_id=counter_id,
        agency_id=agency_id,
        payer_name=payer_name,
        issued_at=at,
        state=fold((entry.line, entry.kind, entry.amount_vnd) for entry in entries).state,
    )
    # Charging moves no cash, so it needs no till.
    return writing.create(
        bill, [line.due for line in cost.lines], entries, writing.Hand(actor, counter_id, at, day_of(at))
    )


def stated(lines: Sequence[tuple[str, str, int]], basis: str) -> list[Due]:
    """Fees said by a person, (kind, name, amount), where the catalogue leaves them open. Raises Invalid."""
    if not basis.strip():
        raise Invalid(_("Cần căn cứ pháp lý."), fields={"basis": _("Cần căn cứ pháp lý.")}, code="basis_needed")
    if not lines:
        sentence = _("Cần ít nhất một khoản phí hoặc lệ phí.")
        raise Invalid(sentence, fields={"lines": sentence})
    for kind, _name, amount in lines:
        if kind not in LineKind.values:
            raise Invalid(_("Loại phí, lệ phí không hợp lệ."), fields={"lines": _("Loại phí, lệ phí không hợp lệ.")})
        whole_vnd(amount, "lines")
    return [Due(kind, f"{label_of(kind, name)} ({basis.strip()})", amount) for kind, name, amount in lines]


def in_the_way(bill: Bill | None, when: DueWhen) -> str | None:
    """Why an unpaid bill keeps a dossier from being accepted (before) or returned (after), or None.

    Law: ND61-2018 22
    """
    if bill is None or not bill.holds_back or bill.state not in OWING:
        return None
    # What was due before acceptance is still due at the return, had it slipped through.
    if when == DueWhen.BEFORE and bill.due_when != DueWhen.BEFORE:
        return None
    if when == DueWhen.BEFORE:
        return _("Chưa nộp phí, lệ phí: thủ tục này thu trước khi tiếp nhận.")
    return _("Chưa nộp phí, lệ phí: phải thu trước khi trả kết quả.")


def is_open(bill: Bill) -> bool:
    """Whether something is still to be paid."""
    return BillState(bill.state) in OWING

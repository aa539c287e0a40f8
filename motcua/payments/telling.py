"""What is told of the money of one dossier: what it owes and why, what was paid, what waits, what goes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.fees.kinds import BillState
from motcua.fees.ledger import Balance, LineBalance, fold
from motcua.fees.models import Bill, Entry, Line, Receipt
from motcua.payments.kinds import OrderState
from motcua.payments.models import Order, Outcome


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One line of the bill with what it comes to, and why less than all of it is owed."""

    line: Line
    money: LineBalance
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The money of a dossier as its owner sees it, in whole đồng. `waiting`: an order that the gateway has not answered."""

    bill: Bill
    lines: tuple[ToldLine, ...]
    total: LineBalance
    receipts: tuple[Receipt, ...]
    waiting: Order | None
    last: Order | None
    back: tuple[Outcome, ...]

    @property
    def owed_vnd(self) -> int:
        """What is still to be paid; 0 where nothing is."""
        return max(self.total.outstanding, 0)

    @property
    def is_paid(self) -> bool:
        """Everything that was owed was paid, and is still held."""
        return self.bill.state == BillState.PAID

    @property
    def refund_vnd(self) -> int:
        """What the ledger owes the payer, because the dossier ended before its service."""
        return max(-self.total.outstanding, 0)

    @property
    def back_vnd(self) -> int:
        """What the gateway took beside the bill and nobody has given back yet."""
        return sum(row.back_vnd for row in self.back if not hasattr(row, "given_back"))


def standing(bill_id: int, at: datetime) -> Standing:
    """The money of one bill; six statements at most."""
    bill = Bill.objects.select_related("agency", "counter").get(pk=bill_id)
    entries = list(bill.entries.order_by("seq"))
    balance: Balance = fold((entry.line_id, entry.kind, entry.amount_vnd) for entry in entries)
    orders = list(Order.objects.filter(bill=bill).order_by("-id"))
    # Until it is answered an order may have been paid, whatever its time says.
    waiting = next((one for one in orders if one.state == OrderState.OPEN), None)
    back = Outcome.objects.filter(money__order__bill=bill, back_vnd__gt=0).select_related("given_back").order_by("id")
    return Standing(
        bill=bill,
        lines=tuple(ToldLine(line, balance.lines[line.pk], _why(entries, line)) for line in bill.lines.all()),
        total=balance.total,
        receipts=tuple(bill.receipts.select_related("book", "cancellation").order_by("id")),
        waiting=waiting,
        last=orders[0] if orders else None,
        back=tuple(back) if orders else (),
    )


def _why(entries: list[Entry], line: Line) -> tuple[str, ...]:
    """The bases of exemptions and reductions of a line, in the words of the ledger."""
    return tuple(entry.basis for entry in entries if entry.line_id == line.pk and entry.basis)

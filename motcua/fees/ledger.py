"""What a ledger comes to: a fold over its entries, pure. Law: ND61-2018 22"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from motcua.fees.kinds import OWED_LESS, OWED_MORE, BillState, EntryKind


@dataclass(slots=True)
class LineBalance:
    """One line in whole đồng: owed = charged less exempted, reduced, cancelled; held = paid less refunded."""

    charged: int = 0
    let_off: int = 0
    cancelled: int = 0
    paid: int = 0
    refunded: int = 0

    def take(self, kind: str, amount: int) -> None:
        """Add one entry."""
        if kind in OWED_MORE:
            self.charged += amount
        elif kind in OWED_LESS:
            self.let_off += amount
            self.cancelled += amount if kind == EntryKind.CANCELLED else 0
        elif kind == EntryKind.PAID:
            self.paid += amount
        else:
            self.refunded += amount

    @property
    def owed(self) -> int:
        """What has to be paid in all."""
        return self.charged - self.let_off

    @property
    def held(self) -> int:
        """What was paid and not given back."""
        return self.paid - self.refunded

    @property
    def outstanding(self) -> int:
        """What still has to be paid; negative when something has to be given back."""
        return self.owed - self.held


@dataclass(slots=True)
class Balance:
    """A bill, line by line (line id → balance)."""

    lines: dict[int, LineBalance] = field(default_factory=dict)

    @property
    def total(self) -> LineBalance:
        """All lines together."""
        rows = self.lines.values()
        return LineBalance(
            sum(row.charged for row in rows),
            sum(row.let_off for row in rows),
            sum(row.cancelled for row in rows),
            sum(row.paid for row in rows),
            sum(row.refunded for row in rows),
        )

    @property
    def state(self) -> BillState:
        """The state that the amounts come to."""
        total = self.total
        if total.held > total.owed:
            return BillState.REFUND_DUE
        if total.owed == 0:
            if total.refunded:
                return BillState.REFUNDED
            return BillState.CANCELLED if total.cancelled else BillState.FREE
        if total.held == total.owed:
            return BillState.PAID
        return BillState.PARTLY if total.held else BillState.UNPAID

    def broken(self) -> str:
        """Which line is impossible (given back more than paid, let off more than charged), or ""."""
        for line_id, row in self.lines.items():
            if row.held < 0 or row.owed < 0:
                return f"line {line_id}: owed {row.owed}, held {row.held}"
        return ""


def fold(entries: Iterable[tuple[int, str, int]]) -> Balance:
    """The balance after these entries (line id, kind, amount)."""
    balance = Balance()
    for line_id, kind, amount in entries:
        balance.lines.setdefault(line_id, LineBalance()).take(kind, amount)
    return balance

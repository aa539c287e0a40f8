"""What a case costs on a day: the one rule that the preview shows and the bill then charges.

Law: ND61-2018 15, 22; LPLP-2015 3, 10
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from motcua.fees.kinds import DueWhen, LineKind
from motcua.fees.money import whole_vnd
from motcua.fees.terms import Due, Off, Terms, best_reduction, in_force_by_channel, label_of


@dataclass(frozen=True, slots=True)
class CostLine:
    """One phí or lệ phí in whole đồng, and the one reduction of the day that takes most off it (0: none)."""

    kind: str
    name: str
    amount_vnd: int
    source_row: int | None = None
    off_vnd: int = 0
    basis: str = ""

    @property
    def owed_vnd(self) -> int:
        """What is left to pay of this line."""
        return self.amount_vnd - self.off_vnd

    @property
    def kind_label(self) -> str:
        """Phí or lệ phí, in words."""
        return str(LineKind(self.kind).label)

    @property
    def due(self) -> Due:
        """The line as the catalogue or a person said it."""
        return Due(self.kind, self.name, self.amount_vnd, self.source_row)


@dataclass(frozen=True, slots=True)
class Cost:
    """Everything that a case costs by one channel on one day, and by when it is due."""

    terms: Terms
    lines: tuple[CostLine, ...]

    @property
    def amount_vnd(self) -> int:
        """Before reductions."""
        return sum(line.amount_vnd for line in self.lines)

    @property
    def total_vnd(self) -> int:
        """What has to be paid in all."""
        return sum(line.owed_vnd for line in self.lines)

    @property
    def off_vnd(self) -> int:
        """What comes off in all."""
        return self.amount_vnd - self.total_vnd

    @property
    def due_label(self) -> str:
        """By when it has to be paid, in words."""
        return str(DueWhen(self.terms.due_when).label)

    @property
    def is_reduced(self) -> bool:
        """Whether anything comes off."""
        return any(line.off_vnd for line in self.lines)


def cost_of(dues: Sequence[Due], *, procedure_code: str, channel: int, day: date) -> Cost | None:
    """What these fees come to for a dossier handed in by this channel on this day; one statement.

    None where nothing is to be paid (no statement then). Raises Invalid for an amount that is no positive whole đồng.
    """
    return costs_of({channel: dues}, procedure_code=procedure_code, day=day)[channel]


def costs_of(dues: Mapping[int, Sequence[Due]], *, procedure_code: str, day: date) -> dict[int, Cost | None]:
    """The same for several channels (channel → fees) in one statement."""
    owed = {channel: [due for due in of if due.amount_vnd] for channel, of in dues.items()}
    asked = [channel for channel, of in owed.items() if of]
    terms = in_force_by_channel(procedure_code, asked, day) if asked else {}
    return {channel: _cost(owed[channel], *terms[channel]) if channel in terms else None for channel in dues}


def _cost(dues: Sequence[Due], terms: Terms, reductions: tuple[Off, ...]) -> Cost:
    return Cost(terms, tuple(_line(due, reductions) for due in dues))


def _line(due: Due, reductions: tuple[Off, ...]) -> CostLine:
    name = label_of(due.kind, due.name)
    amount = whole_vnd(due.amount_vnd)
    found = best_reduction(due, reductions)
    if found is None:
        return CostLine(due.kind, name, amount, due.source_row)
    off, reduction = found
    return CostLine(due.kind, name, amount, due.source_row, off, f"{reduction.name}: {reduction.basis}")

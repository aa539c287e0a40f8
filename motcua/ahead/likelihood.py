"""How likely a dossier misses its appointed day, counted from like cases of the past. Pure; no Django.

A like case lay at the same step with as many working days left. Where few did, the figure leans on those of the field,
and these on all (shrinkage): `(late + WEIGHT x likelihood of the wider group) / (cases + WEIGHT)`.
Everything that is counted can be told in one sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

WEIGHT = 50.0  # so many cases of the wider group stand beside those of the narrower one
ENOUGH = 20  # from so many cases on a group is named as the reason
# Working days left: each day for itself up to 10, then wider classes by their first day.
CLASSES = (*range(11), 11, 16, 21, 31, 46)


class Cases(NamedTuple):
    """Cases that lay at a step with so many working days left, and how many of them were not done in these days."""

    procedure: int
    field: str
    step: int
    role: str
    left: int
    cases: int
    late: int


class Standing(NamedTuple):
    """Where an open dossier lies; `left`: working days until its appointed day, today included as day 0."""

    procedure: int
    field: str
    step: int
    role: str
    left: int


class Count(NamedTuple):
    """Like cases, and those of them that missed their day."""

    cases: int
    late: int


@dataclass(frozen=True, slots=True)
class Likelihood:
    """`value` in [0, 1]; None where nothing like it was ever seen. `level`: whose cases are the reason."""

    value: float | None
    level: str
    like: Count


NOBODY = Count(0, 0)
UNKNOWN = Likelihood(None, "none", NOBODY)


def class_of(left: int) -> int:
    """The first day of the class that so many working days left belong to. Raises ValueError below 0."""
    if left < 0:
        raise ValueError("the appointed day is over")
    return max(first for first in CLASSES if first <= left)


class Experience:
    """What past cases teach, up to one day; built once, asked often."""

    def __init__(self, rows: Iterable[Cases]) -> None:
        self._groups: dict[tuple[object, ...], list[int]] = defaultdict(lambda: [0, 0])
        for row in rows:
            for key in _keys(row):
                self._groups[key][0] += row.cases
                self._groups[key][1] += row.late

    @property
    def base(self) -> float | None:
        """The share of all past cases that missed their day; None without any."""
        whole = self._groups.get(("whole",))
        return whole[1] / whole[0] if whole else None

    @property
    def cases(self) -> int:
        """Cases it was learned from; a dossier counts at each step and day."""
        return self._groups.get(("whole",), [0, 0])[0]

    def likelihood(self, case: Standing) -> Likelihood:
        """How likely this dossier misses its day, and by whose record. `left` below 0 is certain."""
        if case.left < 0:
            return Likelihood(1.0, "over", NOBODY)
        value, level, like = self.base, "whole", NOBODY
        if value is None:
            return UNKNOWN
        for key in reversed(_keys(case)):
            cases, late = self._groups.get(key, (0, 0))
            if key != ("whole",):
                value = (late + WEIGHT * value) / (cases + WEIGHT)
            if cases >= ENOUGH or not like.cases:
                level, like = str(key[0]), Count(cases, late)
        return Likelihood(value, level, like)


def _keys(case: Standing | Cases) -> tuple[tuple[object, ...], ...]:
    """The groups that a case belongs to, the narrowest first."""
    left = class_of(case.left)
    return (
        ("procedure", case.procedure, case.step, left),
        ("field", case.field, case.role, left),
        ("all", case.role, left),
        ("whole",),
    )

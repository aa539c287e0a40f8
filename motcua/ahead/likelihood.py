"""How likely a dossier misses its appointed day, counted from like cases of the past. Pure; no Django.

A like case lay at the same step with as many working days left. Where few did, the figure leans on those of the field,
and these on all (shrinkage): `(late + WEIGHT x likelihood of the wider group) / (cases + WEIGHT)`.
Everything that is counted can be told in one sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
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
WHOLE = "whole"
UNKNOWN = Likelihood(None, "none", NOBODY)


def class_of(left: int) -> int:
    """The first day of the class that so many working days left belong to. Raises ValueError below 0."""
    if left < 0:
        raise ValueError("the appointed day is over")
    return max(first for first in CLASSES if first <= left)


class Experience:
    """What past cases teach, up to one day, as how many of each group missed their day; built once, asked often."""

    def __init__(self, rows: Iterable[Cases] = ()) -> None:
        sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for row in rows:
            for group in groups_of(row):
                sums[group][0] += row.cases
                sums[group][1] += row.late
        self.groups: Mapping[str, Count] = {group: Count(cases, late) for group, (cases, late) in sums.items()}

    @classmethod
    def of_groups(cls, groups: Mapping[str, Count]) -> Experience:
        """The same from groups that were counted before; of a case it needs no more than `groups_of` it."""
        made = cls()
        made.groups = groups
        return made

    @property
    def base(self) -> float | None:
        """The share of all past cases that missed their day; None without any."""
        whole = self.groups.get(WHOLE)
        return whole.late / whole.cases if whole else None

    @property
    def cases(self) -> int:
        """Cases it was learned from; a dossier counts at each step and day."""
        return self.groups.get(WHOLE, NOBODY).cases

    def likelihood(self, case: Standing) -> Likelihood:
        """How likely this dossier misses its day, and by whose record. `left` below 0 is certain."""
        if case.left < 0:
            return Likelihood(1.0, "over", NOBODY)
        value, level, like = self.base, WHOLE, NOBODY
        if value is None:
            return UNKNOWN
        for group in reversed(groups_of(case)):
            found = self.groups.get(group, NOBODY)
            if group != WHOLE:
                value = (found.late + WEIGHT * value) / (found.cases + WEIGHT)
            if found.cases >= ENOUGH or not like.cases:
                level, like = group.partition("/")[0], found
        return Likelihood(value, level, like)


def groups_of(case: Standing | Cases) -> tuple[str, ...]:
    """The groups that a case belongs to, the narrowest first, each as one word under which it can be kept."""
    left = class_of(case.left)
    return (
        f"procedure/{case.procedure}/{case.step}/{left}",
        f"field/{case.field}/{case.role}/{left}",
        f"all/{case.role}/{left}",
        WHOLE,
    )

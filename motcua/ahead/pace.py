"""How long past cases took from a step on, in working days on which their clock ran. Pure; no Django.

A like case lay at the step at least as long as the dossier that is asked about. Of ten like cases, five were done within
the days that are told for a half, and so on; whoever was not done is longer than any (they are past their day).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from motcua.ahead.likelihood import ENOUGH

HALF, NINE_TENTHS = Fraction(1, 2), Fraction(9, 10)
# Under this number the cases of all offices are kept.
ALL_OFFICES = 0
# Days at the step, days until it was done (None: not yet), how many cases.
Span = tuple[int, int | None, int]


class Course(NamedTuple):
    """Cases of a procedure and its office that lay at a step for so many days, and were done so many after they came."""

    procedure: int
    office: int
    step: int
    lay: int
    took: int | None
    cases: int


class Place(NamedTuple):
    """Whose pace: of a procedure at a step, at one authority or at ALL_OFFICES."""

    procedure: int
    step: int
    office: int


@dataclass(frozen=True, slots=True)
class Rest:
    """Working days from now within which half and nine tenths of the like cases were done; None: more are not done."""

    cases: int
    half: int | None
    nine_tenths: int | None


def paces(rows: Iterable[Course]) -> dict[Place, list[Span]]:
    """The spans of each place that has enough cases to be told, in order."""
    found: dict[Place, dict[tuple[int, int | None], int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        for office in (row.office, ALL_OFFICES):
            found[Place(row.procedure, row.step, office)][row.lay, row.took] += row.cases
    return {
        place: [(lay, took, cases) for (lay, took), cases in sorted(spans.items(), key=_order)]
        for place, spans in found.items()
        if place.office == ALL_OFFICES or sum(spans.values()) >= ENOUGH
    }


def _order(item: tuple[tuple[int, int | None], int]) -> tuple[int, bool, int]:
    (lay, took), _cases = item
    return lay, took is None, took or 0


def rest_of(spans: Iterable[Sequence[int | None]], lies: int) -> Rest:
    """What is left for a dossier that has lain there for `lies` days: of the cases that lay there as long."""
    like: list[tuple[int | None, int]] = []
    for lay, took, cases in spans:
        assert lay is not None and cases is not None
        if lay >= lies:
            like.append((None if took is None else took - lies, cases))
    whole = sum(cases for _left, cases in like)
    done = sorted((left, cases) for left, cases in like if left is not None)
    return Rest(whole, _within(done, whole * HALF), _within(done, whole * NINE_TENTHS))


def _within(done: list[tuple[int, int]], wanted: Fraction) -> int | None:
    """The fewest days within which so many were done; None where fewer were, or none is wanted."""
    running = 0
    for left, cases in done:
        running += cases
        if running >= wanted > 0:
            return left
    return None

"""How much lies at an office on each of the next working days, and what absences or moved work change. Pure; no Django.

A piece of work is one dossier at one step. What comes: the mean of that weekday in the last weeks. What can be done:
the upper quartile of what was done on a day, because on most days less came than could have been done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import mean

DAYS_AHEAD = 10


@dataclass(frozen=True, slots=True)
class Load:
    """One office: in hand now, what is expected to come on each day ahead, what can be done a day, by how many people."""

    in_hand: int
    comes: tuple[float, ...]
    can_do: float
    people: int


@dataclass(frozen=True, slots=True)
class Change:
    """`absent`: people who are away all days; `moved`: pieces of work a day that come (+) from or go (-) elsewhere."""

    absent: int = 0
    moved: float = 0.0


def expected(came: Mapping[date, int], days: Sequence[date], ahead: Sequence[date]) -> tuple[float, ...]:
    """What is expected on the days ahead: the mean of the past working days of the same weekday; of all where there is
    none; 0 where nothing is known."""
    by_weekday = {day.weekday(): [came.get(one, 0) for one in days if one.weekday() == day.weekday()] for day in ahead}
    whole = [came.get(one, 0) for one in days] or [0]
    return tuple(mean(by_weekday[day.weekday()] or whole) for day in ahead)


def upper_quartile(done: Mapping[date, int], days: Sequence[date]) -> float:
    """What was reached or passed on a quarter of the days; 0 without days."""
    ordered = sorted(done.get(day, 0) for day in days)
    return float(ordered[(3 * len(ordered)) // 4]) if ordered else 0.0


def project(load: Load, change: Change = Change()) -> tuple[float, ...]:
    """What lies there at the end of each day ahead. Raises ValueError where more are absent than there are."""
    if not 0 <= change.absent <= load.people:
        raise ValueError("more people absent than there are")
    there = load.people - change.absent
    can_do = load.can_do * there / load.people if load.people else 0.0
    lies, found = float(load.in_hand), []
    for comes in load.comes:
        lies = max(lies + max(comes + change.moved, 0.0) - can_do, 0.0)
        found.append(lies)
    return tuple(found)


def together(loads: Sequence[Load]) -> Load:
    """Several offices as one sum; for a line of totals."""
    ahead = max((len(load.comes) for load in loads), default=0)
    comes = tuple(sum(load.comes[day] for load in loads) for day in range(ahead))
    return Load(
        sum(load.in_hand for load in loads),
        comes,
        sum(load.can_do for load in loads),
        sum(load.people for load in loads),
    )

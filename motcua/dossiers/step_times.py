"""Each step's own part of the limit: when it should be done, and who used more than their part. Pure; no Django.

A step is judged on its own part only: what an earlier step lost is not charged to a later one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from motcua.calendar.limits import Limit, Unit
from motcua.calendar.working_days import HOUR, WorkingCalendar

HOURS_A_DAY = 8  # as the approved step tables count: 8 working hours are one working day
IN_HOURS = {Unit.WORKING_DAY: HOURS_A_DAY, Unit.WORKING_HOUR: 1}


class Part(NamedTuple):
    """A step and its own working hours; None where its time is not counted."""

    step: int
    hours: Fraction | None


class Spell(NamedTuple):
    """A stretch of time during which a dossier lay at a step and its clock ran; `until` is None while it lasts."""

    step: int
    start: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class StepTime:
    """How one step stands. `planned_at`: when it ends if every step uses its part. `due_at`: when its own part is or
    was used up, None while it has not begun or has no part. `used`: microseconds of office hours."""

    part: Part
    planned_at: datetime | None
    due_at: datetime | None
    used: int
    is_late: bool


class Sum(NamedTuple):
    """What the steps take together against the whole limit, in working hours."""

    steps: Fraction
    limit: Fraction


def step_times(
    parts: Sequence[Part], start: datetime, spells: Iterable[Spell], at: datetime, calendar: WorkingCalendar
) -> list[StepTime]:
    """Every step in its order, at an instant. start: from which the limit is counted. Raises CalendarGap."""
    by_step: dict[int, list[Spell]] = {}
    for spell in spells:
        by_step.setdefault(spell.step, []).append(spell)
    found, planned = [], start
    for part in parts:
        own = None if part.hours is None else -(-part.hours.numerator * HOUR // part.hours.denominator)
        if own is not None:
            planned = calendar.add_working_time(planned, own)
        used, due_at = 0, None
        for spell in by_step.get(part.step, ()):
            if own is not None and due_at is None:
                due_at = _used_up(spell, own - used, calendar, last=spell is by_step[part.step][-1])
            used += calendar.working_time(spell.start, spell.until or at)
        late = own is not None and used > own
        found.append(StepTime(part, planned if own is not None else None, due_at, used, late))
    return found


def _used_up(spell: Spell, left: int, calendar: WorkingCalendar, *, last: bool) -> datetime | None:
    """When what is left of a part is used up in this spell; in the last one also if that lies after its end."""
    end = calendar.add_working_time(spell.start, max(left, 0))
    return end if last or (spell.until is not None and end <= spell.until) else None


def step_sum(parts: Iterable[Part], limit: Limit) -> Sum | None:
    """The sum of the steps and the whole, where both are working time; None where they can't be compared."""
    hours = [part.hours for part in parts if part.hours is not None]
    if not hours or not limit.parts or any(part.unit not in IN_HOURS for part in limit.parts):
        return None
    whole = sum((part.value * IN_HOURS[part.unit] for part in limit.parts), Fraction(0))
    return Sum(sum(hours, Fraction(0)), whole)

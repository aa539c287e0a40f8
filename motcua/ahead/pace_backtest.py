"""Expected days of days gone by, each told from what was known on its own day, laid beside when the dossier was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from motcua.ahead.expected import days_there, rest_near
from motcua.ahead.kept import stays_read
from motcua.ahead.likelihood import ENOUGH
from motcua.ahead.pace import ALL_OFFICES, Place, paces
from motcua.ahead.past import numbered, on_the_way, past_courses
from motcua.base.times import day_of, start_of
from motcua.calendar.store import calendar_for, current_edition
from motcua.reports.periods import Period
from motcua.reports.scope import Scope


@dataclass(slots=True)
class Kept:
    """How often a told day held. `without_day`: so many like cases were not done, so no day was told ("–");
    `hanging`: the day is not over yet. `widths`: working days from the day of telling to the told day."""

    held: int = 0
    broken: int = 0
    without_day: int = 0
    hanging: int = 0
    widths: list[int] = field(default_factory=list)

    @property
    def share(self) -> float | None:
        """Of the told days that are over, how many held; None where none is."""
        over = self.held + self.broken
        return self.held / over if over else None

    @property
    def middle(self) -> int | None:
        """The median of the working days that were told; None where no day was told."""
        return sorted(self.widths)[len(self.widths) // 2] if self.widths else None

    def count(self, told: int | None, took: int, is_done: bool) -> None:
        """One told number of working days against the working days that it took, or has taken so far."""
        if told is None:
            self.without_day += 1
            return
        self.widths.append(told)
        if took > told:
            self.broken += 1
        elif is_done:
            self.held += 1
        else:
            self.hanging += 1


@dataclass(frozen=True, slots=True)
class PaceTest:
    """`unlearned`: too few like cases were known; `unclear`: a day lies beyond the calendar; `here`: told by their own
    authority's cases."""

    period: Period
    days: int
    dossiers: int
    told: int
    here: int
    unlearned: int
    unclear: int
    half: Kept
    nine_tenths: Kept


def pace_test(
    period: Period, scope: Scope, now: datetime, tell: Callable[[int, int], None] = lambda done, of: None
) -> PaceTest:
    """What `expected.py` would have told of each dossier on each working day of the period, before office hours begin.

    Three statements for each day; days after `now` are left out. tell: how many days are done, of how many.
    """
    calendar = calendar_for(current_edition())
    span = (period.first + timedelta(days=offset) for offset in range((period.last - period.first).days + 1))
    days = [day for day in span if day <= day_of(now) and calendar.is_working(day)]
    known = numbered(day_of(now), calendar)
    half, nine_tenths = Kept(), Kept()
    seen: set[int] = set()
    told = near = unlearned = unclear = 0
    for done, day in enumerate(days, 1):
        cut = start_of(day)
        found = paces(past_courses(cut, known))
        for row in on_the_way(cut, known, scope, now):
            lies = days_there(row.step, stays_read(row.stays), known, day)
            if lies is None or row.took is None:
                unclear += 1
                continue
            here, everywhere = (
                found.get(Place(row.procedure, row.step, office), []) for office in (row.office, ALL_OFFICES)
            )
            rest, is_here = rest_near(here, everywhere, lies)
            if rest.cases < ENOUGH:
                unlearned += 1
                continue
            seen.add(row.dossier)
            told, near = told + 1, near + is_here
            half.count(rest.half, row.took, row.is_done)
            nine_tenths.count(rest.nine_tenths, row.took, row.is_done)
        tell(done, len(days))
    return PaceTest(period, len(days), len(seen), told, near, unlearned, unclear, half, nine_tenths)


def lines(made: PaceTest) -> list[str]:
    """The result for a person at a terminal."""
    head = (
        f"{made.period}: {made.days} ngày làm việc, {made.dossiers} hồ sơ, {made.told} lần nói ngày dự kiến "
        f"({made.here} theo chính cơ quan); {made.unlearned} lần chưa đủ hồ sơ tương tự, {made.unclear} lần chưa rõ lịch"
    )
    table = [f"{'nói':>14} {'đúng':>8} {'sai':>8} {'tỷ lệ đúng':>11} {'giữa':>6} {'“–”':>6} {'chưa đến':>9}"]
    for name, one in (("một nửa", made.half), ("chín phần mười", made.nine_tenths)):
        share = "–" if one.share is None else f"{100 * one.share:.2f} %"
        middle = "–" if one.middle is None else str(one.middle)
        table.append(
            f"{name:>14} {one.held:8} {one.broken:8} {share:>11} {middle:>6} {one.without_day:6} {one.hanging:9}"
        )
    return [head, *table]

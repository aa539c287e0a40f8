"""Why a due day is what it is, day by day, as facts. Pure; no Django. The words for them are in `clock_words`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from motcua.base.times import day_of, end_of, start_of
from motcua.calendar.counting import CALENDAR_UNITS, Stage, stages
from motcua.calendar.limits import Limit, LimitKind, Unit
from motcua.calendar.working_days import WorkingCalendar
from motcua.dossiers.clock import ClockReading, Ledger, counted_from, in_order
from motcua.dossiers.clock_events import Cause, ClockEvent, ClockKind

HOURS = frozenset({Unit.WORKING_HOUR, Unit.HOUR})


class DayCode(StrEnum):
    """Why a day is counted or not."""

    FIRST = "first"
    COUNTED = "counted"
    OFF = "off"
    PAUSED = "paused"
    DISCARDED = "discarded"
    ROLLED = "rolled"
    LATE = "late"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class DayReason:
    """One day of the count, and what its words need.

    `n`: the number that a counted day has in its limit. `name`: of the day off, or of what the day makes up for.
    `unit`: in which it is counted; `worked`: microseconds of office hours, where hours are counted. `kind`: of the
    event that made it a first or a given day. `waits_for`: while paused. `until`: the given day, or the day from which
    a discarded one is counted again. `after`: the clock time after which reception counted as that of this day.
    """

    day: date
    counted: bool
    n: int | None
    code: DayCode
    name: str = ""
    provisional: bool = False
    unit: Unit | None = None
    worked: int = 0
    kind: ClockKind | None = None
    waits_for: tuple[Cause, ...] = ()
    until: date | None = None
    after: time | None = None


class ClockStory(NamedTuple):
    """The reading of a ledger, the limit that it promises, and every day of the count."""

    reading: ClockReading
    limit: Limit | None
    days: list[DayReason]


def story(events: Sequence[ClockEvent]) -> ClockStory:
    """What `fold` reads, and every day from the start to the due day with its reason.

    A clock that stands still ends at its last event. Without a limit there is the first day only, and days begin when
    one is set. Raises as `fold`.
    """
    teller = _Teller()
    for event in in_order(events):
        teller.take(event)
    days = [teller.days[day] for day in sorted(teller.days)]
    return ClockStory(teller.ledger.reading(), teller.ledger.limit, days)


def explain(events: Sequence[ClockEvent]) -> list[DayReason]:
    """The days of `story`."""
    return story(events).days


class _Teller:
    """A ledger that writes down what each event does to each day; `n` is the last number given."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.days: dict[date, DayReason] = {}
        self.n = 0

    def take(self, event: ClockEvent) -> None:
        before = self.ledger.reading()
        anew = self.ledger.as_if(event) if event.kind is ClockKind.REASSIGN else []
        self.ledger.take(event)
        day = day_of(event.at)
        if before.due_at and before.paused_at:
            self._passed(day, event.calendar, DayCode.PAUSED, before.waits_for)
        elif before.due_at and event.kind in (ClockKind.PAUSE, ClockKind.RESTART, ClockKind.REOPEN):
            self._passed(day, event.calendar, DayCode.LATE)
        if event.kind is ClockKind.REASSIGN:
            self._counted_anew(anew, keep=before.due_at is not None)
        elif event.kind is ClockKind.PAUSE:
            self._forget_after(day)
        elif self.ledger.counted is event and (self.ledger.due_at or not self.days):
            self.days = self.days if before.due_at else {}
            self._counted_from(event, day)
        elif before.paused_at and not self.ledger.paused:
            self._counted_on(event, nothing_left=_is_over(before))
        elif event.kind in (ClockKind.EXTEND, ClockKind.CORRECT) and not self.ledger.paused:
            self._appointed(event)

    # --- what each kind of event does ---

    def _passed(self, until: date, calendar: WorkingCalendar, code: DayCode, causes: tuple[Cause, ...] = ()) -> None:
        for day in _later_days(max(self.days), until):
            self._write(day, calendar, code, waits_for=causes)

    def _counted_from(self, event: ClockEvent, first: date) -> None:
        self._forget_after(first)
        for row in self.days.values():
            if row.counted or row.code is DayCode.FIRST:
                self.days[row.day] = DayReason(row.day, False, None, DayCode.DISCARDED, until=first)
        self.n = 0
        self.days[first] = DayReason(first, False, None, DayCode.FIRST, kind=event.kind)
        limit = self.ledger.limit
        if limit is None or self.ledger.due_at is None:
            return
        if limit.kind is LimitKind.FIXED_DATE:
            self._appointed(event)
            return
        start = counted_from(event)
        if start != event.at:
            for day in _later_days(first, day_of(start)):
                self._write(day, event.calendar, DayCode.FIRST, kind=event.kind, after=event.shift_after)
        for stage in stages(limit, start, event.calendar):
            self._count(stage, limit, event.calendar)

    def _counted_on(self, event: ClockEvent, *, nothing_left: bool) -> None:
        limit, due_at, raw_at = self.ledger.limit, self.ledger.due_at, self.ledger.raw_at
        if not (limit and due_at and raw_at):
            return
        unit = limit.parts[-1].unit if limit.parts else Unit.WORKING_DAY
        if unit is Unit.WORKING_DAY and nothing_left:
            for day in _later_days(day_of(event.at), day_of(due_at)):
                self._write(day, event.calendar, DayCode.ROLLED)
        else:
            self._count(Stage(unit, event.at, raw_at, due_at), limit, event.calendar)

    def _counted_anew(self, events: list[ClockEvent], *, keep: bool) -> None:
        """The days since the limit is counted, told again with the new one; `keep` those before."""
        anew = _Teller()
        for event in events:
            anew.take(event)
        first = min(anew.days)
        kept = {day: row for day, row in self.days.items() if keep and day < first}
        if first in self.days and self.days[first].kind:
            anew.days[first] = replace(anew.days[first], kind=self.days[first].kind)
        self.days, self.n = {**kept, **anew.days}, anew.n

    def _appointed(self, event: ClockEvent) -> None:
        """A date set by a person: the days up to it are given, not counted."""
        until = day_of(self.ledger.due_at or event.at)
        self._forget_after(until)
        for day in _later_days(max(self.days), until):
            self._write(day, event.calendar, DayCode.GIVEN, kind=event.kind, until=until)

    # --- counting ---

    def _count(self, stage: Stage, limit: Limit, calendar: WorkingCalendar) -> None:
        first, last = day_of(stage.start), day_of(stage.end)
        if stage.unit in HOURS or (limit.kind is not LimitKind.DURATION and first == last):
            self._count_day(first, stage, calendar)
        for day in _later_days(first, last):
            self._count_day(day, stage, calendar)

    def _count_day(self, day: date, stage: Stage, calendar: WorkingCalendar) -> None:
        in_calendar_units = stage.unit in CALENDAR_UNITS
        if in_calendar_units and day > day_of(stage.raw):
            self._write(day, calendar, DayCode.ROLLED)
            return
        if not in_calendar_units and not calendar.is_working(day):
            self._write(day, calendar, DayCode.OFF)
            return
        worked = _worked(day, stage, calendar) if stage.unit is Unit.WORKING_HOUR else 0
        if stage.unit is Unit.WORKING_HOUR and not worked and day in self.days:
            return
        self.n += 1
        name, provisional = calendar.reason(day), calendar.is_provisional(day)
        self.days[day] = DayReason(day, True, self.n, DayCode.COUNTED, name, provisional, stage.unit, worked)

    def _write(
        self,
        day: date,
        calendar: WorkingCalendar,
        code: DayCode,
        *,
        kind: ClockKind | None = None,
        waits_for: tuple[Cause, ...] = (),
        until: date | None = None,
        after: time | None = None,
    ) -> None:
        """A day that is not counted: for its own reason when it is off, else for the one given."""
        provisional = calendar.is_provisional(day)
        if calendar.is_working(day):
            self.days[day] = DayReason(
                day, False, None, code, "", provisional, kind=kind, waits_for=waits_for, until=until, after=after
            )
        else:
            self.days[day] = DayReason(day, False, None, DayCode.OFF, calendar.reason(day), provisional)

    def _forget_after(self, day: date) -> None:
        self.days = {known: row for known, row in self.days.items() if known <= day}
        self.n = max((row.n for row in self.days.values() if row.n is not None), default=0)


def _is_over(reading: ClockReading) -> bool:
    """Nothing was left of the limit when it stopped."""
    if reading.due_at is None or reading.paused_at is None:
        return False
    return day_of(reading.due_at) <= day_of(reading.paused_at)


def _later_days(after: date, until: date) -> Iterator[date]:
    """The days later than `after`, up to and with `until`."""
    return (after + timedelta(days=offset) for offset in range(1, (until - after).days + 1))


def _worked(day: date, stage: Stage, calendar: WorkingCalendar) -> int:
    return calendar.working_time(max(stage.start, start_of(day)), min(stage.end, end_of(day)))

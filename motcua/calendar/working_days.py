"""Which days and hours the offices work. Pure; no Django.

A calendar is immutable and knows only the years whose days off are known: outside them it raises
CalendarGap and never guesses.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import accumulate, compress

from motcua.base.errors import Refused
from motcua.base.times import VIETNAM, at_time
from motcua.calendar.office_hours import SATURDAY, WEEKDAYS, Session, WorkHours, by_weekday
from motcua.calendar.working_time import DAY, TimeTable, Untimed

MICROSECOND = timedelta(microseconds=1)
HOUR = 3_600_000_000  # microseconds
DAY_ONE = datetime(1, 1, 1, tzinfo=VIETNAM)


class CalendarGap(Refused):
    """The question touches a day of which the calendar knows nothing."""

    code = "calendar_gap"

    def __init__(self, message: str, *, day: date) -> None:
        super().__init__(message)
        self.day = day


class DayKind(StrEnum):
    """Why a day is not like its weekday."""

    HOLIDAY = "NGHI_LE"
    SUBSTITUTE = "NGHI_BU"
    SWAPPED = "NGHI_HOAN_DOI"
    MAKE_UP = "LAM_BU"
    UNDECIDED = "CHUA_CHAC"  # worked, until the province decides that it is off


DAYS_OFF = frozenset({DayKind.HOLIDAY, DayKind.SUBSTITUTE, DayKind.SWAPPED})


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day off, or a day off that is worked (MAKE_UP), in place of `makes_up_for`, whose hours it takes over."""

    day: date
    kind: DayKind
    name: str
    makes_up_for: date | None = None


@dataclass(frozen=True, slots=True)
class _Span:
    """Known years without a gap: which days are worked, and how many before each; their hours when first asked for.

    `counts[n]` is the number of days worked before the n-th day after the first.
    """

    first: int
    last: int
    counts: tuple[int, ...]
    worked: tuple[date, ...]
    table: list[TimeTable]

    def before(self, day: date) -> int:
        """Days worked before that one."""
        return self.counts[day.toordinal() - self.first]

    def until(self, day: date) -> int:
        """Days worked up to that one, itself included."""
        return self.counts[day.toordinal() - self.first + 1]


class WorkingCalendar:
    """Working days and office hours of one schedule, in one edition.

    A working day is Monday to Friday unless it is a day off, or a make-up day. Sessions on a Saturday or Sunday are
    hours of reception only and never make a limit shorter, unless the schedule says that they count: then that day
    is a working day which ends with its last session. Where the schedule has no hours for a weekday, those of
    `fallback` hold; a schedule without any hours of its own has none.
    Law: BLDS-2015 147, 148
    """

    __slots__ = (
        "_ends_of_office", "_fallback", "_hours", "_spans", "_special", "edition", "provisional_years", "schedule",
        "years",
    )  # fmt: skip

    def __init__(
        self,
        *,
        days: Iterable[SpecialDay],
        years: Collection[int],
        hours: Iterable[WorkHours],
        fallback: Iterable[WorkHours] = (),
        provisional_years: Collection[int] = (),
        edition: int = 0,
        schedule: str = "default",
    ) -> None:
        self.edition = edition
        self.schedule = schedule
        self.years = frozenset(years)
        self.provisional_years = frozenset(provisional_years)
        self._special = {special.day: special for special in days}
        self._hours = by_weekday(hours)
        self._fallback = by_weekday(fallback if any(self._hours) else ())
        self._ends_of_office: dict[date, datetime] = {}
        self._spans = tuple(self._build_spans())

    def with_hours(self, hours: Iterable[WorkHours], schedule: str) -> WorkingCalendar:
        """The same days off with other office hours."""
        return WorkingCalendar(
            days=self._special.values(),
            years=self.years,
            hours=hours,
            provisional_years=self.provisional_years,
            edition=self.edition,
            schedule=schedule,
        )

    # --- days -------------------------------------------------------------------------------------------------

    def is_working(self, day: date) -> bool:
        """Whether a limit in working days counts that day. Raises CalendarGap."""
        span = self._span(day)
        return span.until(day) > span.before(day)

    def reason(self, day: date) -> str:
        """Why the day is off, or why a Saturday is worked; empty for an ordinary working day."""
        self._span(day)
        special = self._special.get(day)
        if special is not None and special.kind is not DayKind.UNDECIDED:
            return special.name
        return WEEKDAYS[day.weekday()] if day.weekday() >= 5 else ""

    def is_provisional(self, day: date) -> bool:
        """The year's days off are computed from the law, and not announced yet."""
        return day.year in self.provisional_years

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which itself is never counted; zero gives `day` rolled forward.

        Law: BLDS-2015 147(2)
        """
        if count <= 0:
            return self.roll_forward(day)
        span = self._span(day)
        return self._nth(span, span.until(day) + count - 1)

    def count_working_days(self, after: date, until: date) -> int:
        """Working days later than `after` and not later than `until`; zero when `until` is not later."""
        if until <= after:
            return 0
        span = self._span(after)
        if until.toordinal() > span.last:
            raise self._gap(date.fromordinal(span.last + 1))
        return span.until(until) - span.until(after)

    def roll_forward(self, day: date) -> date:
        """`day` itself when it is worked, else the next working day.

        Law: BLDS-2015 148(5)
        """
        span = self._span(day)
        return self._nth(span, span.before(day))

    # --- hours ------------------------------------------------------------------------------------------------

    def sessions(self, day: date) -> tuple[Session, ...]:
        """Office hours of that day: none on a day off, those of the day it replaces on a make-up day.

        Raises CalendarGap when a day is worked and the schedule has no hours for it.
        """
        special = self._special.get(day)
        weekday = day.weekday()
        if special is not None:
            if special.kind in DAYS_OFF:
                return ()
            if special.kind is DayKind.MAKE_UP:
                weekday = special.makes_up_for.weekday() if special.makes_up_for else 0
        hours = self._hours_on(day, weekday)
        if hours is not None:
            return hours.sessions
        if weekday < SATURDAY:
            raise CalendarGap(f"Lịch “{self.schedule}” không có giờ làm việc cho ngày {day:%d/%m/%Y}.", day=day)
        return ()

    def opening(self, day: date) -> datetime:
        """The instant at which office hours of a working day begin."""
        return at_time(day, self.sessions(day)[0].start)

    def end_of_office(self, day: date) -> datetime:
        """The instant at which office hours of a working day end."""
        end = self._ends_of_office.get(day)
        if end is None:
            end = self._ends_of_office[day] = at_time(day, self.sessions(day)[-1].end)
        return end

    def part_of_day(self, day: date, numerator: int, denominator: int) -> datetime:
        """The instant at which that part of a working day's own office hours is over."""
        opening = self.opening(day)
        total = self.working_time(opening, self.end_of_office(day))
        return self.add_working_time(opening, -(-total * numerator // denominator))

    def add_working_time(self, at: datetime, amount: int) -> datetime:
        """`at` plus `amount` microseconds of office hours on working days; never outside a session.

        Zero gives `at` itself inside office hours, else the next opening. Ending exactly with a session gives
        that end, not the next opening.
        Law: BLDS-2015 147(1)
        """
        local = at.astimezone(VIETNAM)
        table = self._table(local)
        try:
            return DAY_ONE + timedelta(microseconds=table.add(_instant(local), amount) - DAY)
        except Untimed as untimed:
            raise self._untimed(untimed.ordinal) from None

    def working_time(self, start: datetime, end: datetime) -> int:
        """Microseconds of office hours on working days from `start` to `end`; zero when `end` is not later."""
        if end <= start:
            return 0
        first, last = start.astimezone(VIETNAM), end.astimezone(VIETNAM)
        table, until = self._table(first), self._table(last)
        if table is not until:
            raise self._untimed(self._span(first.date()).last + 1)
        try:
            return table.between(_instant(first), _instant(last))
        except Untimed as untimed:
            raise self._untimed(untimed.ordinal) from None

    # --- building ---------------------------------------------------------------------------------------------

    def _nth(self, span: _Span, index: int) -> date:
        """A working day by its number in the span, from 0."""
        if index >= len(span.worked):
            raise self._gap(date.fromordinal(span.last + 1))
        return span.worked[index]

    def _span(self, day: date) -> _Span:
        ordinal = day.toordinal()
        for span in self._spans:
            if span.first <= ordinal <= span.last:
                return span
        raise self._gap(day)

    def _table(self, local: datetime) -> TimeTable:
        span = self._span(local.date())
        if not span.table:
            span.table.append(self._build_table(span))
        return span.table[0]

    def _untimed(self, ordinal: int) -> CalendarGap:
        """Why no hours are known there: the year has no calendar, or the schedule has no hours."""
        day = date.fromordinal(ordinal)
        try:
            self._span(day)
            self.sessions(day)
        except CalendarGap as gap:
            return gap
        return CalendarGap("Lịch làm việc không có giờ làm việc nào.", day=day)

    def _gap(self, day: date) -> CalendarGap:
        return CalendarGap(f"Chưa có lịch nghỉ lễ được công bố của năm {day.year}.", day=day)

    def _build_spans(self) -> Iterable[_Span]:
        years = sorted(self.years)
        while years:
            run = 1
            while run < len(years) and years[run] == years[0] + run:
                run += 1
            first, last = date(years[0], 1, 1).toordinal(), date(years[run - 1], 12, 31).toordinal()
            days = [date.fromordinal(ordinal) for ordinal in range(first, last + 1)]
            worked = [self._worked(day) for day in days]
            counts = tuple(accumulate(worked, initial=0))
            yield _Span(first, last, counts, tuple(compress(days, worked)), [])
            years = years[run:]

    def _build_table(self, span: _Span) -> TimeTable:
        sessions: list[tuple[int, int]] = []
        holes: list[int] = []
        for day in span.worked:
            try:
                hours = self.sessions(day)
            except CalendarGap:
                hours = ()
            if not hours:
                holes.append(day.toordinal())
            midnight = day.toordinal() * DAY
            sessions.extend(
                (midnight + _microseconds(session.start), midnight + _microseconds(session.end)) for session in hours
            )
        return TimeTable(sessions, holes=holes, last=span.last)

    def _hours_on(self, day: date, weekday: int) -> WorkHours | None:
        for rows in (self._hours[weekday], self._fallback[weekday]):
            for hours in rows:
                if hours.covers(day):
                    return hours
        return None

    def _worked(self, day: date) -> bool:
        special = self._special.get(day)
        if special is not None and special.kind is DayKind.MAKE_UP:
            return True
        if special is not None and special.kind in DAYS_OFF:
            return False
        if day.weekday() < SATURDAY:
            return True
        hours = self._hours_on(day, day.weekday())
        return hours is not None and hours.counts_weekend and bool(hours.sessions)


def _microseconds(clock: time) -> int:
    return ((clock.hour * 60 + clock.minute) * 60 + clock.second) * 1_000_000 + clock.microsecond


def _instant(local: datetime) -> int:
    return (local - DAY_ONE) // MICROSECOND + DAY

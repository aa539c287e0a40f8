"""Which days and hours the offices work. Pure; no Django.

A calendar is immutable and knows only the years whose days off are known: outside them it raises
CalendarGap and never guesses.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from motcua.base.errors import Invalid, Refused
from motcua.base.times import VIETNAM, at_time

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
MICROSECOND = timedelta(microseconds=1)
HOUR = 3_600_000_000  # microseconds
NEVER_WORKED_DAYS = 400  # longer than any stretch of days off; only a broken calendar gets there


class CalendarGap(Refused):
    """The question touches a day of which the calendar knows nothing."""

    code = "calendar_gap"

    def __init__(self, message: str, *, day: date) -> None:
        super().__init__(message)
        self.day = day


class CalendarError(Invalid, ValueError):
    """Calendar data that contradict themselves."""

    code = "calendar_invalid"


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
class Session:
    """Office hours from `start` to `end`, wall clock of one day."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class WorkHours:
    """The sessions of one weekday (0 is Monday), in force from `valid_from` on, no longer on `valid_to`."""

    weekday: int
    sessions: tuple[Session, ...]
    valid_from: date
    valid_to: date | None = None

    def covers(self, day: date) -> bool:
        """In force on that day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def parse_sessions(text: str) -> tuple[Session, ...]:
    """Read `07:00-11:30, 13:30-17:00`: one or more sessions in order. Raises CalendarError."""
    sessions: list[Session] = []
    for piece in text.split(","):
        start, dash, end = piece.strip().partition("-")
        try:
            session = Session(time.fromisoformat(start), time.fromisoformat(end))
        except ValueError as error:
            raise CalendarError(
                f"Không đọc được giờ làm việc “{text}”. Ví dụ đúng: 07:00-11:30, 13:30-17:00."
            ) from error
        if not dash or session.start >= session.end or (sessions and session.start < sessions[-1].end):
            raise CalendarError(f"Các buổi làm việc “{text}” phải theo thứ tự và không chồng nhau.")
        sessions.append(session)
    return tuple(sessions)


@dataclass(frozen=True, slots=True)
class _Span:
    """Known years without a gap: how many days are worked up to each day, and which."""

    first: int
    last: int
    counts: tuple[int, ...]
    worked: tuple[int, ...]

    def count(self, ordinal: int) -> int:
        return self.counts[ordinal - self.first]


class WorkingCalendar:
    """Working days and office hours of one schedule, in one edition.

    A working day is Monday to Friday unless it is a day off, or a make-up day. Sessions on a Saturday or
    Sunday are hours of reception only: they never make a limit shorter.
    Law: BLDS-2015 147, 148
    """

    __slots__ = ("_hours", "_spans", "_special", "edition", "provisional_years", "schedule", "years")

    def __init__(
        self,
        *,
        days: Iterable[SpecialDay],
        years: Collection[int],
        hours: Iterable[WorkHours],
        provisional_years: Collection[int] = (),
        edition: int = 0,
        schedule: str = "default",
    ) -> None:
        self.edition = edition
        self.schedule = schedule
        self.years = frozenset(years)
        self.provisional_years = frozenset(provisional_years)
        self._special = {special.day: special for special in days}
        self._hours: tuple[tuple[WorkHours, ...], ...] = _by_weekday(hours)
        self._spans = tuple(self._build_spans())

    # --- days -------------------------------------------------------------------------------------------------

    def is_working(self, day: date) -> bool:
        """Whether a limit in working days counts that day. Raises CalendarGap."""
        span = self._span(day)
        ordinal = day.toordinal()
        before = span.count(ordinal - 1) if ordinal > span.first else 0
        return span.count(ordinal) > before

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
        index = span.count(day.toordinal()) + count - 1
        if index >= len(span.worked):
            raise self._gap(date.fromordinal(span.last) + timedelta(days=1))
        return date.fromordinal(span.worked[index])

    def count_working_days(self, after: date, until: date) -> int:
        """Working days later than `after` and not later than `until`; zero when `until` is not later."""
        if until <= after:
            return 0
        span = self._span(after)
        if until.toordinal() > span.last:
            raise self._gap(date.fromordinal(span.last) + timedelta(days=1))
        return span.count(until.toordinal()) - span.count(after.toordinal())

    def roll_forward(self, day: date) -> date:
        """`day` itself when it is worked, else the next working day.

        Law: BLDS-2015 148(5)
        """
        span = self._span(day)
        ordinal = day.toordinal()
        before = span.count(ordinal - 1) if ordinal > span.first else 0
        if before >= len(span.worked):
            raise self._gap(date.fromordinal(span.last) + timedelta(days=1))
        return date.fromordinal(span.worked[before])

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
        for hours in self._hours[weekday]:
            if hours.covers(day):
                return hours.sessions
        if weekday < 5:
            raise CalendarGap(f"Lịch “{self.schedule}” không có giờ làm việc cho ngày {day:%d/%m/%Y}.", day=day)
        return ()

    def opening(self, day: date) -> datetime:
        """The instant at which office hours of a working day begin."""
        return at_time(day, self.sessions(day)[0].start)

    def end_of_office(self, day: date) -> datetime:
        """The instant at which office hours of a working day end."""
        return at_time(day, self.sessions(day)[-1].end)

    def part_of_day(self, day: date, numerator: int, denominator: int) -> datetime:
        """The instant at which that part of a working day's own office hours is over."""
        total = sum(_length(session) for session in self.sessions(day))
        return self.add_working_time(self.opening(day), -(-total * numerator // denominator))

    def add_working_time(self, at: datetime, amount: int) -> datetime:
        """`at` plus `amount` microseconds of office hours on working days; never outside a session.

        Zero gives `at` itself inside office hours, else the next opening. Ending exactly with a session gives
        that end, not the next opening.
        Law: BLDS-2015 147(1)
        """
        local = at.astimezone(VIETNAM)
        day, clock, left = local.date(), local.time(), amount
        for _ in range(NEVER_WORKED_DAYS + amount // HOUR):
            if self.is_working(day):
                for session in self.sessions(day):
                    start = max(clock, session.start)
                    room = _between(start, session.end)
                    if room > left or (room == left and (left > 0 or start == session.end == clock)):
                        return at_time(day, start) + left * MICROSECOND
                    left -= max(room, 0)
            day, clock = day + timedelta(days=1), time.min
        raise CalendarGap("Lịch làm việc không có giờ làm việc nào.", day=day)

    def working_time(self, start: datetime, end: datetime) -> int:
        """Microseconds of office hours on working days from `start` to `end`; zero when `end` is not later."""
        first, last = start.astimezone(VIETNAM), end.astimezone(VIETNAM)
        total, day = 0, first.date()
        while day <= last.date():
            if self.is_working(day):
                for session in self.sessions(day):
                    begin = max(session.start, first.time()) if day == first.date() else session.start
                    finish = min(session.end, last.time()) if day == last.date() else session.end
                    total += max(_between(begin, finish), 0)
            day += timedelta(days=1)
        return total

    # --- building ---------------------------------------------------------------------------------------------

    def _span(self, day: date) -> _Span:
        ordinal = day.toordinal()
        for span in self._spans:
            if span.first <= ordinal <= span.last:
                return span
        raise self._gap(day)

    def _gap(self, day: date) -> CalendarGap:
        return CalendarGap(f"Chưa có lịch nghỉ lễ được công bố của năm {day.year}.", day=day)

    def _build_spans(self) -> Iterable[_Span]:
        years = sorted(self.years)
        while years:
            run = 1
            while run < len(years) and years[run] == years[0] + run:
                run += 1
            first, last = date(years[0], 1, 1).toordinal(), date(years[run - 1], 12, 31).toordinal()
            worked = tuple(ordinal for ordinal in range(first, last + 1) if self._worked(date.fromordinal(ordinal)))
            yield _Span(first, last, tuple(bisect_right(worked, o) for o in range(first, last + 1)), worked)
            years = years[run:]

    def _worked(self, day: date) -> bool:
        special = self._special.get(day)
        if special is not None and special.kind is DayKind.MAKE_UP:
            return True
        return day.weekday() < 5 and (special is None or special.kind not in DAYS_OFF)


def _by_weekday(hours: Iterable[WorkHours]) -> tuple[tuple[WorkHours, ...], ...]:
    rows: list[list[WorkHours]] = [[] for _ in WEEKDAYS]
    for row in hours:
        if any(row.covers(other.valid_from) or other.covers(row.valid_from) for other in rows[row.weekday]):
            raise CalendarError(f"{WEEKDAYS[row.weekday]} có hai giờ làm việc cùng có hiệu lực.")
        rows[row.weekday].append(row)
    return tuple(tuple(day_rows) for day_rows in rows)


def _microseconds(clock: time) -> int:
    return ((clock.hour * 60 + clock.minute) * 60 + clock.second) * 1_000_000 + clock.microsecond


def _between(start: time, end: time) -> int:
    return _microseconds(end) - _microseconds(start)


def _length(session: Session) -> int:
    return _between(session.start, session.end)

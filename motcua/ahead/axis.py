"""Working time of a calendar from one day on, as one line without nights; and the numbers of its days. Pure; no Django."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, timedelta

from motcua.calendar.working_days import CalendarGap, WorkingCalendar


class Axis:
    """Microseconds of working time since the opening of the first working day at or after `first`."""

    def __init__(self, first: date, calendar: WorkingCalendar) -> None:
        self.calendar = calendar
        self.first = calendar.roll_forward(first)
        self.origin = calendar.opening(self.first)
        self._ends: list[int] = []
        day, total = self.first, 0
        try:
            while True:
                total += calendar.working_time(calendar.opening(day), calendar.end_of_office(day))
                self._ends.append(total)
                day = calendar.add_working_days(day, 1)
        except CalendarGap:
            pass

    def at(self, instant: datetime) -> int:
        """The working time until an instant; 0 before the origin. Raises CalendarGap."""
        return self.calendar.working_time(self.origin, instant)

    def number_at(self, offset: int) -> int:
        """The number of the working day in which an offset lies, its end included; the first day is 1.

        Beyond the published calendar: one more than its last day.
        """
        return bisect_left(self._ends, offset) + 1

    def start(self, number: int) -> int:
        """The offset at which a working day begins, by its number."""
        return self._ends[number - 2] if number > 1 else 0

    def number(self, day: date) -> int:
        """How many working days there are from the first one up to a day, itself included."""
        return self.days(self.first - timedelta(days=1), day) if day >= self.first else 0

    def days(self, after: date, until: date) -> int:
        """Working days later than `after` up to `until`; negative where that lies before."""
        if until < after:
            return -self.calendar.count_working_days(until, after)
        return self.calendar.count_working_days(after, until)

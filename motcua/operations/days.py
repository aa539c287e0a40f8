"""Days ago, counted in working days of the province's calendar."""

from __future__ import annotations

from datetime import date, timedelta

from motcua.calendar.store import calendar_for
from motcua.law.store import current_revision


def working_days_ago(today: date, count: int) -> date:
    """The latest day since which so many working days went by until today, inclusive of today.

    Raises CalendarGap where the calendar does not reach back.
    """
    calendar = calendar_for(current_revision())
    day = today
    while calendar.count_working_days(day, today) < count:
        day -= timedelta(days=1)
    return day


def working_days_ahead(today: date, count: int) -> date:
    """The day that so many working days lie ahead. Raises CalendarGap where the calendar does not reach."""
    return calendar_for(current_revision()).add_working_days(today, count)

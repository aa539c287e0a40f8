"""Instants and days: instants are aware, days are those of Asia/Ho_Chi_Minh."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The present instant. Called at the edge only (pages, API, commands); below, time is an argument."""
    return datetime.now(UTC)


def day_of(instant: datetime) -> date:
    """The Vietnamese day on which an aware instant falls."""
    return instant.astimezone(VIETNAM).date()


def at_time(day: date, clock: time) -> datetime:
    """The aware instant of a wall-clock time on a Vietnamese day."""
    return datetime.combine(day, clock, VIETNAM)


def start_of(day: date) -> datetime:
    """First instant of a Vietnamese day, inclusive."""
    return at_time(day, time.min)


def end_of(day: date) -> datetime:
    """First instant after a Vietnamese day: an exclusive upper bound."""
    return start_of(day + timedelta(days=1))


def parse_local(text: str) -> datetime:
    """An aware instant from `2021-08-31 16:10`, `2021-08-31T16:10` or a day alone (its first instant).

    A text with an offset keeps it. Raises ValueError on anything else.
    """
    moment = datetime.fromisoformat(text.strip())
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)

"""Until when a petition is refused, asked about, passed on, answered, published. Law: ND20-2008 9; QD766-2022"""

from __future__ import annotations

from datetime import date, datetime

from motcua.base.times import day_of
from motcua.calendar.store import calendar_for
from motcua.law.facts import RegimeFacts
from motcua.law.store import current_revision, regime_on

# The parameters of the law that say how many working days one has.
REFUSE, ASK, FORWARD, ANSWER, PUBLISH = (
    "petition_refuse_days",
    "petition_ask_days",
    "petition_forward_days",
    "petition_answer_days",
    "petition_publish_days",
)


def last_day(limit: str, since: datetime) -> date:
    """The last working day, inclusive, of a limit that runs from an instant; its own day is not counted."""
    edition = current_revision()
    day = day_of(since)
    return calendar_for(edition).add_working_days(day, getattr(regime_on(day), limit))


def is_over(limit: str, since: datetime, at: datetime) -> bool:
    """Whether the last day of a limit has passed."""
    return day_of(at) > last_day(limit, since)


def facts_of(day: date) -> RegimeFacts:
    """What the law says for petitions received on a day."""
    current_revision()
    return regime_on(day)

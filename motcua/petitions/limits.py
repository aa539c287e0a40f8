"""Until when a petition is refused, asked about, passed on, answered, published. Law: ND20-2008 9; QD766-2022"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from motcua.base.times import day_of
from motcua.calendar.store import calendar_for
from motcua.law.facts import RegimeFacts
from motcua.law.store import current_revision, regime_on
from motcua.petitions.table import Kind

REFUSE, ASK, FORWARD, ANSWER, PUBLISH = "refuse", "ask", "forward", "answer", "publish"
ANSWER_QUESTION = "answer_question"
# How many working days the law gives for each.
DAYS: dict[str, Callable[[RegimeFacts], int]] = {
    REFUSE: lambda regime: regime.petition_refuse_days,
    ASK: lambda regime: regime.petition_ask_days,
    FORWARD: lambda regime: regime.petition_forward_days,
    ANSWER: lambda regime: regime.petition_answer_days,
    ANSWER_QUESTION: lambda regime: regime.question_answer_days,
    PUBLISH: lambda regime: regime.petition_publish_days,
}


def last_day(limit: str, since: datetime) -> date:
    """The last working day, inclusive, of a limit that runs from an instant; its own day is not counted."""
    edition = current_revision()
    day = day_of(since)
    return calendar_for(edition).add_working_days(day, DAYS[limit](regime_on(day)))


def answer_by(kind: str, since: datetime) -> date:
    """The last day, inclusive, to answer what came in, or was said more, at an instant."""
    return last_day(ANSWER_QUESTION if kind == Kind.QUESTION else ANSWER, since)


def is_over(limit: str, since: datetime, at: datetime) -> bool:
    """Whether the last day of a limit has passed."""
    return day_of(at) > last_day(limit, since)

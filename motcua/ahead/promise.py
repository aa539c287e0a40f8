"""Will the promised day of one dossier be kept? Told to whoever follows it, from like cases, with how many there were.

The same counting as the leaders' list (`likely.py`, decision 0035), read for one dossier from what the night's count
kept (`kept.py`, decision 0048), with the expected day (`expected.py`) in the same statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from motcua.ahead.expected import Asked, Expected, expected_with, is_expected, not_counted, unclear
from motcua.ahead.kept import kept_for
from motcua.ahead.likelihood import ENOUGH, Likelihood, Standing, groups_of
from motcua.ahead.likely import why
from motcua.ahead.past import working_days
from motcua.base.numbers import NOTHING
from motcua.base.times import day_of
from motcua.calendar.working_days import CalendarGap
from motcua.dossiers.states import IN_HAND, RESOLVED, State
from motcua.dossiers.steps import steps_of


class Promised(Asked, Protocol):
    """What must be known of a dossier to tell whether its promise will be kept."""

    @property
    def process_id(self) -> int | None: ...
    @property
    def procedure_id(self) -> int: ...
    @property
    def field(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Promise:
    """`kept`: how likely the promised day is kept, in whole percent, None where nobody can say: then `why` says why not.

    `cases`: like cases of the past that it rests on. `day`: the promised day. `expected`: by when like cases were done;
    None while the clock stands still.
    """

    kept: int | None
    why: str
    cases: int = 0
    day: date | None = None
    expected: Expected | None = None

    @property
    def share(self) -> str:
        """`95 %`; nothing prints the dash."""
        return NOTHING if self.kept is None else f"{self.kept} %"

    @property
    def is_likely(self) -> bool:
        """Whether the promised day is the expected one."""
        return self.kept is not None and self.kept >= 50


def promise_of(found: Promised, at: datetime) -> Promise | None:
    """The promise of a dossier that is under way; None before it is accepted and when it is done.

    At most one statement, and nothing is counted for it; the first time in a process and day the calendar is read too.
    """
    if found.state in RESOLVED or found.state not in IN_HAND:
        return None
    silent, case = _silent(found, at), None
    if not silent:
        case = _standing(found, day_of(at))
        silent = "" if case else unclear()
    if not case and not is_expected(found):
        return Promise(None, silent)
    kept = kept_for(found.pk, groups_of(case) if case else (), at)
    expected = expected_with(found, kept, at) if is_expected(found) else None
    if case is None or found.due_at is None:
        return Promise(None, silent, expected=expected)
    if kept is None:
        return Promise(None, not_counted(), expected=expected)
    return _told(case, kept.experience.likelihood(case), day_of(found.due_at), expected)


def _silent(found: Promised, at: datetime) -> str:
    """Why there is nothing to foretell; empty where there is."""
    if found.due_at is None:
        return _("Thủ tục này không quy định thời hạn.")
    if found.stands_still:
        return _("Thời hạn đang tạm dừng; tính lại khi thời hạn tiếp tục.")
    if day_of(found.due_at) < day_of(at):
        return _("Đã quá ngày hẹn.")
    if found.state in (State.SUPPLEMENT, State.PAYMENT):
        return _("Hồ sơ đang chờ bạn.")
    return ""


def _standing(found: Promised, today: date) -> Standing | None:
    steps = steps_of(found.process_id) if found.process_id else ()
    role = next((step.role for step in steps if step.seq == found.step), None)
    if found.due_at is None or found.step is None or role is None:
        return None
    try:
        days = working_days(today)
    except CalendarGap:
        return None
    last, first = (day_of(found.due_at) - days.first).days, (today - days.first).days
    if not 0 <= first <= last < len(days.counts):
        return None
    left = days.counts[last] - days.counts[first]
    return Standing(found.procedure_id, found.field, found.step, role, left)


def _told(case: Standing, found: Likelihood, day: date, expected: Expected | None) -> Promise:
    if found.value is None or found.like.cases < ENOUGH:
        words = {"cases": found.like.cases, "enough": ENOUGH}
        said = _("Mới có %(cases)s hồ sơ tương tự đã qua ngày hẹn; cần ít nhất %(enough)s mới nói được.")
        return Promise(None, said % words, found.like.cases, day, expected)
    kept = int((Decimal(1 - found.value) * 100).quantize(Decimal(1), ROUND_HALF_UP))
    return Promise(kept, why(case.left, found), found.like.cases, day, expected)

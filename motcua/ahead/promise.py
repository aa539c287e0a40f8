"""Will the promised day of one dossier be kept? Told to whoever follows it, from like cases, with how many there were.

The same counting as the leaders' list (`likely.py`, decision 0035), asked for one dossier without a statement: what past
cases teach is the same all day and is remembered by the process.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from threading import Lock
from time import monotonic

from django.db import connection
from django.utils.translation import gettext as _

from motcua.ahead.likelihood import ENOUGH, Experience, Likelihood, Standing
from motcua.ahead.likely import experience_of, why
from motcua.ahead.past import Numbered, numbered
from motcua.base.numbers import NOTHING
from motcua.base.times import day_of, start_of
from motcua.calendar.working_days import CalendarGap
from motcua.dossiers.states import IN_HAND, RESOLVED, State
from motcua.dossiers.steps import steps_of
from motcua.dossiers.telling import Followed

# So long nobody looks whether the past has changed.
TRUSTED_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Promise:
    """`kept`: how likely the promised day is kept, in whole percent, None where nobody can say: then `why` says why not.

    `cases`: like cases of the past that it rests on. `day`: the promised day.
    """

    kept: int | None
    why: str
    cases: int = 0
    day: date | None = None

    @property
    def share(self) -> str:
        """`95 %`; nothing prints the dash."""
        return NOTHING if self.kept is None else f"{self.kept} %"

    @property
    def is_likely(self) -> bool:
        """Whether the promised day is the expected one."""
        return self.kept is not None and self.kept >= 50


def promise_of(found: Followed, at: datetime) -> Promise | None:
    """The promise of a dossier that is under way; None before it is accepted and when it is done.

    At most three statements, the first time in a process and day; else none.
    """
    if found.state in RESOLVED or found.state not in IN_HAND:
        return None
    if silent := _silent(found, at):
        return Promise(None, silent)
    assert found.due_at is not None
    case = _standing(found, day_of(at))
    if case is None:
        return Promise(None, _("Chưa tính được: lịch làm việc hoặc bước của hồ sơ chưa rõ."))
    experience = experience_kept(at)
    if experience is None:
        return Promise(None, _("Đang được tính. Hãy xem lại sau một phút."))
    return _told(case, experience.likelihood(case), day_of(found.due_at))


def _silent(found: Followed, at: datetime) -> str:
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


def _standing(found: Followed, today: date) -> Standing | None:
    steps = steps_of(found.process_id) if found.process_id else ()
    role = next((step.role for step in steps if step.seq == found.step), None)
    if found.due_at is None or found.step is None or role is None:
        return None
    try:
        days = _days(today)
    except CalendarGap:
        return None
    last, first = (day_of(found.due_at) - days.first).days, (today - days.first).days
    if not 0 <= first <= last < len(days.counts):
        return None
    left = days.counts[last] - days.counts[first]
    return Standing(found.procedure_id, found.field, found.step, role, left)


def _told(case: Standing, found: Likelihood, day: date) -> Promise:
    if found.value is None or found.like.cases < ENOUGH:
        words = {"cases": found.like.cases, "enough": ENOUGH}
        said = _("Mới có %(cases)s hồ sơ tương tự đã qua ngày hẹn; cần ít nhất %(enough)s mới nói được.")
        return Promise(None, said % words, found.like.cases, day)
    kept = int((Decimal(1 - found.value) * 100).quantize(Decimal(1), ROUND_HALF_UP))
    return Promise(kept, why(case.left, found), found.like.cases, day)


@lru_cache(maxsize=2)
def _days(today: date) -> Numbered:
    return numbered(today)


_kept: dict[str, tuple[datetime, float, Experience]] = {}
_one_at_a_time = Lock()


def forget_experience() -> None:
    """Nothing is kept any more; for tests, whose rows are rolled back."""
    _kept.clear()
    _days.cache_clear()


def experience_kept(at: datetime) -> Experience | None:
    """What past cases teach today. While another thread counts it, what was known before; None where nothing was."""
    cut, name = start_of(day_of(at)), connection.settings_dict["NAME"]
    known = _kept.get(name)
    if known is not None and known[0] == cut and monotonic() - known[1] < TRUSTED_SECONDS:
        return known[2]
    if not _one_at_a_time.acquire(blocking=False):
        return known[2] if known is not None else None
    try:
        made = experience_of(at)
        _kept[name] = (cut, monotonic(), made)
    finally:
        _one_at_a_time.release()
    return made

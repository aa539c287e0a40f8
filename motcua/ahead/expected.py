"""By when were half, and nine tenths, of like cases done? Told beside the promised day of one dossier, never instead of it.

Counted in working days on which the clock ran, from the step that it lies at, of past cases that lay there as long
(`pace.py`): at its own authority where these are enough, else at all. The days to come are those of its office.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.utils.translation import gettext as _

from motcua.ahead.kept import KeptForOne, StayThere, kept_for
from motcua.ahead.likelihood import ENOUGH
from motcua.ahead.pace import Rest, Span, rest_of
from motcua.ahead.past import Numbered, working_days
from motcua.base.times import day_of
from motcua.calendar.store import calendar_for
from motcua.calendar.working_days import CalendarGap
from motcua.dossiers.states import IN_HAND, State


class Asked(Protocol):
    """What must be known of a dossier that is asked about; whoever follows it and the desk both have it."""

    @property
    def pk(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def step(self) -> int | None: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def stands_still(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Expected:
    """`half`, `nine_tenths`: the day by which so many like cases were done; None where nobody can say, `why` says why not.

    `cases`: like cases that it rests on. `is_here`: they are of its own authority. `counted`: what was known before
    that day counts; None where nothing is kept.
    """

    half: date | None
    nine_tenths: date | None
    why: str
    cases: int = 0
    is_here: bool = False
    counted: date | None = None


def expected_of(found: Asked, at: datetime) -> Expected | None:
    """The expected day of a dossier whose clock runs, in one statement; None before acceptance, after, and in a standstill.

    The first time in a process and day the calendar is read too.
    """
    if not is_expected(found):
        return None
    return expected_with(found, kept_for(found.pk, (), at), at)


def is_expected(found: Asked) -> bool:
    """Whether it is in the hands of an office and its clock runs."""
    waits = found.state in (State.SUPPLEMENT, State.PAYMENT)
    return found.state in IN_HAND and not waits and not found.stands_still and found.step is not None


def expected_with(found: Asked, kept: KeptForOne | None, at: datetime) -> Expected:
    """The same from what was read already."""
    if kept is None:
        return Expected(None, None, not_counted())
    try:
        lies = days_there(found.step, kept.stays, working_days(day_of(at)), day_of(at))
        if lies is None:
            return Expected(None, None, unclear(), counted=kept.day)
        rest, is_here = rest_near(kept.here, kept.everywhere, lies)
        if rest.cases < ENOUGH:
            words = {"cases": rest.cases, "enough": ENOUGH}
            said = _("Mới có %(cases)s hồ sơ đã qua cùng thủ tục, từng ở bước này lâu như vậy; cần ít nhất %(enough)s.")
            return Expected(None, None, said % words, rest.cases, counted=kept.day)
        half, most = (_on(days, kept, day_of(at)) for days in (rest.half, rest.nine_tenths))
    except CalendarGap:
        return Expected(None, None, unclear(), counted=kept.day)
    return Expected(half, most, _why(rest, is_here), rest.cases, is_here, kept.day)


def not_counted() -> str:
    """Why nothing is told where nothing is kept."""
    return _("Chưa đếm xong các hồ sơ đã qua: máy đếm mỗi đêm một lần. Hãy xem lại vào ngày mai.")


def unclear() -> str:
    """Why nothing is told where days or the step are not known."""
    return _("Chưa tính được: lịch làm việc hoặc bước của hồ sơ chưa rõ.")


def rest_near(here: Sequence[Span], everywhere: Sequence[Span], lies: int) -> tuple[Rest, bool]:
    """What is left by the cases of its own authority where these are enough (then true), else by those of all."""
    near = rest_of(here, lies)
    return (near, True) if near.cases >= ENOUGH else (rest_of(everywhere, lies), False)


def days_there(step: int | None, stays: Sequence[StayThere], days: Numbered, today: date) -> int | None:
    """Working days on which the clock ran since it first came to its step; None where a day is not numbered."""
    came: int | None = None
    paused = 0
    for stay in stays:
        entered = _number(day_of(stay.entered_at), days)
        left = _number(day_of(stay.left_at) if stay.left_at else today, days)
        if entered is None or left is None:
            return None
        if stay.stands_still:
            paused += left - entered
        elif stay.step == step and came is None:
            came = entered - paused
    now = _number(today, days)
    return None if came is None or now is None else max(now - paused - came, 0)


def _number(day: date, days: Numbered) -> int | None:
    at = (day - days.first).days
    return days.counts[at] if 0 <= at < len(days.counts) else None


def _on(days: int | None, kept: KeptForOne, today: date) -> date | None:
    return None if days is None else calendar_for(kept.edition, kept.schedule).add_working_days(today, days)


def _why(rest: Rest, is_here: bool) -> str:
    if is_here:
        said = _("Theo %(cases)s hồ sơ đã qua cùng thủ tục, tại cơ quan này, từng ở bước này ít nhất chừng ấy ngày.")
    else:
        said = _("Theo %(cases)s hồ sơ đã qua cùng thủ tục, ở mọi cơ quan, từng ở bước này ít nhất chừng ấy ngày.")
    open_end = rest.half is None or rest.nine_tenths is None
    more = " " + _("“–”: đến nay chừng ấy hồ sơ vẫn chưa xong.") if open_end else ""
    return said % {"cases": rest.cases} + more

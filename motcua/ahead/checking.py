"""How well the laboratory meets the past that it knows, and a later past that it doesn't know."""

from __future__ import annotations

from dataclasses import replace
from statistics import mean
from typing import NamedTuple

from motcua.ahead.history import History
from motcua.ahead.lab import LONGEST_WORK, PRESENT, SEED, Laboratory
from motcua.base.errors import Invalid
from motcua.calendar.store import calendar_for, current_edition

DRAWN = 20


class Check(NamedTuple):
    """Rates of late dossiers, in percent. `later_*`: the second half, run with ways of the first half alone."""

    dossiers: int
    actual: float
    again: float
    drawn: float
    drawn_low: float
    drawn_high: float
    later: int
    later_actual: float
    later_drawn: float
    later_low: float
    later_high: float


def check(history: History, *, seed: int = SEED, longest_work: float = LONGEST_WORK) -> Check:
    """Both tests; the halves are those of the dossiers in the order of their acceptance. Raises Invalid below 20."""
    if len(history.dossiers) < 20:
        raise Invalid("Cần ít nhất 20 hồ sơ đã có kết quả để kiểm tra.", code="no_past_cases")
    calendar = calendar_for(current_edition())
    whole = Laboratory(history, calendar, longest_work)
    half = len(history.dossiers) // 2
    first, later = (
        Laboratory(replace(history, dossiers=part), calendar, longest_work)
        for part in (history.dossiers[:half], history.dossiers[half:])
    )
    drawn = [whole.drawn(PRESENT, seed + number).rate for number in range(DRAWN)]
    ahead = [later.drawn_from(first, PRESENT, seed + number).rate for number in range(DRAWN)]
    return Check(
        len(history.dossiers),
        _percent(history),
        100 * whole.as_they_were().rate,
        100 * mean(drawn),
        100 * min(drawn),
        100 * max(drawn),
        len(later.history.dossiers),
        _percent(later.history),
        100 * mean(ahead),
        100 * min(ahead),
        100 * max(ahead),
    )


def _percent(history: History) -> float:
    return 100 * sum(past.is_late for past in history.dossiers) / len(history.dossiers)


def lines(made: Check) -> list[str]:
    """In words."""
    return [
        f"{made.dossiers} hồ sơ: thực tế trễ {made.actual:.2f} %, diễn lại y như cũ {made.again:.2f} %, "
        f"rút ngẫu nhiên {made.drawn:.2f} % (từ {made.drawn_low:.2f} đến {made.drawn_high:.2f})",
        f"{made.later} hồ sơ của nửa sau: thực tế {made.later_actual:.2f} %, mô phỏng từ nửa đầu {made.later_drawn:.2f} % "
        f"(từ {made.later_low:.2f} đến {made.later_high:.2f})",
    ]

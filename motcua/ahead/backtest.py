"""Forecasts of days gone by, each made from what was known on its own day, laid beside what happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from motcua.ahead.calibration import Calibration, Forecast, calibrate
from motcua.ahead.likelihood import Experience
from motcua.ahead.past import numbered, open_with_outcome, past_cases
from motcua.base.times import day_of, start_of
from motcua.calendar.store import calendar_for, current_edition
from motcua.reports.periods import Period
from motcua.reports.scope import Scope


@dataclass(frozen=True, slots=True)
class BackTest:
    """`unknown`: forecasts whose day is not over yet; `unlearned`: those for which no like case was known."""

    period: Period
    days: int
    dossiers: int
    unknown: int
    unlearned: int
    calibration: Calibration | None


def back_test(
    period: Period, scope: Scope, now: datetime, tell: Callable[[int, int], None] = lambda done, of: None
) -> BackTest:
    """Forecasts on each working day of the period, before its office hours begin; days after `now` are left out.

    Three statements for each day. tell: how many days are done, of how many.
    """
    calendar = calendar_for(current_edition())
    span = (period.first + timedelta(days=offset) for offset in range((period.last - period.first).days + 1))
    days = [day for day in span if day <= day_of(now) and calendar.is_working(day)]
    known = numbered(day_of(now), calendar)
    forecasts: list[Forecast] = []
    seen: set[int] = set()
    unknown = unlearned = 0
    for done, day in enumerate(days, 1):
        cut = start_of(day)
        experience, found = Experience(past_cases(cut, known)), open_with_outcome(cut, known, scope, now)
        for row in found:
            told = experience.likelihood(row.case).value
            if row.missed is None:
                unknown += 1
            elif told is None or experience.base is None:
                unlearned += 1
            else:
                forecasts.append(Forecast(told, experience.base, row.missed))
                seen.add(row.dossier)
        tell(done, len(days))
    return BackTest(period, len(days), len(seen), unknown, unlearned, calibrate(forecasts))


def as_json(made: BackTest) -> dict[str, Any]:
    """Period, counts, Brier scores, and the table of reliability."""
    found = made.calibration
    return {
        "period": made.period.key,
        "days": made.days,
        "dossiers": made.dossiers,
        "unknown": made.unknown,
        "unlearned": made.unlearned,
        "forecasts": found.forecasts if found else 0,
        "missed": found.missed if found else 0,
        "brier": round(found.brier, 6) if found else None,
        "brier_of_base": round(found.brier_of_base, 6) if found else None,
        "skill": round(found.skill, 4) if found and found.skill is not None else None,
        "rows": [
            {"forecasts": row.forecasts, "told": round(row.told, 4), "missed": row.missed, "share": round(row.share, 4)}
            for row in (found.rows if found else ())
        ],
    }

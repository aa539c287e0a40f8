"""What somebody asks the laboratory, read from words, and the answer with its comparison; for page and command alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from motcua.ahead.history import History
from motcua.ahead.lab import LONGEST_WORK, PRESENT, SEED, Laboratory, Run, Scenario
from motcua.ahead.simulation import limit_that_keeps
from motcua.base.errors import Invalid
from motcua.calendar.limits import CERTAIN, Limit, LimitError, LimitKind
from motcua.calendar.store import calendar_for, current_edition

MODES = ("", "four", "five")
MOST_PEOPLE = 500
MOST_HOURS = 2000
CUT = Fraction(40, 100)  # the wish of the plan: 40 % less
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Side:
    """The present or the changed process: every way again as it was, and what drawn runs gave at least and at most."""

    run: Run
    low: float
    high: float
    keeps: int | None

    @property
    def middle(self) -> float:
        """The middle of the interval."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Answer:
    """Both sides. `actual_late`: late as the reports count it; `cut_late`: late if limits were cut by 40 %, unchanged
    and changed; `promised`: the limits in working days that the dossiers had, and how many had each."""

    history: History
    scenario: Scenario
    share: Fraction
    runs: int
    seed: int
    actual_late: int
    present: Side
    changed: Side
    cut_late: tuple[int, int]
    promised: tuple[tuple[int, int], ...]

    @property
    def error(self) -> float:
        """How far the rate of the present, run again, is from that of the past, in percentage points."""
        return 100 * abs(self.present.run.rate - self.actual_late / self.present.run.dossiers)


def limit_asked(text: str) -> Limit | None:
    """`5` (working days), `5wd`, `30d`, `2m+15wd`; None for nothing. Raises Invalid."""
    word = text.strip().lower()
    if not word:
        return None
    try:
        limit = Limit.parse(f"{word}wd" if word.replace(",", "").replace(".", "").isdecimal() else word)
    except LimitError as error:
        raise Invalid(str(error), fields={"limit": str(error)}, code="limit_invalid") from None
    if limit.kind not in CERTAIN or limit.kind is LimitKind.NONE:
        sentence = _("Thời hạn thử phải là số ngày hoặc giờ, lớn hơn 0.")
        raise Invalid(sentence, fields={"limit": sentence}, code="limit_invalid")
    return limit


def people_asked(text: str, history: History) -> dict[int, int]:
    """`3=2, 4=1`: step and people. Raises Invalid."""
    return {step: int(value) for step, value in _pairs(text, history, "people", MOST_PEOPLE, whole=True).items()}


def hours_asked(text: str, history: History) -> dict[int, Fraction]:
    """`3=16, 4=4.5`: step and mean hours of a stay. Raises Invalid."""
    return _pairs(text, history, "hours", MOST_HOURS, whole=False)


def share_asked(text: str) -> Fraction:
    """`90` (percent). Raises Invalid outside 1 to 100."""
    value = _number(text.strip() or "90")
    if value is None or not 1 <= value <= 100:
        sentence = _("Tỷ lệ phải từ 1 đến 100 %.")
        raise Invalid(sentence, fields={"share": sentence}, code="share")
    return value / 100


def mode_asked(text: str) -> str:
    """Empty, four or five. Raises Invalid."""
    if text not in MODES:
        sentence = _("Phương thức là bốn tại chỗ, năm tại chỗ, hoặc để trống.")
        raise Invalid(sentence, fields={"mode": sentence}, code="mode")
    return text


def answer(
    history: History,
    scenario: Scenario,
    *,
    share: Fraction = Fraction(9, 10),
    seed: int = SEED,
    runs: int | None = None,
    longest_work: float = LONGEST_WORK,
    tell: Tell = lambda done, of: None,
) -> Answer:
    """Run the past again as it was and changed, each also with drawn ways; the same seed gives the same.

    runs: how often it is drawn; by default as often as is within reach.
    """
    laboratory = Laboratory(history, calendar_for(current_edition()), longest_work)
    many = runs or laboratory.runs
    sides, done = [], 0
    for case in (PRESENT, scenario):
        run, rates = laboratory.as_they_were(case), []
        for number in range(many):
            rates.append(laboratory.drawn(case, seed + number).rate)
            done += 1
            tell(done, 2 * many)
        sides.append(Side(run, min(rates), max(rates), limit_that_keeps(run.needed, float(share))))
    cut = tuple(_late_if_cut(laboratory, side.run) for side in sides)
    return Answer(
        history,
        scenario,
        share,
        many,
        seed,
        sum(past.is_late for past in history.dossiers),
        sides[0],
        sides[1],
        (cut[0], cut[1]),
        _promised(laboratory),
    )


def cut_days(promised: int) -> int:
    """A limit that is 40 % shorter, in whole working days, rounded up, at least 1."""
    return max(-int(-(promised * (1 - CUT)) // 1), 1)


def _late_if_cut(laboratory: Laboratory, run: Run) -> int:
    return sum(
        way.promised is not None and needed > cut_days(way.promised)
        for way, needed in zip(laboratory.ways, run.needed, strict=True)
    )


def _promised(laboratory: Laboratory) -> tuple[tuple[int, int], ...]:
    found: dict[int, int] = {}
    for way in laboratory.ways:
        if way.promised is not None:
            found[way.promised] = found.get(way.promised, 0) + 1
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _pairs(text: str, history: History, name: str, most: int, *, whole: bool) -> dict[int, Fraction]:
    known = {step.seq for step in history.steps}
    found: dict[int, Fraction] = {}
    for piece in text.replace(";", " ").split():
        step, _sign, value = piece.strip(", ").partition("=")
        number = _number(value)
        if not step.isdecimal() or number is None or len(step) > 4:
            sentence = _("Không đọc được “%(piece)s”. Ví dụ đúng: 3=2 4=1.") % {"piece": piece}
        elif int(step) not in known:
            steps = ", ".join(map(str, sorted(known)))
            sentence = _("Không có bước %(step)s; các bước có hồ sơ là %(steps)s.") % {"step": step, "steps": steps}
        elif not 0 < number <= most or (whole and number.denominator != 1):
            sentence = _("“%(piece)s”: phải lớn hơn 0 và nhiều nhất %(most)s.") % {"piece": piece, "most": most}
            if whole:
                sentence = _("“%(piece)s”: số người phải là số nguyên từ 1 đến %(most)s.") % {
                    "piece": piece,
                    "most": most,
                }
        else:
            found[int(step)] = number
            continue
        raise Invalid(sentence, fields={name: sentence}, code=name)
    return found


def _number(text: str) -> Fraction | None:
    shown = text.strip().replace(",", ".")
    if len(shown) > 12 or not shown.replace(".", "", 1).isdecimal() or not shown.isascii():
        return None
    return Fraction(shown)


def as_json(made: Answer) -> dict[str, Any]:
    """Everything that the page shows, as plain data."""
    return {
        "procedure": made.history.procedure.code,
        "period": made.history.period.key,
        "dossiers": made.present.run.dossiers,
        "left_out": made.history.left_out,
        "actual_late": made.actual_late,
        "error_points": round(made.error, 3),
        "runs": made.runs,
        "seed": made.seed,
        "share": float(made.share),
        "scenario": {
            "limit": made.scenario.limit.code if made.scenario.limit else None,
            "people": dict(made.scenario.people),
            "hours": {step: float(hours) for step, hours in made.scenario.hours.items()},
            "mode": made.scenario.mode,
        },
        "promised": dict(made.promised),
        "present": _side(made.present, made.cut_late[0]),
        "changed": _side(made.changed, made.cut_late[1]),
    }


def _side(side: Side, cut_late: int) -> Mapping[str, Any]:
    return {
        "late": side.run.late,
        "rate": round(side.run.rate, 5),
        "low": round(side.low, 5),
        "high": round(side.high, 5),
        "keeps_days": side.keeps,
        "late_if_cut_40": cut_late,
        "steps": [
            {
                "step": step.step,
                "people": step.people,
                "stays": step.stays,
                "lag_hours": round(step.lag, 2),
                "queue_hours": round(step.queue, 2),
                "work_hours": round(step.work, 2),
            }
            for step in side.run.steps
        ],
    }

"""Each step has its own part of the limit and is judged on it alone."""

from datetime import datetime
from fractions import Fraction

import pytest

from motcua.base.times import VIETNAM
from motcua.calendar.limits import Limit
from motcua.calendar.working_days import HOUR
from motcua.dossiers.step_times import Part, Spell, Sum, step_sum, step_times
from motcua.dossiers.tests.test_clock import CALENDAR

# 10 working days as an approved table divides them: half a day, half a day, 7 days, half, one, half, and the return.
PARTS = [
    Part(step, None if hours is None else Fraction(hours)) for step, hours in enumerate([4, 4, 56, 4, 8, 4, None], 1)
]


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def stand(now, *spells):
    made = [Spell(step, at(start), until and at(until)) for step, start, until in spells]
    return {time.part.step: time for time in step_times(PARTS, at("2021-08-30 08:00"), made, at(now), CALENDAR)}


def test_the_plan_lays_one_part_after_the_other():
    plan = stand("2021-08-30 08:00")
    assert plan[1].planned_at == at("2021-08-30 14:00")  # 3.5 hours until lunch and half an hour after
    assert plan[2].planned_at == at("2021-08-31 08:00")
    assert plan[3].planned_at == at("2021-09-13 08:00")  # seven days after 31 August, 2 and 3 September off
    assert plan[7].planned_at is None


def test_a_step_that_began_late_still_has_its_whole_part():
    times = stand("2021-09-01 10:00", (1, "2021-08-30 08:00", "2021-09-01 08:00"), (2, "2021-09-01 08:00", None))
    assert (times[1].is_late, times[1].due_at) == (True, at("2021-08-30 14:00"))
    assert (times[2].is_late, times[2].due_at, times[2].used) == (False, at("2021-09-01 14:00"), 2 * HOUR)
    assert times[3].due_at is None


def test_a_part_goes_on_when_the_dossier_comes_back_to_the_step():
    times = stand(
        "2021-09-06 11:00",
        (2, "2021-08-31 08:00", "2021-08-31 10:00"),
        (3, "2021-08-31 10:00", "2021-09-06 08:00"),
        (2, "2021-09-06 08:00", None),
    )
    assert (times[2].used, times[2].due_at, times[2].is_late) == (5 * HOUR, at("2021-09-06 10:00"), True)
    assert not times[3].is_late


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ("10wd", Sum(Fraction(80), Fraction(80))),
        ("5wd", Sum(Fraction(80), Fraction(40))),
        ("80wh", Sum(Fraction(80), Fraction(80))),
        ("30d", None),
        ("none", None),
    ],
)
def test_the_steps_are_held_against_the_whole_where_both_are_working_time(limit, expected):
    assert step_sum(PARTS, Limit.parse(limit)) == expected

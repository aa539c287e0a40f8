"""What lies at an office on the days ahead; and working time as one line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.ahead.axis import Axis
from motcua.ahead.workload import Change, Load, expected, project, together, upper_quartile
from motcua.calendar.bundled import read_bundled
from motcua.calendar.tests.conftest import DATA
from tests.world import moment

pytestmark = pytest.mark.property
MONDAY = date(2021, 11, 1)
FOUR_WEEKS = [MONDAY + timedelta(days=day) for day in range(28) if day % 7 < 5]
LOADS = st.builds(
    Load,
    st.integers(0, 200),
    st.lists(st.floats(0, 30), min_size=1, max_size=10).map(tuple),
    st.floats(0, 40),
    st.integers(1, 9),
)


def test_a_weekday_is_expected_like_those_before() -> None:
    came = {day: 10 if day.weekday() == 0 else 2 for day in FOUR_WEEKS}
    ahead = [date(2021, 11, 29), date(2021, 11, 30)]
    assert expected(came, FOUR_WEEKS, ahead) == (10, 2)
    assert expected(came, FOUR_WEEKS, [date(2021, 12, 4)]) == (3.6,)
    assert expected({}, [], ahead) == (0, 0)


def test_a_quarter_of_the_days_reached_what_can_be_done() -> None:
    assert upper_quartile({day: number for number, day in enumerate(FOUR_WEEKS)}, FOUR_WEEKS) == 15
    assert upper_quartile({}, []) == 0


@given(LOADS, st.integers(0, 9), st.floats(0, 20))
def test_absence_and_more_work_never_leave_less(load: Load, absent: int, moved: float) -> None:
    usual = project(load)
    fewer = project(load, Change(absent=min(absent, load.people)))
    more = project(load, Change(moved=moved))
    less = project(load, Change(moved=-moved))
    assert all(one <= other + 1e-9 for one, other in zip(usual, fewer, strict=True))
    assert all(one <= other + 1e-9 for one, other in zip(usual, more, strict=True))
    assert all(0 <= one <= other + 1e-9 for one, other in zip(less, usual, strict=True))


def test_with_nobody_there_everything_stays() -> None:
    load = Load(5, (2.0, 3.0), 4.0, 2)
    assert project(load) == (3, 2)
    assert project(load, Change(absent=2)) == (7, 10)
    with pytest.raises(ValueError, match="absent"):
        project(load, Change(absent=3))
    assert together([load, load]) == Load(10, (4.0, 6.0), 8.0, 4)


CALENDAR = read_bundled(DATA).calendar()


@given(st.integers(0, 400), st.integers(0, 24 * 60 - 1))
def test_an_instant_lies_on_its_working_day(offset: int, minute: int) -> None:
    axis = Axis(date(2021, 1, 1), CALENDAR)
    at = moment("2021-01-04 00:00") + timedelta(days=offset, minutes=minute)
    day = at.date()
    if CALENDAR.is_working(day) and at > CALENDAR.opening(day):
        assert axis.number_at(axis.at(at)) == axis.number(day)
        assert axis.start(axis.number(day)) <= axis.at(at)
    assert axis.days(day, day + timedelta(days=9)) == -axis.days(day + timedelta(days=9), day) >= 0

"""Likelihoods: between 0 and 1, by the narrowest group that says enough, drawn towards the wider; and their calibration."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.ahead.calibration import Forecast, calibrate
from motcua.ahead.likelihood import WEIGHT, Cases, Experience, Standing, class_of

pytestmark = pytest.mark.property
CASE = st.tuples(
    st.integers(1, 3), st.sampled_from("ab"), st.integers(1, 3), st.sampled_from("rh"),
    st.integers(0, 70), st.integers(1, 50), st.integers(0, 50),
).map(lambda one: Cases(one[0], one[1], one[2], one[3], one[4], one[5], min(one[5], one[6])))  # fmt: skip
STANDING = st.tuples(
    st.integers(1, 4), st.sampled_from("abc"), st.integers(1, 4), st.sampled_from("rhx"), st.integers(-5, 90)
).map(lambda one: Standing(*one))  # fmt: skip


@given(st.lists(CASE, max_size=30), STANDING)
def test_a_likelihood_lies_between_0_and_1_and_says_whose_cases(rows: list[Cases], case: Standing) -> None:
    found = Experience(rows).likelihood(case)
    if found.value is None:
        assert not rows and found.level == "none"
    else:
        assert 0 <= found.value <= 1
        assert 0 <= found.like.late <= found.like.cases


@given(st.lists(CASE, min_size=1, max_size=20), STANDING)
def test_one_more_miss_among_like_cases_never_makes_it_less_likely(rows: list[Cases], case: Standing) -> None:
    case = case._replace(left=abs(case.left))
    worse = Cases(case.procedure, case.field, case.step, case.role, case.left, 1, 1)
    before, after = Experience(rows).likelihood(case).value, Experience([*rows, worse]).likelihood(case).value
    assert before is not None and after is not None and after >= before - 1e-12


def test_few_cases_lean_on_the_field_and_many_stand_alone() -> None:
    field = Cases(2, "hộ tịch", 2, "handler", 3, 1000, 100)
    few = Cases(1, "hộ tịch", 2, "handler", 3, 5, 5)
    found = Experience([field, few]).likelihood(Standing(1, "hộ tịch", 2, "handler", 3))
    share = 105 / 1005
    in_field = (105 + WEIGHT * share) / (1005 + WEIGHT)
    assert found.value == pytest.approx((5 + WEIGHT * in_field) / (5 + WEIGHT))
    assert (found.level, found.like) == ("field", (1005, 105))
    many = few._replace(cases=120, late=18)
    found = Experience([field, many]).likelihood(Standing(1, "hộ tịch", 2, "handler", 3))
    assert (found.level, found.like) == ("procedure", (120, 18))


def test_classes_of_days_left() -> None:
    lefts = (0, 10, 11, 15, 16, 20, 21, 45, 46, 900)
    assert [class_of(left) for left in lefts] == [0, 10, 11, 11, 16, 16, 21, 31, 46, 46]
    with pytest.raises(ValueError, match="over"):
        class_of(-1)


def test_what_is_over_is_certain_and_without_a_past_nothing_is_said() -> None:
    assert Experience([]).likelihood(Standing(1, "f", 1, "r", -1)).value == 1
    assert Experience([]).likelihood(Standing(1, "f", 1, "r", 3)).value is None
    assert Experience([]).base is None


def test_forecasts_that_are_right_are_calibrated_and_beat_the_base_rate() -> None:
    random = Random(7)
    told = [random.random() for _ in range(20_000)]
    made = calibrate([Forecast(value, 0.5, random.random() < value) for value in told])
    assert made is not None and len(made.rows) == 10 and made.forecasts == sum(row.forecasts for row in made.rows)
    assert made.largest_gap < 0.04 and made.brier == pytest.approx(1 / 6, abs=0.01)
    assert made.skill == pytest.approx(1 / 3, abs=0.03)
    wrong = calibrate([Forecast(1 - value, 0.5, random.random() < value) for value in told])
    assert wrong is not None and wrong.skill is not None and wrong.skill < 0 and wrong.largest_gap > 0.5


def test_without_forecasts_there_is_no_calibration() -> None:
    assert calibrate([]) is None
    single = calibrate([Forecast(0.0, 0.0, False)])
    assert single is not None and single.skill is None

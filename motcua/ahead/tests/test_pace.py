"""How long like cases took, against a slow reading; a group that is too small is never kept for an office."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.ahead.likelihood import ENOUGH
from motcua.ahead.pace import ALL_OFFICES, Course, Place, Rest, paces, rest_of

days = st.integers(0, 12)
spans = st.lists(
    st.tuples(days, st.none() | days, st.integers(1, 5)).map(
        lambda one: (one[0], None if one[1] is None else one[0] + one[1], one[2])
    ),
    max_size=12,
)


def slow(cases: list[int | None], share: Fraction) -> int | None:
    """The first day on which at least that share is done, looked for day by day."""
    for day in range(40):
        if cases and sum(left is not None and left <= day for left in cases) >= share * len(cases):
            return day
    return None


@pytest.mark.property
@given(spans, days)
def test_the_rest_against_a_slow_reading(found: list[tuple[int, int | None, int]], lies: int) -> None:
    cases = [None if took is None else took - lies for lay, took, many in found if lay >= lies for _one in range(many)]
    made = rest_of(found, lies)
    assert made == Rest(len(cases), slow(cases, Fraction(1, 2)), slow(cases, Fraction(9, 10)))
    assert made.half is None or made.half >= 0
    assert made.half is not None or made.nine_tenths is None
    assert made.half is None or made.nine_tenths is None or made.half <= made.nine_tenths


def test_ten_cases_by_hand() -> None:
    found = [(1, 2, 4), (2, 5, 5), (3, None, 1)]
    assert rest_of(found, 0) == Rest(10, 5, 5)
    assert rest_of(found, 2) == Rest(6, 3, None), "of six nine tenths are six, and one is not done"
    assert rest_of(found, 4) == Rest(0, None, None)
    assert rest_of([], 0) == Rest(0, None, None)


def test_all_offices_are_kept_and_of_one_office_only_what_is_enough() -> None:
    rows = [
        Course(7, 1, 2, 3, 4, ENOUGH),
        Course(7, 2, 2, 3, 4, ENOUGH - 1),
        Course(7, 2, 2, 3, None, 1),
        Course(7, 3, 2, 0, 0, 1),
    ]
    made = paces(rows)
    assert made[Place(7, 2, 1)] == [(3, 4, ENOUGH)]
    assert made[Place(7, 2, 2)] == [(3, 4, ENOUGH - 1), (3, None, 1)]
    assert Place(7, 2, 3) not in made
    assert made[Place(7, 2, ALL_OFFICES)] == [(0, 0, 1), (3, 4, 2 * ENOUGH - 1), (3, None, 1)]

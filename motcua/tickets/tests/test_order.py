"""The one rule of who is next: it prefers, and starves nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.tickets.order import place_of

MORNING = datetime(2021, 11, 1, 0, 0, tzinfo=UTC)
HEAD_START = timedelta(minutes=30)
# (second of the morning at which somebody comes, whether they have priority)
people = st.lists(st.tuples(st.integers(0, 4 * 3600), st.booleans()), min_size=2, max_size=40)


def queue(crowd: list[tuple[int, bool]]) -> list[tuple[int, bool]]:
    """Everybody in the order of the rule; of equals whoever drew first."""
    places = [
        (place_of(MORNING + timedelta(seconds=came), has_priority=first, head_start=HEAD_START), number)
        for number, (came, first) in enumerate(crowd)
    ]
    return [crowd[number] for _place, number in sorted(places)]


@pytest.mark.property
@given(people)
def test_nobody_is_overtaken_by_whoever_came_more_than_the_head_start_later(crowd: list[tuple[int, bool]]) -> None:
    called = queue(sorted(crowd))
    for place, (came, _first) in enumerate(called):
        assert all(other - came <= HEAD_START.total_seconds() for other, _ in called[:place])


@pytest.mark.property
@given(people)
def test_who_has_the_same_right_is_called_as_they_came(crowd: list[tuple[int, bool]]) -> None:
    called = queue(sorted(crowd))
    for right in (True, False):
        times = [came for came, first in called if first is right]
        assert times == sorted(times)


@pytest.mark.property
@given(people)
def test_priority_never_costs_a_place_and_only_overtakes(crowd: list[tuple[int, bool]]) -> None:
    crowd = sorted(crowd)
    called = queue(crowd)
    for came, first in crowd:
        if first:
            earlier = sum(1 for other, _ in crowd if other < came)
            assert called.index((came, first)) <= earlier + sum(1 for one in crowd if one[0] == came) - 1


def test_half_an_hour_is_the_reach() -> None:
    nine = MORNING + timedelta(hours=2)
    ordinary = place_of(nine, has_priority=False, head_start=HEAD_START)
    assert place_of(nine + timedelta(minutes=29), has_priority=True, head_start=HEAD_START) < ordinary
    assert place_of(nine + timedelta(minutes=31), has_priority=True, head_start=HEAD_START) > ordinary

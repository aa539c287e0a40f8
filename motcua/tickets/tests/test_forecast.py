"""What people are told of their wait: by hand for small lines, measured over many made-up days."""

from __future__ import annotations

from statistics import fmean

import pytest

from motcua.tickets.forecast import Desk, Pace, Waiting, forecast
from motcua.tickets.simulated import days

PACES = {1: Pace(600, 0), 2: Pace(300, 0)}
ONE, TWO = frozenset({1}), frozenset({2})


def expected(before: list[Waiting], me: Waiting, desks: list[Desk]) -> tuple[float, int] | None:
    found = forecast(before, me, desks, PACES)
    return (found.expected, found.ahead) if found else None


def test_one_counter_takes_one_after_the_other() -> None:
    assert expected([], Waiting(1), [Desk(7, ONE)]) == (0, 0)
    assert expected([Waiting(1)] * 2, Waiting(1), [Desk(7, ONE)]) == (1200, 2)
    assert expected([Waiting(1)], Waiting(1), [Desk(7, ONE, serving=1, since=400)]) == (800, 1)


def test_somebody_served_for_long_is_not_over_at_once() -> None:
    assert expected([], Waiting(1), [Desk(7, ONE, serving=1, since=9000)]) == (200, 0)


def test_two_counters_share_and_each_calls_only_its_lines() -> None:
    both = [Desk(7, ONE), Desk(8, ONE | TWO)]
    assert expected([Waiting(1)] * 2, Waiting(1), both) == (600, 2)
    # Whoever waits for line 2 is called by counter 8 alone; counter 7 takes those of line 1 meanwhile.
    assert expected([Waiting(2), Waiting(1)], Waiting(2), both) == (300, 2)


def test_whoever_was_handed_to_a_counter_waits_for_that_one() -> None:
    desks = [Desk(7, ONE), Desk(8, ONE, serving=1)]
    assert expected([], Waiting(1, only=8), desks) == (600, 0)
    assert expected([Waiting(1, only=8)], Waiting(1), desks) == (0, 0)


def test_without_a_counter_or_a_basis_nothing_is_said() -> None:
    assert expected([], Waiting(1), []) is None
    assert expected([], Waiting(1), [Desk(7, TWO)]) is None
    assert expected([], Waiting(3), [Desk(7, frozenset({3}))]) is None
    assert expected([Waiting(3)], Waiting(1), [Desk(7, ONE)]) is None


def test_the_range_grows_with_what_is_uncertain() -> None:
    paces = {1: Pace(600, 300)}
    near, far = (forecast([Waiting(1)] * many, Waiting(1), [Desk(7, ONE)], paces) for many in (1, 9))
    assert near is not None and far is not None
    assert 0 <= near.low < near.expected < near.high
    assert far.high - far.low == pytest.approx(3 * (near.high - near.low))


def test_the_error_over_many_days_is_small_and_the_range_keeps_its_word() -> None:
    """The figures of docs/usability.md come from `motcua ticket_error`; here the bounds that they may not leave."""
    told = [one for day in days(20, seed=7) for one in day]
    assert len(told) > 1000
    error = fmean(one.error for one in told) / 60
    simple = fmean(abs(one.simple - one.waited) for one in told) / 60
    assert error < 3.0
    assert error < 0.8 * simple, "playing the line through beats counting heads"
    long = [one for one in told if one.expected > 600]
    assert fmean(one.is_inside for one in long) > 0.7

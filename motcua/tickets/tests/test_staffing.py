"""Counters that an hour needs, against values worked out by hand and a line played through."""

from __future__ import annotations

import math
from random import Random

import pytest

from motcua.tickets.staffing import chance_of_waiting_longer, counters_needed


def test_erlangs_formula_by_hand() -> None:
    # One busy counter of two: C(2, 1) = (1/2 * 2) / (1 + 1 + 1/2 * 2) = 1/3. One alone: the load itself.
    assert chance_of_waiting_longer(6, 10, 2, 0) == pytest.approx(1 / 3)
    assert chance_of_waiting_longer(3, 10, 1, 0) == pytest.approx(1 / 2)
    assert chance_of_waiting_longer(3, 10, 1, 20) == pytest.approx(math.exp(-1) / 2)
    assert chance_of_waiting_longer(6, 10, 1, 30) == 1.0


def test_more_people_need_more_counters_and_a_longer_limit_fewer() -> None:
    needed = [counters_needed(rate, 10, 15) for rate in (0, 1, 6, 12, 24, 48)]
    assert needed == sorted(needed, key=lambda one: one or 0) and needed[0] == 0
    assert counters_needed(24, 10, 5) > counters_needed(24, 10, 60)  # type: ignore[operator]
    assert counters_needed(10_000, 10, 15) is None
    assert counters_needed(24, 0, 15) == 0


def test_a_line_played_through_agrees() -> None:
    random, waits, free = Random(3), [], [0.0] * 5
    now = 0.0
    for _one in range(20_000):
        now += random.expovariate(24 / 60)
        place = min(range(5), key=free.__getitem__)
        begins = max(now, free[place])
        waits.append(begins - now)
        free[place] = begins + random.expovariate(1 / 10)
    late = sum(1 for wait in waits if wait > 5) / len(waits)
    assert late == pytest.approx(chance_of_waiting_longer(24, 10, 5, 5), abs=0.04)

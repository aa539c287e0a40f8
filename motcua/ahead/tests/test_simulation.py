"""The simulated process: first come first served, exact on the past, monotone in people and limit, the same each time."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.ahead.simulation import NO_PEOPLE, Job, Seen, Split, Visit, limit_that_keeps, simulate, take_apart

pytestmark = pytest.mark.property
TIMES = st.integers(0, 200)
STAY = st.tuples(TIMES, st.integers(0, 40), st.integers(0, 40))
ONE_STEP = st.lists(STAY, max_size=25)
WAYS = st.lists(
    st.tuples(TIMES, st.lists(st.tuples(st.integers(0, 2), st.integers(0, 30), st.integers(0, 30)), max_size=4)),
    max_size=12,
)


def jobs_of(rows: list[tuple[int, int, int]]) -> list[Job]:
    return [Job(arrives, (Visit(0, lag, work),)) for arrives, lag, work in rows]


def fifo(rows: list[tuple[int, int, int]], people: int) -> list[int]:
    """The slow reading: whoever is there first takes the first free desk; ties by the order of arrival."""
    free, ends = [0] * people, [0] * len(rows)
    order = sorted(range(len(rows)), key=lambda one: (rows[one][0] + rows[one][1], rows[one][0], one))
    for one in order:
        ready, work = rows[one][0] + rows[one][1], rows[one][2]
        desk = min(range(people), key=lambda number: free[number])
        ends[one] = free[desk] = max(free[desk], ready) + work
    return ends


@given(st.lists(STAY, max_size=25, unique_by=lambda row: row[0] + row[1]), st.integers(1, 4))
def test_one_step_is_what_a_slow_reading_says(rows: list[tuple[int, int, int]], people: int) -> None:
    done = simulate(jobs_of(rows), {0: people})
    assert [one.at for one in done] == fifo(rows, people)
    assert all(one.at == row[0] + row[1] + one.queued[0] + row[2] for one, row in zip(done, rows, strict=True))


@given(ONE_STEP, st.integers(1, 4))
def test_more_people_never_make_anybody_wait_longer(rows: list[tuple[int, int, int]], people: int) -> None:
    few, more = simulate(jobs_of(rows), {0: people}), simulate(jobs_of(rows), {0: people + 1})
    assert all(one.queued[0] >= other.queued[0] for one, other in zip(few, more, strict=True))


@given(WAYS, st.integers(1, 3))
def test_the_same_again_and_nobody_before_their_time(
    rows: list[tuple[int, list[tuple[int, int, int]]]], people: int
) -> None:
    jobs = [Job(arrives, tuple(Visit(*visit) for visit in visits)) for arrives, visits in rows]
    named = dict.fromkeys(range(3), people)
    done = simulate(jobs, named)
    assert done == simulate(jobs, named)
    alone = simulate(jobs, {})
    for job, one, free in zip(jobs, done, alone, strict=True):
        assert free.at == job.arrives + sum(visit.lag + visit.work for visit in job.visits) <= one.at
        assert one.at == free.at + sum(one.queued)


def test_a_pool_without_anybody_is_refused() -> None:
    with pytest.raises(ValueError, match="somebody"):
        simulate([], {0: 0})


STAYS = st.lists(st.tuples(st.integers(1, 3), TIMES, st.integers(0, 60)), max_size=20)


@given(STAYS, st.integers(0, 30))
def test_a_stay_taken_apart_is_whole_and_officers_do_one_thing_at_a_time(
    rows: list[tuple[int, int, int]], longest: int
) -> None:
    seen = [Seen(key, officer, begins, begins + length) for key, (officer, begins, length) in enumerate(rows)]
    split = take_apart(seen, longest)
    work: dict[int, list[tuple[int, int]]] = {}
    for stay in seen:
        one = split[stay.key]
        assert min(one.lag, one.queue, one.work) >= 0
        assert one.lag + one.queue + one.work == stay.ends - stay.begins and one.work <= longest
        if one.work:
            work.setdefault(stay.officer, []).append((stay.ends - one.work, stay.ends))
    for spans in work.values():
        spans.sort()
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))


@given(STAYS, st.integers(1, 30))
def test_one_officer_comes_out_exactly_as_it_was(rows: list[tuple[int, int, int]], longest: int) -> None:
    """In whatever order the dossiers were taken. A thousand ticks to the unit, since the order takes one tick each."""
    seen = [Seen(key, 1, 1000 * begins, 1000 * (begins + length)) for key, (_one, begins, length) in enumerate(rows)]
    split = take_apart(seen, 1000 * longest)
    jobs = [
        Job(stay.begins, (Visit(0 if one.work else NO_PEOPLE, one.lag, one.work),))
        for stay, one in ((stay, split[stay.key]) for stay in seen)
    ]
    assert [one.at for one in simulate(jobs, {0: 1})] == [stay.ends for stay in seen]


def test_what_lay_behind_other_work_queued() -> None:
    # The officer ends A at 10, B at 14, C at 18; all three were there at 0, each takes 4 at most.
    split = take_apart([Seen(1, 7, 0, 10), Seen(2, 7, 0, 14), Seen(3, 7, 0, 18)], 4)
    assert split == {1: Split(6, 0, 4), 2: Split(7, 3, 4), 3: Split(8, 6, 4)}


def test_two_officers_clear_what_queued_for_one() -> None:
    seen = [Seen(1, 7, 0, 10_000), Seen(2, 7, 0, 14_000), Seen(3, 7, 0, 18_000)]
    split = take_apart(seen, 4_000)
    jobs = [Job(0, (Visit(0, one.lag, one.work),)) for one in split.values()]
    assert [one.at for one in simulate(jobs, {0: 2})] == [10_000, 10_001, 14_000]


@given(st.lists(st.integers(-3, 60), min_size=1, max_size=60), st.integers(1, 100))
def test_the_limit_that_keeps_a_share_is_the_smallest(needed: list[int], percent: int) -> None:
    days = limit_that_keeps(needed, percent / 100)
    assert days is not None and days >= 1
    assert sum(one <= days for one in needed) * 100 >= percent * len(needed)
    assert days == 1 or sum(one <= days - 1 for one in needed) * 100 < percent * len(needed)


def test_no_dossiers_have_no_limit() -> None:
    assert limit_that_keeps([], 0.9) is None
    with pytest.raises(ValueError, match="share"):
        limit_that_keeps([1], 0)

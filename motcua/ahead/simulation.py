"""A process run again by discrete events (SimPy): dossiers come, lie, queue first come first served, are worked on.

Time is working time alone, in microseconds from one origin, so that nights and days off take none of it; the calendar
turns it into days before and after. No Django. The same cases and people always give the same.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple

import simpy

NO_PEOPLE = -1  # the pool of time that nobody works in: the applicant is waited for


class Visit(NamedTuple):
    """One step of one dossier. `lag`: it lies although somebody is free; then it queues at the pool; then `work`."""

    pool: int
    lag: int
    work: int


class Job(NamedTuple):
    """A dossier: when it comes, and its way."""

    arrives: int
    visits: tuple[Visit, ...]


class Done(NamedTuple):
    """When a dossier is through, and how long it queued at each of its visits."""

    at: int
    queued: tuple[int, ...]


class Seen(NamedTuple):
    """A stay as it was: who ended it, when it began and ended; `key`: whose it is."""

    key: int
    officer: int
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Split:
    """A stay taken apart: it lay for `lag`, waited for somebody busy for `queue`, was worked on for `work`."""

    lag: int
    queue: int
    work: int


def simulate(jobs: Sequence[Job], people: Mapping[int, int]) -> list[Done]:
    """Run all of them through pools of so many people; a pool that isn't named has as many as it needs.

    Raises ValueError for a pool without anybody.
    """
    if any(number < 1 for number in people.values()):
        raise ValueError("a pool needs somebody")
    world = simpy.Environment()
    pools = {pool: simpy.Resource(world, capacity=number) for pool, number in people.items()}
    found: list[Done] = [Done(0, ())] * len(jobs)

    def life(number: int, job: Job) -> Generator[Any, Any, None]:
        yield world.timeout(job.arrives)
        queued = []
        for visit in job.visits:
            if visit.lag:
                yield world.timeout(visit.lag)
            asked, pool = world.now, pools.get(visit.pool)
            if pool is None:
                queued.append(0)
                if visit.work:
                    yield world.timeout(visit.work)
                continue
            with pool.request() as place:
                yield place
                queued.append(int(world.now - asked))
                yield world.timeout(visit.work)
        found[number] = Done(int(world.now), tuple(queued))

    for number, job in sorted(enumerate(jobs), key=lambda pair: (pair[1].arrives, pair[0])):
        world.process(life(number, job))
    world.run()
    return found


def take_apart(stays: Sequence[Seen], longest_work: int) -> dict[int, Split]:
    """Split every stay of one step by what its officer did meanwhile; lag + queue + work is the whole stay.

    An officer works on one dossier at a time, at most `longest_work`, until the act that ends the stay. What lay while
    the officer went from one dossier to the next without a break queued, unless a later one was taken before it; what
    lay before that just lay. So one officer, first come first served, comes out exactly as it was.
    """
    split: dict[int, Split] = {}
    last_end: dict[int, int] = {}
    run_began: dict[int, int] = {}
    last_released: dict[int, int] = {}
    for stay in sorted(stays, key=lambda one: (one.officer, one.ends, one.begins, one.key)):
        whole, officer = max(stay.ends - stay.begins, 0), stay.officer
        before = last_end.get(officer)
        work = min(whole, stay.ends - before if before is not None else whole, longest_work)
        if not work:
            split[stay.key] = Split(whole, 0, 0)
            continue
        start = stay.ends - work
        if before is None or start > before:
            run_began[officer] = start
        # One tick after whoever was taken before it, so that the queue keeps the order of then.
        earliest = max(run_began[officer], last_released.get(officer, start - 1) + 1)
        released = min(max(stay.ends - whole, earliest), start)
        split[stay.key] = Split(released - (stay.ends - whole), start - released, work)
        last_end[officer], last_released[officer] = stay.ends, released
    return split


def draw(groups: Mapping[int, Sequence[int]], wanted: Sequence[int], random: Random) -> list[int]:
    """For each dossier one of its group (its authority), itself among them, with equal chance."""
    return [random.choice(groups[group]) for group in wanted]


def limit_that_keeps(needed: Sequence[int], share: float) -> int | None:
    """The fewest whole working days (at least 1) within which that share of the dossiers were done; None without any.

    Raises ValueError unless 0 < share <= 1.
    """
    if not 0 < share <= 1:
        raise ValueError("a share lies above 0 and at most at 1")
    if not needed:
        return None
    ordered = sorted(needed)
    # The smallest number of dossiers that is that share of all; a float must not ask for one too many.
    place = -int(-(share * len(ordered) - 1e-9) // 1)
    return max(ordered[max(place, 1) - 1], 1)


Tell = Callable[[int, int], None]

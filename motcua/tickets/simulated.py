"""Days of a made-up hall, to measure how wrong the estimate of waiting is. Pure; no Django, no clock, no rows.

People come at random, more in the morning; services vary much (log-normal); some have priority, some don't come when
called. Each is told an estimate when they come, by the very rule that the pages
use, from how long services took on the days before; then the day goes on and shows how long they really waited.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import fmean, pstdev

from motcua.tickets.forecast import Desk, Pace, Waiting, forecast
from motcua.tickets.order import place_of

OPENING = datetime(2026, 1, 5, 0, 30, tzinfo=UTC)
HOURS = (16, 24, 22, 14)  # people in each hour of a morning
LINES = {1: 480.0, 2: 780.0}  # line → mean seconds of its services
COUNTERS = {1: frozenset({1}), 2: frozenset({1, 2}), 3: frozenset({2}), 4: frozenset({1, 2})}
VARIES = 0.6  # standard deviation of the logarithm of a service
PRIORITY, ABSENT = 0.12, 0.05
HEAD_START = timedelta(minutes=30)
ABSENCE = 60.0  # seconds that a counter calls in vain


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody was told and what became true, in seconds; by the simplest rule too, for comparison."""

    low: float
    expected: float
    high: float
    simple: float
    waited: float

    @property
    def error(self) -> float:
        """How far off the expected wait was."""
        return abs(self.expected - self.waited)

    @property
    def is_inside(self) -> bool:
        """Whether it lay in the range."""
        return self.low <= self.waited <= self.high


@dataclass(slots=True)
class _Person:
    came: float
    line: int
    place: float
    service: float
    absent: bool
    said: tuple[float, float, float, float] | None = None


@dataclass(slots=True)
class _Day:
    waiting: list[_Person] = field(default_factory=list)
    serving: dict[int, tuple[_Person | None, float]] = field(default_factory=dict)  # counter → whom, since when


def days(count: int, seed: int = 1) -> Iterator[list[Told]]:
    """What was told on each of so many days, the first five of which are only learnt from."""
    random = Random(seed)  # noqa: S311 - a made-up hall
    lengths: dict[int, list[float]] = {line: [] for line in LINES}
    for number in range(count + 5):
        paces = {line: Pace(fmean(known), pstdev(known)) for line, known in lengths.items() if len(known) >= 10}
        told = list(_day(random, paces, lengths))
        if number >= 5:
            yield told


def _day(random: Random, paces: dict[int, Pace], lengths: dict[int, list[float]]) -> Iterator[Told]:
    """One morning: who comes and which counter gets free, in the order of time."""
    day = _Day()
    events: list[tuple[float, int, _Person | int]] = []
    for order, person in enumerate(_people(random)):
        heapq.heappush(events, (person.came, order, person))
    for counter in COUNTERS:
        heapq.heappush(events, (0.0, 10_000 + counter, counter))
    ticks = 20_000
    while events:
        now, _order, what = heapq.heappop(events)
        if isinstance(what, _Person):
            what.said = _estimate(what, now, day, paces)
            day.waiting.append(what)
            idle = [counter for counter in COUNTERS if counter not in day.serving and what.line in COUNTERS[counter]]
            freed = idle[:1]
        else:
            whom, since = day.serving.pop(what, (None, 0.0))
            if whom is not None and not whom.absent:
                lengths[whom.line].append(now - since)
            freed = [what]
        for counter in freed:
            called = _next(day, COUNTERS[counter])
            if called is None:
                continue
            if called.said is not None:
                yield Told(*called.said, now - called.came)
            ticks += 1
            day.serving[counter] = (called, now)
            heapq.heappush(events, (now + (ABSENCE if called.absent else called.service), ticks, counter))


def _people(random: Random) -> Iterator[_Person]:
    for hour, many in enumerate(HOURS):
        at = 0.0
        while (at := at + random.expovariate(many / 3600)) < 3600:
            came = hour * 3600 + at
            line = 1 if random.random() < 0.6 else 2
            instant = OPENING + timedelta(seconds=came)
            has_priority = random.random() < PRIORITY
            place = place_of(instant, has_priority=has_priority, head_start=HEAD_START)
            service = random.lognormvariate(math.log(LINES[line]) - VARIES**2 / 2, VARIES)
            yield _Person(came, line, (place - OPENING).total_seconds(), service, random.random() < ABSENT)


def _next(day: _Day, lines: frozenset[int]) -> _Person | None:
    mine = [person for person in day.waiting if person.line in lines]
    if not mine:
        return None
    person = min(mine, key=lambda one: (one.place, one.came))
    day.waiting.remove(person)
    return person


def _estimate(me: _Person, now: float, day: _Day, paces: dict[int, Pace]) -> tuple[float, float, float, float] | None:
    before = sorted(
        (one for one in day.waiting if (one.place, one.came) < (me.place, me.came)),
        key=lambda one: (one.place, one.came),
    )
    desks: Sequence[Desk] = [
        Desk(counter, lines, day.serving[counter][0].line, now - day.serving[counter][1])  # type: ignore[union-attr]
        if counter in day.serving
        else Desk(counter, lines)
        for counter, lines in COUNTERS.items()
    ]
    found = forecast([Waiting(one.line) for one in before], Waiting(me.line), desks, paces)
    if found is None:
        return None
    of_line = sum(1 for one in before if one.line == me.line)
    simple = of_line * paces[me.line].mean / sum(1 for lines in COUNTERS.values() if me.line in lines)
    return found.low, found.expected, found.high, simple

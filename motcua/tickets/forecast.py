"""When somebody in a line will be called, from who stands before them and how long services take. Pure; no Django.

The line is played through with every service of its usual length: whichever counter is free first calls the first whom it
serves. Around that time a range, because services vary: `spread` of one service times the square root of how many of them
must end before, shared out over the counters. It is an estimate of eighty of a hundred, measured by `simulated`.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

EIGHTY_OF_A_HUNDRED = 1.28  # standard deviations to each side
LEAST_LEFT = 1 / 3  # of a usual service is still to come, however long one has lasted


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a service of a line takes: mean and standard deviation in seconds."""

    mean: float
    spread: float


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody in the order in which they are called: of which line, and for which counter alone (None: any)."""

    line: int
    only: int | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """An open counter, the lines it calls from, and whom it serves: of which line (None: nobody), since how many seconds."""

    counter: int
    lines: frozenset[int]
    serving: int | None = None
    since: float = 0.0

    def serves(self, one: Waiting) -> bool:
        """Whether this counter may call them."""
        return one.only == self.counter if one.only is not None else one.line in self.lines


@dataclass(frozen=True, slots=True)
class Forecast:
    """Seconds until the call: at best, expected, at worst of eighty of a hundred; how many are called before."""

    low: float
    expected: float
    high: float
    ahead: int


def forecast(
    before: Sequence[Waiting], me: Waiting, desks: Sequence[Desk], paces: Mapping[int, Pace]
) -> Forecast | None:
    """When `me` is called, who stands behind all of `before`; None where no open counter will call them.

    paces: of every line that matters, else it is None too: without a basis nothing is said.
    """
    mine = [desk for desk in desks if desk.serves(me)]
    wanted = {one.line for one in before} | {me.line} | {desk.serving for desk in desks if desk.serving is not None}
    if not mine or not wanted <= set(paces):
        return None
    free = [(_left(desk, paces), number) for number, desk in enumerate(desks)]
    heapq.heapify(free)
    line = [*before, me]
    ahead, doubt = 0, sum(paces[desk.serving].spread ** 2 for desk in mine if desk.serving is not None)
    while free:
        at, number = heapq.heappop(free)
        desk = desks[number]
        place = next((place for place, one in enumerate(line) if desk.serves(one)), None)
        if place is None:
            continue  # nobody is left for this counter
        one = line.pop(place)
        if one is me or place == len(line):
            spread = EIGHTY_OF_A_HUNDRED * math.sqrt(doubt) / len(mine)
            return Forecast(max(0.0, at - spread), at, at + spread, ahead)
        ahead += 1
        if any(other.serves(one) for other in mine):
            doubt += paces[one.line].spread ** 2
        heapq.heappush(free, (at + paces[one.line].mean, number))
    return None


def _left(desk: Desk, paces: Mapping[int, Pace]) -> float:
    if desk.serving is None:
        return 0.0
    mean = paces[desk.serving].mean
    return max(mean - desk.since, mean * LEAST_LEFT)

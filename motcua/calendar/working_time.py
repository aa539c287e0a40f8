"""Office hours of many days laid end to end, so that adding hours is one search in a table. Pure; no Django.

Everything is whole microseconds. An instant is microseconds of the wall clock since the day before day 1, so that
`instant // DAY` is the ordinal of its day.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

DAY = 86_400_000_000


class Untimed(Exception):
    """The answer needs the hours of a worked day (its ordinal) that has none, or lies beyond the table."""

    def __init__(self, ordinal: int) -> None:
        super().__init__(ordinal)
        self.ordinal = ordinal


class TimeTable:
    """Sessions in order, each with the working time before it."""

    __slots__ = ("_before", "_ends", "_holes", "_last", "_opens")

    def __init__(self, sessions: Iterable[tuple[int, int]], *, holes: Iterable[int], last: int) -> None:
        """sessions: (opening, end) instants in order. holes: ordinals of days without hours. last: the last ordinal."""
        pairs = tuple(sessions)
        self._opens = tuple(opening for opening, _ in pairs)
        self._ends = tuple(end for _, end in pairs)
        self._before = (0, *accumulate(end - opening for opening, end in pairs))
        self._holes = tuple(holes)
        self._last = last

    def add(self, instant: int, amount: int) -> int:
        """The instant after so much working time: the end of a session rather than the next opening.

        Nothing to add gives the instant itself inside a session (both ends included), else the next opening.
        Raises Untimed.
        """
        now = bisect_right(self._opens, instant) - 1
        if amount <= 0 and now >= 0 and instant <= self._ends[now]:
            return instant
        wanted = self._elapsed(now, instant) + amount
        then = now + 1 if amount <= 0 else bisect_left(self._before, wanted) - 1
        if then >= len(self._opens):
            self._check(instant, self._last * DAY)
            raise Untimed(self._last + 1)
        found = self._opens[then] + wanted - self._before[then]
        self._check(instant, found)
        return found

    def between(self, start: int, end: int) -> int:
        """Working time from one instant to a later one. Raises Untimed."""
        self._check(start, end)
        opens = self._opens
        return self._elapsed(bisect_right(opens, end) - 1, end) - self._elapsed(bisect_right(opens, start) - 1, start)

    def _elapsed(self, session: int, instant: int) -> int:
        """Working time up to an instant at or after the opening of that session and before the next one."""
        if session < 0:
            return 0
        return self._before[session] + min(instant, self._ends[session]) - self._opens[session]

    def _check(self, start: int, end: int) -> None:
        if self._holes:
            hole = bisect_left(self._holes, start // DAY)
            if hole < len(self._holes) and self._holes[hole] <= end // DAY:
                raise Untimed(self._holes[hole])

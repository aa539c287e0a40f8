"""The procedure laboratory: a past period run again under another limit, other people, other steps or another mode.

What it assumes (docs/lab.md says more): people work as fast as they did; a shorter limit makes nobody faster; a step's
new hours stretch or shorten its stays alike; at the centre nothing lies only because it has to travel.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import NamedTuple

from motcua.ahead.axis import Axis
from motcua.ahead.history import History, Past
from motcua.ahead.simulation import NO_PEOPLE, Done, Job, Seen, Split, Visit, draw, simulate, take_apart
from motcua.base.times import day_of
from motcua.calendar.counting import stages
from motcua.calendar.limits import Limit
from motcua.calendar.working_days import HOUR, WorkingCalendar

LONGEST_WORK = 2  # hours at most that an officer is taken for one dossier at one step, unless somebody knows better
SEED = 20_211
# So many dossiers are run through in one question, so that it ends.
MOST_RUN = 30_000
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is to be otherwise; nothing named is as it was.

    people: step → people at each office that does it. hours: step → mean working hours of a stay. mode: four or five.
    """

    limit: Limit | None = None
    people: Mapping[int, int] = field(default_factory=dict)
    hours: Mapping[int, Fraction] = field(default_factory=dict)
    mode: str = ""


PRESENT = Scenario()


class Piece(NamedTuple):
    """A stay on the way of a dossier, taken apart; `step` 0: the clock stood still."""

    step: int
    office: int
    split: Split


class Way(NamedTuple):
    """A past dossier: the day it came (where that begins on the axis), and how far into it; days promised, days given since."""

    day: int
    within: int
    accepted: int
    office: int
    pieces: tuple[Piece, ...]
    promised: int | None
    given: int


@dataclass(frozen=True, slots=True)
class StepFigures:
    """Where dossiers were, on average hours of one stay: lying although somebody was free, queueing, worked on."""

    step: int
    people: int
    stays: int
    lag: float
    queue: float
    work: float

    @property
    def waits(self) -> float:
        """Everything but the work."""
        return self.lag + self.queue


@dataclass(frozen=True, slots=True)
class Run:
    """One run. `needed`: working days that each dossier took, without those that its clock stood still or was given more."""

    dossiers: int
    late: int
    needed: tuple[int, ...]
    steps: tuple[StepFigures, ...]

    @property
    def rate(self) -> float:
        """The share that came late."""
        return self.late / self.dossiers


class Laboratory:
    """A history made ready to be run again, any number of times. longest_work: hours."""

    def __init__(self, history: History, calendar: WorkingCalendar, longest_work: float = LONGEST_WORK) -> None:
        self.history = history
        self.calendar = calendar
        self.axis = Axis(history.period.first, calendar)
        self.people: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        self.ways = self._ways(int(longest_work * HOUR))
        self.pools = {pair: number for number, pair in enumerate(self._places())}
        self.means = self._means()
        self.groups: dict[int, list[int]] = defaultdict(list)
        for number, way in enumerate(self.ways):
            self.groups[way.office].append(number)

    # --- reading ----------------------------------------------------------------------------------------------------

    def _ways(self, longest_work: int) -> list[Way]:
        seen: dict[int, list[Seen]] = defaultdict(list)
        spans: dict[int, tuple[int, int]] = {}
        key = 0
        for past in self.history.dossiers:
            for stay in past.stays:
                begins, ends = self.axis.at(stay.entered_at), self.axis.at(stay.left_at)
                spans[key] = (begins, ends)
                if stay.runs and stay.officer and stay.step:
                    seen[stay.step].append(Seen(key, stay.officer, begins, ends))
                    self.people[stay.step][stay.office].add(stay.officer)
                key += 1
        split: dict[int, Split] = {}
        for stays in seen.values():
            split |= take_apart(stays, longest_work)
        ways, key = [], 0
        for past in self.history.dossiers:
            pieces = []
            for stay in past.stays:
                begins, ends = spans[key]
                step = stay.step if stay.runs else 0
                pieces.append(Piece(step, stay.office, split.get(key, Split(max(ends - begins, 0), 0, 0))))
                key += 1
            ways.append(self._way(past, tuple(pieces)))
        return ways

    def _way(self, past: Past, pieces: tuple[Piece, ...]) -> Way:
        accepted = day_of(past.accepted_at)
        promised, given = None, 0
        if past.promised is not None and past.due is not None:
            promised = self.axis.days(accepted, past.promised)
            given = self.axis.days(past.promised, past.due)
        number = self.axis.number(accepted)
        arrives = self.axis.at(past.accepted_at)
        day = self.axis.start(self.axis.number_at(arrives))
        return Way(day, arrives - day, number, past.office, pieces, promised, given)

    def _places(self) -> list[tuple[int, int]]:
        return sorted({(piece.step, piece.office) for way in self.ways for piece in way.pieces if piece.step})

    def _means(self) -> dict[int, Fraction]:
        """Mean hours of a stay at each step."""
        sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        for way in self.ways:
            for piece in way.pieces:
                if piece.step:
                    sums[piece.step][0] += sum((piece.split.lag, piece.split.queue, piece.split.work))
                    sums[piece.step][1] += 1
        return {step: Fraction(whole, many * HOUR) for step, (whole, many) in sums.items()}

    # --- running ----------------------------------------------------------------------------------------------------

    @property
    def runs(self) -> int:
        """How many drawn runs are within reach: between 3 and 20."""
        return max(3, min(20, MOST_RUN // (2 * len(self.ways))))

    def as_they_were(self, scenario: Scenario = PRESENT) -> Run:
        """Every dossier goes its own way again."""
        return self._run(scenario, range(len(self.ways)))

    def drawn(self, scenario: Scenario, seed: int) -> Run:
        """Every dossier comes on its day and goes the way of one drawn from its authority's, itself among them.

        It comes at the hour of that one: what was finished on the last day shall not slip into the next by an hour.
        """
        random = Random(seed)  # noqa: S311  nothing secret is drawn
        return self._run(scenario, draw(self.groups, [way.office for way in self.ways], random))

    def drawn_from(self, others: Laboratory, scenario: Scenario, seed: int) -> Run:
        """These dossiers go the ways of other ones, of the same authority where it has any; to test on what is new."""
        random = Random(seed)  # noqa: S311  nothing secret is drawn
        everyone = range(len(others.ways))
        ways = [others.ways[random.choice(others.groups.get(way.office) or everyone)] for way in self.ways]
        pools = {pair: number for number, pair in enumerate(sorted({*others.pools, *self.pools}))}
        return self._run(scenario, ways, pools, others)

    def _run(
        self,
        scenario: Scenario,
        chosen: Sequence[int] | Sequence[Way],
        pools: Mapping[tuple[int, int], int] | None = None,
        source: Laboratory | None = None,
    ) -> Run:
        source, pools = source or self, self.pools if pools is None else pools
        ways = [self.ways[one] if isinstance(one, int) else one for one in chosen]
        eased = source.eased(scenario)
        factors = {step: hours / source.means[step] for step, hours in scenario.hours.items() if step in source.means}
        jobs = [
            Job(mine.day + way.within, tuple(_visit(piece, pools, factors, eased) for piece in way.pieces))
            for mine, way in zip(self.ways, ways, strict=True)
        ]
        people = {
            number: scenario.people.get(step) or len(source.people[step].get(office, ())) or 1
            for (step, office), number in pools.items()
        }
        done = simulate(jobs, people)
        return self._judged(scenario, ways, jobs, done, people, pools)

    def eased(self, scenario: Scenario) -> frozenset[int]:
        """Steps whose dossiers no longer lie for want of somebody to carry them: the unit's, and with five the clerk's."""
        roles = {"": (), "four": ("receiver",), "five": ("receiver", "clerk")}[scenario.mode]
        return frozenset(step.seq for step in self.history.steps if step.role in roles)

    def _judged(
        self,
        scenario: Scenario,
        ways: Sequence[Way],
        jobs: Sequence[Job],
        done: Sequence[Done],
        people: Mapping[int, int],
        pools: Mapping[tuple[int, int], int],
    ) -> Run:
        late, needed = 0, []
        for past, mine, way, end in zip(self.history.dossiers, self.ways, ways, done, strict=True):
            took = self.axis.number_at(end.at) - mine.accepted - way.given
            needed.append(took)
            allowed = way.promised
            if scenario.limit is not None:
                last = stages(scenario.limit, past.accepted_at, self.calendar)
                allowed = self.axis.days(day_of(past.accepted_at), day_of(last[-1].end)) if last else None
            late += allowed is not None and took > allowed
        return Run(len(jobs), late, tuple(needed), _figures(ways, jobs, done, people, pools))


def _visit(
    piece: Piece, pools: Mapping[tuple[int, int], int], factors: Mapping[int, Fraction], eased: frozenset[int]
) -> Visit:
    lag, work = piece.split.lag, piece.split.work
    if not piece.step:
        return Visit(NO_PEOPLE, lag + piece.split.queue, 0)
    factor = factors.get(piece.step)
    if factor is not None:
        lag, work = int(lag * factor), int(work * factor)
    lag = 0 if piece.step in eased else lag
    if not (piece.split.queue or piece.split.work):  # it passed through at once, or nobody's act ended it
        return Visit(NO_PEOPLE, lag, 0)
    return Visit(pools[piece.step, piece.office], lag, work)


def _figures(
    ways: Sequence[Way],
    jobs: Sequence[Job],
    done: Sequence[Done],
    people: Mapping[int, int],
    pools: Mapping[tuple[int, int], int],
) -> tuple[StepFigures, ...]:
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for way, job, end in zip(ways, jobs, done, strict=True):
        for piece, visit, queued in zip(way.pieces, job.visits, end.queued, strict=True):
            if piece.step:
                row = sums[piece.step]
                row[0], row[1], row[2], row[3] = row[0] + 1, row[1] + visit.lag, row[2] + queued, row[3] + visit.work
    busy: dict[int, list[int]] = defaultdict(list)
    for (step, _office), number in pools.items():
        busy[step].append(people[number])
    return tuple(
        StepFigures(step, sum(busy[step]), row[0], *(part / row[0] / HOUR for part in row[1:]))
        for step, row in sorted(sums.items())
    )

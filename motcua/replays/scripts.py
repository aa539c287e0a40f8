"""One synthetic life per dossier: through which channel, to whom, on which days. The same plan gives the same lives.

Pure: calendar and procedures are arguments, chance comes from a seed in the plan's name.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, cycle, islice

from motcua.calendar.working_days import WorkingCalendar
from motcua.replays.plans import RESOLVED_FATES, VERTICAL, Fate, Plan

COUNTER, ONLINE, POST = 1, 2, 3
ASK_WITHIN_DAYS = 2


@dataclass(frozen=True, slots=True)
class Ware:
    """A published case with a certain limit in whole working days, and who resolves it here.

    fits_centre: of the province, and its process has what is done at the centre.
    """

    case_id: int
    office_key: str
    limit_days: int
    component_ids: tuple[int, ...]
    code: str = ""
    fits_centre: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """What happens to one dossier and when (days; the clock times are the player's)."""

    ref: str
    ware: Ware
    office_key: str
    channel: int
    fate: Fate
    accepted_on: date
    ended_on: date | None
    by_post: bool
    onsite: bool = False


class PlanDoesNotFit(ValueError):
    """The counts can't happen on this calendar with these limits."""


def write_scripts(
    plan: Plan,
    ref_prefix: str,
    calendar: WorkingCalendar,
    wares: dict[str, list[Ware]],
    onsite_wares: dict[str, list[Ware]] | None = None,
) -> list[Script]:
    """Every life of the plan, in the order of acceptance.

    wares: per office key, at least one with a limit of 3 to 10 working days; onsite_wares: of the list of the centre.
    Raises PlanDoesNotFit.
    """
    chance = random.Random(plan.name)  # noqa: S311 - reproducible, nothing secret
    days = _Days(plan, calendar)
    fates = list(chain.from_iterable([fate] * count for fate, count in plan.fates.items()))
    # Carried-over dossiers were accepted before the period: those resolved first have room for that.
    fates.sort(key=lambda fate: fate not in RESOLVED_FATES)
    carried, new = fates[: plan.carried], fates[plan.carried :]
    if len(fates) != plan.total or any(fate not in RESOLVED_FATES for fate in carried):
        raise PlanDoesNotFit(plan.name)
    chance.shuffle(new)
    channels = [COUNTER] * plan.counter + [ONLINE] * plan.online + [POST] * plan.post
    chance.shuffle(channels)
    at_centre, offices = _onsite(plan, new, list(_offices(plan, plan.new)))
    offices += _offices(plan, plan.carried)
    kept = sum(plan.fates.get(fate, 0) for fate in RESOLVED_FATES) - plan.returned_by_post
    posted = [True] * plan.returned_by_post + [False] * kept
    chance.shuffle(posted)
    turns = {(False, key): cycle(stock) for key, stock in wares.items()}
    turns |= {(True, key): cycle(stock) for key, stock in (onsite_wares or {}).items()}
    scripts = []
    for number, (fate, office_key) in enumerate(zip(chain(new, carried), offices, strict=True)):
        is_carried = number >= plan.new
        ware = next(turns[number in at_centre, office_key])
        accepted, ended = days.of(fate, ware.limit_days, is_carried, chance)
        scripts.append(
            Script(
                ref=f"{ref_prefix}:{number:06d}",
                ware=ware,
                office_key=office_key,
                channel=COUNTER if is_carried else channels[number],
                fate=fate,
                accepted_on=accepted,
                ended_on=ended,
                by_post=fate in RESOLVED_FATES and posted.pop(),
                onsite=number in at_centre,
            )
        )
    scripts.sort(key=lambda script: (script.accepted_on, script.ref))
    return scripts


def every_nth(scripts: Sequence[Script], scale: int, first: date) -> list[Script]:
    """One life in `scale`, spread evenly over fates, channels and offices; the rest may be played later."""
    kinds = sorted(
        scripts,
        key=lambda one: (
            one.accepted_on < first,
            one.onsite,
            one.fate,
            one.channel,
            one.office_key,
            one.by_post,
            one.ref,
        ),
    )
    return sorted(kinds[scale // 2 :: scale], key=lambda one: (one.accepted_on, one.ref))


def _offices(plan: Plan, count: int) -> Iterator[str]:
    """Office keys for `count` dossiers: new ones as printed, the rest to the others in turn."""
    named = list(chain.from_iterable([key] * many for key, many in plan.agencies.items()))
    if count != plan.new:
        pool = list(plan.agencies) + list(plan.others)
        return islice(cycle(pool), count)
    if len(named) > count:
        named = named[:count]
    rest = islice(cycle(plan.others), count - len(named))
    mixed = [*named, *rest]
    random.Random(f"{plan.name} offices").shuffle(mixed)  # noqa: S311 - reproducible, nothing secret
    return iter(mixed)


def _onsite(plan: Plan, fates: Sequence[Fate], offices: list[str]) -> tuple[set[int], list[str]]:
    """Which of the new dossiers are done wholly at the centre, and whose each is, as far as that was printed."""
    wanted = plan.onsite
    if wanted is None:
        return set(), offices
    groups: list[tuple[int, list[int]]] = []
    if wanted.by_fate:
        groups = [(count, [n for n, one in enumerate(fates) if one is fate]) for fate, count in wanted.by_fate.items()]
    else:
        of_others = [n for n, key in enumerate(offices) if key in VERTICAL]
        of_departments = [n for n, key in enumerate(offices) if key not in VERTICAL]
        groups = [(wanted.of_departments, of_departments), (wanted.of_others, of_others)]
    chosen = {n for count, numbers in groups for n in numbers[:count]}
    if len(chosen) != sum(count for count, _numbers in groups):
        raise PlanDoesNotFit(f"{plan.name}: tại chỗ")
    if wanted.by_fate:
        inside = iter([key for key in offices if key not in VERTICAL])
        outside = iter([key for key in offices if key in VERTICAL])
        offices = [next(inside if n in chosen else outside) for n in range(len(offices))]
    return chosen, offices


class _Days:
    """Working days around the period, and the days of a life for each fate."""

    def __init__(self, plan: Plan, calendar: WorkingCalendar) -> None:
        self.first, self.last = plan.first, plan.last
        start = plan.first - timedelta(days=45)
        length = (plan.last - start).days + 45
        every = (start + timedelta(days=offset) for offset in range(length))
        self.days: Sequence[date] = [day for day in every if calendar.is_working(day)]
        self.index = {day: position for position, day in enumerate(self.days)}
        inside = [position for position, day in enumerate(self.days) if plan.first <= day <= plan.last]
        self.low, self.high = inside[0], inside[-1]

    def of(self, fate: Fate, limit: int, carried: bool, chance: random.Random) -> tuple[date, date | None]:
        """Day of acceptance and day of the end (None while open), as working days that make the fate true."""
        accepted, ended = _PICKERS[fate](self, limit, carried, chance)
        return self.days[accepted], None if ended is None else self.days[ended]

    def on_time(self, limit: int, carried: bool, chance: random.Random) -> tuple[int, int]:
        """Ended on the promised day."""
        accepted = self._accepted(limit, limit, carried, chance)
        return accepted, accepted + limit

    def early(self, limit: int, carried: bool, chance: random.Random) -> tuple[int, int]:
        """Ended one day or more before the promised day, and at least one day after acceptance."""
        accepted = self._accepted(1, limit - 1, carried, chance)
        least = max(accepted + 1, self.low)
        most = min(accepted + limit - 1, self.high)
        return accepted, chance.randint(least, most)

    def late(self, limit: int, carried: bool, chance: random.Random) -> tuple[int, int]:
        """Ended one to five working days after the promised day."""
        accepted = self._accepted(limit + 1, limit + 1, carried, chance)
        most = min(accepted + limit + 5, self.high)
        return accepted, chance.randint(accepted + limit + 1, most)

    def supplement(self, limit: int, carried: bool, chance: random.Random) -> tuple[int, int]:
        """Asked within the days in which one may ask, and still waiting at the end of the period."""
        accepted = chance.randint(max(self.low, self.high - 15), self.high - ASK_WITHIN_DAYS)
        return accepted, accepted + ASK_WITHIN_DAYS

    def open_within(self, limit: int, carried: bool, chance: random.Random) -> tuple[int, None]:
        """Promised for a day after the period."""
        return chance.randint(max(self.low, self.high - limit + 1), self.high), None

    def open_late(self, limit: int, carried: bool, chance: random.Random) -> tuple[int, None]:
        """Promised for a day in the period, and not ended in it."""
        return chance.randint(self.low, self.high - limit - 1), None

    def _accepted(self, at_least: int, at_most: int, carried: bool, chance: random.Random) -> int:
        """A day of acceptance, so that something `at_least`…`at_most` working days later lies in the period."""
        if carried:
            return chance.randint(self.low - at_most, self.low - 1)
        return chance.randint(self.low, self.high - at_least)


_PICKERS = {
    Fate.ON_TIME: _Days.on_time,
    Fate.EARLY: _Days.early,
    Fate.LATE: _Days.late,
    Fate.WITHDRAWN: _Days.early,
    Fate.SUPPLEMENT: _Days.supplement,
    Fate.OPEN_WITHIN: _Days.open_within,
    Fate.OPEN_LATE: _Days.open_late,
}

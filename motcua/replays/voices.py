"""The votes of a published month, cast again by the link of the device at the counter, on the day of the hand-over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time

from motcua.base.times import at_time, day_of
from motcua.dossiers.models import Dossier
from motcua.ratings.casting import Opinion, cast
from motcua.ratings.kinds import Level, Place
from motcua.ratings.links import link_key
from motcua.ratings.models import Vote
from motcua.replays.plans import RESOLVED_FATES, Plan
from motcua.replays.scripts import Script

# Plan → votes by level, as printed.
VOTES: dict[str, dict[str, int]] = {
    "thai-binh-2021-11": {Level.VERY_SATISFIED: 409, Level.SATISFIED: 20, Level.NOT_SATISFIED: 0}
}
# How each printed measure is read off a report of votes.
READ = {
    "rate.total": "votes",
    "rate.very_satisfied": Level.VERY_SATISFIED.value,
    "rate.satisfied": Level.SATISFIED.value,
    "rate.unsatisfied": Level.NOT_SATISFIED.value,
}


def planned_votes(plan: Plan, scripts: Sequence[Script], scale: int) -> dict[str, int]:
    """How many votes of each level a replay of this size has; never more than dossiers that had a result."""
    resolved = sum(script.fate in RESOLVED_FATES for script in scripts)
    planned: dict[str, int] = {}
    for level, count in VOTES.get(plan.name, {}).items():
        planned[level] = min(round(count / scale), resolved - sum(planned.values()))
    return {**planned, "votes": sum(planned.values())}


def cast_votes(plan: Plan, scripts: Sequence[Script], scale: int) -> int:
    """Cast what is not cast yet, through the real act; how many votes that were."""
    wanted = planned_votes(plan, scripts, scale)
    refs = [script.ref for script in scripts if script.fate in RESOLVED_FATES]
    mine = Vote.objects.filter(dossier__origin_ref__in=refs, number=1)
    waiting = iter(
        Dossier.objects.filter(origin_ref__in=refs, returned_at__isnull=False, votes=None).order_by("origin_ref")
    )
    made = 0
    for level in VOTES.get(plan.name, {}):
        for _number in range(wanted[level] - mine.filter(level=level).count()):
            _cast(next(waiting), level)
            made += 1
    return made


def told(plan: Plan, figures: Mapping[str, int], measure: str) -> int | None:
    """Our figure for a printed measure; None where this publication says nothing of votes."""
    return figures[READ[measure]] if plan.name in VOTES and measure in READ else None


def _cast(dossier: Dossier, level: str) -> None:
    assert dossier.returned_at is not None
    key = link_key(dossier.submission_no, dossier.secret, Place.COUNTER)
    at = at_time(day_of(dossier.returned_at), time(16, 0))
    cast(dossier.submission_no, place=Place.COUNTER, key=key, opinion=Opinion(level), at=at)

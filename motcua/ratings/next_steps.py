"""The next step of many dossiers at once, with what only this room knows: whether their service was rated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from motcua.dossiers.next_step import OF_THE_OWNER, Facts, NextStep, facts_of, next_step, pressing
from motcua.ratings.models import Vote

# More than this a person does not read; the others stand in the list below with the same sentence.
PRESSING_MOST = 100


def next_steps(found: Sequence[Facts], at: datetime) -> dict[int, NextStep]:
    """The next step of each dossier by its number; one statement where any of them can be rated, else none."""
    ratable = [facts.pk for facts in found if facts.is_ratable]
    votes = Vote.objects.filter(dossier__in=ratable, number=1).values_list("dossier_id", flat=True)
    rated = set(votes) if ratable else set()
    return {facts.pk: next_step(facts, at, is_rated=facts.pk in rated) for facts in found}


def next_step_of(facts: Facts, at: datetime) -> NextStep:
    """The next step of one dossier."""
    return next_steps([facts], at)[facts.pk]


def steps_of(dossier_ids: Sequence[int], at: datetime) -> dict[int, tuple[Facts, NextStep]]:
    """Of these dossiers; at most two statements."""
    found = facts_of(dossier_ids)
    steps = next_steps(found, at)
    return {facts.pk: (facts, steps[facts.pk]) for facts in found}


def owners_steps(account_id: int, at: datetime) -> dict[int, tuple[Facts, NextStep]]:
    """What waits for this owner, by dossier, the nearest last day first; at most PRESSING_MOST. At most two statements."""
    found = pressing(account_id, PRESSING_MOST)
    steps = next_steps(found, at)
    theirs = [(facts, steps[facts.pk]) for facts in found if steps[facts.pk].is_owners]
    theirs.sort(key=lambda pair: _order(pair[1]))
    return {facts.pk: (facts, step) for facts, step in theirs}


def _order(step: NextStep) -> tuple[date, int]:
    return step.day or date.max, OF_THE_OWNER.index(step.need)

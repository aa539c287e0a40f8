"""The next step of many dossiers at once, with what only this room knows: whether their service was rated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from motcua.base.postgresql import prepared
from motcua.dossiers.next_step import OF_THE_OWNER, Facts, NextStep, facts_of, next_step, pressing

# More than this a person does not read; the others stand in the list below with the same sentence.
PRESSING_MOST = 50
_RATED = "select dossier_id from ratings_vote where dossier_id = any(%s::bigint[]) and number = 1"
Known = dict[int, tuple[Facts, NextStep]]


def next_steps(found: Sequence[Facts], at: datetime) -> dict[int, NextStep]:
    """The next step of each dossier by its number; one statement where any of them can be rated, else none."""
    ratable = [facts.pk for facts in found if facts.is_ratable]
    rated = {pk for (pk,) in prepared(_RATED, [ratable])} if ratable else set()
    return {facts.pk: next_step(facts, at, is_rated=facts.pk in rated) for facts in found}


def next_step_of(facts: Facts, at: datetime) -> NextStep:
    """The next step of one dossier."""
    return next_steps([facts], at)[facts.pk]


def steps_of(dossier_ids: Sequence[int], at: datetime) -> Known:
    """Of these dossiers; at most two statements, none for none."""
    found = facts_of(dossier_ids) if dossier_ids else []
    steps = next_steps(found, at)
    return {facts.pk: (facts, steps[facts.pk]) for facts in found}


def owners_steps(account_id: int, at: datetime) -> Known:
    """What waits for this owner, by dossier, the nearest last day first; at most PRESSING_MOST. At most two statements."""
    found = pressing(account_id, PRESSING_MOST)
    steps = next_steps(found, at)
    return waiting_of({facts.pk: (facts, steps[facts.pk]) for facts in found})


def waiting_of(known: Mapping[int, tuple[Facts, NextStep]]) -> Known:
    """Of these dossiers those that wait for their owner, the nearest last day first."""
    theirs = [(pk, one) for pk, one in known.items() if one[1].is_owners]
    return dict(sorted(theirs, key=lambda row: _order(row[1][1])))


def _order(step: NextStep) -> tuple[date, int]:
    return step.day or date.max, OF_THE_OWNER.index(step.need)

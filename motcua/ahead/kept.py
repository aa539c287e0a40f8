"""Reading what is kept of past cases (`keeping.py`): for one dossier in one statement, and whole for the leaders' list."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db import connection

from motcua.ahead.likelihood import Count, Experience
from motcua.ahead.models import KeptGroup, KeptPast
from motcua.ahead.pace import ALL_OFFICES, Span
from motcua.ahead.past import MEANING, working_days
from motcua.base.postgresql import prepared
from motcua.base.times import day_of

# An older count is not used: a daily task that fails for a week has to be seen, not covered up.
OLDEST = timedelta(days=7)
_FOR_ONE = f"""
SELECT k.day,
    (SELECT json_object_agg(g.name, json_build_array(g.cases, g.late))::text
     FROM ahead_keptgroup g WHERE g.past_id = k.id AND g.name = ANY(%(groups)s::text[])),
    (SELECT json_object_agg(p.office, p.spans)::text FROM ahead_keptpace p
     WHERE p.past_id = k.id AND p.procedure = d.procedure_id AND p.step = d.step
        AND p.office IN ({ALL_OFFICES}, d.competent_office_id)),
    d.competent_office_id, o.schedule, coalesce((SELECT max(id) FROM calendar_edition), 0),
    (SELECT json_agg(json_build_array(s.step, s.stands_still, s.entered_at, s.left_at) ORDER BY s.seq)::text
     FROM dossiers_stay s WHERE s.dossier_id = d.id)
FROM ahead_keptpast k, dossiers_dossier d JOIN offices_office o ON o.id = d.competent_office_id
WHERE d.id = %(dossier)s AND k.meaning = %(meaning)s AND k.day BETWEEN %(oldest)s AND %(today)s
"""  # noqa: S608 - only our own fragments are put together


@dataclass(frozen=True, slots=True)
class StayThere:
    """A stay of the dossier that is asked about."""

    step: int | None
    stands_still: bool
    entered_at: datetime
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptForOne:
    """What is kept about cases like one dossier, from before `day`; its own stays, oldest first, and its office's calendar in
    the edition that holds.

    `here`: spans of its step at its authority, empty where these are too few; `everywhere`: at all authorities.
    """

    day: date
    experience: Experience
    here: list[Span]
    everywhere: list[Span]
    schedule: str
    edition: int
    stays: list[StayThere]


def kept_for(dossier_id: int, groups: Sequence[str], at: datetime) -> KeptForOne | None:
    """What is kept about one dossier and the groups that it belongs to; None where nothing is, or not lately."""
    today = day_of(at)
    values = {"meaning": MEANING, "today": today, "oldest": today - OLDEST}
    row = prepared(_FOR_ONE, {**values, "dossier": dossier_id, "groups": list(groups)}).fetchone()
    if row is None:
        return None
    day, known, paces, office, schedule, edition, stays = row
    found = {name: Count(*counts) for name, counts in json.loads(known or "{}").items()}
    spans = {int(of): rows for of, rows in json.loads(paces or "{}").items()}
    return KeptForOne(
        day,
        Experience.of_groups(found),
        spans.get(office, []),
        spans.get(ALL_OFFICES, []),
        schedule,
        edition,
        stays_read(stays),
    )


def stays_read(rows: str | None) -> list[StayThere]:
    """Stays as the database writes them: [[step, stands still, entered, left], …]; none for nothing."""
    return [_stay(*one) for one in json.loads(rows or "[]")]


def _stay(step: int | None, stands_still: bool, entered_at: str, left_at: str | None) -> StayThere:
    left = None if left_at is None else datetime.fromisoformat(left_at)
    return StayThere(step, stands_still, datetime.fromisoformat(entered_at), left)


def kept_experience(at: datetime) -> Experience | None:
    """All that is kept for the leaders' list; None where nothing is, or not lately. One statement, two when it is new."""
    today = day_of(at)
    found = KeptPast.objects.filter(meaning=MEANING, day__lte=today, day__gte=today - OLDEST)
    past = found.values_list("pk", "made_at").first()
    return None if past is None else _remembered(*past, connection.settings_dict["NAME"])


@lru_cache(maxsize=2)
def _remembered(past: int, _made_at: datetime, _database: str) -> Experience:
    rows = KeptGroup.objects.filter(past_id=past).values_list("name", "cases", "late")
    return Experience.of_groups({name: Count(cases, late) for name, cases, late in rows})


def forget_kept() -> None:
    """Nothing is remembered any more; for tests, whose rows are rolled back."""
    _remembered.cache_clear()
    working_days.cache_clear()

"""Petitions that must be answered soon, and those that are late: who is reminded, each once of each last day.

On the working day before the last one whoever owns it (nobody yet: who leads its office); once it is over the leaders too;
after as many working days as for dossiers, or where the office has nobody else, the overseers. Whoever a petition is about,
and whoever sent it, is never told of it. Law: ND20-2008 9; ND61-2018 5
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from motcua.base.times import day_of
from motcua.law.store import current_revision, regime_on
from motcua.notices.kinds import Kind
from motcua.notices.outbox import LEAVES_WITHIN
from motcua.notices.telling import Tell, tell
from motcua.operations.days import working_days_ago, working_days_ahead
from motcua.petitions.permissions import IN_CHARGE
from motcua.petitions.table import OPEN

OWNER, LEADER, OVERSEER = 1, 2, 3
# Everybody who may be told, with what they are to the petition. What waits for the person has no last day.
_WATCHED = """
SELECT p.id, p.code, p.due_on, o.name, who.part, a.id, a.email, a.language
FROM petitions_petition p JOIN offices_office o ON o.id = p.owner_office_id
CROSS JOIN LATERAL (
    SELECT 1 AS part, p.owner_id AS account_id WHERE p.owner_id IS NOT NULL
    UNION SELECT CASE x.role WHEN 'overseer' THEN 3 ELSE 2 END, x.account_id
    FROM offices_posting x JOIN offices_office at ON at.id = x.office_id
    WHERE x.valid_from <= %(day)s AND (x.valid_to IS NULL OR x.valid_to > %(day)s) AND x.reserve_for_id IS NULL
        AND (x.office_id = p.owner_office_id AND x.role = ANY(%(leading)s) OR x.role = 'overseer' AND at.kind = 'province')
) who JOIN people_account a ON a.id = who.account_id AND a.is_active
WHERE p.state = ANY(%(open)s) AND p.due_on <= %(soon)s AND NOT a.id = ANY(p.concerned) AND a.id IS DISTINCT FROM p.account_id
ORDER BY p.id, who.part, a.id
"""


@dataclass(frozen=True, slots=True)
class _Watched:
    """One petition and one person who may be told of it."""

    petition_id: int
    code: str
    due_on: date
    office: str
    part: int
    account_id: int
    email: str
    language: str


@transaction.atomic
def watch_petitions(at: datetime) -> int:
    """Remind of what is due on the next working day or late; how many notices are new. Raises CalendarGap."""
    today = day_of(at)
    current_revision()
    soon, long = working_days_ahead(today, 1), working_days_ago(today, regime_on(today).escalate_late_days + 1)
    values: dict[str, Any] = {
        "day": today,
        "soon": soon,
        "open": [state.value for state in OPEN],
        "leading": list(IN_CHARGE),
    }
    found: dict[int, list[_Watched]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_WATCHED, values)
        for row in cursor.fetchall():
            one = _Watched(*row)
            found[one.petition_id].append(one)
    return tell([_telling(one, today, at) for rows in found.values() for one in _those_told(rows, today, long)], at)


def _those_told(rows: Sequence[_Watched], today: date, long: date) -> list[_Watched]:
    """Of everybody who may be told of a petition, who is told today."""
    by_part: dict[int, list[_Watched]] = defaultdict(list)
    for one in rows:
        by_part[one.part].append(one)
    due_on = rows[0].due_on
    told = by_part[OWNER] or by_part[LEADER]
    if due_on < today:
        told = by_part[OWNER] + by_part[LEADER]
    if due_on <= long or not told:
        told = told + by_part[OVERSEER]
    return list({one.account_id: one for one in told}.values())


def _telling(one: _Watched, today: date, at: datetime) -> Tell:
    is_late = one.due_on < today
    return Tell(
        key=f"{one.code}-{'late' if is_late else 'due'}-{one.due_on.isoformat()}-{one.account_id}",
        kind=Kind.PETITION_LATE if is_late else Kind.PETITION_DUE,
        dossier_id=None,
        account_id=one.account_id,
        facts={"codes": one.code, "office": one.office, "last_day": one.due_on.isoformat()},
        email=one.email,
        language=one.language,
        leaves=one.due_on >= today - LEAVES_WITHIN,
    )

"""Saying sorry when a promised day went by: the program does it, once of each promised day, and tells the applicant.

A leader's letter (form 04) is signed before the promised day and appoints a new one; this is neither, and no report counts it
as one. While the clock of the office stands still nobody is late, and nothing is said. Law: ND61-2018 19(9)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from motcua.base.times import day_of, end_of, start_of
from motcua.dossiers.kinds import Origin
from motcua.notices.kinds import TOLD_ORIGINS, Kind
from motcua.notices.outbox import LEAVES_WITHIN
from motcua.notices.telling import Tell, tell
from motcua.operations.sets import LATE, OPEN
from motcua.reports.models import LateCause

BATCH = 1000
_DUE_ON = "(d.due_at AT TIME ZONE INTERVAL '7 hours')::date"
_SAY = f"""
WITH late AS (
    SELECT d.id, {_DUE_ON} AS due_on, d.competent_office_id FROM dossiers_dossier d
    WHERE {OPEN} AND {LATE} AND NOT d.stands_still AND d.origin = ANY(%(origins)s) AND NOT EXISTS (
        SELECT FROM operations_apology a WHERE a.dossier_id = d.id AND a.due_on = {_DUE_ON}
    )
    ORDER BY d.due_at DESC, d.id LIMIT %(most)s
), said AS (
    INSERT INTO operations_apology (dossier_id, due_on, office_id, made_at)
    SELECT id, due_on, competent_office_id, %(at)s FROM late
    ON CONFLICT (dossier_id, due_on) DO NOTHING RETURNING dossier_id, due_on, office_id
)
SELECT d.id, coalesce(d.code, d.submission_no), d.submission_no, said.due_on, d.due_at, d.origin, o.name, a.id,
    coalesce(nullif(a.email, ''), d.owner_email, ''),
    coalesce(nullif(a.phone, ''), nullif(d.owner_phone, ''), d.submitter_phone), coalesce(a.language, 'vi')
FROM said JOIN dossiers_dossier d ON d.id = said.dossier_id JOIN offices_office o ON o.id = said.office_id
LEFT JOIN people_account a ON a.id = d.owner_account_id AND a.is_active
ORDER BY d.id
"""  # noqa: S608 - only our own fragments are put together
_SAID = """
SELECT a.due_on, o.name, a.made_at, (
    SELECT c.cause FROM reports_latecause c WHERE c.dossier_id = a.dossier_id ORDER BY c.number DESC LIMIT 1
) FROM operations_apology a JOIN offices_office o ON o.id = a.office_id
WHERE a.dossier_id = %s ORDER BY a.due_on DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class SaidSorry:
    """Who said sorry for which promised day, and when. `why`: the cause as its agency named it; empty: it has not."""

    due_on: date
    office: str
    made_at: datetime
    why: str


def apologise(at: datetime) -> int:
    """Say sorry for every dossier that is newly past its promised day; for how many. A second run adds nothing.

    In batches, each a transaction of its own with its notices, the latest promised days first. Who has been waiting for more
    than a week when this is first done (a product that begins with old dossiers, a worker that stood still) reads it in the
    portal and on the dossier's page alone: no telephone rings for a promise that was broken long ago.
    """
    total = 0
    while said := _say(at):
        total += said
    return total


@transaction.atomic
def _say(at: datetime) -> int:
    today = day_of(at)
    values: dict[str, Any] = {
        "at": at,
        "today": start_of(today),
        "tomorrow": end_of(today),
        "origins": [origin.value for origin in TOLD_ORIGINS],
        "most": BATCH,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SAY, values)
        rows = cursor.fetchall()
    tell([_telling(row, at) for row in rows], at)
    return len(rows)


def _telling(row: tuple[Any, ...], at: datetime) -> Tell:
    dossier_id, code, submission_no, due_on, due_at, origin, office, account_id, email, phone, language = row
    return Tell(
        key=f"{submission_no}-late-{due_on.isoformat()}",
        kind=Kind.LATE,
        dossier_id=dossier_id,
        account_id=account_id,
        facts={"code": code, "office": office, "submission_no": submission_no, "due": due_at.isoformat()},
        email=email,
        phone=phone,
        language=language,
        leaves=origin == Origin.LIVE and due_at > at - LEAVES_WITHIN,
    )


def said_sorry(dossier_id: int) -> SaidSorry | None:
    """The last apology for a dossier, for whoever follows it; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_SAID, [dossier_id])
        row = cursor.fetchone()
    if row is None:
        return None
    return SaidSorry(row[0], row[1], row[2], str(LateCause.Cause(row[3]).label) if row[3] else "")

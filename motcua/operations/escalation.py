"""Reminders that the program sends: to the holder before the promise, to the unit's head after it, then to the overseer.

Each rung is told once of each promised day: a second run, on the same day or later, or at the same time, adds nothing.
A promise that was moved is a new one. Law: ND61-2018 8
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from motcua.base.times import day_of, end_of, start_of
from motcua.dossiers.states import IN_HAND
from motcua.law.store import current_revision, regime_on
from motcua.offices.actors import SYSTEM
from motcua.operations.days import working_days_ago, working_days_ahead
from motcua.operations.models import Addressee, Reason
from motcua.operations.sets import OPEN, states

_DUE_ON = "(d.due_at AT TIME ZONE INTERVAL '7 hours')::date"
_RUNGS = f"""
SELECT rung.reason, d.id AS dossier_id, rung.office_id, rung.addressee, rung.holder_id, {_DUE_ON} AS due_on, rung.is_late,
    row_number() OVER within AS place, count(*) OVER (PARTITION BY rung.reason, rung.office_id) AS many
FROM dossiers_dossier d CROSS JOIN LATERAL (VALUES
    ('{Reason.DUE_SOON.value}', d.at_office_id,
        CASE WHEN d.holder_id IS NULL THEN '{Addressee.LEADERS.value}' ELSE '{Addressee.HOLDER.value}' END, d.holder_id,
        d.due_at >= %(today)s AND d.due_at < %(soon)s, false),
    ('{Reason.LATE.value}', d.receiving_office_id, '{Addressee.UNIT_HEAD.value}', NULL, d.due_at < %(today)s, true),
    ('{Reason.LONG_LATE.value}', d.competent_office_id, '{Addressee.OVERSEER.value}', NULL, d.due_at < %(long)s, true)
) rung (reason, office_id, addressee, holder_id, holds, is_late)
WHERE {OPEN} AND d.state IN ({states(*IN_HAND)}) AND NOT d.stands_still AND d.due_at < %(soon)s AND rung.holds
    AND NOT EXISTS (
        SELECT FROM operations_reminder r WHERE r.dossier_id = d.id AND r.reason = rung.reason AND r.due_on = {_DUE_ON}
    )
WINDOW within AS (PARTITION BY rung.reason, rung.office_id ORDER BY d.due_at, d.id)
"""  # noqa: S608 - only our own fragments are put together
# Of what is late an office is told so many a day and rung, those of an earlier run of the day among them; the day before
# a promise everybody is told.
_WRITE = f"""
WITH rungs AS ({_RUNGS}), told AS (
    SELECT office_id, reason, count(*) AS many FROM operations_reminder
    WHERE sent_at >= %(today)s AND sent_at < %(tomorrow)s AND sent_by_id IS NULL GROUP BY 1, 2
), chosen AS (
    SELECT rungs.*, greatest(%(most)s - coalesce(told.many, 0), 0) AS room FROM rungs
    LEFT JOIN told ON told.office_id = rungs.office_id AND told.reason = rungs.reason
), written AS (
    INSERT INTO operations_reminder (reason, dossier_id, late, office_id, addressee, holder_id, words, due_on, answer_by,
        sent_by_id, sent_by_name, sent_at, waiting)
    SELECT reason, dossier_id, '{{}}', office_id, addressee, holder_id, '', due_on, NULL, NULL, %(name)s, %(at)s,
        CASE WHEN is_late THEN greatest(many - room, 0) ELSE 0 END
    FROM chosen WHERE NOT is_late OR place <= room
    ON CONFLICT DO NOTHING RETURNING reason
)
SELECT reason, count(*), false FROM written GROUP BY 1
UNION ALL SELECT reason, count(*), true FROM chosen WHERE is_late AND place > room GROUP BY 1
"""  # noqa: S608 - only our own fragments are put together


@dataclass(frozen=True, slots=True)
class Sent:
    """How many reminders of a reason were sent, and how many wait for the next day."""

    now: int = 0
    waiting: int = 0


@transaction.atomic
def remind(at: datetime) -> dict[str, Sent]:
    """Send what is to be sent on this day, by reason.

    How early, how late and how many comes from the regime of the day (`alert_last_days`, `escalate_late_days`, working
    days; `late_reminders_most` for each office and rung, the most overdue first). Raises CalendarGap where the calendar
    does not reach.
    """
    today = day_of(at)
    current_revision()  # a look at the regimes as they are now
    facts = regime_on(today)
    values: dict[str, Any] = {
        "at": at,
        "name": SYSTEM.full_name,
        "today": start_of(today),
        "tomorrow": end_of(today),
        "soon": end_of(working_days_ahead(today, facts.alert_last_days)),
        "long": end_of(working_days_ago(today, facts.escalate_late_days + 1)),
        "most": facts.late_reminders_most,
    }
    counted: dict[tuple[str, bool], int] = {}
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, values)
        for reason, many, waits in cursor.fetchall():
            counted[reason, waits] = many
    return {
        reason.value: Sent(counted.get((reason.value, False), 0), counted.get((reason.value, True), 0))
        for reason in (Reason.DUE_SOON, Reason.LATE, Reason.LONG_LATE)
    }

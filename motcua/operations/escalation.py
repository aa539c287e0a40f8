"""Reminders that the program sends: to the holder before the promise, to the unit's head after it, then to the overseer.

Each rung is told once of each promised day: a second run, on the same day or later, or at the same time, adds nothing.
A promise that was moved is a new one. Law: ND61-2018 8
"""

from __future__ import annotations

from collections import Counter
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
_WRITE = f"""
INSERT INTO operations_reminder
    (reason, dossier_id, late, office_id, addressee, holder_id, words, due_on, answer_by, sent_by_id, sent_by_name, sent_at)
SELECT rung.reason, d.id, '{{}}', rung.office_id, rung.addressee, rung.holder_id, '', {_DUE_ON}, NULL, NULL,
    %(name)s, %(at)s
FROM dossiers_dossier d CROSS JOIN LATERAL (VALUES
    ('{Reason.DUE_SOON.value}', d.at_office_id,
        CASE WHEN d.holder_id IS NULL THEN '{Addressee.LEADERS.value}' ELSE '{Addressee.HOLDER.value}' END, d.holder_id,
        d.due_at >= %(today)s AND d.due_at < %(soon)s),
    ('{Reason.LATE.value}', d.receiving_office_id, '{Addressee.UNIT_HEAD.value}', NULL, d.due_at < %(today)s),
    ('{Reason.LONG_LATE.value}', d.competent_office_id, '{Addressee.OVERSEER.value}', NULL, d.due_at < %(long)s)
) rung (reason, office_id, addressee, holder_id, holds)
WHERE {OPEN} AND d.state IN ({states(*IN_HAND)}) AND NOT d.stands_still AND d.due_at < %(soon)s AND rung.holds
    AND NOT EXISTS (
        SELECT FROM operations_reminder r WHERE r.dossier_id = d.id AND r.reason = rung.reason AND r.due_on = {_DUE_ON}
    )
ON CONFLICT DO NOTHING RETURNING reason
"""  # noqa: S608 - only our own fragments are put together


@transaction.atomic
def remind(at: datetime) -> dict[str, int]:
    """Send what is to be sent on this day; how many by reason.

    How early and how late comes from the regime of the day (`alert_last_days`, `escalate_late_days`, working days).
    Raises CalendarGap where the calendar does not reach.
    """
    today = day_of(at)
    current_revision()  # a look at the regimes as they are now
    facts = regime_on(today)
    values: dict[str, Any] = {
        "at": at,
        "name": SYSTEM.full_name,
        "today": start_of(today),
        "soon": end_of(working_days_ahead(today, facts.alert_last_days)),
        "long": end_of(working_days_ago(today, facts.escalate_late_days + 1)),
    }
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, values)
        sent = Counter(row[0] for row in cursor.fetchall())
    return {reason.value: sent[reason.value] for reason in (Reason.DUE_SOON, Reason.LATE, Reason.LONG_LATE)}

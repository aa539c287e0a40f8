"""From what was done to petitions to notices for whoever sent them, as `outbox` does it for dossiers.

There are few, so no horizon is kept: what has no notice yet is told. Who only voted sent no petition, and has no code of one.
Law: ND20-2008 9
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from motcua.dossiers.kinds import Origin
from motcua.notices.kinds import OF_PETITION, TOLD_ORIGINS
from motcua.notices.outbox import BATCH, LEAVES_WITHIN
from motcua.notices.telling import Tell, tell
from motcua.petitions.table import PetitionAct, Way

# What is older than this when the worker comes to it is told to nobody: a database from before has told its people otherwise.
LOOKS_BACK = timedelta(days=30)
_EVENTS = """
SELECT p.id, p.code, e.seq, e.act, e.at, e.due_on, o.name, d.origin, a.id, coalesce(nullif(p.person_email, ''), a.email, ''),
    coalesce(nullif(p.person_phone, ''), a.phone, ''), coalesce(a.language, 'vi')
FROM petitions_petitionevent e JOIN petitions_petition p ON p.id = e.petition_id
JOIN offices_office o ON o.id = e.owner_office_id
LEFT JOIN dossiers_dossier d ON d.id = p.dossier_id
LEFT JOIN people_account a ON a.id = p.account_id AND a.is_active
WHERE e.at > %s AND e.act = ANY(%s) AND p.way <> %s AND (d.id IS NULL OR d.origin = ANY(%s))
    AND NOT EXISTS (SELECT FROM notices_notice n WHERE n.key = p.code || '-' || e.seq)
ORDER BY e.id LIMIT %s
"""


@transaction.atomic
def take_petitions(at: datetime) -> int:
    """Make notices of what was done to petitions, at most `BATCH`; how many. Of two workers each adds what is not there."""
    acts, origins = [act.value for act in OF_PETITION], [origin.value for origin in TOLD_ORIGINS]
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS, [at - LOOKS_BACK, acts, Way.VOTE.value, origins, BATCH])
        rows = cursor.fetchall()
    tell(list(_telling(rows, at)), at)
    return len(rows)


def _telling(rows: Iterable[tuple[Any, ...]], at: datetime) -> Iterable[Tell]:
    for petition_id, code, seq, act, when, due_on, office, origin, account_id, email, phone, language in rows:
        facts = {"code": code, "office": office}
        if act == PetitionAct.RECEIVE and due_on:
            facts["last_day"] = due_on.isoformat()
        yield Tell(
            key=f"{code}-{seq}",
            kind=OF_PETITION[PetitionAct(act)],
            dossier_id=None,
            petition_id=petition_id,
            account_id=account_id,
            facts=facts,
            email=email,
            phone=phone,
            language=language,
            leaves=origin in (None, Origin.LIVE) and when > at - LEAVES_WITHIN,
        )

"""What is done to petitions, told to the province's own system of petitions while the way to it is open (`pakn`).

The same outbox as for people: a lease, one message with a key, waits that grow, a list of what failed. What officers note among
themselves is not told; a question is no petition, and a complaint has a law of its own. Law: ND20-2008 9
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from motcua.dossiers.kinds import Origin
from motcua.notices.choosing import setting_of
from motcua.notices.kinds import Kind, Way
from motcua.notices.outbox import BATCH
from motcua.notices.petition_outbox import LOOKS_BACK
from motcua.notices.telling import Tell, tell
from motcua.petitions.models import PetitionEvent
from motcua.petitions.table import PETITIONS, PetitionAct

TOLD = (
    PetitionAct.RECEIVE,
    PetitionAct.ASK_MORE,
    PetitionAct.GIVE_MORE,
    PetitionAct.REFUSE,
    PetitionAct.MOVE,
    PetitionAct.PASS_ON,
    PetitionAct.ANSWER,
    PetitionAct.PUBLISH,
    PetitionAct.REOPEN,
)
_EVENTS = """
SELECT p.id, p.code, e.seq FROM petitions_petitionevent e JOIN petitions_petition p ON p.id = e.petition_id
LEFT JOIN dossiers_dossier d ON d.id = p.dossier_id
WHERE e.at >= %s AND e.act = ANY(%s) AND e.kind = ANY(%s) AND (d.id IS NULL OR d.origin = %s)
    AND NOT EXISTS (SELECT FROM notices_notice n WHERE n.key = p.code || '-' || e.seq || '-out')
ORDER BY e.id LIMIT %s
"""


@transaction.atomic
def take_forwarding(at: datetime) -> int:
    """Line up what the province's system is to hear, at most `BATCH` events; how many. None while the way is shut.

    From the instant on from which the way is open; what is older than `LOOKS_BACK` is not told any more.
    """
    setting = setting_of(Way.PAKN, at)
    if setting is None:
        return 0
    acts, kinds = [act.value for act in TOLD], [kind.value for kind in PETITIONS]
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS, [max(setting.valid_from, at - LOOKS_BACK), acts, kinds, Origin.LIVE.value, BATCH])
        rows = cursor.fetchall()
    tell([_telling(*row) for row in rows], at)
    return len(rows)


def _telling(petition_id: int, code: str, seq: int) -> Tell:
    return Tell(
        key=f"{code}-{seq}-out",
        kind=Kind.PETITION_OUT,
        dossier_id=None,
        petition_id=petition_id,
        account_id=None,
        facts={"code": code, "seq": seq},
        system=Way.PAKN.value,
    )


def payload_of(facts: dict[str, Any]) -> str:
    """What the system is told of one event, as JSON; who sent the petition and what they said only with the first."""
    rows = PetitionEvent.objects.select_related("petition__about_office", "petition__dossier", "owner_office")
    event = rows.get(petition__code=facts["code"], seq=facts["seq"])
    petition = event.petition
    told: dict[str, Any] = {
        "code": petition.code,
        "seq": event.seq,
        "act": event.act,
        "at": event.at.isoformat(),
        "kind": event.kind,
        "state": event.state,
        "office": {"code": event.owner_office.code, "name": event.owner_office.name},
        "answer_by": event.due_on.isoformat() if event.due_on else None,
        "text": event.text,
        "question": event.data.get("question", ""),
        "agency": event.data.get("agency", ""),
    }
    if event.act == PetitionAct.RECEIVE:
        about = petition.about_office
        told |= {
            "content": petition.content,
            "topic": event.data.get("topic", ""),
            "about_office": {"code": about.code, "name": about.name},
            "about_person": petition.about_person,
            "dossier": str(petition.dossier) if petition.dossier else "",
            "person": {
                "name": petition.person_name,
                "phone": petition.person_phone,
                "email": petition.person_email,
                "address": petition.person_address,
            },
        }
    return json.dumps(told, ensure_ascii=False)

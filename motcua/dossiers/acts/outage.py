"""The agency's system was out of order: the time is not charged to the applicant."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from motcua.base.errors import Refused
from motcua.dossiers.clock_events import Cause
from motcua.dossiers.journal import Key, performing
from motcua.dossiers.models import Dossier, Outage
from motcua.dossiers.parts import ledgers_under_way
from motcua.dossiers.pauses import allowance, stands_still
from motcua.dossiers.rulebook import clock_events_of
from motcua.dossiers.states import Act
from motcua.offices.actors import Actor


def allow_for_outage(
    dossier_id: Key, *, outage_id: int, actor: Actor, at: datetime, seen: int | None = None
) -> Dossier:
    """Give back what an approved outage took of the limit, and of the limits of parts under way; once for each outage.

    Raises Refused (`no_allowance`) where it was given, where the regime charges outages, or where no day moves.
    """
    with performing(Act.ALLOW_FOR_OUTAGE, dossier_id, actor=actor, at=at, seen=seen) as performance:
        performance.to(performance.from_state)
        dossier = performance.dossier
        outage = Outage.objects.get(pk=outage_id, approved=True)
        was_given = dossier.events.filter(act=Act.ALLOW_FOR_OUTAGE, data__outage=outage.pk).exists()
        given = None
        if not was_given and stands_still(Cause.OUTAGE, performance.regime):
            past = clock_events_of(dossier)
            ledgers = [past] if dossier.due_at else []
            if dossier.joint_offices is not None:
                ledgers += ledgers_under_way(dossier.pk, past)
            given = allowance(ledgers, outage.began_at, outage.ended_at, performance.calendar)
        if given is None:
            raise Refused(_("Thời hạn của hồ sơ này không bị ảnh hưởng bởi lần gián đoạn này."), code="no_allowance")
        Outage.objects.filter(pk=outage.pk).update(moved=F("moved") + 1)
        performance.clock(given)
        performance.say(
            outage=outage.pk,
            began_at=outage.began_at.isoformat(),
            ended_at=outage.ended_at.isoformat(),
            document=outage.document,
        )
    return dossier

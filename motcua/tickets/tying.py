"""Which dossiers came in while a number was served: noted by the counter that served it, for ever."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere, Refused
from motcua.base.times import day_of
from motcua.dossiers.models import Dossier
from motcua.offices.actors import Actor
from motcua.tickets.kinds import State
from motcua.tickets.models import Ticket, TicketDossier

SERVED = (State.CALLED, State.SERVING, State.HELD, State.FINISHED)


def tie(ticket_id: int, dossier_id: int, *, actor: Actor, at: datetime) -> TicketDossier:
    """Note that a dossier came in with a number that this very officer serves or served today.

    Tied twice to the same number it stays as it was. Raises NotThere for another's number or a dossier that is not of the
    same unit, Refused where it came in with another number.
    """
    with transaction.atomic():
        ticket = Ticket.objects.filter(
            pk=ticket_id, officer=actor.account_id or 0, day=day_of(at), state__in=SERVED
        ).first()
        dossier = Dossier.objects.filter(pk=dossier_id).only("receiving_office_id").first()
        if ticket is None or dossier is None or dossier.receiving_office_id != ticket.office_id:
            raise NotThere(_("Không có số này hôm nay ở đây."))
        tied, is_new = TicketDossier.objects.get_or_create(
            dossier=dossier, defaults={"ticket": ticket, "account_id": actor.account_id or 0, "at": at}
        )
        if not is_new and tied.ticket_id != ticket.pk:
            raise Refused(_("Hồ sơ này đã được ghi cùng một số khác."), code="tied")
        return tied

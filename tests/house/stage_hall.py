"""The hall of the centre as the stage has it: Minh sits at a counter, a number waits."""

from __future__ import annotations

from typing import Any

from motcua.tickets.models import Ticket
from motcua.tickets.seats import sit
from motcua.tickets.tests.halls import hall
from tests.world import World, moment


def hall_values(world: World, now: str) -> dict[str, Any]:
    """What addresses say of the hall."""
    centre, at = hall(world.cast), moment(now)
    sit(centre.one.pk, actor=world.actor("minh"), at=at)
    ticket = Ticket.objects.first() or centre.draw(at)
    return {"ticket_key": ticket.key, "doing": "goi"}

"""The number that is served while a dossier is taken in: the page carries it, and the two are tied."""

from __future__ import annotations

from django.contrib import messages
from django.utils.translation import gettext as _

from motcua.base.errors import MotcuaError
from motcua.base.times import day_of
from motcua.dossiers.kinds import Channel
from motcua.dossiers.models import Dossier
from motcua.pages.layout.requests import PersonRequest
from motcua.tickets.calling import in_hand
from motcua.tickets.models import Ticket
from motcua.tickets.seats import seat_of
from motcua.tickets.tying import tie


def turn_in_hand(request: PersonRequest) -> int | None:
    """The number at my counter, or None."""
    ticket = _in_hand(request)
    return ticket.pk if ticket else None


def tie_to_turn(request: PersonRequest, carried: int | None, dossier: Dossier) -> None:
    """Tie a dossier that came over the counter to the number of its page; opened before the call, to that in hand now.

    The dossier is there already: what can't be tied is told, and nothing of it is lost.
    """
    if dossier.channel != Channel.COUNTER:
        return
    number = carried or turn_in_hand(request)
    if number is None:
        return
    try:
        tie(number, dossier.pk, actor=request.actor, at=request.at)
    except MotcuaError as error:
        messages.warning(request, _("Hồ sơ không ghi được cùng số thứ tự: %(why)s") % {"why": error})


def _in_hand(request: PersonRequest) -> Ticket | None:
    seat = seat_of(request.actor, day_of(request.at))
    return in_hand(seat.counter_id, seat.day) if seat else None

"""Who sits at which counter today. A seat of yesterday is nobody's."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere, Refused
from motcua.base.times import day_of
from motcua.offices.actors import Actor
from motcua.tickets.kinds import IN_HAND
from motcua.tickets.models import Counter, Seat, Ticket
from motcua.tickets.permissions import calls_at


def seat_of(actor: Actor, day: date, *, locked: bool = False) -> Seat | None:
    """Where this person sits on a day, with its counter; None where nowhere, or no longer with the right to call.

    locked: inside a transaction; two windows of one officer act one after the other.
    """
    seats = Seat.objects.filter(account=actor.account_id, day=day, until=None, counter__office__in=calls_at(actor))
    if locked:
        seats = seats.select_for_update(of=("self",))
    return seats.select_related("counter").first() if actor.account_id else None


def sit(counter_id: int, *, actor: Actor, at: datetime) -> Seat:
    """Sit down at a counter; whoever sat at another one leaves it. Sitting down twice changes nothing.

    Raises NotThere for a counter of another hall, Refused where somebody sits there or a number is still in hand.
    """
    day = day_of(at)
    counter = Counter.objects.filter(pk=counter_id, ended_at=None, office__in=calls_at(actor)).first()
    if counter is None or actor.account_id is None:
        raise NotThere(_("Không có quầy này."))
    with transaction.atomic():
        seat = seat_of(actor, day, locked=True)
        if seat is not None and seat.counter_id == counter_id:
            return seat
        if seat is not None:
            _leave(seat, at)
        taken = _("Quầy %(number)s đang có người khác ngồi.") % {"number": counter.number}
        if Seat.objects.filter(counter=counter, day=day, until=None).exists():
            raise Refused(taken, code="seat_taken")
        try:
            with transaction.atomic():
                return Seat.objects.create(counter=counter, account_id=actor.account_id, day=day, since=at)
        except IntegrityError as error:  # somebody sat down at this very moment
            raise Refused(taken, code="seat_taken") from error


def leave_seat(*, actor: Actor, at: datetime) -> None:
    """Leave the counter; nothing happens for whoever sits nowhere. Raises Refused while a number is in hand."""
    with transaction.atomic():
        seat = seat_of(actor, day_of(at), locked=True)
        if seat is not None:
            _leave(seat, at)


def _leave(seat: Seat, at: datetime) -> None:
    if Ticket.objects.filter(counter_id=seat.counter_id, day=seat.day, state__in=IN_HAND).exists():
        raise Refused(_("Hãy kết thúc hoặc chuyển số đang ở quầy trước khi rời quầy."), code="in_hand")
    seat.until = at
    seat.save(update_fields=["until"])

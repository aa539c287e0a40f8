"""The one frame in which a ticket changes: lock, check, let the act change facts, write what happened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere, Refused, Stale
from motcua.base.times import day_of
from motcua.offices.actors import Actor
from motcua.tickets.kinds import IN_HAND, TRANSITIONS, Act, State
from motcua.tickets.models import Seat, Ticket, TicketEvent
from motcua.tickets.seats import seat_of

CHANGES = (
    "line", "state", "only_counter", "counter", "officer", "last_seq", "last_event_at", "from_at", "place_at",
)  # fmt: skip


class Performance:
    """One act under way on one locked ticket, by whoever sits at `seat`."""

    def __init__(self, act: Act, ticket: Ticket, seat: Seat | None, at: datetime) -> None:
        self.act = act
        self.ticket = ticket
        self.seat = seat
        self.account_id = seat.account_id if seat else None  # who does it
        # Two machines' clocks differ a little; what happened later is never said to have been earlier.
        self.at = max(at, ticket.last_event_at)
        target = TRANSITIONS[act][1]
        if target is not None:
            ticket.state = target

    def take(self) -> None:
        """From now on it is at the counter of this seat."""
        assert self.seat is not None
        self.ticket.counter, self.ticket.officer_id = self.seat.counter, self.seat.account_id

    def write(self) -> None:
        """The event, and the ticket's row with it."""
        ticket = self.ticket
        ticket.last_seq += 1
        ticket.last_event_at = self.at
        ticket.save(update_fields=CHANGES if ticket.pk else None)
        TicketEvent.objects.create(
            ticket=ticket,
            office_id=ticket.office_id,
            seq=ticket.last_seq,
            act=self.act,
            state=ticket.state,
            line_id=ticket.line_id,
            counter_id=ticket.counter_id,
            account_id=self.account_id,
            at=self.at,
        )


def seated(actor: Actor, at: datetime) -> Seat:
    """The seat of whoever acts, locked. Raises Refused for somebody who calls here but sits nowhere, else NotThere."""
    seat = seat_of(actor, day_of(at), locked=True)
    if seat is None:
        if not actor.is_officer or not actor.offices("receiver", "unit_head"):
            raise NotThere(_("Không có trang này."))
        raise Refused(_("Hãy chọn quầy bạn đang ngồi trước khi gọi số."), code="no_seat")
    return seat


@contextmanager
def performing(
    act: Act, ticket_id: int, *, actor: Actor, at: datetime, seen: int | None = None
) -> Iterator[Performance]:
    """Perform one act on a ticket of one's hall and day, as whoever sits at a counter: a transaction that locks both.

    seen: number of the last event that the actor saw. Raises NotThere for a ticket of another hall or day, Stale,
    Refused by the state, or where the ticket is in hand at another counter.
    """
    with transaction.atomic():
        seat = seated(actor, at)
        ticket = (
            Ticket.objects.select_for_update(of=("self",))
            .select_related("line", "counter")
            .filter(pk=ticket_id, office=seat.counter.office_id, day=day_of(at))
            .first()
        )
        if ticket is None:
            raise NotThere(_("Không có số này hôm nay ở đây."))
        if seen is not None and seen != ticket.last_seq:
            raise Stale(_("Số %(code)s vừa đổi: %(state)s.") % {"code": ticket, "state": State(ticket.state).label})
        if ticket.state not in TRANSITIONS[act][0]:
            words = {"act": act.label, "code": ticket, "state": State(ticket.state).label}
            raise Refused(_("Không thể “%(act)s”: số %(code)s %(state)s.") % words, code="wrong_state")
        if ticket.state in IN_HAND and ticket.counter_id != seat.counter_id:
            words = {"code": ticket, "number": ticket.counter.number if ticket.counter else "–"}
            raise Refused(_("Số %(code)s đang ở quầy %(number)s.") % words, code="elsewhere")
        performance = Performance(act, ticket, seat, at)
        yield performance
        performance.write()


def founding(ticket: Ticket, *, seat: Seat | None, at: datetime) -> Ticket:
    """Bring a ticket into being, inside the caller's transaction, with its first event."""
    Performance(Act.DRAW, ticket, seat, at).write()
    return ticket

"""What whoever sits at a counter does with the numbers: call, call again, serve, hold, hand on, finish.

Law: ND61-2018 13
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere, Refused, Stale
from motcua.base.times import day_of
from motcua.offices.actors import Actor
from motcua.offices.models import Role
from motcua.tickets.journal import Performance, performing, seated
from motcua.tickets.kinds import IN_HAND, Act, State
from motcua.tickets.models import Counter, Line, Seat, Ticket

# Whoever was handed to this counter, and everybody of its lines, by the one order; a ticket that another officer is
# calling at this very moment is passed over, not waited for.
_NEXT = """
SELECT id FROM tickets_ticket
WHERE office_id = %(office)s AND day = %(day)s AND state = 'waiting' AND from_at <= %(at)s
    AND (only_counter_id = %(counter)s OR only_counter_id IS NULL AND line_id IN (
        SELECT line_id FROM tickets_counter_lines WHERE counter_id = %(counter)s))
ORDER BY place_at, number LIMIT 1
FOR UPDATE SKIP LOCKED
"""


def in_hand(counter_id: int, day: date) -> Ticket | None:
    """The ticket that is called or served at a counter."""
    return Ticket.objects.filter(counter=counter_id, day=day, state__in=IN_HAND).select_related("line").first()


def call_next(*, actor: Actor, at: datetime, seen: str | None = None) -> Ticket | None:
    """Call whoever is next for this counter; what is being served there is finished by that. None: nobody waits.

    seen: what the actor saw at the counter (`sight`), so that a second press of the same button calls nobody.
    Raises Stale, Refused while somebody is called who has not come yet, or for whoever sits nowhere.
    """
    with transaction.atomic():
        seat = seated(actor, at)
        current = in_hand(seat.counter_id, seat.day)
        if seen is not None and seen != sight(current):
            what = _("Quầy vừa đổi: đang có số %(code)s.") % {"code": current} if current else _("Quầy vừa đổi.")
            raise Stale(what)
        if current is not None and current.state == State.CALLED:
            sentence = _("Số %(code)s đang được gọi: hãy bắt đầu phục vụ, hoặc ghi vắng mặt.")
            raise Refused(sentence % {"code": current}, code="wrong_state")
        if current is not None:
            Performance(Act.FINISH, current, seat, at).write()
        found = Ticket.objects.raw(
            _NEXT, {"office": seat.counter.office_id, "day": seat.day, "at": at, "counter": seat.counter_id}
        )
        ticket = next(iter(found), None)
        if ticket is None:
            return None
        performance = Performance(Act.CALL, ticket, seat, at)
        performance.take()
        performance.write()
        return ticket


def sight(ticket: Ticket | None) -> str:
    """What somebody sees at a counter, as one word."""
    return f"{ticket.pk}.{ticket.last_seq}" if ticket else "-"


def recall(ticket_id: int, *, actor: Actor, at: datetime, seen: int | None = None) -> Ticket:
    """Call the same number once more."""
    return _do(Act.RECALL, ticket_id, actor, at, seen)


def start(ticket_id: int, *, actor: Actor, at: datetime, seen: int | None = None) -> Ticket:
    """The person is here; their service begins."""
    return _do(Act.START, ticket_id, actor, at, seen)


def skip(ticket_id: int, *, actor: Actor, at: datetime, seen: int | None = None) -> Ticket:
    """Nobody came. Who comes later the same day is served on (`resume`)."""
    return _do(Act.SKIP, ticket_id, actor, at, seen)


def hold(ticket_id: int, *, actor: Actor, at: datetime, seen: int | None = None) -> Ticket:
    """The person fetches something; the counter goes on with others meanwhile."""
    return _do(Act.HOLD, ticket_id, actor, at, seen)


def finish(ticket_id: int, *, actor: Actor, at: datetime, seen: int | None = None) -> Ticket:
    """Everything is done."""
    return _do(Act.FINISH, ticket_id, actor, at, seen)


def resume(ticket_id: int, *, actor: Actor, at: datetime, seen: int | None = None) -> Ticket:
    """Serve on somebody who was held or did not come when called, at this counter. Raises Refused where it is busy."""
    with performing(Act.RESUME, ticket_id, actor=actor, at=at, seen=seen) as performance:
        _must_be_free(performance.seat)
        performance.take()
    return performance.ticket


def transfer(
    ticket_id: int, *, line_id: int | None = None, counter_id: int | None = None, actor: Actor, at: datetime,
    seen: int | None = None,
) -> Ticket:  # fmt: skip
    """Hand on to another line or one counter, where the person keeps the place of when they came.

    Raises NotThere for a line or counter of another hall, Refused where neither is named or it is this very counter.
    """
    with performing(Act.TRANSFER, ticket_id, actor=actor, at=at, seen=seen) as performance:
        ticket = performance.ticket
        if line_id is None and counter_id is None:
            raise Refused(_("Hãy chọn nhóm dịch vụ hoặc quầy để chuyển đến."), code="nowhere")
        if line_id is not None:
            ticket.line = _line(line_id, ticket)
        ticket.only_counter = _counter(counter_id, ticket) if counter_id is not None else None
        if performance.seat is not None and counter_id == performance.seat.counter_id:
            raise Refused(_("Số này đang ở chính quầy này."), code="nowhere")
        _let_go(ticket)
    return performance.ticket


def second_service(ticket_id: int, *, line_id: int, actor: Actor, at: datetime, seen: int | None = None) -> Ticket:
    """The same person wants another service: here at once where this counter serves it, else they wait for it, with the
    place of when they came. The first service ends now and counts by itself. Raises NotThere.
    """
    with performing(Act.SECOND, ticket_id, actor=actor, at=at, seen=seen) as performance:
        ticket = performance.ticket
        ticket.line, ticket.only_counter = _line(line_id, ticket), None
        assert performance.seat is not None
        if not performance.seat.counter.lines.filter(pk=line_id).exists():
            ticket.state = State.WAITING
            _let_go(ticket)
    return performance.ticket


def free_counter(counter_id: int, *, actor: Actor, at: datetime) -> None:
    """Whoever leads the unit frees a counter that somebody left without saying so; a number in hand there is held, so that
    another counter can serve it on. Raises NotThere.
    """
    with transaction.atomic():
        seats = Seat.objects.select_for_update(of=("self",)).select_related("counter")
        led = [office for role, office in actor.postings if role == Role.UNIT_HEAD]
        seat = seats.filter(counter=counter_id, day=day_of(at), until=None, counter__office__in=led).first()
        if seat is None:
            raise NotThere(_("Không có quầy này, hoặc không ai ngồi ở đó."))
        current = in_hand(counter_id, seat.day)
        if current is not None:
            performance = Performance(Act.HOLD, current, seat, at)
            performance.account_id = actor.account_id
            performance.write()
        seat.until = at
        seat.save(update_fields=["until"])


def _do(act: Act, ticket_id: int, actor: Actor, at: datetime, seen: int | None) -> Ticket:
    with performing(act, ticket_id, actor=actor, at=at, seen=seen) as performance:
        pass
    return performance.ticket


def _let_go(ticket: Ticket) -> None:
    ticket.counter, ticket.officer = None, None


def _must_be_free(seat: Seat | None) -> None:
    current = in_hand(seat.counter_id, seat.day) if seat else None
    if current is not None:
        sentence = _("Quầy đang có số %(code)s: hãy kết thúc, tạm giữ hoặc chuyển số đó trước.")
        raise Refused(sentence % {"code": current}, code="busy")


def _line(line_id: int, ticket: Ticket) -> Line:
    found = Line.objects.filter(pk=line_id, office=ticket.office_id, ended_at=None).first()
    if found is None:
        raise NotThere(_("Không có nhóm dịch vụ này."))
    return found


def _counter(counter_id: int, ticket: Ticket) -> Counter:
    found = Counter.objects.filter(pk=counter_id, office=ticket.office_id, ended_at=None).first()
    if found is None:
        raise NotThere(_("Không có quầy này."))
    return found

"""What a hall looks like now: for the wall, for whoever sits at a counter. No name of anybody who waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from motcua.base.postgresql import prepared
from motcua.tickets.kinds import IN_HAND, Act, State
from motcua.tickets.models import Counter, Line, Seat, Ticket, TicketEvent, code_of

LAST_CALLS = 6
# What a look at a hall shows follows from these. That a line or counter was set up anew is seen a minute later.
_STAMP = """
SELECT (SELECT max(id) FROM tickets_ticketevent WHERE office_id = %(office)s),
    (SELECT count(s.id) || '.' || count(s.until) FROM tickets_seat s JOIN tickets_counter c ON c.id = s.counter_id
     WHERE c.office_id = %(office)s AND s.day = %(day)s)
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A counter as the wall shows it: its number, the code it calls or serves (empty: none), whether somebody sits there."""

    number: int
    name: str
    code: str
    is_calling: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Call:
    """One call: of which code to which counter, at which instant; `key` tells calls apart."""

    key: int
    code: str
    counter: int
    at: datetime


def stamp_of(office_id: int, day: date) -> str:
    """Changes whenever anything changes that a look at this hall shows; one statement."""
    event, seats = prepared(_STAMP, {"office": office_id, "day": day}).fetchone()
    return f"{office_id}-{day:%y%m%d}-{event or 0}-{seats}"


def places(office_id: int, day: date) -> list[Place]:
    """Every counter of a hall, by number."""
    held = Ticket.objects.filter(office=office_id, day=day, state__in=IN_HAND).order_by("id")
    at_counter = {ticket.counter_id: ticket for ticket in held}
    seats = set(
        Seat.objects.filter(counter__office=office_id, day=day, until=None).values_list("counter_id", flat=True)
    )
    found = []
    for counter in Counter.objects.filter(office=office_id, ended_at=None).order_by("number"):
        ticket = at_counter.get(counter.pk)
        is_calling = ticket is not None and ticket.state == State.CALLED
        found.append(Place(counter.number, counter.name, str(ticket or ""), is_calling, counter.pk in seats))
    return found


def last_calls(office_id: int, day: date) -> list[Call]:
    """The last calls of a hall, the newest first."""
    rows = TicketEvent.objects.filter(
        office=office_id, ticket__day=day, act__in=(Act.CALL, Act.RECALL), counter__isnull=False
    ).order_by("-id")
    names = ("id", "ticket__letter", "ticket__number", "counter__number", "at")
    return [
        Call(key, code_of(letter, number), counter, at)
        for key, letter, number, counter, at in rows.values_list(*names)[:LAST_CALLS]
    ]


def waiting(office_id: int, day: date, at: datetime) -> QuerySet[Ticket]:
    """Who waits in a hall and whose time has come, in the order in which they are called."""
    rows = Ticket.objects.filter(office=office_id, day=day, state=State.WAITING, from_at__lte=at)
    return rows.select_related("line", "only_counter").order_by("place_at", "number")


def lines_now(office_id: int, day: date, at: datetime) -> QuerySet[Line]:
    """The lines of a hall with how many wait in each (`waits`)."""
    waits = Q(tickets__day=day, tickets__state=State.WAITING, tickets__from_at__lte=at)
    rows = Line.objects.filter(office=office_id, ended_at=None)
    return rows.annotate(waits=Count("tickets", filter=waits)).order_by("letter")


def put_aside(office_id: int, day: date) -> QuerySet[Ticket]:
    """Who is held or did not come when called, and may be served on today."""
    rows = Ticket.objects.filter(office=office_id, day=day, state__in=(State.HELD, State.NO_SHOW))
    return rows.select_related("line", "counter").order_by("last_event_at")


def waits_for(counter_id: int, day: date, at: datetime) -> int:
    """How many people this counter could call now."""
    lines = Counter.lines.through.objects.filter(counter=counter_id).values("line")
    mine = Q(only_counter=counter_id) | Q(only_counter=None, line__in=lines)
    return Ticket.objects.filter(mine, day=day, state=State.WAITING, from_at__lte=at).count()

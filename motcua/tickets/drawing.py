"""A number is drawn at a machine, by telephone or at the counter; whoever has no time left gives it back.

Law: ND61-2018 13
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, NotThere, Refused
from motcua.base.ids import random_key, tidy_key
from motcua.base.postgresql import prepared
from motcua.base.times import day_of
from motcua.law.store import RegimeFacts, regime_on
from motcua.tickets.hours import opening_for, slots_of
from motcua.tickets.journal import Performance, founding
from motcua.tickets.kinds import Act, Priority, State, Way
from motcua.tickets.models import Line, Ticket
from motcua.tickets.numbering import next_number
from motcua.tickets.order import place_of

KEY = 10  # letters, about 49 bits: nobody guesses somebody else's
DAYS_AHEAD = 7


@dataclass(frozen=True, slots=True)
class Wish:
    """For which line, with which priority (empty: none), for which half hour (its start; None: now)."""

    line_id: int
    priority: str = ""
    slot: datetime | None = None


def priorities_on(facts: RegimeFacts) -> tuple[Priority, ...]:
    """Who may be served earlier, by the law of a day, in the order of its text."""
    return tuple(Priority(one) for one in facts.priority_kinds.split(",") if one in Priority.values)


def new_key() -> str:
    """A key that nobody guesses."""
    return random_key(KEY)


def draw(wish: Wish, *, way: Way, at: datetime, key: str = "") -> Ticket:
    """Draw a number for now or for a chosen half hour, in one transaction; the number follows that of its day.

    key: of the page that asks, so that a page sent twice draws one number. Raises NotThere for a line that is no more, Refused where no numbers are given now or the half hour is full,
    Invalid for a priority that the law of the day doesn't know or a half hour that can't be chosen.
    """
    with transaction.atomic():
        if key:
            prepared("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
            known = Ticket.objects.select_related("office", "line", "counter").filter(key=key).first()
            if known is not None:
                return known
        line = Line.objects.select_related("office").filter(pk=wish.line_id, ended_at=None).first()
        if line is None:
            raise NotThere(_("Không có nhóm dịch vụ này."))
        if line.closed_at is not None:
            raise Refused(_("Nhóm %(line)s đang tạm ngừng phát số. Hãy hỏi quầy hướng dẫn.") % {"line": line.name})
        from_at = opening_for(line.office, at) if wish.slot is None else _chosen(line, wish.slot, at)
        day = day_of(from_at)
        facts = regime_on(day)
        if wish.priority and wish.priority not in priorities_on(facts):
            sentence = _("Diện ưu tiên này không có trong quy định.")
            raise Invalid(sentence, fields={"priority": sentence})
        head_start = timedelta(minutes=facts.priority_minutes)
        ticket = Ticket(
            office=line.office,
            day=day,
            number=next_number(line.office_id, day),
            letter=line.letter,
            key=key or new_key(),
            way=way,
            priority=wish.priority,
            drawn_at=at,
            is_chosen_time=wish.slot is not None,
            line=line,
            state=State.WAITING,
            from_at=from_at,
            place_at=place_of(from_at, has_priority=bool(wish.priority), head_start=head_start),
            last_event_at=at,
        )
        return founding(ticket, seat=None, at=at)


def open_slots(line: Line, at: datetime) -> list[datetime]:
    """The half hours that can still be chosen for a line, of today and the days after, by their start."""
    if not line.slot_most:
        return []
    today = day_of(at)
    days = [today + timedelta(days=number) for number in range(DAYS_AHEAD + 1)]
    taken = Ticket.objects.filter(line=line, is_chosen_time=True, day__range=(days[0], days[-1]))
    booked: dict[datetime, int] = {}
    for start in taken.exclude(state=State.LEFT).values_list("from_at", flat=True):
        booked[start] = booked.get(start, 0) + 1
    return [
        start
        for day in days
        for start in slots_of(line.office, day)
        if start > at and booked.get(start, 0) < line.slot_most
    ]


def _chosen(line: Line, slot: datetime, at: datetime) -> datetime:
    # Whoever chooses for the same line waits here, so that a half hour is never given to one too many.
    Line.objects.select_for_update().get(pk=line.pk)
    if slot not in open_slots(line, at):
        sentence = _("Khung giờ này đã đầy hoặc không còn chọn được. Hãy chọn khung giờ khác.")
        raise Invalid(sentence, fields={"slot": sentence}, code="slot_taken")
    return slot


def ticket_of(key: str) -> Ticket:
    """The ticket of whoever has its key. Raises NotThere."""
    found = Ticket.objects.select_related("office", "line", "counter").filter(key=tidy_key(key)[:KEY]).first()
    if found is None:
        raise NotThere(_("Không có số thứ tự mang mã này."))
    return found


def leave(key: str, *, at: datetime) -> Ticket:
    """The person gives the number back. Given back twice nothing more happens. Raises NotThere, Refused once called."""
    with transaction.atomic():
        known = ticket_of(key)
        ticket = Ticket.objects.select_for_update(of=("self",)).select_related("line").get(pk=known.pk)
        if ticket.state == State.LEFT:
            return ticket
        if ticket.state != State.WAITING:
            raise Refused(_("Số %(code)s đã được gọi, không bỏ được nữa.") % {"code": ticket}, code="wrong_state")
        Performance(Act.LEAVE, ticket, None, at).write()
        return ticket

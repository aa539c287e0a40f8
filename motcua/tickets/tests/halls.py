"""A hall as tests need it: the provincial centre with two lines and three counters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.offices.models import Office, Posting
from motcua.people.models import Account
from motcua.tickets import calling
from motcua.tickets.drawing import Wish, draw
from motcua.tickets.kinds import Way
from motcua.tickets.models import Counter, Line, Ticket
from motcua.tickets.seats import sit
from tests.cast import Cast

DAY = "2021-11-01"


@dataclass
class Hall:
    """Line A (civil status) at counters 1 and 2, line B (anything) at counters 2 and 3."""

    office: Office
    a: Line
    b: Line
    one: Counter
    two: Counter
    three: Counter

    def draw(self, at: datetime, line: Line | None = None, priority: str = "", **more: Any) -> Ticket:
        """A number at the machine."""
        return draw(Wish((line or self.a).pk, priority), way=more.pop("way", Way.KIOSK), at=at, **more)


def hall(cast: Cast) -> Hall:
    """The centre's hall, made of rows."""
    office = cast.center
    known = Line.objects.filter(office=office, letter="A").first()
    if known is not None:
        counters = list(Counter.objects.filter(office=office).order_by("number"))
        return Hall(office, known, Line.objects.get(office=office, letter="B"), *counters)
    a = Line.objects.create(
        office=office, letter="A", name="Hộ tịch, chứng thực", name_en="Civil status", fields=["Hộ tịch"], slot_most=2
    )
    b = Line.objects.create(office=office, letter="B", name="Lĩnh vực khác", name_en="Everything else")
    counters = [Counter.objects.create(office=office, number=number) for number in (1, 2, 3)]
    for counter, lines in zip(counters, ([a], [a, b], [b]), strict=True):
        counter.lines.set(lines)
    return Hall(office, a, b, *counters)


def another_receiver(cast: Cast, login: str) -> Account:
    """One more person who receives at the centre."""
    account = Account.objects.create(login=login, full_name=f"Cán bộ {login}", is_officer=True)
    Posting.objects.create(account=account, office=cast.center, role="receiver", valid_from="2018-06-21")
    return account


def serve(cast: Cast, counter: Counter, who: str, called: datetime, begun: datetime, done: datetime) -> Ticket:
    """Somebody sits down at a counter where they don't sit yet, calls the next one, serves and finishes."""
    actor = cast.actor(who)
    sit(counter.pk, actor=actor, at=called)
    ticket = calling.call_next(actor=actor, at=called)
    assert ticket is not None
    calling.start(ticket.pk, actor=actor, at=begun)
    return calling.finish(ticket.pk, actor=actor, at=done)

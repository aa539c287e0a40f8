"""How long somebody will wait, as they are told: a range in minutes, or nothing where there is no basis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

from django.utils.translation import gettext as _

from motcua.tickets.facts import ANY, Span, paces
from motcua.tickets.forecast import Desk, Forecast, Pace, Waiting, forecast
from motcua.tickets.kinds import IN_HAND, State
from motcua.tickets.models import Line, Seat, Ticket

PAST_DAYS = 30
# What services took until yesterday stays so all day, so each process counts it once.
_paces: dict[tuple[int, date], dict[int, Pace]] = {}


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many are called before, and the minutes until the call, both inclusive; None: there is no basis."""

    ahead: int
    low: int | None = None
    high: int | None = None

    @property
    def words(self) -> str:
        """`15–25 phút`; empty where there is no basis."""
        if self.low is None or self.high is None:
            return ""
        if self.high == self.low:
            return _("%(minutes)s phút") % {"minutes": self.low}
        return _("%(low)s–%(high)s phút") % {"low": self.low, "high": self.high}


def estimate_of(ticket: Ticket, at: datetime) -> Estimate:
    """For somebody who waits, on the day of their ticket. At most four statements."""
    me = Waiting(ticket.line_id, ticket.only_counter_id)
    before = [one for key, one in _order(ticket.office_id, ticket.day) if key < (ticket.place_at, ticket.number)]
    found = _told(before, me, ticket.office_id, ticket.day, at)
    # Whoever chose a half hour is not called before it begins.
    return _not_before(found, ticket.from_at - at) if ticket.from_at > at else found


def estimates_now(lines: list[Line], day: date, at: datetime) -> dict[int, Estimate]:
    """For somebody without priority who would draw now, for each of these lines of one hall."""
    if not lines:
        return {}
    before = [one for key, one in _order(lines[0].office_id, day) if key[0] <= at]
    return {line.pk: _told(before, Waiting(line.pk), line.office_id, day, at) for line in lines}


def forget_paces() -> None:
    """For tests: what was counted is counted anew."""
    _paces.clear()


def paces_known(office_id: int, day: date) -> dict[int, Pace]:
    """How long services of a hall took in the days before, by line."""
    key = (office_id, day)
    if key not in _paces:
        if len(_paces) > 1000:
            _paces.clear()
        _paces[key] = paces(Span([office_id], day - timedelta(days=PAST_DAYS), day - timedelta(days=1)))
    return _paces[key]


def _order(office_id: int, day: date) -> list[tuple[tuple[datetime, int], Waiting]]:
    rows = Ticket.objects.filter(office=office_id, day=day, state=State.WAITING).order_by("place_at", "number")
    names = ("place_at", "number", "line_id", "only_counter_id")
    return [((place, number), Waiting(line, only)) for place, number, line, only in rows.values_list(*names)]


def _told(before: list[Waiting], me: Waiting, office_id: int, day: date, at: datetime) -> Estimate:
    desks = _desks(office_id, day, at)
    known = paces_known(office_id, day)
    usual = known.get(ANY)
    lines = {one.line for one in before} | {me.line} | {desk.serving for desk in desks if desk.serving is not None}
    pace = {line: one for line in lines if (one := known.get(line, usual)) is not None}
    ahead = sum(1 for one in before if one.line == me.line)
    found = forecast(before, me, desks, pace)
    return Estimate(ahead) if found is None else _rounded(found)


def _desks(office_id: int, day: date, at: datetime) -> list[Desk]:
    seats = Seat.objects.filter(counter__office=office_id, day=day, until=None).values_list(
        "counter_id", "counter__lines"
    )
    lines: dict[int, set[int]] = {}
    for counter, line in seats:
        lines.setdefault(counter, set()).add(line)
    held = Ticket.objects.filter(office=office_id, day=day, state__in=IN_HAND)
    busy = {ticket.counter_id: ticket for ticket in held}
    return [
        Desk(counter, frozenset(of), busy[counter].line_id, (at - busy[counter].last_event_at).total_seconds())
        if counter in busy
        else Desk(counter, frozenset(of))
        for counter, of in lines.items()
    ]


def _rounded(found: Forecast) -> Estimate:
    """In minutes below ten, in fives above: nobody should read more than is known."""
    low, high = found.low / 60, found.high / 60
    below = int(low) if low < 10 else int(low // 5 * 5)
    above = ceil(high) if high <= 10 else ceil(high / 5) * 5
    return Estimate(found.ahead, below, max(above, below, 1))


def _not_before(found: Estimate, rest: timedelta) -> Estimate:
    minutes = ceil(rest.total_seconds() / 60)
    if found.low is None or found.high is None:
        return found
    return Estimate(found.ahead, max(found.low, minutes), max(found.high, minutes))

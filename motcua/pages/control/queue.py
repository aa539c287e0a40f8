"""Waiting and service in the halls: by hour, day, counter, line; what stands behind each figure; how many counters are needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import NotThere
from motcua.base.times import VIETNAM, day_of
from motcua.law.store import current_revision, regime_on
from motcua.offices.models import Office
from motcua.pages.control.menu import GROUPS
from motcua.pages.control.periods import shortcuts
from motcua.pages.layout.access import officers
from motcua.pages.layout.periods import period_of, row_asked
from motcua.pages.layout.requests import PersonRequest
from motcua.ratings.turns import votes_on_turns
from motcua.reports.periods import Period
from motcua.reports.scope import REPORTERS, office_coded
from motcua.tickets.facts import FEWEST, Span, Sums, arrivals, listed, sums
from motcua.tickets.hours import sessions_of
from motcua.tickets.models import Counter, Line, Ticket
from motcua.tickets.permissions import figures_of
from motcua.tickets.staffing import counters_needed

BYS: dict[str, Any] = {"hour": _("Giờ"), "day": _("Ngày"), "counter": _("Quầy"), "line": _("Nhóm dịch vụ")}

# What a figure counts, and how its list is headed.
KINDS: dict[str, Any] = {
    "drawn": _("Lấy số"),
    "wait": _("Được gọi"),
    "service": _("Được phục vụ xong"),
    "no_show": _("Vắng khi gọi"),
    "left": _("Bỏ số"),
}
PAST_WEEKS, DAYS_AHEAD = 8, 5
MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class Row:
    """One line of figures with its name, and where each figure's list is."""

    name: str
    sums: Sums
    lists: dict[str, str]


@officers(*REPORTERS)
def queue(request: PersonRequest) -> HttpResponse:
    """The figures of one hall in a period."""
    halls = _halls(request)
    office, period = _asked(request, halls)
    context: dict[str, Any] = {"menu": GROUPS, "halls": halls, "office": office, "period": period}
    if office is not None:
        span = Span([office.pk], period.first, period.last)
        context |= {
            "tables": [(title, _rows(span, by, office, period)) for by, title in BYS.items()],
            "total": next(iter(sums(span, "office")), None),
            "shortcuts": shortcuts(request, period, coquan=office.code),
            "limit": _limit(day_of(request.at)),
            "votes": votes_on_turns(office.pk, period.start, period.end),
        }
    return render(request, "control/queue.html", context)


@officers(*REPORTERS)
def queue_list(request: PersonRequest) -> HttpResponse:
    """The waits, services and absences behind one figure, the earliest first. Nobody of them has a name."""
    office, period = _asked(request, _halls(request))
    kind, by = request.GET.get("chitieu", ""), request.GET.get("theo", "")
    if office is None or kind not in KINDS or (by and by not in BYS) or "\x00" in request.GET.get("dong", ""):
        raise NotThere(_("Không có danh sách này."))
    key = request.GET.get("dong", "")[:20] if by else None
    facts = listed(Span([office.pk], period.first, period.last), kind, by or "day", key, MOST_LISTED + 1)  # type: ignore[arg-type]
    tickets = Ticket.objects.in_bulk([fact.ticket_id for fact in facts])
    lines = Line.objects.in_bulk({fact.line_id for fact in facts})
    numbers = dict(Counter.objects.filter(office=office).values_list("pk", "number"))
    context = {
        "menu": GROUPS,
        "office": office,
        "period": period,
        "title": KINDS[kind],
        "rows": [
            (one, tickets[one.ticket_id], lines[one.line_id], numbers.get(one.counter_id or 0))
            for one in facts[:MOST_LISTED]
        ],
        "has_more": len(facts) > MOST_LISTED,
        "most": MOST_LISTED,
        "back": f"{reverse('control:queue')}?{urlencode({'coquan': office.code, 'ky': period.key})}",
    }
    return render(request, "control/queue_list.html", context)


@officers(*REPORTERS)
def staffing(request: PersonRequest) -> HttpResponse:
    """How many counters each hour of the next working days needs, from the last weeks of the same hall."""
    halls = _halls(request)
    office, _period = _asked(request, halls)
    context: dict[str, Any] = {"menu": GROUPS, "halls": halls, "office": office}
    if office is not None:
        context |= _hint(office, day_of(request.at))
    return render(request, "control/staffing.html", context)


def _hint(office: Office, today: date) -> dict[str, Any]:
    span = Span([office.pk], today - timedelta(weeks=PAST_WEEKS), today - timedelta(days=1))
    rates, limit = arrivals(span), _limit(today)
    total = next(iter(sums(span, "office")), None)
    minutes = total.service_mean / 60 if total and total.service_mean and total.services >= FEWEST else None
    days: list[tuple[date, set[int]]] = []
    day = today
    while len(days) < DAYS_AHEAD and day < today + timedelta(days=21):
        if sessions := sessions_of(office, day):
            days.append((day, _open_hours(sessions)))
        day += timedelta(days=1)
    hours = sorted({hour for _day, of in days for hour in of})

    def cell(on: date, hour: int) -> tuple[float, int | None] | None:
        rate = rates.get((on.isoweekday(), hour))
        return None if rate is None or minutes is None else (rate, counters_needed(rate, minutes, limit))

    return {
        "days": [day for day, _hours in days],
        "rows": [(hour, [(hour in of, cell(day, hour)) for day, of in days]) for hour in hours],
        "minutes": minutes,
        "limit": limit,
        "weeks": PAST_WEEKS,
        "first": span.first,
        "last": span.last,
        "counters": Counter.objects.filter(office=office, ended_at=None).count(),
    }


def _open_hours(sessions: list[tuple[Any, Any]]) -> set[int]:
    found: set[int] = set()
    for start, end in sessions:
        at = start.astimezone(VIETNAM)
        while at < end:
            found.add(at.hour)
            at = at.replace(minute=0) + timedelta(hours=1)
    return found


def _limit(day: date) -> int:
    current_revision()
    return regime_on(day).waiting_minutes


def _halls(request: PersonRequest) -> list[Office]:
    """The halls with lines whose figures this person may read."""
    halls = Office.objects.filter(pk__in=figures_of(request.actor), lines__isnull=False).distinct()
    return list(halls.in_vi_order())


def _asked(request: PersonRequest, halls: list[Office]) -> tuple[Office | None, Period]:
    period, code = period_of(request), request.GET.get("coquan", "")[:30]
    if code:
        return office_coded(code, frozenset(hall.pk for hall in halls)), period
    return (halls[0] if halls else None), period


def _rows(span: Span, by: str, office: Office, period: Period) -> list[Row]:
    found = sums(span, by)  # type: ignore[arg-type]
    names = _names(by, office)
    asked = {"coquan": office.code, "ky": period.key, "theo": by}
    address = reverse("control:queue_list")
    return [
        Row(
            names(one.key),
            one,
            {kind: f"{address}?{urlencode({**asked, 'chitieu': kind, 'dong': one.key})}" for kind in KINDS},
        )
        for one in found
    ]


def _names(by: str, office: Office) -> Callable[[str], str]:
    if by == "counter":
        numbers = {
            str(pk): str(number) for pk, number in Counter.objects.filter(office=office).values_list("pk", "number")
        }
        return lambda key: numbers.get(key, "–")
    if by == "line":
        lines = {str(line.pk): str(line) for line in Line.objects.filter(office=office)}
        return lambda key: lines.get(key, "–")
    if by == "day":
        return lambda key: f"{date.fromisoformat(key):%d/%m/%Y}"
    return lambda key: f"{row_asked(key) or 0}:00"

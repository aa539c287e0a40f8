"""The screen on the wall of a hall: who is called where. It knows no person; the machine is set up as a kiosk is."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from motcua.base.times import day_of
from motcua.offices.kiosks import ThisKiosk
from motcua.pages.layout.access import public
from motcua.pages.layout.at_kiosk import this_kiosk
from motcua.pages.layout.live import piece, tag_of
from motcua.pages.layout.requests import PersonRequest
from motcua.tickets.estimate import estimates_now
from motcua.tickets.looking import last_calls, lines_now, places, stamp_of


@public
def wall(request: PersonRequest) -> HttpResponse:
    """The whole screen; without script it asks anew by itself."""
    machine = this_kiosk(request)
    return render(request, "portal/wall.html", {"machine": machine, **_hall(request, machine)})


@public
def wall_now(request: PersonRequest) -> HttpResponse:
    """The same as it is now, or 304."""
    machine = this_kiosk(request)
    return piece(request, _stamp(request, machine), "portal/wall_now.html", lambda: _hall(request, machine))


def _stamp(request: PersonRequest, machine: ThisKiosk) -> str:
    return f"{stamp_of(machine.office_id, day_of(request.at))}-{request.at:%H%M}"


def _hall(request: PersonRequest, machine: ThisKiosk) -> dict[str, Any]:
    office, day = machine.office_id, day_of(request.at)
    calls = last_calls(office, day)
    lines = list(lines_now(office, day, request.at))
    estimates = estimates_now(lines, day, request.at)
    for line in lines:
        line.estimate = estimates[line.pk]  # type: ignore[attr-defined]
    return {
        "places": places(office, day),
        "calls": calls,
        "newest": calls[0] if calls else None,
        "lines": lines,
        "tag": tag_of(_stamp(request, machine)),
        "at": request.at,
    }

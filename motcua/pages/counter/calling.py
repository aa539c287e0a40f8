"""Numbers at the counter: where I sit, whom I call and serve; the bar on every page of the counter. Rules: `tickets`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.base.errors import Invalid, MotcuaError, NotThere
from motcua.base.times import day_of
from motcua.law.store import current_revision, regime_on
from motcua.pages.layout.access import officers
from motcua.pages.layout.live import piece, tag_of
from motcua.pages.layout.requests import PersonRequest
from motcua.tickets import calling
from motcua.tickets.calling import in_hand, sight
from motcua.tickets.drawing import Wish, draw, priorities_on
from motcua.tickets.halls import counters_of, lines_of
from motcua.tickets.kinds import Act, Way, acts_from
from motcua.tickets.looking import lines_now, places, put_aside, stamp_of, waiting, waits_for
from motcua.tickets.models import Counter, Line, Seat
from motcua.tickets.permissions import calls_at
from motcua.tickets.seats import leave_seat, seat_of, sit

CALLS = ("receiver", "unit_head")
WAITING_SHOWN = 100
# What a button of the bar does, as its address says it.
DOINGS: dict[str, Callable[..., Any]] = {
    "goi-lai": calling.recall,
    "bat-dau": calling.start,
    "vang": calling.skip,
    "tam-giu": calling.hold,
    "tiep-tuc": calling.resume,
    "ket-thuc": calling.finish,
}


@officers(*CALLS)
def queue(request: PersonRequest) -> HttpResponse:
    """Where I sit; who waits, is held, did not come; drawing a number for somebody who can't."""
    seat = seat_of(request.actor, day_of(request.at))
    if seat is None:
        return render(request, "counter/sit_down.html", {"halls": _halls(request)})
    current_revision()
    office = seat.counter.office_id
    context = {
        "seat": seat,
        "priorities": priorities_on(regime_on(day_of(request.at))),
        "lines": lines_of(office),
        "now": now_at(request, seat),
        "now_tag": tag_of(_stamp(request, seat)),
    }
    return render(request, "counter/queue.html", context)


@officers(*CALLS)
def queue_now(request: PersonRequest) -> HttpResponse:
    """The lists of that page as they are now."""
    seat = _seat(request)
    return piece(request, _stamp(request, seat), "counter/queue_now.html", lambda: {"now": now_at(request, seat)})


@officers(*CALLS)
def queue_bar(request: PersonRequest) -> HttpResponse:
    """The bar as it is now."""
    seat = _seat(request)
    return piece(request, _stamp(request, seat), "counter/queue_bar.html", lambda: {"bar": bar_of(request, seat)})


@require_POST
@officers(*CALLS)
def queue_act(request: PersonRequest, doing: str) -> HttpResponse:
    """One press of a button; back to the page it stands on, or (for the script) the bar as it is after it."""
    told, status = "", 200
    try:
        told = _do(request, doing)
    except NotThere:
        raise
    except MotcuaError as error:
        told, status = str(error), error.status
    if "X-Piece" in request.headers:
        seat = _seat(request)
        answer = render(
            request, "counter/queue_bar.html", {"bar": bar_of(request, seat), "told": told, "status": status}
        )
        answer.headers["X-Piece"] = "1"
        answer.headers["ETag"] = tag_of(_stamp(request, seat))
        return answer
    if told:
        (messages.info if status == 200 else messages.error)(request, told)
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return redirect(back if is_ours else "counter:queue")


def _do(request: PersonRequest, doing: str) -> str:
    """Do it; what is to be told, if anything."""
    who: dict[str, Any] = {"actor": request.actor, "at": request.at}
    if doing == "ngoi":
        sit(_number(request, "counter"), **who)
        return ""
    if doing == "roi":
        leave_seat(**who)
        return _("Bạn đã rời quầy.")
    if doing == "goi":
        found = calling.call_next(seen=request.POST.get("seen"), **who)
        return "" if found else _("Không còn ai chờ quầy này.")
    if doing == "lay-so":
        return _draw(request)
    ticket, seen = _number(request, "ticket"), _number(request, "seq")
    if doing == "chuyen":
        kind, _dot, pk = request.POST.get("to", "").partition("-")
        to: dict[str, Any] = {"counter_id" if kind == "quay" else "line_id": int(pk)} if pk.isdigit() else {}
        calling.transfer(ticket, seen=seen, **to, **who)
    elif doing == "dich-vu-hai":
        calling.second_service(ticket, line_id=_number(request, "line"), seen=seen, **who)
    elif doing in DOINGS:
        DOINGS[doing](ticket, seen=seen, **who)
    else:
        raise NotThere(_("Không có trang này."))
    return ""


def _draw(request: PersonRequest) -> str:
    line_id = _number(request, "line")
    if not Line.objects.filter(pk=line_id, office__in=calls_at(request.actor)).exists():
        raise NotThere(_("Không có nhóm dịch vụ này."))
    ticket = draw(Wish(line_id, request.POST.get("priority", "")), way=Way.COUNTER, at=request.at)
    return _("Đã lấy số %(code)s.") % {"code": ticket}


def _number(request: PersonRequest, name: str) -> int:
    text = request.POST.get(name, "")
    if not text.isdigit() or len(text) > 18:
        raise Invalid(_("Hãy chọn lại trong danh sách."), fields={name: _("Hãy chọn lại trong danh sách.")})
    return int(text)


def _seat(request: PersonRequest) -> Seat:
    seat = seat_of(request.actor, day_of(request.at))
    if seat is None:
        raise NotThere(_("Bạn chưa ngồi quầy nào."))
    return seat


def _stamp(request: PersonRequest, seat: Seat) -> str:
    """Somebody's chosen half hour begins without an event, so a minute makes a new look too."""
    return f"{stamp_of(seat.counter.office_id, seat.day)}-{seat.pk}-{request.at:%H%M}"


def _halls(request: PersonRequest) -> list[dict[str, Any]]:
    """The halls where this person may sit, with who sits where now."""
    day = day_of(request.at)
    counters = Counter.objects.filter(office__in=calls_at(request.actor), ended_at=None).select_related("office")
    seats = dict(
        Seat.objects.filter(counter__in=counters, day=day, until=None).values_list("counter_id", "account__full_name")
    )
    halls: dict[int, dict[str, Any]] = {}
    for counter in counters.prefetch_related("lines").order_by("office_id", "number"):
        hall = halls.setdefault(counter.office_id, {"office": counter.office, "counters": []})
        hall["counters"].append({"counter": counter, "sits": seats.get(counter.pk, "")})
    return list(halls.values())


def bar_of(request: PersonRequest, seat: Seat, back: str = "") -> dict[str, Any]:
    """What the bar shows: the number in hand, what may be done with it, how many wait. back: the page it stands on."""
    current = in_hand(seat.counter_id, seat.day)
    return {
        "seat": seat,
        "ticket": current,
        "seen": sight(current),
        "acts": acts_from(current.state) if current else (),
        "Act": Act,
        "waits": waits_for(seat.counter_id, seat.day, request.at),
        "tag": tag_of(_stamp(request, seat)),
        "back": back,
        "at": request.at,
    }


def now_at(request: PersonRequest, seat: Seat) -> dict[str, Any]:
    """The lists of a hall for whoever sits in it."""
    office, day, at = seat.counter.office_id, seat.day, request.at
    return {
        "seat": seat,
        "ticket": in_hand(seat.counter_id, day),
        "lines": lines_now(office, day, at),
        "waiting": waiting(office, day, at)[:WAITING_SHOWN],
        "aside": put_aside(office, day),
        "places": places(office, day),
        "counters": counters_of(office),
        "at": at,
    }

"""A number for the hall: drawn at a machine there or by telephone, followed by its key, given back. Rules: `tickets`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.base.errors import Invalid, MotcuaError, NotThere, Refused
from motcua.base.times import day_of
from motcua.catalogue.models import Procedure
from motcua.forms.proof import qr_svg
from motcua.law.store import current_revision, regime_on
from motcua.offices.models import Office
from motcua.pages.layout.access import public
from motcua.pages.layout.at_kiosk import this_kiosk
from motcua.pages.layout.errors import locked_out
from motcua.pages.layout.forms import attempt, posted, show
from motcua.pages.layout.live import piece, tag_of
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.portal.ratings import RatingForm
from motcua.people.guesses import Guesser
from motcua.ratings.casting import cast_for_ticket, why_not_ticket
from motcua.ratings.kinds import Place
from motcua.tickets.drawing import Wish, draw, leave, new_key, open_slots, priorities_on, ticket_of
from motcua.tickets.estimate import estimate_of, estimates_now
from motcua.tickets.halls import line_for_field, lines_of
from motcua.tickets.hours import opening_for
from motcua.tickets.kinds import Priority, State, Way
from motcua.tickets.looking import stamp_of
from motcua.tickets.models import Line, Ticket

DRAWN = "ticket"  # in the session of a machine: the number that was drawn there last
PAGE = "tickets.page"


@public
def kiosk_ticket(request: PersonRequest) -> HttpResponse:
    """At a machine: a touch for a line, and the number is there."""
    machine = this_kiosk(request)
    office = Office.objects.get(pk=machine.office_id)
    context = _drawing(request, office)
    if request.method == "POST":
        ticket = _drawn(request, office, Way.KIOSK, context)
        if ticket is not None:
            request.session[DRAWN] = ticket.key
            return redirect("portal:kiosk_number")
    return render(request, "portal/kiosk_ticket.html", context, status=context.get("status", 200))


@public
def kiosk_number(request: PersonRequest) -> HttpResponse:
    """The number that was just drawn here, to be read and printed; gone with its person."""
    this_kiosk(request)
    try:
        ticket = ticket_of(request.session.get(DRAWN, ""))
    except NotThere:
        return redirect("portal:kiosk_ticket")
    story = _story(request, ticket)
    return render(request, "portal/kiosk_number.html", {**story, "qr": qr_svg(story["address"], scales=True)})


@public
def draw_ticket(request: PersonRequest) -> HttpResponse:
    """By telephone: choose a hall, a line, perhaps a half hour."""
    code = (request.POST.get("coquan") or request.GET.get("coquan", ""))[:30]
    office = Office.objects.by_code(code).first() if code else None
    procedure = Procedure.objects.filter(code=request.GET.get("thutuc", "")[:40]).select_related("current").first()
    if office is None or not lines_of(office.pk).exists():
        halls = Office.objects.on(day_of(request.at)).filter(lines__ended_at=None, lines__isnull=False).distinct()
        return render(request, "portal/draw_ticket.html", {"halls": halls.in_vi_order(), "procedure": procedure})
    context = {**_drawing(request, office), "procedure": procedure}
    if procedure is not None and procedure.current is not None:
        context["suggested"] = line_for_field(office.pk, procedure.current.field)
    for line in context["lines"]:
        line.open_slots = open_slots(line, request.at)
    if request.method == "POST":
        # Nobody fills a hall with numbers that nobody comes for.
        many = Guesser(new_key(), f"SO {request.META.get('REMOTE_ADDR', '')}")
        if many.closed_until(request.at):
            return locked_out(request)
        ticket = _drawn(request, office, Way.PHONE, context)
        if ticket is not None:
            many.was_wrong(request.at)
            return redirect("portal:ticket", ticket.key)
    return render(request, "portal/draw_ticket.html", context, status=context.get("status", 200))


@public
def ticket(request: PersonRequest, ticket_key: str) -> HttpResponse:
    """One's own number: where it stands, how long it will take. The key in the address is the secret."""
    found = _found(request, ticket_key)
    return locked_out(request) if found is None else render(request, "portal/ticket.html", _story(request, found))


@public
def ticket_now(request: PersonRequest, ticket_key: str) -> HttpResponse:
    """The same as it is now."""
    found = _found(request, ticket_key)
    if found is None:
        return locked_out(request)
    return piece(request, _stamp(request, found), "portal/ticket_now.html", lambda: _story(request, found))


@public
@require_POST
def leave_ticket(request: PersonRequest, ticket_key: str) -> HttpResponse:
    """The number is given back; whoever comes after moves up."""
    if _found(request, ticket_key) is None:
        return locked_out(request)
    leave(ticket_key, at=request.at)
    return redirect("portal:ticket", ticket_key)


@public
def rate_ticket(request: PersonRequest, ticket_key: str) -> HttpResponse:
    """How was it at the counter? Once, when it is over."""
    found = _found(request, ticket_key)
    if found is None:
        return locked_out(request)
    form = RatingForm(posted(request))
    if request.method == "POST":
        place = Place.KIOSK if request.kiosk else Place.HOME
        done = attempt(form, lambda: cast_for_ticket(ticket_key, place=place, opinion=form.opinion(), at=request.at))
        if done is not None:
            messages.success(request, _("Cảm ơn bạn. Đánh giá của bạn đã được ghi nhận."))
            return redirect("portal:rate_ticket", ticket_key)
    context = {"ticket": found, "refused": why_not_ticket(found)}
    return show(request, "portal/rate_ticket.html", context, form=form)


def _found(request: PersonRequest, key: str) -> Ticket | None:
    """The ticket with this key; None for somebody who tried too many. Raises NotThere."""
    guesser = Guesser(key, f"SO {request.META.get('REMOTE_ADDR', '')} DO")
    if guesser.closed_until(request.at):
        return None
    try:
        return ticket_of(key)
    except NotThere:
        guesser.was_wrong(request.at)
        raise


def _drawing(request: PersonRequest, office: Office) -> dict[str, Any]:
    """What one chooses from, and why nothing can be drawn now, if so."""
    current_revision()
    facts = regime_on(day_of(request.at))
    closed = ""
    try:
        opening_for(office, request.at)
    except Refused as error:
        closed = str(error)
    lines = list(lines_of(office.pk))
    estimates = {} if closed else estimates_now(lines, day_of(request.at), request.at)
    for line in lines:
        line.estimate = estimates.get(line.pk)  # type: ignore[attr-defined]
    return {
        "office": office,
        "lines": lines,
        "priorities": priorities_on(facts),
        "elderly_from": facts.elderly_from,
        "Priority": Priority,
        "page": signing.dumps(new_key(), salt=PAGE),
        "closed": closed,
        "chosen": request.POST.get("priority", ""),
    }


def _drawn(request: PersonRequest, office: Office, way: Way, context: dict[str, Any]) -> Ticket | None:
    """The number; None where it was refused, and the page says why with what was chosen."""
    try:
        line_id, slot = _wished(request, office)
        key = signing.loads(request.POST.get("page", ""), salt=PAGE, max_age=86_400)
        return draw(Wish(line_id, request.POST.get("priority", ""), slot), way=way, at=request.at, key=key)
    except signing.BadSignature:
        context |= {"refused": _("Trang này đã cũ. Hãy chọn lại."), "status": 409}
    except NotThere:
        raise
    except MotcuaError as error:
        context |= {"refused": str(error), "status": error.status}
    return None


def _wished(request: PersonRequest, office: Office) -> tuple[int, datetime | None]:
    """`line` is a number, or `number@instant` for a chosen half hour."""
    text, _at, when = request.POST.get("line", "").partition("@")
    try:
        slot = datetime.fromisoformat(when) if when else None
        if slot is not None and slot.tzinfo is None:
            raise ValueError(when)
        line = Line.objects.filter(pk=int(text), office=office).first()
    except ValueError as error:
        raise Invalid(_("Hãy chọn một nhóm dịch vụ.")) from error
    if line is None:
        raise Invalid(_("Hãy chọn một nhóm dịch vụ."))
    return line.pk, slot


def _stamp(request: PersonRequest, ticket: Ticket) -> str:
    return f"{stamp_of(ticket.office_id, ticket.day)}-{ticket.pk}-{ticket.last_seq}-{request.at:%H%M}"


def _story(request: PersonRequest, ticket: Ticket) -> dict[str, Any]:
    """What a person reads of their number."""
    path = reverse("portal:ticket", args=[ticket.key])
    is_today = ticket.day == day_of(request.at)
    return {
        "ticket": ticket,
        "State": State,
        "estimate": estimate_of(ticket, request.at) if is_today and ticket.state == State.WAITING else None,
        "may_rate": not why_not_ticket(ticket),
        "is_today": is_today,
        "address": (settings.PUBLIC_ADDRESS or f"{request.scheme}://{request.get_host()}") + path,
        "tag": tag_of(_stamp(request, ticket)),
        "at": request.at,
    }

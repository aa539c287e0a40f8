"""Taking in: find the procedure, fill one page, print the receipt, next person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from motcua.base.errors import MotcuaError, Refused
from motcua.base.text import tidy
from motcua.base.times import day_of
from motcua.catalogue.aliases import ELSEWHERE
from motcua.catalogue.models import ProcedureCase, ProcedureVersion
from motcua.catalogue.offers import Offer, offer
from motcua.catalogue.search import find
from motcua.dossiers.acts import reception
from motcua.dossiers.costs import preview
from motcua.dossiers.journal import is_open_to
from motcua.dossiers.kinds import Channel
from motcua.dossiers.models import Dossier
from motcua.dossiers.routing import authorities, is_named, support_units
from motcua.dossiers.states import Act
from motcua.offices.actors import Actor
from motcua.offices.models import Office
from motcua.pages.counter.intake_form import IntakeForm, ticket_ref
from motcua.pages.counter.person import RECEIVING, asked_for, filled
from motcua.pages.counter.turns import tie_to_turn, turn_in_hand
from motcua.pages.counter.visits import note_visit, same_person, usual_here, visit_of, whose_visit
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import attempt, show
from motcua.pages.layout.papers import issue_after_act
from motcua.pages.layout.reading import dossier_read_by
from motcua.pages.layout.requests import PersonRequest
from motcua.readings.models import Through

MOST_FOUND = 12


@officers(*RECEIVING)
def find_procedure(request: PersonRequest) -> HttpResponse:
    """Procedures that answer what is being typed, each with its cases; before that, what is usual here, by a digit."""
    text = tidy(request.GET.get("q", ""))[:200]
    same = whose_visit(request)
    usual = usual_here(request.actor.offices(*RECEIVING), request.at) if len(text) < 2 else []
    if text:
        usual = usual[int(text) - 1 : int(text)] if text.isdecimal() and text != "0" else []
    found = find(text, limit=MOST_FOUND, on=day_of(request.at)) if text and not usual else None
    cases: dict[int, list[ProcedureCase]] = {}
    rows = found.rows if found else ()
    for case in ProcedureCase.objects.filter(version_id__in=[row.version_id for row in rows]).order_by("seq"):
        cases.setdefault(case.version_id, []).append(case)
    context = {
        "text": text,
        "total": found.total if found else 0,
        "elsewhere": ELSEWHERE.get(found.elsewhere, "") if found else "",
        "rows": [{"procedure": row, "cases": cases.get(row.version_id, [])} for row in rows],
        "usual": usual,
        "same": same,
        "going_on": f"?cung={same.pk}" if same else "",
    }
    template = "counter/found.html" if request.htmx else "counter/find_procedure.html"
    return render(request, template, context)


@officers(*RECEIVING)
def take_in(request: PersonRequest, case_id: int) -> HttpResponse:
    """One page for everything; what is refused stays as it was typed."""
    channel = _channel(request)
    terms = offer(case_id, channel)
    if terms.status != ProcedureVersion.Status.PUBLISHED:
        raise Refused(_("Phiên bản thủ tục này không còn hiệu lực. Hãy tìm lại thủ tục."), code="not_published")
    offices = list(
        Office.objects.on(day_of(request.at)).filter(pk__in=request.actor.offices(*RECEIVING)).order_by("id")
    )
    helpers = support_units(offices[0].province, day_of(request.at)) if offices else []
    parts: tuple[Any, ...] = (terms, offices, _authorities(terms, offices, request), helpers)
    form, who = None, None
    if request.method == "POST":
        form = IntakeForm(*parts, request.POST, request.FILES)
        form.take_scans(request)
    if form is not None and "switch" not in request.POST and asked_for(request.POST) is None:
        dossier = _try(form, request.actor, request, parts)
        if dossier is not None:
            tie_to_turn(request, form.cleaned_data.get("turn"), dossier)
            return _go_on(request, dossier)
    else:
        typed = _typed(request, form)
        if (field := asked_for(typed)) is not None:
            typed, who = filled(request, typed, field, terms)
        form = IntakeForm(*parts, initial={"turn": turn_in_hand(request), **typed})
    context = {"terms": terms, "is_post": channel == Channel.POST, "channels": Channel, "person": who}
    # Nothing that is typed on the page changes what it costs: the case, the channel and the day do.
    context |= {"preview": preview(terms, day_of(request.at)), "visit": visit_of(request)}
    return show(request, "counter/take_in.html", context, form=form)


@officers(*RECEIVING)
def taken_in(request: PersonRequest, dossier_id: int) -> HttpResponse:
    """It is done: the code, the promised day, the receipt to print; one more for the same person, or the next one."""
    dossier = dossier_read_by(request, dossier_id, Through.PAGE)
    return render(request, "counter/taken_in.html", {"dossier": dossier, "visit": visit_of(request)})


def _typed(request: PersonRequest, form: IntakeForm | None) -> dict[str, Any]:
    """What the page begins with: what was typed, or whose visit goes on."""
    given: Mapping[str, Any] = form.data if form is not None else {}
    if not given and (same := whose_visit(request)) is not None:
        return same_person(request, same)
    return {name: value for name, value in given.items() if name not in {"switch", "channel"}}


def _go_on(request: PersonRequest, dossier: Dossier) -> HttpResponse:
    """To the page that comes after; a browser that waits with the page in hand is told where to go."""
    note_visit(request, dossier, goes_on="cung" in request.GET)
    if is_open_to(Act.GIVE_AT_ONCE, dossier, request.actor, request.at):
        # The result is given in the same breath, so there is no appointment to print a receipt of.
        address = reverse("counter:give_at_once", args=[dossier.pk])
    else:
        issue_after_act(request, dossier.pk)
        address = reverse("counter:taken_in", args=[dossier.pk])
    return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)


def _channel(request: PersonRequest) -> int:
    wanted = request.POST.get("switch") or request.POST.get("channel") or request.GET.get("cach", "")
    return Channel.POST if wanted == str(Channel.POST.value) else Channel.COUNTER


def _authorities(terms: Offer, offices: list[Office], request: PersonRequest) -> list[tuple[int, str]]:
    """Offices to choose the deciding one from, only where the catalogue does not say which."""
    on = day_of(request.at)
    if not offices or is_named(terms.competent_key, terms.field, offices[0], on):
        return []
    return list({one.pk: one.name for one in [*offices, *authorities(offices[0], on)]}.items())


def _try(form: IntakeForm, actor: Actor, request: PersonRequest, parts: tuple[Any, ...]) -> Dossier | None:
    """The new dossier, or the one that this very page has made before."""
    known = Dossier.objects.filter(origin_ref=ticket_ref(actor, form.data.get("ticket", ""))).first()
    if known is not None:
        return _again(form, known)
    try:
        return attempt(form, lambda: _found(form, request))
    except IntegrityError:
        # The same page was sent twice at once: the other request was faster.
        known = Dossier.objects.filter(origin_ref=ticket_ref(actor, form.data.get("ticket", ""))).first()
        if known is None:
            raise
        return _again(form, known)


def _again(form: IntakeForm, known: Dossier) -> Dossier | None:
    if form.is_valid() and tidy(form.cleaned_data["owner_name"]) == known.owner_name:
        return known
    sentence = _("Trang này đã được ghi nhận thành hồ sơ %(code)s của %(owner)s. Nếu đây là hồ sơ khác, hãy gửi lại.")
    form.is_valid()
    form.add_error(None, sentence % {"code": known, "owner": known.owner_name})
    form.draw_new_ticket()
    form.status = 409
    return None


def _found(form: IntakeForm, request: PersonRequest) -> Dossier:
    """Take in at once, or note that it came. By post both are noted: that it came, and that it was accepted."""
    intake, at, actor = form.intake(request), request.at, request.actor
    only_note = "register" in request.POST
    if intake.channel == Channel.COUNTER and not only_note:
        return reception.take_in(intake, actor=actor, at=at, fee=form.taking())
    by_post = {name: form.cleaned_data.get(name, "") for name in ("parcel_no", "postman")}
    dossier = reception.register(intake, actor=actor, at=at, **by_post)
    if only_note:
        return dossier
    try:
        return reception.accept(dossier.pk, actor=actor, at=at)
    except MotcuaError as error:
        # What came stays noted, in the queue; why it was not accepted is said on the next page.
        messages.warning(request, _("Hồ sơ đã được ghi nhận nhưng chưa tiếp nhận: %(why)s") % {"why": error})
        return dossier

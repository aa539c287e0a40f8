"""What waits at the counter: to be accepted, to be completed, to be handed over; and finding one by its code."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.base.errors import Invalid
from motcua.base.text import tidy
from motcua.calendar.store import calendar_for
from motcua.calendar.working_days import HOUR, WorkingCalendar
from motcua.dossiers.journal import acts_open_to
from motcua.dossiers.models import Dossier, FinancialDuty, SupplementRequest
from motcua.dossiers.states import Act, State
from motcua.forms.proof import CODE_PATH, read_proof
from motcua.law.store import current_revision
from motcua.pages.counter.person import RECEIVING
from motcua.pages.layout.access import officers
from motcua.pages.layout.paging import Page, cursor_page
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.layout.templatetags.layout import Urgency
from motcua.people.identity_card import read_card

MOST_MATCHES = 25
SOON_HOURS = 4


@officers(*RECEIVING)
def home(request: PersonRequest) -> HttpResponse:
    """Submitted dossiers that wait for an answer, the nearest end of their working hours first."""
    page = cursor_page(_here(request, State.SUBMITTED).select_related("receiving_office"), request, key="answer_due_at")
    edition = current_revision()
    for dossier in page.items:
        calendar = calendar_for(edition, dossier.receiving_office.schedule)
        dossier.patience = patience_of(dossier.answer_due_at, request.at, calendar)  # type: ignore[attr-defined]
    return _queue(request, "counter/home.html", page)


def patience_of(until: datetime | None, at: datetime, calendar: WorkingCalendar) -> Urgency | None:
    """How many working hours are left to answer; None where no answer is due by the hour."""
    if until is None:
        return None
    if until < at:
        return Urgency("late", _("Đã quá giờ trả lời"))
    hours = calendar.working_time(at, until) // HOUR
    if hours < 1:
        return Urgency("today", _("Còn chưa tới 1 giờ làm việc"))
    tone = "soon" if hours < SOON_HOURS else "calm"
    return Urgency(tone, ngettext("Còn %(hours)s giờ làm việc", "Còn %(hours)s giờ làm việc", hours) % {"hours": hours})


@officers(*RECEIVING)
def supplements(request: PersonRequest) -> HttpResponse:
    """Dossiers that wait for their applicant; those whose applicant has answered say so."""
    latest = SupplementRequest.objects.filter(dossier=OuterRef("pk")).order_by("-id")
    rows = _here(request, State.PRE_SUPPLEMENT, State.SUPPLEMENT).annotate(
        asked_at=Subquery(latest.values("asked_at")[:1]),
        answered_at=Subquery(latest.values("answered_at")[:1]),
        last_day=Subquery(latest.values("last_day")[:1]),
    )
    return _queue(request, "counter/supplements.html", cursor_page(rows, request, key="last_event_at"))


@officers(*RECEIVING)
def duties(request: PersonRequest) -> HttpResponse:
    """Dossiers whose applicant owes another body something first, those that wait longest first."""
    page = cursor_page(_here(request, State.PAYMENT), request, key="last_event_at")
    owed = FinancialDuty.objects.filter(dossier__in=[dossier.pk for dossier in page.items], recorded_at=None)
    of_dossier = {duty.dossier_id: duty for duty in owed}
    for dossier in page.items:
        dossier.duty = of_dossier.get(dossier.pk)  # type: ignore[attr-defined]
    return _queue(request, "counter/duties.html", page)


@officers(*RECEIVING)
def results(request: PersonRequest) -> HttpResponse:
    """Results that wait to be handed over, the oldest first."""
    return _queue(
        request, "counter/results.html", cursor_page(_here(request, State.FINISHED), request, key="finished_at")
    )


@officers(*RECEIVING)
def find(request: PersonRequest) -> HttpResponse:
    """One dossier by what was typed or scanned: straight to what is to be done with it, or a short list."""
    try:
        text = code_in(request.GET.get("q", ""))
    except Invalid as error:
        messages.error(request, str(error))
        text = ""
    matches = list(
        Dossier.objects.visible_to(request.actor)
        .search(text)
        .select_related("at_office")
        .order_by("-submitted_at", "-id")[:MOST_MATCHES]
        if text
        else []
    )
    if len(matches) == 1:
        dossier = matches[0]
        if Act.HAND_OVER in acts_open_to(dossier, request.actor, request.at):
            return redirect("counter:hand_over", dossier.pk)
        return redirect("desk:dossier", dossier.pk)
    return render(request, "counter/find.html", {"text": text, "dossiers": matches, "at": request.at})


def code_in(scanned: str) -> str:
    """The code that a scanner typed: the text itself, the one inside the address of a paper's QR code, or
    the number of an identity card.

    Raises Invalid for a signed code that is not genuine.
    """
    text = tidy(scanned)[:1000]
    if CODE_PATH in text:
        return read_proof(text).code
    if (card := read_card(text)) is not None:
        return card.number
    text = text[:200]
    if "://" not in text:
        return text
    return parse_qs(urlsplit(text).query).get("ma", [""])[0].strip()[:40]


def _here(request: PersonRequest, *states: State) -> QuerySet[Dossier]:
    """Those of this person's units; while they wait for the unit they lie there, which is what the index knows."""
    offices = request.actor.offices(*RECEIVING)
    return Dossier.objects.filter(at_office_id__in=offices, receiving_office_id__in=offices, state__in=states)


def _queue(request: PersonRequest, template: str, page: Page[Dossier]) -> HttpResponse:
    return render(request, template, {"page": page, "at": request.at})

"""One dossier as an officer sees it: facts, papers, what happened, why this date, and what may be done now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.base.times import VIETNAM
from motcua.calendar.store import calendar_for
from motcua.dossiers import steps
from motcua.dossiers.clock import ClockEvent, clock_event_from_json
from motcua.dossiers.clock_days import explain
from motcua.dossiers.journal import acts_open_to
from motcua.dossiers.models import Dossier, Event, GivenPaper, Result
from motcua.dossiers.states import Act
from motcua.files.models import StoredFile
from motcua.files.store import open_file
from motcua.pages.layout.acting import ACT_ROUTES, dossier_seen_by
from motcua.pages.layout.printing_facts import slips_of
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.layout.why import why_sentence

SHOWN_INLINE = frozenset({"application/pdf", "image/jpeg", "image/png"})
# Acts that end or turn a dossier away stand apart from those that move it on.
HARD = frozenset({Act.REFUSE_INTAKE, Act.REFUSE_RESULT, Act.STOP, Act.WITHDRAW, Act.SEND_BACK})


@dataclass(frozen=True)
class Button:
    """One act that is open, and where it is done."""

    act: Act
    address: str
    tone: str


@dataclass(frozen=True)
class Happened:
    """One line of the timeline."""

    at: datetime
    title: str
    where: str
    who: str
    notes: list[str]


def dossier(request: PersonRequest, dossier_id: int) -> HttpResponse:
    """Everything about one dossier on one page."""
    found = dossier_seen_by(request, dossier_id)
    events = list(found.events.select_related("office").order_by("seq"))
    ledger = [clock_event_from_json(event.clock, calendar_for) for event in events if event.clock]
    days = explain(ledger)
    context = {
        "dossier": found,
        "at": request.at,
        "buttons": buttons(found, request),
        "timeline": [happened(event) for event in reversed(events)],
        "days": days,
        "why": why_sentence(days, limit_of(ledger)),
        "papers": found.papers.select_related("file", "component").order_by("id"),
        "requests": found.supplement_requests.order_by("-id"),
        "steps": [(step, step.seq == found.step) for step in steps.steps_of(found.process_id)]
        if found.process_id
        else [],
        "result": Result.objects.filter(dossier=found).select_related("file", "decided_by").first(),
        "slips": slips_of(found, officer=True),
    }
    return render(request, "desk/dossier.html", context)


def buttons(found: Dossier, request: PersonRequest) -> list[Button]:
    """The open acts, from the tables that the acts themselves ask; the first is the one that is usually next."""
    opened = [act for act in acts_open_to(found, request.actor, request.at) if act in ACT_ROUTES]
    soft, hard = [act for act in opened if act not in HARD], [act for act in opened if act in HARD]
    made: list[Button] = []
    for act in (*soft, *hard):
        tone = "primary" if not made else ("outline-danger" if act in HARD else "outline-primary")
        made.append(Button(act, reverse(ACT_ROUTES[act], args=[found.pk]), tone))
    return made


def happened(event: Event) -> Happened:
    """An event in words, with its reason and what it moved."""
    notes = [event.reason] if event.reason else []
    data: dict[str, Any] = event.data
    notes += [
        f"{item.get('name', '')}: {item.get('why', '')}" for item in data.get("items", ()) if isinstance(item, dict)
    ]
    if data.get("basis"):
        notes.append(_("Căn cứ: %(basis)s") % {"basis": data["basis"]})
    if data.get("number"):
        notes.append(_("Số: %(number)s") % {"number": data["number"]})
    if event.clock and event.due_at:
        notes.append(_("Hẹn trả: %(due)s") % {"due": f"{event.due_at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"})
    title = str(Act(event.act).label) if event.act in Act.values else event.act
    return Happened(event.at, title, event.office.short_name or event.office.name, event.actor_name, notes)


def limit_of(ledger: list[ClockEvent]) -> str:
    """The newest limit that the clock counts."""
    limits = [str(event.limit) for event in ledger if event.limit]
    return limits[-1] if limits else ""


def paper(request: PersonRequest, dossier_id: int, paper_id: int) -> FileResponse:
    """A file that came with the dossier."""
    found = dossier_seen_by(request, dossier_id)
    given = GivenPaper.objects.filter(dossier=found, pk=paper_id).select_related("file").first()
    return sent(given.file if given else None)


def result(request: PersonRequest, dossier_id: int) -> FileResponse:
    """The file of the result."""
    found = dossier_seen_by(request, dossier_id)
    answered = Result.objects.filter(dossier=found).select_related("file").first()
    return sent(answered.file if answered else None)


def sent(stored: StoredFile | None) -> FileResponse:
    """A stored file to look at; what a browser might run is only offered for saving."""
    if stored is None:
        raise NotThere(_("Không có tệp này."))
    response = FileResponse(
        open_file(stored),
        content_type=stored.media_type,
        as_attachment=stored.media_type not in SHOWN_INLINE,
        filename=stored.name,
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response

"""A dossier with the rows that its papers are made of, and which papers these rows call for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from motcua.base.times import day_of
from motcua.calendar.store import calendar_for
from motcua.dossiers.clock_events import ClockEvent, clock_event_from_json
from motcua.dossiers.kinds import ResultKind
from motcua.dossiers.models import Dossier, Event, Extension, SupplementRequest
from motcua.dossiers.rulebook import regime_of
from motcua.dossiers.states import Act, State
from motcua.forms.catalogue import Form, Kind, form_for
from motcua.law.facts import RegimeFacts

# Acts after which the applicant gets a paper.
CALL_FOR_PAPER = frozenset({
    Act.TAKE_IN, Act.ACCEPT, Act.ASK_AT_INTAKE, Act.ASK_SUPPLEMENT, Act.ASK_SUPPLEMENT_AGAIN,
    Act.REFUSE_INTAKE, Act.REFUSE_RESULT, Act.EXTEND, Act.STOP, Act.END_UNANSWERED, Act.WITHDRAW,
})  # fmt: skip
ENDS = (Act.STOP, Act.END_UNANSWERED, Act.WITHDRAW)
REFUSALS = (Act.REFUSE_INTAKE, Act.REFUSE_RESULT)


@dataclass(frozen=True)
class Paper:
    """One paper that a dossier calls for: the form, which occasion of its kind, and the day it is of."""

    form: Form
    occasion: int
    dated_at: datetime

    @property
    def kind(self) -> Kind:
        return self.form.kind


@dataclass
class Source:
    """The rows of one dossier, each read once. `asked`: what was asked of the applicant, oldest first, where it is known."""

    dossier: Dossier
    asked: list[SupplementRequest] | None = None

    @cached_property
    def events(self) -> list[Event]:
        """The journal of the dossier, oldest first."""
        return list(self.dossier.events.select_related("office").order_by("seq"))

    @cached_property
    def regime(self) -> RegimeFacts:
        """The regime the dossier was accepted under; before acceptance, that of the day it came in."""
        return regime_of(self.dossier, self.dossier.submitted_at)

    @cached_property
    def requests(self) -> list[SupplementRequest]:
        """What was asked of the applicant, oldest first."""
        if self.asked is not None:
            return self.asked
        return list(self.dossier.supplement_requests.select_related("asked_by").order_by("id"))

    @cached_property
    def extensions(self) -> list[Extension]:
        """The apologies, oldest first."""
        return list(self.dossier.extension_letters.select_related("signed_by").order_by("number"))

    def last(self, *acts: Act) -> Event | None:
        """The newest event of any of these acts."""
        return next((event for event in reversed(self.events) if event.act in acts), None)

    @cached_property
    def start(self) -> tuple[Event, ClockEvent] | None:
        """The event that started the clock, and what it says of time."""
        for event in self.events:
            if event.clock and event.act in (Act.TAKE_IN, Act.ACCEPT):
                return event, clock_event_from_json(event.clock, calendar_for)
        return None

    def papers(self) -> list[Paper]:
        """The papers for the applicant that this dossier calls for, oldest kind first; at most three statements."""
        dossier = self.dossier
        found: list[tuple[Kind, int, datetime]] = []
        if dossier.accepted_at:
            found.append((Kind.RECEIPT, 1, dossier.accepted_at))
        found += [(Kind.SUPPLEMENT, place, request.asked_at) for place, request in enumerate(self.requests, 1)]
        refused = dossier.state == State.REFUSED or dossier.result_kind == ResultKind.REFUSAL
        if refused and (event := self.last(*REFUSALS)):
            found.append((Kind.REFUSAL, 1, event.at))
        if dossier.extensions:
            found += [(Kind.APOLOGY, letter.number, letter.signed_at) for letter in self.extensions]
        ended = dossier.state in (State.STOPPED, State.WITHDRAWN) and dossier.accepted_at
        if ended and (event := self.last(*ENDS)):
            found.append((Kind.STOP, 1, event.at))
        return [paper for one in found if (paper := self._on_its_form(*one)) is not None]

    def control_slip(self, at: datetime) -> Paper | None:
        """The slip that goes round with the dossier, as it stands at `at`; only what was accepted has one."""
        return self._on_its_form(Kind.CONTROL, 1, at) if self.dossier.accepted_at else None

    def paper(self, kind: str, occasion: int, at: datetime) -> Paper | None:
        """The paper of this kind and occasion, or None when the dossier calls for no such paper."""
        if kind == Kind.CONTROL:
            return self.control_slip(at) if occasion == 1 else None
        return next((one for one in self.papers() if (one.kind, one.occasion) == (kind, occasion)), None)

    def _on_its_form(self, kind: Kind, occasion: int, dated_at: datetime) -> Paper | None:
        form = form_for(kind, self.regime, day_of(dated_at))
        return Paper(form, occasion, dated_at) if form else None

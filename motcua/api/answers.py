"""What goes out: the shapes of answers, and how rows become them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field

from motcua.base.times import VIETNAM
from motcua.calendar.limits import Limit
from motcua.dossiers import inquiries
from motcua.dossiers.clock import ClockEvent, ClockState
from motcua.dossiers.clock_days import story
from motcua.dossiers.clock_words import day_words, summary
from motcua.dossiers.journal import part_acts_open_to
from motcua.dossiers.models import Consultation, Dossier, GivenPaper, Verification
from motcua.dossiers.parts import parts_of
from motcua.dossiers.states import Act, PartState, State
from motcua.dossiers.telling import Told
from motcua.offices.actors import Actor
from motcua.offices.models import Office

ROW_RELATED = ("procedure", "receiving_office", "competent_office", "at_office", "holder")

# Instants are told as they stand on the clocks of the offices.
Moment = Annotated[datetime, AfterValidator(lambda instant: instant.astimezone(VIETNAM))]


class Choice(BaseModel):
    """A stored code and its words in the reader's language."""

    code: str
    label: str


class OfficeOut(BaseModel):
    code: str
    code_qd20: str
    name: str
    kind: str
    level: str
    parent: str | None = None


class OfficeRef(BaseModel):
    code: str
    name: str


class Standing(BaseModel):
    """Where a dossier stands after an act."""

    code: str | None = Field(..., description="dossier code, from acceptance on")
    submission_no: str
    state: str
    seq: int = Field(..., description="number of its last event; send it back as `seen`")
    due_at: Moment | None
    step: int | None


class Founded(Standing):
    secret: str = Field(..., description="what the applicant tracks the dossier with, beside its code")


class DossierRow(Standing):
    state_label: str
    procedure: Choice
    receiving_office: OfficeRef
    competent_office: OfficeRef
    authority_open: bool = Field(..., description="nobody named yet: the receiving unit names it when it accepts")
    at_office: OfficeRef
    holder: str | None
    channel: int
    owner_name: str
    submitted_at: Moment
    accepted_at: Moment | None
    original_due_at: Moment | None
    finished_at: Moment | None
    returned_at: Moment | None


class DossierPage(BaseModel):
    rows: list[DossierRow]
    next: str | None = Field(..., description="cursor of the next page; null at the end")


class EventOut(BaseModel):
    seq: int
    act: Choice
    state: str
    at: Moment
    actor: str
    on_behalf_of: str
    office: str
    reason: str
    due_at: Moment | None


class DayOut(BaseModel):
    day: date
    counted: bool
    n: int | None
    code: str
    reason: str


class ClockOut(BaseModel):
    """Why the due date is what it is, day by day and in two sentences."""

    state: str
    due_at: Moment | None
    original_due_at: Moment | None
    days: list[DayOut]
    summary: str
    law: list[str]


class PaperOut(BaseModel):
    component_id: int | None
    name: str
    originals: int
    copies: int
    file_id: int | None
    text: str = Field(..., description="what was filled in on the screen")
    given_at: Moment


class FeeLineOut(BaseModel):
    """One phí or lệ phí, in whole đồng: owed = charged less what was let off; held = paid less given back."""

    kind: str
    name: str
    charged_vnd: int
    let_off_vnd: int
    paid_vnd: int
    refunded_vnd: int


class ReceiptOut(BaseModel):
    id: int
    template_no: str
    serial: str
    number: str
    amount_vnd: int
    at: Moment
    cancelled: bool


class BillOut(BaseModel):
    """What a dossier costs; `reference` is what payment systems call it."""

    reference: str
    state: str
    due_when: str
    holds_back: bool
    outstanding_vnd: int = Field(..., description="still to be paid; negative: to be given back")
    lines: list[FeeLineOut]
    receipts: list[ReceiptOut]


class CustodyOut(BaseModel):
    step: str
    from_name: str
    to_name: str
    signed_by: str
    at: Moment


class ParcelOut(BaseModel):
    """A parcel of the public post and whose hands it went through."""

    direction: str
    item_no: str
    state: str
    handed_at: Moment
    due_on: date | None = Field(..., description="last working day on which the post is in time")
    custody: list[CustodyOut]


class AppointmentOut(BaseModel):
    """A verification that the applicant has to come to."""

    place: str
    begins_at: Moment
    ends_at: Moment
    participants: str
    content: str


class ConsultationOut(BaseModel):
    """An office that was asked for its opinion."""

    id: int
    office: OfficeRef
    question: str
    asked_at: Moment
    due_at: Moment
    outcome: str = Field(..., description="answered, dropped, overtaken; empty while it waits")
    closed_at: Moment | None
    answer: str
    reason: str
    file_id: int | None


class VerificationOut(AppointmentOut):
    id: int
    needs_applicant: bool
    outside_hours: bool
    outcome: str = Field(..., description="recorded, cancelled, overtaken; empty while it is planned")
    closed_at: Moment | None
    minutes: str
    attended: str
    reason: str
    file_id: int | None


class PartOut(BaseModel):
    """One agency's part of an interlinked dossier, with its own promise."""

    number: int
    name: str
    task: str
    office: OfficeRef
    waits_for: list[int]
    limit: str
    state: str
    state_label: str
    holder: str | None
    started_at: Moment | None
    due_at: Moment | None
    ended_at: Moment | None
    outcome: str
    paper_no: str
    summary: str
    file_id: int | None
    acts: list[Choice] = Field(..., description="what you may do to it now")


class DossierOut(DossierRow):
    content: str
    fee_vnd: int | None
    bill: BillOut | None
    parcels: list[ParcelOut]
    return_way: str
    regime: str
    supplements: int
    extensions: int
    result_kind: str
    timeline: list[EventOut]
    clock: ClockOut
    papers: list[PaperOut]
    appointments: list[AppointmentOut]
    consultations: list[ConsultationOut] = Field(..., description="for officers")
    verifications: list[VerificationOut] = Field(..., description="for officers")
    parts: list[PartOut] = Field(..., description="of an interlinked dossier, once they are given out")
    acts: list[Choice] = Field(..., description="what you may do to it now")


class Tracked(BaseModel):
    """What the applicant sees with code and secret, without an account."""

    code: str | None
    submission_no: str
    state: str
    state_label: str
    procedure: Choice
    at_office: OfficeRef
    due_at: Moment | None
    timeline: list[EventOut]
    clock: ClockOut
    appointments: list[AppointmentOut]


def standing(dossier: Dossier) -> dict[str, Any]:
    """Where it stands, from the row alone."""
    return {
        "code": dossier.code,
        "submission_no": dossier.submission_no,
        "state": str(dossier.state),
        "seq": dossier.last_seq,
        "due_at": dossier.due_at,
        "step": dossier.step,
    }


def row(dossier: Dossier) -> dict[str, Any]:
    """A line of a list; the related rows are already there."""
    return {
        **standing(dossier),
        "state_label": str(State(dossier.state).label),
        "procedure": {"code": dossier.procedure.code, "label": dossier.procedure.name},
        "receiving_office": office_ref(dossier.receiving_office),
        "competent_office": office_ref(dossier.competent_office),
        "authority_open": dossier.authority_open,
        "at_office": office_ref(dossier.at_office),
        "holder": dossier.holder.full_name if dossier.holder else None,
        "channel": dossier.channel,
        "owner_name": dossier.owner_name,
        "submitted_at": dossier.submitted_at,
        "accepted_at": dossier.accepted_at,
        "original_due_at": dossier.original_due_at,
        "finished_at": dossier.finished_at,
        "returned_at": dossier.returned_at,
    }


def office_ref(office: Office) -> dict[str, Any]:
    """Code and name."""
    return {"code": office.code, "name": office.name}


def timeline(events: Iterable[Told], *, for_applicant: bool) -> list[dict[str, Any]]:
    """Every event, oldest first."""
    return [
        {
            "seq": event.seq,
            "act": {"code": event.act, "label": str(Act(event.act).label)},
            "state": event.to_state,
            "at": event.at,
            "actor": event.actor_name,
            "on_behalf_of": event.on_behalf_of,
            "office": event.office,
            "reason": event.reason_for(applicant=for_applicant),
            "due_at": event.due_at,
        }
        for event in events
    ]


def clock(ledger: list[ClockEvent]) -> dict[str, Any]:
    """The fold of an accepted dossier's time, with every day's reason; an empty ledger where nothing was accepted yet."""
    if not ledger:
        return {
            "state": str(ClockState.NONE),
            "due_at": None,
            "original_due_at": None,
            "days": [],
            "summary": "",
            "law": [],
        }
    reading, _limit, days = told = story(ledger)
    return {
        "state": str(reading.state),
        "due_at": reading.due_at,
        "original_due_at": reading.original_due_at,
        "days": [
            {"day": day.day, "counted": day.counted, "n": day.n, "code": str(day.code), "reason": day_words(day)}
            for day in days
        ],
        "summary": summary(told),
        "law": list(reading.law),
    }


def papers(dossier: Dossier) -> list[dict[str, Any]]:
    """What was handed in."""
    return [
        {
            "component_id": paper.component_id,
            "name": paper.name,
            "originals": paper.originals,
            "copies": paper.copies,
            "file_id": paper.file_id,
            "text": paper.text,
            "given_at": paper.given_at,
        }
        for paper in GivenPaper.objects.filter(dossier=dossier).order_by("pk")
    ]


def parts(dossier: Dossier, actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """What each agency does; what passes between them is not the applicant's before the whole is done."""
    if dossier.joint_offices is None:
        return []
    for_applicant = not actor.is_officer
    hidden = for_applicant and dossier.finished_at is None
    return [
        {
            "number": part.number,
            "name": part.name,
            "task": "" if for_applicant else part.task,
            "office": {"code": part.office.code, "name": part.office.name},
            "waits_for": part.waits_for,
            "limit": str(Limit.from_json(part.limit)),
            "state": part.state,
            "state_label": str(PartState(part.state).label),
            "holder": part.holder and part.holder.full_name,
            "started_at": part.started_at,
            "due_at": part.due_at,
            "ended_at": part.ended_at,
            "outcome": part.outcome,
            "paper_no": "" if hidden else part.paper_no,
            "summary": "" if hidden else part.summary,
            "file_id": None if hidden else part.file_id,
            "acts": choices(part_acts_open_to(dossier, part, actor, at)),
        }
        for part in parts_of(dossier.pk)
    ]


def choices(acts: Iterable[Act]) -> list[dict[str, str]]:
    """Acts with their words."""
    return [{"code": str(act), "label": str(act.label)} for act in acts]


def appointments(events: Iterable[Told], state: str, at: datetime) -> list[dict[str, Any]]:
    """What the applicant has to come to."""
    return [asdict(one) for one in inquiries.appointments(events, state, at)]


def consultation(one: Consultation) -> dict[str, Any]:
    """One office that was asked; the office is already there."""
    return {**_stored(one, ConsultationOut), "office": office_ref(one.office)}


def verification(one: Verification) -> dict[str, Any]:
    """One verification."""
    return _stored(one, VerificationOut)


def _stored(one: Consultation | Verification, shape: type[BaseModel]) -> dict[str, Any]:
    return {name: getattr(one, name) for name in shape.model_fields if name != "office"}

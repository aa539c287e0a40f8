"""The shapes of the API's answers, with what each field means."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from motcua.base.times import VIETNAM
from motcua.dossiers.next_step import Need

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
    text: str = Field(..., description="what was filled in on the screen, in free words")
    filled: dict[str, str | int | bool] | None = Field(
        ..., description="what was filled in, by key of the component's fields"
    )
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
    first_due_at: Moment | None = Field(..., description="before its agency put it off")
    extensions: int
    is_beyond: bool = Field(..., description="put off beyond the dossier's day, which it does not move")
    ended_at: Moment | None
    outcome: str
    paper_no: str
    summary: str
    file_id: int | None
    acts: list[Choice] = Field(..., description="what you may do to it now")


class SubmitterOut(BaseModel):
    """Who brought a dossier; `owner` needs no further words."""

    role: str = Field(..., description="owner, submitter, agent, helper")
    role_label: str
    name: str
    id_no: str
    phone: str = Field(..., description="for the unit and the owner")
    relation: str
    authority_no: str
    authority_on: date | None


class NextStepOut(BaseModel):
    """What the owner must do next; `day`: until when, of the owner or else of the office."""

    need: str = Field(..., description=" ".join(Need))
    is_owners: bool = Field(..., description="it goes no further without the owner")
    sentence: str
    day: date | None


class DossierOut(DossierRow):
    support_office: OfficeRef | None = Field(..., description="another one-stop unit that helped to file")
    submitter: SubmitterOut
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
    next_step: NextStepOut | None = Field(..., description="for its owner")


class Tracked(BaseModel):
    """What the applicant sees with code and secret, without an account."""

    code: str | None
    submission_no: str
    state: str
    state_label: str
    procedure: Choice
    at_office: OfficeRef
    due_at: Moment | None
    next_step: NextStepOut
    timeline: list[EventOut]
    clock: ClockOut
    appointments: list[AppointmentOut]

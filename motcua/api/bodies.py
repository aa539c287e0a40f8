"""What comes in: the typed bodies of every act."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from motcua.api.reading import Code, Count, Id, IdNo, ItemNo, Line, Name, Number, Prose
from motcua.dossiers.acts.consultation import LONGEST_DAYS
from motcua.dossiers.acts.correction import LONGEST_LIMIT, Again, Grounds, NewResult
from motcua.dossiers.acts.intake import Paper


class Body(BaseModel):
    """A body takes its own fields and no others, so that a misspelt one is told, not lost."""

    model_config = ConfigDict(extra="forbid")


class ActBody(Body):
    """Every act may say which event the sender saw last; 409 `stale` if somebody acted since."""

    seen: int | None = Field(None, ge=0, le=2**31 - 1, description="`seq` of the dossier as you saw it")

    def arguments(self) -> dict[str, Any]:
        """The act's own arguments."""
        return {name: getattr(self, name) for name in type(self).model_fields}


class OwnerIn(Body):
    name: Line = Field(..., min_length=1)
    kind: Literal[1, 2, 3, 4] = Field(1, description="1 citizen, 2 enterprise, 3 state body, 4 other")
    id_no: Line = ""
    phone: Line = ""
    email: Line = ""
    address: Line = ""


class SubmitterIn(Body):
    """Who brings the dossier. Left out: the owner; `agent` needs an authority, `submitter` a relation, both an identity number."""

    role: Literal["owner", "submitter", "agent", "helper"]
    name: Line = ""
    id_no: Line = ""
    phone: Line = ""
    relation: Line = ""
    authority_no: Line = Field("", description="letter of authorisation, birth certificate, decision on guardianship")
    authority_on: date | None = Field(None, ge=date(1900, 1, 1), le=date(2100, 12, 31))


class PaperIn(Body):
    component_id: Id | None = Field(None, description="component of the offer; null: one more paper")
    name: Prose = ""
    originals: Count = 0
    copies: Count = 0
    file_id: Id | None = Field(None, description="a file that you sent to `/files`")
    text: Prose = Field("", description="for a component of kind `on_screen` without fields: what is declared")
    typed: dict[Code, Prose] | None = Field(
        None,
        description="for a component with `fields`: what is filled in, by key, as a person would type it",
        max_length=100,
    )

    def paper(self) -> Paper:
        return Paper(
            self.component_id, self.name, self.originals, self.copies, self.file_id, self.text, typed=self.typed
        )


class FoundIn(Body):
    """A new dossier. `submit`: online, for yourself; `take_in`: accepted at the counter; `register`: only noted."""

    act: Literal["submit", "take_in", "register"]
    case_id: Id
    receiving_office: Code = Field(..., description="code of the one-stop unit")
    competent_office: Code | None = Field(None, description="only where the catalogue does not say who decides")
    channel: Literal[1, 3] = Field(1, description="1 at the counter, 3 by post; `submit` is always 2")
    support_office: Code | None = Field(None, description="code of another one-stop unit that helped to file")
    owner: OwnerIn
    submitter: SubmitterIn | None = Field(None, description="null: the owner hands in; `submit` is from your account")
    papers: list[PaperIn] = Field([], max_length=200)
    content: Prose = ""
    answers: dict[str, Any] = Field({}, max_length=200)
    return_way: Literal["counter", "post", "online"] = "counter"
    parcel_no: ItemNo = Field("", description="`register` by post: item number")


class Nothing(ActBody):
    pass


class AcceptIn(ActBody):
    competent_office: Code | None = Field(
        None, description="who decides; needed where `authority_open` and the catalogue does not say"
    )


class ReasonIn(ActBody):
    reason: Prose


class ReasonAndBasisIn(ReasonIn):
    basis: Prose


class OverrideIn(Body):
    code: Literal["outage", "disaster", "wrong_data"]
    words: Prose = Field(..., min_length=1)


class ItemIn(Body):
    name: Prose = Field(..., min_length=1)
    why: Prose = ""
    component: Id | None = None
    override: OverrideIn | None = Field(
        None, description="why a paper is asked for whose data a database has (`replaced_by_database`)"
    )


class AskIn(ReasonIn):
    items: list[ItemIn] = Field(..., min_length=1, max_length=100)

    def arguments(self) -> dict[str, Any]:
        items = [item.model_dump(exclude_none=True) for item in self.items]
        return {**super().arguments(), "items": items}


class AskWithBasisIn(AskIn):
    basis: Prose = Field("", description="needed when the regime's days for asking are over")


class AskAgainIn(AskIn):
    basis: Prose = Field(..., min_length=1, description="sector law that lets a leader ask once more")


class AnswerIn(ActBody):
    papers: list[PaperIn] = Field([], max_length=200)
    note: Prose = ""

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "papers": [paper.paper() for paper in self.papers]}


class RedirectIn(ReasonIn):
    to_office: Code


class ForwardIn(ActBody):
    to_account_id: Id | None = Field(None, description="a named officer of the next step; null: whoever takes it up")
    note: Prose = ""


class ExtendIn(ReasonIn):
    new_day: date = Field(
        ..., ge=date(2000, 1, 1), le=date(2100, 12, 31), description="a working day after the promised one"
    )


class AskDutyIn(ActBody):
    content: Prose
    document_no: Number
    payee: Line
    amount_vnd: int | None = Field(None, ge=1, le=2**53, description="whole đồng; null: the payee fixes it")
    pay_by: date | None = Field(None, ge=date(2000, 1, 1), le=date(2100, 12, 31))


class DutyDoneIn(ActBody):
    proof_no: Number
    paid_on: date = Field(..., ge=date(2000, 1, 1), le=date(2100, 12, 31))
    file_id: Id | None = None


class ApproveIn(ActBody):
    number: Number = ""
    summary: Prose = ""
    file_id: Id | None = None


class RefuseResultIn(ReasonAndBasisIn):
    number: Number = ""


class FinishIn(ActBody):
    number: Number = ""


class HandOverIn(ActBody):
    way: Literal["counter", "post", "online"]
    taken_by: Name = ""
    taken_by_id_no: IdNo = ""
    authorisation: Prose = ""
    parcel_no: ItemNo = ""
    postman: Name = Field("", description="who took the parcel for the post")
    zone: Literal["district", "province", "cities", "other"] = Field("province", description="how far the parcel goes")


Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]


class GroundsIn(ActBody):
    """What is wrong and why it is corrected (the owner reads both), on which document, whose doing."""

    fault: Literal["error", "loss"] = "error"
    wrong: Prose
    reason: Prose
    document_no: Number
    document_on: Day

    def arguments(self) -> dict[str, Any]:
        own = set(GroundsIn.model_fields) - set(ActBody.model_fields)
        more = {name: value for name, value in super().arguments().items() if name not in own}
        return {**more, "grounds": Grounds(self.wrong, self.reason, self.document_no, self.document_on, self.fault)}


class ProposeCorrectionIn(GroundsIn):
    """`result`: another content, what is empty stays; `reopen`: handled again from `step`, within `limit_days`."""

    kind: Literal["result", "reopen"]
    number: Number = ""
    summary: Prose = ""
    file_id: Id | None = None
    step: int | None = Field(None, ge=1, le=1000)
    limit_days: int | None = Field(None, ge=1, le=LONGEST_LIMIT, description="null: the promise stays")

    def arguments(self) -> dict[str, Any]:
        again = self.kind == "reopen"
        remedy = Again(self.step, self.limit_days) if again else NewResult(self.number, self.summary, self.file_id)
        arguments = super().arguments()
        return {"seen": arguments["seen"], "grounds": arguments["grounds"], "remedy": remedy}


class ProposeDateIn(GroundsIn):
    new_day: Day = Field(..., description="the right day, a working day")


Dong = Annotated[int, Field(ge=1, lt=10**12, strict=True)]
CounterWay = Literal["cash", "transfer"]


class FeeLineIn(Body):
    kind: Literal["PHI", "LE_PHI"]
    name: Prose = ""
    amount_vnd: Dong


class ChargeFeeIn(ActBody):
    lines: list[FeeLineIn] = Field(..., min_length=1, max_length=20)
    basis: Prose

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "lines": [(line.kind, line.name, line.amount_vnd) for line in self.lines]}


class ExemptFeeIn(ActBody):
    basis: Prose
    proof: Prose


class TakeFeeIn(ActBody):
    """All that is owed, at once; the same `reference` again is the same payment."""

    way: CounterWay
    reference: ItemNo = Field(..., min_length=1, description="names the payment once for ever")
    amount_vnd: Dong | None = Field(None, description="what was handed over; it must be what is owed")
    payer_name: Name = ""


class RefundFeeIn(ReasonIn):
    way: CounterWay
    amount_vnd: Dong | None = Field(None, description="null: all that has to go back")


class CancelReceiptIn(ReasonIn):
    receipt_id: Id


class RestrictIn(ReasonIn):
    readers: list[Id] | None = Field(
        [], max_length=100, description="accounts that may see it besides those on its way; null: open again"
    )


class QuestionIn(Body):
    office: Code = Field(..., description="code of the office that is asked")
    question: Prose
    days: int | None = Field(None, ge=1, le=LONGEST_DAYS, description="working days of that office; or `due_on`")
    due_on: date | None = Field(
        None,
        ge=date(2000, 1, 1),
        le=date(2100, 12, 31),
        description="last day, a working day of that office; or `days`",
    )


class ConsultIn(ActBody):
    """Each office its own question and its own last day."""

    questions: list[QuestionIn] = Field(..., min_length=1, max_length=20)


class AnswerConsultationIn(ActBody):
    consultation_id: Id
    answer: Prose
    file_id: Id | None = Field(None, description="a file that you sent to `/files`")


class DropConsultationIn(ReasonIn):
    consultation_id: Id


Instant = Annotated[AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), le=datetime(2100, 12, 31, tzinfo=UTC))]


class PlanVerificationIn(ActBody):
    place: Line = Field(..., min_length=1)
    begins_at: Instant
    ends_at: Instant
    participants: Prose
    content: Prose
    needs_applicant: bool = Field(..., description="the applicant has to be present, and is told")


class MoveVerificationIn(ReasonIn):
    verification_id: Id
    place: Line = Field(..., min_length=1)
    begins_at: Instant
    ends_at: Instant


class NoteAttemptIn(ActBody):
    tried_at: Instant = Field(..., description="within an approved outage")
    evidence: Prose
    file_id: Id | None = Field(None, description="a file that you sent to `/files`")


class RecordVerificationIn(ActBody):
    verification_id: Id
    minutes: Prose
    attended: Prose
    file_id: Id | None = Field(None, description="a file that you sent to `/files`")


class CancelVerificationIn(ReasonIn):
    verification_id: Id


class PlanIn(Body):
    """One agency's part of an interlinked dossier."""

    office: Code
    name: Prose = Field(..., min_length=1)
    limit: Line = Field(..., min_length=1, description="`2wd`, `4wh`, `7d`")
    task: Prose = ""
    waits_for: list[Annotated[int, Field(ge=1, le=99)]] = Field(
        [], max_length=30, description="numbers of the parts before it, counted from 1; none: it begins at once"
    )


class OpenPartsIn(ActBody):
    plans: list[PlanIn] = Field(..., min_length=1, max_length=30, description="numbered from 1 as they stand")


class PartIn(ActBody):
    part: int = Field(..., ge=1, le=99, description="number of the part")


class PartReasonIn(PartIn):
    reason: Prose


class ExtendPartIn(PartReasonIn):
    new_day: date = Field(
        ..., ge=date(2000, 1, 1), le=date(2100, 12, 31), description="a working day of its office after the part's day"
    )


class PartResultIn(PartIn):
    summary: Prose = Field("", description="what is passed on to the agencies that wait for it")
    paper_no: Number = ""
    file_id: Id | None = None


class FinishPartIn(PartResultIn):
    outcome: Literal["granted", "refusal"] = "granted"


class AssignPartIn(PartReasonIn):
    plan: PlanIn

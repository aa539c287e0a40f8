"""What comes in: the typed bodies of every act."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from motcua.api.reading import Code, Count, Id, IdNo, ItemNo, Line, Name, Number, Prose
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


class PaperIn(Body):
    component_id: Id | None = Field(None, description="component of the offer; null: one more paper")
    name: Prose = ""
    originals: Count = 0
    copies: Count = 0
    file_id: Id | None = Field(None, description="a file that you sent to `/files`")
    text: Prose = Field("", description="for a component of kind `on_screen`: what is declared")

    def paper(self) -> Paper:
        return Paper(self.component_id, self.name, self.originals, self.copies, self.file_id, self.text)


class FoundIn(Body):
    """A new dossier. `submit`: online, for yourself; `take_in`: accepted at the counter; `register`: only noted."""

    act: Literal["submit", "take_in", "register"]
    case_id: Id
    receiving_office: Code = Field(..., description="code of the one-stop unit")
    competent_office: Code | None = Field(None, description="only where the catalogue does not say who decides")
    channel: Literal[1, 3] = Field(1, description="1 at the counter, 3 by post; `submit` is always 2")
    owner: OwnerIn
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


class PartResultIn(PartIn):
    summary: Prose = Field("", description="what is passed on to the agencies that wait for it")
    paper_no: Number = ""
    file_id: Id | None = None


class FinishPartIn(PartResultIn):
    outcome: Literal["granted", "refusal"] = "granted"


class AssignPartIn(PartReasonIn):
    plan: PlanIn

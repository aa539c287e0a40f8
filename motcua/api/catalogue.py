"""Procedures as anybody may read them: found, one with its cases, the offer of a case; and a person's word on a limit."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Router, Schema
from pydantic import Field

from motcua.api.bodies import Body
from motcua.api.callers import calling, needs
from motcua.api.reading import Code, Id, Line, Prose, later
from motcua.api.shapes import OfficeOut
from motcua.base.errors import Forbidden, Invalid, NotThere
from motcua.base.times import day_of, now
from motcua.calendar.limits import Limit
from motcua.catalogue.models import LimitRow, Procedure, ProcedureCase
from motcua.catalogue.offers import Offer, OfferedComponent, offer
from motcua.catalogue.pending import confirm_limit
from motcua.catalogue.search import find
from motcua.offices.models import Office

router = Router(tags=["catalogue"])
offices = Router(tags=["offices"])
MOST_OFFSET = 100_000


class ProcedureRow(Schema):
    code: str
    name: str
    field: str
    levels: list[str]
    executing: list[str]


class ProcedurePage(Schema):
    total: int
    rows: list[ProcedureRow]
    elsewhere: str = Field(..., description="`police`: what was asked for is done there, by no one-stop unit")


class CaseOut(Schema):
    case_id: int
    title: str


class ProcedureOut(ProcedureRow):
    version: int
    decision: str
    subjects: list[str]
    steps_text: str
    conditions_text: str
    laws: list[str]
    valid_from: date | None
    cases: list[CaseOut]


class LimitOut(Schema):
    code: str = Field(..., description="e.g. `5wd`, `2m+15wd`, `same-day@15:00`")
    text: str


class FormFieldOut(Schema):
    """What a form asks; words in the language of the request."""

    key: str
    kind: str = Field(..., description="text, number, date, choice, yes_no, id_no, phone, email, money or address")
    label: str
    help: str
    required: bool = Field(..., description="while it is asked at all")
    options: list[tuple[str, str]] = Field(..., description="key and words of what can be chosen")
    only_if: str | None = Field(..., description="key of the field on whose answer it depends; null: always asked")
    among: list[str] = Field(..., description="the answers with which it is asked")


class ComponentOut(Schema):
    id: int
    name: str
    section: str
    form_name: str
    originals: int
    copies: int
    mandatory: bool
    kind: str = Field(..., description="hand_in, on_screen (filled in online) or show (at the counter)")
    needs_person: bool = Field(..., description="the source does not say whether this channel demands it")
    replaced_by_database: str
    form: list[FormFieldOut] = Field(
        ..., description="what is filled in online (`typed`); empty: in free words (`text`)"
    )

    @staticmethod
    def resolve_form(one: OfferedComponent) -> list[dict[str, Any]]:
        return [
            {
                "key": field.key,
                "kind": field.kind,
                "label": str(field.label),
                "help": str(field.help),
                "required": field.required,
                "options": field.options,
                "only_if": field.only_if.key if field.only_if else None,
                "among": field.only_if.among if field.only_if else (),
            }
            for field in one.fields
        ]


class FeeOut(Schema):
    kind: str
    amount_vnd: int | None = Field(..., description="null: a person has to say")
    currency: str
    note: str
    source_text: str
    doubt: str


class StepOut(Schema):
    seq: int
    role: str
    place: str
    title: str
    hours: float | None = Field(..., description="working hours; null: no limit of its own")


class OfferOut(Schema):
    """What a case demands by one channel: papers, limit, fees, steps."""

    procedure_code: str
    procedure_name: str
    case_id: int
    case_title: str
    channel: int
    accepts_channel: bool
    limit: LimitOut | None = Field(..., description="null: a person has to confirm it, `doubt` says why")
    committed_limit: LimitOut | None = Field(..., description="shorter than `limit`, as the province promises it today")
    closed: Literal["suspended", "replaced", "abolished"] | None = Field(
        ..., description="why no new dossier is taken today; null: it is taken"
    )
    limit_row_id: int | None
    limit_text: str
    doubt: str
    components: list[ComponentOut] = Field(..., description="handed in by this channel")
    to_show: list[ComponentOut] = Field(..., description="only shown at the counter")
    notes: list[str] = Field(..., description="what the source explains")
    fees: list[FeeOut]
    steps: list[StepOut]


class Search(Schema):
    q: Line = ""
    field: Line = ""
    level: Literal["", "BO", "TINH", "XA", "KHAC"] = ""
    limit: int = Field(20, ge=1, le=100)
    offset: int = Field(0, ge=0, le=MOST_OFFSET)


class ConfirmIn(Body):
    limit: Line = Field(..., description="e.g. `5wd`")
    basis: Prose = Field(..., min_length=1, description="document or rule it rests on")
    case_id: Id | None = Field(None, description="null: for all cases of the row")


class ConfirmOut(Schema):
    limit_row_id: int
    limit: LimitOut


@router.get("", response=ProcedurePage, summary=later(gettext_lazy("Tìm thủ tục")))
def procedures(request: HttpRequest, search: Query[Search]) -> Any:
    """By words of name, field or agency, without diacritics and in any case, or by the beginning of a code."""
    return find(search.q, field=search.field, level=search.level, limit=search.limit, offset=search.offset)


@router.get("/{code}", response=ProcedureOut, summary=later(gettext_lazy("Một thủ tục")))
def procedure(request: HttpRequest, code: Code) -> dict[str, Any]:
    """The published version, with its cases."""
    found = Procedure.objects.select_related("current").filter(code=code, current__status="published").first()
    if found is None or found.current is None:
        raise NotThere(_("Không có thủ tục này."))
    version = found.current
    cases = ProcedureCase.objects.filter(version=version).order_by("seq")
    return {
        "code": found.code,
        "name": version.name,
        "field": version.field,
        "levels": version.levels,
        "executing": version.executing,
        "version": version.number,
        "decision": version.decision,
        "subjects": version.subjects,
        "steps_text": version.steps_text,
        "conditions_text": version.conditions_text,
        "laws": version.laws,
        "valid_from": version.valid_from,
        "cases": [{"case_id": case.pk, "title": case.title} for case in cases],
    }


@router.get("/cases/{case_id}", response=OfferOut, summary=later(gettext_lazy("Yêu cầu của một trường hợp")))
def case(request: HttpRequest, case_id: Id, channel: int = Query(1, ge=1, le=3)) -> dict[str, Any]:
    """Papers, limit, fees and steps by one channel: 1 at the counter, 2 online, 3 by post."""
    return _offer(offer(case_id, channel), day_of(now()))


@router.post(
    "/limits/{limit_row_id}/confirm",
    auth=needs("catalogue:confirm"),
    response={201: ConfirmOut},
    summary=later(gettext_lazy("Xác nhận thời hạn")),
)
def confirm(request: HttpRequest, limit_row_id: Id, body: ConfirmIn) -> dict[str, Any]:
    """A person of procedure control says what a doubtful limit is, and on which ground."""
    caller = calling(request)
    row = LimitRow.objects.filter(pk=limit_row_id).first()
    if row is None:
        raise NotThere(_("Không có dòng thời hạn này."))
    if not caller.actor.offices("procedure_control"):
        raise Forbidden(_("Chỉ cán bộ kiểm soát thủ tục hành chính được xác nhận thời hạn."))
    limit = Limit.parse(body.limit)
    confirm_limit(row, limit, caller.account, caller.at, body.basis, _case(body.case_id))
    return {"limit_row_id": row.pk, "limit": _limit(limit)}


def _case(case_id: int | None) -> ProcedureCase | None:
    if case_id is None:
        return None
    found = ProcedureCase.objects.filter(pk=case_id).first()
    if found is None:
        sentence = _("Không có trường hợp thủ tục này.")
        raise Invalid(sentence, fields={"case_id": sentence})
    return found


def _offer(terms: Offer, on: date) -> dict[str, Any]:
    promise = terms.promise_on(on)
    return {
        "procedure_code": terms.procedure_code,
        "procedure_name": terms.procedure_name,
        "case_id": terms.case_id,
        "case_title": terms.case_title,
        "channel": terms.channel,
        "accepts_channel": terms.accepts_channel,
        "limit": _limit(terms.limit) if terms.limit else None,
        "committed_limit": _limit(promise.limit) if promise and promise.limit else None,
        "closed": terms.closed_on(on),
        "limit_row_id": terms.limit_row_id,
        "limit_text": terms.limit_text,
        "doubt": terms.doubt,
        "components": terms.components,
        "to_show": terms.to_show,
        "notes": terms.notes,
        "fees": terms.fees,
        "steps": [
            {"seq": step.seq, "role": step.role, "place": step.place, "title": step.title, "hours": _hours(step.hours)}
            for step in terms.course_on(on, at_centre=True).steps
        ],
    }


def _hours(hours: Any) -> float | None:
    return None if hours is None else float(hours)


def _limit(limit: Limit) -> dict[str, str]:
    return {"code": limit.code, "text": str(limit)}


class OfficeSearch(Schema):
    q: Line = Field("", description="words of the name, or a code in either notation; empty: all")
    kind: Office.Kind | None = None
    province: Code = ""
    on: date | None = Field(None, description="as they were on this day; today unless said")
    limit: int = Field(50, ge=1, le=500)
    offset: int = Field(0, ge=0, le=MOST_OFFSET)


class OfficePage(Schema):
    total: int
    rows: list[OfficeOut]


@offices.get("", response=OfficePage, summary=later(gettext_lazy("Tìm cơ quan")))
def find_offices(request: HttpRequest, search: Query[OfficeSearch]) -> dict[str, Any]:
    """In the order of the Vietnamese alphabet; marks, case and đ don't matter."""
    rows = Office.objects.on(search.on or day_of(now()))
    if search.q.strip():
        rows = rows.search(search.q)
    if search.kind is not None:
        rows = rows.filter(kind=search.kind)
    if search.province:
        rows = rows.filter(province=search.province)
    found = rows.select_related("parent").order_by("name_order", "id")[search.offset : search.offset + search.limit]
    return {"total": rows.count(), "rows": [_office(office) for office in found]}


def _office(office: Office) -> dict[str, Any]:
    return {
        "code": office.code,
        "code_qd20": office.code_qd20,
        "name": office.name,
        "kind": office.kind,
        "level": office.level,
        "parent": office.parent.code if office.parent else None,
    }

"""Dossiers: lists by cursor, one with its story, new ones."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Router, Schema
from ninja.decorators import decorate_view
from pydantic import Field

from motcua.api import answers, cursors, money_and_post, shapes
from motcua.api.bodies import FoundIn
from motcua.api.callers import Caller, calling, needs
from motcua.api.once import HEADER, is_second_try, once, reference_of
from motcua.api.papers import own_files
from motcua.api.reading import Code, Line, Why, later
from motcua.base.errors import Invalid, NotThere
from motcua.base.postgresql import prepared
from motcua.dossiers.acts.intake import Intake, Owner
from motcua.dossiers.acts.reception import register, take_in
from motcua.dossiers.acts.submission import submit
from motcua.dossiers.inquiries import consultations_of, verifications_of
from motcua.dossiers.journal import acts_open_to
from motcua.dossiers.kinds import Channel
from motcua.dossiers.models import Dossier
from motcua.dossiers.next_step import facts_of
from motcua.dossiers.permissions import may_see_contacts
from motcua.dossiers.persons import ALONE, Submitter
from motcua.dossiers.querysets import DossierQuerySet
from motcua.dossiers.states import State
from motcua.dossiers.telling import ledger_of, told_of
from motcua.readings.log import read
from motcua.readings.models import Through

router = Router(tags=["dossiers"])
Ref = Annotated[Code, Field(description="dossier code, or submission number")]


class Filters(Schema):
    state: State | None = None
    office: Code = Field("", description="code of the office where the dossier lies")
    due_on: date | None = Field(None, description="promised for this day", ge=date(2000, 1, 1), le=date(2100, 12, 31))
    overdue: bool = Field(False, description="only those whose promise is broken now")
    text: Line = Field("", description="code, submission number, identity number, or words of the owner's name")
    cursor: Line | None = None
    limit: int = Field(50, ge=1, le=200)


def office_id(code: str, field: str) -> int:
    """The id of the office with this code, in either notation. Raises Invalid on the field."""
    found = prepared("select id from offices_office where code = %s or code_qd20 = %s", [code, code]).fetchone()
    if found is None:
        sentence = _("Không có cơ quan mang mã này.")
        raise Invalid(sentence, fields={field: sentence})
    return int(found[0])


def _filtered(caller: Caller, filters: Filters) -> DossierQuerySet:
    rows = Dossier.objects.visible_to(caller.actor).select_related(*answers.ROW_RELATED)
    if filters.state is not None:
        rows = rows.filter(state=filters.state)
    if filters.office:
        rows = rows.filter(at_office_id=office_id(filters.office, "office"))
    if filters.due_on is not None:
        rows = rows.due_on(filters.due_on)
    if filters.overdue:
        rows = rows.overdue(caller.at)
    return rows.search(filters.text) if filters.text.strip() else rows


@router.get(
    "", auth=needs("dossiers:read"), response=shapes.DossierPage, summary=later(gettext_lazy("Hồ sơ bạn được xem"))
)
def dossiers(request: HttpRequest, filters: Query[Filters]) -> dict[str, Any]:
    """Newest first."""
    caller = calling(request)
    rows = cursors.newest_first(_filtered(caller, filters), filters.cursor)
    found, rest = cursors.page(rows, filters.limit, lambda dossier: [dossier.pk])
    return {"rows": [answers.row(dossier) for dossier in found], "next": rest}


@router.get(
    "/inbox",
    auth=needs("dossiers:read"),
    response=shapes.DossierPage,
    summary=later(gettext_lazy("Hồ sơ đang chờ bạn")),
)
def inbox(request: HttpRequest, filters: Query[Filters]) -> dict[str, Any]:
    """Held by you, or lying unheld in one of your offices; most urgent first."""
    caller = calling(request)
    rows = cursors.most_urgent_first(_filtered(caller, filters).inbox_of(caller.actor), filters.cursor)
    found, rest = cursors.page(
        rows, filters.limit, lambda dossier: [dossier.due_at and dossier.due_at.isoformat(), dossier.pk]
    )
    return {"rows": [answers.row(dossier) for dossier in found], "next": rest}


@router.get(
    "/{ref}",
    auth=needs("dossiers:read"),
    response=shapes.DossierOut,
    summary=later(gettext_lazy("Một hồ sơ, toàn bộ")),
)
def dossier(request: HttpRequest, ref: Ref, reason: Why = "") -> dict[str, Any]:
    """With its timeline, why its date is what it is, its papers, and what you may do now. Every reading is noted."""
    caller = calling(request)
    by = {"submission_no": ref} if ref.startswith("TN-") else {"code": ref}
    rows = Dossier.objects.visible_to(caller.actor).select_related(*answers.ROW_RELATED, "support_office")
    found = rows.filter(**by).first()
    if found is None:
        raise NotThere(_("Không có hồ sơ này."))
    read(caller.actor, found, Through.API, at=caller.at, reason=reason)
    events = told_of(found.pk)
    return {
        **answers.row(found),
        "support_office": answers.office_ref(found.support_office) if found.support_office else None,
        "submitter": answers.submitter(found, contacts=may_see_contacts(caller.actor, found)),
        "content": found.content,
        "fee_vnd": found.fee_vnd,
        "bill": money_and_post.bill(found),
        "parcels": money_and_post.parcels(found),
        "return_way": found.return_way,
        "regime": found.regime,
        "supplements": found.supplements,
        "extensions": found.extensions,
        "result_kind": found.result_kind,
        "timeline": answers.timeline(events, for_applicant=not caller.actor.is_officer),
        "clock": answers.clock(ledger_of(events)),
        "papers": answers.papers(found),
        "appointments": answers.appointments(events, found.state, caller.at),
        "consultations": [answers.consultation(one) for one in consultations_of(found, events, caller.actor)],
        "verifications": [answers.verification(one) for one in verifications_of(found, events, caller.actor)],
        "parts": answers.parts(found, caller.actor, caller.at),
        "acts": answers.choices(acts_open_to(found, caller.actor, caller.at)),
        "next_step": _next_step(found, caller),
    }


def _next_step(found: Dossier, caller: Caller) -> dict[str, Any] | None:
    """Told to the owner only: officers have what they may do."""
    if found.owner_account_id is None or found.owner_account_id != caller.actor.account_id:
        return None
    (facts,) = facts_of([found.pk])
    return answers.next_step(facts, caller.at)


@router.post(
    "",
    auth=needs("dossiers:act"),
    response={201: shapes.Founded},
    openapi_extra={"parameters": [HEADER]},
    summary=later(gettext_lazy("Hồ sơ mới")),
)
@decorate_view(once)
def found(request: HttpRequest, body: FoundIn) -> dict[str, Any]:
    """Submit online for yourself, take in at the counter, or register what arrived."""
    caller = calling(request)
    intake = _intake(request, body, caller)
    known = Dossier.objects.filter(origin_ref=intake.origin_ref).first() if is_second_try(request) else None
    if known is not None:
        return {**answers.standing(known), "secret": known.secret}
    if body.act == "submit":
        dossier = submit(intake, actor=caller.actor, at=caller.at)
    elif body.act == "take_in":
        dossier = take_in(intake, actor=caller.actor, at=caller.at)
    else:
        dossier = register(intake, actor=caller.actor, at=caller.at, parcel_no=body.parcel_no)
    return {**answers.standing(dossier), "secret": dossier.secret}


def _intake(request: HttpRequest, body: FoundIn, caller: Caller) -> Intake:
    own_files([paper.file_id for paper in body.papers], caller)
    is_own = body.act == "submit"
    return Intake(
        case_id=body.case_id,
        channel=Channel.ONLINE if is_own else body.channel,
        receiving_office_id=office_id(body.receiving_office, "receiving_office"),
        competent_office_id=office_id(body.competent_office, "competent_office") if body.competent_office else None,
        support_office_id=office_id(body.support_office, "support_office") if body.support_office else None,
        submitter=Submitter(**body.submitter.model_dump()) if body.submitter else ALONE,
        owner=Owner(**body.owner.model_dump(), account_id=caller.actor.account_id if is_own else None),
        papers=[paper.paper() for paper in body.papers],
        content=body.content,
        answers=body.answers,
        return_way=body.return_way,
        device="api",
        origin_ref=reference_of(request),
    )

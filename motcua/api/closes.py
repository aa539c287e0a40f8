"""Figures that were closed: which there are, one of them, the dossiers behind a figure, and what differs from it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Router
from pydantic import BaseModel, Field

from motcua.api.callers import calling, needs
from motcua.api.reading import Id, Line, later
from motcua.api.shapes import OfficeRef
from motcua.base.errors import NotThere
from motcua.base.times import day_of
from motcua.offices.models import Office
from motcua.reports.close_as_json import close_as_json, close_in_short, counted_as_json, difference_as_json
from motcua.reports.comparing import differences, frozen_dossiers
from motcua.reports.models import PeriodClose
from motcua.reports.scope import office_coded, offices_reported_to

router = Router(tags=["reports"])


class CloseRow(BaseModel):
    id: int
    period: dict[str, Any]
    office: OfficeRef
    place: str
    number: int = Field(..., description="1 for the first close of these figures, more where they were closed again")
    reason: str
    closed_by: str
    closed_at: str
    definition_version: str
    digest: str


class ClosesOut(BaseModel):
    closes: list[CloseRow]
    next: int | None = Field(..., description="what to ask `before` for the following page")


class CloseOut(BaseModel):
    """The figures as they were closed; `close` has the definitions of that day and the signature."""

    period: dict[str, Any]
    place: str
    by: str
    office: dict[str, Any] | None
    limited: bool
    measures: list[dict[str, Any]]
    rates: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    total: dict[str, Any]
    form_06a: dict[str, Any]
    close: dict[str, Any]


class DifferenceRow(BaseModel):
    measure: str
    office: OfficeRef
    before: int
    after: int
    came: int = Field(..., description="dossiers counted on the other side only")
    went: int = Field(..., description="dossiers counted in this close only")


class ComparedOut(BaseModel):
    close: CloseRow
    other: CloseRow | None = Field(..., description="null: what the ledger says now")
    same_definitions: bool
    differences: list[DifferenceRow]


class CountedRow(BaseModel):
    code: str
    procedure: str
    office: str


class CountedOut(BaseModel):
    dossiers: list[CountedRow]
    next: int | None


@router.get("", auth=needs("reports:read"), response=ClosesOut, summary=later(gettext_lazy("Các lần chốt số liệu")))
def closes(request: HttpRequest, before: Id | None = None, limit: int = Query(100, ge=1, le=200)) -> dict[str, Any]:
    """The latest close first, of the offices whose figures you may see."""
    rows = _seen(request).order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: limit + 1])
    return {
        "closes": [close_in_short(one) for one in found[:limit]],
        "next": found[limit - 1].pk if len(found) > limit else None,
    }


@router.get("/{close_id}", auth=needs("reports:read"), response=CloseOut, summary=later(gettext_lazy("Một lần chốt")))
def close(request: HttpRequest, close_id: Id) -> dict[str, Any]:
    """The frozen figures, with definitions and signature."""
    return close_as_json(_one(request, close_id))


@router.get(
    "/{close_id}/differences",
    auth=needs("reports:read"),
    response=ComparedOut,
    summary=later(gettext_lazy("So sánh với lần chốt khác hoặc với hiện nay")),
)
def close_differences(request: HttpRequest, close_id: Id, other: Id | None = None) -> dict[str, Any]:
    """Figure by figure; without `other` against what the ledger says now."""
    one = _one(request, close_id)
    against = None
    if other is not None:
        same = PeriodClose.objects.of(one.period, one.office_id, one.place).select_related("office")
        against = same.filter(pk=other).first()
        if against is None:
            raise NotThere(_("Không có lần chốt này."))
    found = differences(one, against)
    codes = dict(Office.objects.filter(pk__in={row.office_id for row in found}).values_list("pk", "code"))
    return {
        "close": close_in_short(one),
        "other": close_in_short(against) if against else None,
        "same_definitions": against is None or against.definition_version == one.definition_version,
        "differences": [difference_as_json(row, codes) for row in found],
    }


@router.get(
    "/{close_id}/dossiers",
    auth=needs("reports:read"),
    response=CountedOut,
    summary=later(gettext_lazy("Hồ sơ đằng sau một con số đã chốt")),
)
def close_dossiers(
    request: HttpRequest, close_id: Id, measure: Line, office: Line = "", after: int = Query(0, ge=0, le=2**63 - 1)
) -> dict[str, Any]:
    """The dossiers that a figure of the close counts, all or those of one office."""
    one, row = _one(request, close_id), None
    if office:
        row = office_coded(office).pk
    found, next_id = frozen_dossiers(one, measure, office_id=row, after=after)
    return {"dossiers": [counted_as_json(member) for member in found], "next": next_id}


def _seen(request: HttpRequest) -> Any:
    caller = calling(request)
    allowed = offices_reported_to(caller.actor, day_of(caller.at))
    return PeriodClose.objects.seen_by(allowed).select_related("office")


def _one(request: HttpRequest, close_id: int) -> PeriodClose:
    found: PeriodClose | None = _seen(request).filter(pk=close_id).first()
    if found is None:
        raise NotThere(_("Không có lần chốt này."))
    return found

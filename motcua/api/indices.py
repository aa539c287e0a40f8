"""The index of service quality, what costs its points, and the sheets of the nine indices."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from ninja import Query, Router, Schema
from pydantic import Field

from motcua.api.callers import needs
from motcua.api.reading import Line, later
from motcua.api.reporting import Asked, question_of
from motcua.indices.as_json import quality_as_json, sheets_as_json
from motcua.indices.failing import failing, row_of
from motcua.indices.models import Scheme
from motcua.indices.nine import agencies, officers
from motcua.indices.quality import quality, table_for

router = Router(tags=["reports"])


class AskedFailing(Asked):
    component: Line = Field(..., description="code of a component, such as 2.1")
    after: Line = ""
    limit: int = Field(100, ge=1, le=500)


class QualityOut(Schema):
    """Points as they stood at the period's end; decimals are texts, null is none."""

    period: dict[str, Any]
    place: str
    office: dict[str, Any] | None
    limited: bool
    table: dict[str, Any]
    groups: list[dict[str, Any]]
    points: str
    counted_max: str
    missing_max: str = Field(..., description="points of components that this system has no data for")
    result: str
    class_: str = Field(..., alias="class")
    class_name: str


class FailingOut(Schema):
    rows: list[dict[str, Any]]
    next: str


class SheetsOut(Schema):
    """Best first; an index without data is null and not added."""

    period: dict[str, Any]
    table: dict[str, Any]
    rows: list[dict[str, Any]]


@router.get(
    "/index-766",
    auth=needs("reports:read"),
    response=QualityOut,
    by_alias=True,
    summary=later(gettext_lazy("Chỉ số chất lượng phục vụ của một kỳ")),
)
def index_766(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Every component with numerator, denominator, rate and points; `by` is not read."""
    return quality_as_json(quality(*question_of(request, asked)))


@router.get(
    "/index-766/failing",
    auth=needs("reports:read"),
    response=FailingOut,
    summary=later(gettext_lazy("Những gì lấy đi điểm của một thành phần")),
)
def index_failing(request: HttpRequest, asked: Query[AskedFailing]) -> dict[str, Any]:
    """The dossiers, procedures, petitions or duties that a component's numerator lacks."""
    period, scope = question_of(request, asked)
    row = row_of(table_for(period), asked.component)
    page = failing(period, scope, row.formula, after=asked.after, limit=asked.limit)
    rows = [
        {
            "code": one.code,
            "name": one.name,
            "office": one.office,
            "due": one.due,
            "done": one.done,
            "open": one.is_open,
        }
        for one in page.members
    ]
    return {"rows": rows, "next": page.next}


@router.get(
    "/nine-indices/{what}",
    auth=needs("reports:read"),
    response=SheetsOut,
    summary=later(gettext_lazy("Chín chỉ số của cơ quan hoặc cán bộ")),
)
def nine_indices(request: HttpRequest, what: Literal["agencies", "officers"], asked: Query[Asked]) -> dict[str, Any]:
    """Sheets of the agencies, or of the officers who served at the offices asked for; `by` is not read."""
    period, scope = question_of(request, asked)
    table = table_for(period, Scheme.NINE)
    make = officers if what == "officers" else agencies
    return sheets_as_json(period, table, make(period, scope, table))

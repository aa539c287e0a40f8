"""The forms that the law wants reports in, over the API: the national reporting system is fed from here."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy
from ninja import Query, Router, Schema
from pydantic import Field

from motcua.api.callers import calling, needs
from motcua.api.reading import later
from motcua.api.reporting import Asked, question_of
from motcua.base.times import day_of
from motcua.reports.statutory.as_json import as_json
from motcua.reports.statutory.filling import fill
from motcua.reports.statutory.forms import form_named

router = Router(tags=["reports"])


class AskedForm(Asked):
    by: Literal["", "field", "procedure", "level", "branch", "office"] = Field(  # type: ignore[assignment]
        "", description="rows; empty: as the form itself has them"
    )


class FormOut(Schema):
    """A form as it stood at the period's end; every identity was checked in every row."""

    form: dict[str, Any]
    period: dict[str, Any]
    by: str
    place: str
    office: dict[str, Any] | None
    reporting: str
    receiving: str
    limited: bool = Field(..., description="the figures cover only what you may see")
    columns: list[dict[str, Any]]
    identities: list[str]
    word_heads: list[str]
    rows: list[dict[str, Any]]
    total: dict[str, int]
    checks: list[dict[str, Any]]
    notes: list[str]


@router.get(
    "/{form}",
    auth=needs("reports:read"),
    response=FormOut,
    summary=later(gettext_lazy("Một biểu mẫu báo cáo của một kỳ")),
)
def statutory_form(request: HttpRequest, form: str, asked: Query[AskedForm]) -> dict[str, Any]:
    """II.05a, II.05b, II.06a–II.06d, II.06dd (đ), II.06g, 07a or 07b, in the words of the law."""
    chosen = form_named(form[:20])
    period, scope = question_of(request, asked)
    with translation.override("vi"):
        return as_json(fill(chosen, period, scope, day_of(calling(request).at), asked.by))

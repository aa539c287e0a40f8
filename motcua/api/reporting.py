"""The report of a period, and the dossiers behind each of its figures."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Router, Schema
from pydantic import Field

from motcua.api.callers import calling, needs
from motcua.api.reading import Code, Line, later
from motcua.base.errors import Invalid
from motcua.base.times import day_of
from motcua.reports import month
from motcua.reports.as_json import as_json, page_as_json
from motcua.reports.behind import behind
from motcua.reports.periods import Period, period_asked
from motcua.reports.scope import Scope, scope_for

router = Router(tags=["reports"])


class Asked(Schema):
    period: Code = Field("", description="`2021-11`, `2021-Q2`, `2021-H1`, `2021-9M` or `2021`")
    first: date | None = Field(None, description="instead of `period`: first day", ge=date(2000, 1, 1))
    last: date | None = Field(None, description="and last day, inclusive", le=date(2100, 12, 31))
    closing: Literal["calendar", "nd09"] = "calendar"
    office: Code = ""
    by: Literal["office", "agency", "branch", "field", "procedure"] = "office"
    place: Literal["competent", "receiving"] = "competent"


class AskedBehind(Asked):
    measure: Line
    row: Line = ""
    after: Line = ""
    limit: int = Field(100, ge=1, le=500)


class ReportOut(Schema):
    """Figures as they stood at the period's end, whatever happened later."""

    period: dict[str, Any]
    place: str
    by: str
    office: dict[str, Any] | None
    limited: bool = Field(..., description="the figures cover only what you may see")
    measures: list[dict[str, Any]]
    rates: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    total: dict[str, Any]
    form_06a: dict[str, Any]


class BehindOut(Schema):
    dossiers: list[dict[str, Any]]
    next: str | None


def question_of(request: HttpRequest, asked: Asked) -> tuple[Period, Scope]:
    """The period and whose dossiers are asked for. Raises Invalid, NotThere."""
    if not asked.period.strip() and asked.first is None and asked.last is None:
        sentence = _("Cần kỳ báo cáo (period), hoặc ngày đầu và ngày cuối.")
        raise Invalid(sentence, fields={"period": sentence})
    caller = calling(request)
    today = day_of(caller.at)
    period = period_asked(asked.period, asked.first, asked.last, asked.closing, today=today)
    return period, scope_for(caller.actor, today, office_code=asked.office, place=asked.place, period=period)


@router.get("", auth=needs("reports:read"), response=ReportOut, summary=later(gettext_lazy("Báo cáo của một kỳ")))
def report(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """By office, branch, field or procedure; every row balances."""
    period, scope = question_of(request, asked)
    return as_json(month.report(period, scope, asked.by))


@router.get(
    "/dossiers",
    auth=needs("reports:read"),
    response=BehindOut,
    summary=later(gettext_lazy("Hồ sơ đằng sau một con số")),
)
def members(request: HttpRequest, asked: Query[AskedBehind]) -> dict[str, Any]:
    """The dossiers that a figure counts, all or those of one row, most urgent first."""
    period, scope = question_of(request, asked)
    found = behind(period, scope, asked.measure, by=asked.by, row=asked.row, after=asked.after, limit=asked.limit)
    return page_as_json(found)

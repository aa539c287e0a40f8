"""The nine indices by quarter: sheets of agencies and officers, every point with its dossiers.

A leader sees those of the offices that report to them, an officer their own sheet, nobody anything else. Law: TT01-2018 15
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.base.times import day_of
from motcua.indices import nine
from motcua.indices.as_json import sheets_as_json
from motcua.indices.formulas import CLASS_NAMES, OF_A_DOSSIER, OF_AN_OFFICER
from motcua.indices.models import Scheme
from motcua.indices.nine import Score, Sheet
from motcua.indices.nine_lists import Wanted, every_scored_dossier, scored_dossiers
from motcua.indices.quality import table_for
from motcua.indices.tables import Table, is_binding
from motcua.indices.workbooks import sheets_workbook
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import show
from motcua.pages.layout.periods import period_of, quarter_of, row_asked
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.oversight.asking import XLSX, file_answer, offices_seen
from motcua.pages.oversight.indices.quality import asked_for, page_context
from motcua.readings.log import export
from motcua.reports.periods import Period
from motcua.reports.scope import REPORTERS, Scope
from motcua.reports.table_workbook import Cell, table_workbook

Maker = Callable[[Period, Scope, Table], list[Sheet]]
KINDS: dict[str, Maker] = {
    "oversight:index_agencies": nine.agencies,
    "oversight:index_officers": nine.officers,
}


@dataclass(frozen=True)
class Counted:
    """How many dossiers have so many points, and where they are listed."""

    points: int
    count: int
    address: str


@dataclass(frozen=True)
class Told:
    """One index of a sheet."""

    score: Score
    counts: list[Counted]


@officers(*REPORTERS)
def index_agencies(request: PersonRequest) -> HttpResponse:
    """The agencies of a scope, best first."""
    return _all(request, "oversight:index_agencies", _("Chín chỉ số: cơ quan"))


@officers(*REPORTERS)
def index_officers(request: PersonRequest) -> HttpResponse:
    """The officers of the offices of a scope, best first."""
    return _all(request, "oversight:index_officers", _("Chín chỉ số: cán bộ"))


@officers(*REPORTERS)
def index_agencies_xlsx(request: PersonRequest) -> HttpResponse:
    """The same as a workbook with live formulas."""
    return _workbook(request, "oversight:index_agencies", _("Chín chỉ số: cơ quan"))


@officers(*REPORTERS)
def index_officers_xlsx(request: PersonRequest) -> HttpResponse:
    """The same as a workbook with live formulas."""
    return _workbook(request, "oversight:index_officers", _("Chín chỉ số: cán bộ"))


@officers(*REPORTERS)
def index_agencies_json(request: PersonRequest) -> HttpResponse:
    """The same as JSON."""
    return _json(request, "oversight:index_agencies")


@officers(*REPORTERS)
def index_officers_json(request: PersonRequest) -> HttpResponse:
    """The same as JSON."""
    return _json(request, "oversight:index_officers")


@officers(*REPORTERS)
def index_sheet(request: PersonRequest) -> HttpResponse:
    """The sheet of one agency or one officer."""
    asked = asked_for(request, quarter_of(day_of(request.at)))
    period, scope = asked.needed()
    table, wanted = table_for(period, Scheme.NINE), _wanted(request, scope)
    if wanted.account_id is not None:
        found, fields = nine.officers(period, scope, table, only=wanted.account_id), []
    else:
        found = [one for one in nine.agencies(period, scope, table) if one.key == wanted.office_id]
        fields = nine.fields_of(period, scope, table, wanted.office_id or 0) if found else []
    back = "oversight:index_officers" if wanted.account_id is not None else "oversight:index_agencies"
    if not found:
        raise NotThere(_("Không có phiếu điểm này."))
    here = asked.form.address(canbo=wanted.account_id, dong=None if wanted.account_id is not None else wanted.office_id)
    context = _sheet_context(found[0], period, table, f"{reverse('oversight:index_scored')}?{here}")
    context |= {"fields": fields, "back": f"{reverse(back)}?{asked.form.address()}"}
    return render(request, "oversight/index_sheet.html", context)


@officers(*REPORTERS)
def index_scored(request: PersonRequest) -> HttpResponse:
    """The dossiers behind a point of a sheet."""
    period, scope = asked_for(request, quarter_of(day_of(request.at))).needed()
    return _scored(request, period, scope, _wanted(request, scope), "oversight:index_scored_xlsx")


@officers(*REPORTERS)
def index_scored_xlsx(request: PersonRequest) -> HttpResponse:
    """All of them as a workbook; taking dossiers away is noted."""
    period, scope = asked_for(request, quarter_of(day_of(request.at))).needed()
    return _scored_file(request, period, scope, _wanted(request, scope))


@officers()
def my_points(request: PersonRequest) -> HttpResponse:
    """An officer's own sheet, for that officer."""
    period, account = period_of(request, quarter_of(day_of(request.at))), request.actor.account_id
    context: dict[str, Any] = {"period": period, "is_own": True, "asked": period.key}
    try:
        table = table_for(period, Scheme.NINE)
    except NotThere as error:
        context["none_because"] = str(error)
    else:
        found = nine.officers(period, Scope(), table, only=account)
        here = f"{reverse('oversight:my_scored')}?{urlencode({'ky': period.text})}"
        context |= _sheet_context(found[0], period, table, here) if found else {}
    return render(request, "oversight/index_sheet.html", context)


@officers()
def my_scored(request: PersonRequest) -> HttpResponse:
    """The dossiers behind a point of one's own."""
    period = period_of(request, quarter_of(day_of(request.at)))
    return _scored(request, period, Scope(), _wanted(request, Scope(), own=request.actor.account_id), "")


def _all(request: PersonRequest, route: str, title: str) -> HttpResponse:
    asked = asked_for(request, quarter_of(day_of(request.at)))
    context = page_context(asked, route) | {"title": title, "route": route}
    if asked.period is not None and asked.scope is not None:
        try:
            table = table_for(asked.period, Scheme.NINE)
        except NotThere as error:
            context["none_because"] = str(error)
        else:
            found = KINDS[route](asked.period, asked.scope, table)
            page = reverse("oversight:index_sheet")
            context |= {
                "period": asked.period,
                "scope": asked.scope,
                "table": table,
                "is_binding": is_binding(Scheme.NINE, asked.period.last),
                "offices_seen": offices_seen(asked.scope),
                "rows": [
                    (one, f"{page}?{asked.form.address(**_question(one))}", CLASS_NAMES.get(one.class_name, ""))
                    for one in found
                ],
                "heads": [score.row for score in found[0].scores] if found else [],
                "xlsx": reverse(f"{route}_xlsx"),
                "json": reverse(f"{route}_json"),
            }
    return show(request, "oversight/index_sheets.html", context, form=asked.form)


def _workbook(request: PersonRequest, route: str, title: str) -> HttpResponse:
    period, scope = asked_for(request, quarter_of(day_of(request.at))).needed()
    table = table_for(period, Scheme.NINE)
    made = sheets_workbook(title, period, table, KINDS[route](period, scope, table))
    return file_answer(made, XLSX, f"chin-chi-so-{period.key}.xlsx")


def _json(request: PersonRequest, route: str) -> HttpResponse:
    period, scope = asked_for(request, quarter_of(day_of(request.at))).needed()
    table = table_for(period, Scheme.NINE)
    said = json.dumps(sheets_as_json(period, table, KINDS[route](period, scope, table)), ensure_ascii=False, indent=2)
    return file_answer(said.encode(), "application/json", f"chin-chi-so-{period.key}.json")


def _sheet_context(sheet: Sheet, period: Period, table: Table, every: str) -> dict[str, Any]:
    """every: the address that lists all the dossiers of the sheet."""

    def counts(score: Score) -> list[Counted]:
        found = zip((2, 1, 0), score.counts or (), strict=False)
        return [
            Counted(points, count, f"{every}&chiso={score.row.formula}&diem={points}" if count else "")
            for points, count in found
        ]

    return {
        "sheet": sheet,
        "period": period,
        "table": table,
        "is_binding": is_binding(Scheme.NINE, period.last),
        "class_name": CLASS_NAMES.get(sheet.class_name, ""),
        "told": [Told(score, counts(score)) for score in sheet.scores],
        "every": every,
    }


def _scored(request: PersonRequest, period: Period, scope: Scope, wanted: Wanted, file_route: str) -> HttpResponse:
    table, after = table_for(period, Scheme.NINE), request.GET.get("sau", "")
    page = scored_dossiers(period, scope, wanted, after=after)
    rest = {key: value for key, value in request.GET.items() if key != "sau"}
    shown = OF_AN_OFFICER if wanted.account_id is not None else OF_A_DOSSIER
    rows = [row for row in table.rows if row.formula in shown]
    context = {
        "period": period,
        "row": next((row for row in table.rows if row.formula == wanted.formula), None),
        "points": wanted.points,
        "heads": rows,
        "members": [(one, [(row, one.points[row.formula]) for row in rows]) for one in page.members],
        "first_query": f"?{urlencode(rest)}" if after else "",
        "next_query": f"?{urlencode({**rest, 'sau': page.next})}" if page.next else "",
        "download": f"{reverse(file_route)}?{urlencode(rest)}" if file_route else "",
    }
    return render(request, "oversight/index_scored.html", context)


def _scored_file(request: PersonRequest, period: Period, scope: Scope, wanted: Wanted) -> HttpResponse:
    table = table_for(period, Scheme.NINE)
    title = f"{_('Hồ sơ sau điểm số')}, {period}"
    found = list(every_scored_dossier(period, scope, wanted))
    export(request.actor, (one.pk for one in found), reason=title, at=request.at)
    rows = [row for row in table.rows if row.formula in OF_A_DOSSIER]
    heads = [_("Mã"), _("Thủ tục"), _("Cơ quan"), _("Hạn"), _("Xong"), *(f"{row.code} {row.name}" for row in rows)]
    cells: list[list[Cell]] = [
        [
            *(one.code, one.procedure, one.office, one.due and day_of(one.due), day_of(one.done)),
            *(one.points[row.formula] for row in rows),
        ]
        for one in found
    ]
    return file_answer(table_workbook(title, heads, cells), XLSX, f"ho-so-chi-so-{period.key}.xlsx")


def _wanted(request: PersonRequest, scope: Scope, own: int | None = None) -> Wanted:
    """Which dossiers the address asks for: of an officer, or of the office asked for. `own`: of nobody else. Raises NotThere."""
    said = request.GET
    account = own if own is not None else row_asked(said.get("canbo", ""))
    office = row_asked(said.get("dong", "")) if account is None else None
    if office is None and account is None and scope.office is not None:
        office = scope.office.pk
    if account is None and office is None:
        raise NotThere(_("Không có phiếu điểm này."))
    return Wanted(office, account, said.get("chiso", ""), row_asked(said.get("diem", "")))


def _question(sheet: Sheet) -> dict[str, Any]:
    return {"dong": sheet.key} if sheet.code else {"canbo": sheet.key}

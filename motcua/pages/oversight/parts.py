"""Parts of interlinked dossiers by agency, each figure with its list."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from motcua.base.times import day_of
from motcua.pages.layout.access import officers
from motcua.pages.layout.parts import told
from motcua.pages.layout.periods import page_asked, period_of, row_asked
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.oversight.asking import XLSX, file_answer
from motcua.reports.parts import (
    PAGE,
    PART_MEASURES,
    AgencyRow,
    agency_name,
    behind_figure,
    by_agency,
    figures_as_json,
    figures_workbook,
    total,
)
from motcua.reports.periods import Period
from motcua.reports.scope import REPORTERS, offices_reported_to


@officers(*REPORTERS)
def parts(request: PersonRequest) -> HttpResponse:
    """Each agency judged on its own parts: what it did in the period, and what it has now."""
    period, rows = _figures(request)
    context = {
        "period": period,
        "measures": list(PART_MEASURES.values()),
        "rows": [(row, _cells(row.figures, period, row.office_id)) for row in rows],
        "asked": urlencode({"ky": period.text}) if period.text else "",
        "total": (whole := total(rows)),
        "total_cells": _cells(whole.figures, period, None),
    }
    return render(request, "oversight/parts.html", context)


@officers(*REPORTERS)
def parts_xlsx(request: PersonRequest) -> HttpResponse:
    """The same figures as a workbook."""
    period, rows = _figures(request)
    return file_answer(figures_workbook(period, rows), XLSX, f"phan-viec-{period.key}.xlsx")


@officers(*REPORTERS)
def parts_json(request: PersonRequest) -> HttpResponse:
    """The same figures as JSON."""
    period, rows = _figures(request)
    said = json.dumps(figures_as_json(period, rows), ensure_ascii=False, indent=2)
    return file_answer(said.encode(), "application/json", f"phan-viec-{period.key}.json")


@officers(*REPORTERS)
def part_list(request: PersonRequest) -> HttpResponse:
    """The parts behind one figure."""
    today = day_of(request.at)
    measure, wanted = request.GET.get("chitieu", "open_late"), request.GET.get("coquan", "")
    office_id = row_asked(wanted)
    period, allowed = period_of(request), offices_reported_to(request.actor, today)
    number = page_asked(request)
    found = list(behind_figure(measure, period, today, allowed, office_id)[(number - 1) * PAGE : number * PAGE + 1])
    query = {"ky": request.GET.get("ky", ""), "chitieu": measure, "coquan": wanted}
    context = {
        "measure": PART_MEASURES[measure],
        "period": period,
        "agency": agency_name(office_id),
        "rows": [told(part, part.dossier.state, request.at) for part in found[:PAGE]],
        "next": f"?{urlencode({**query, 'trang': number + 1})}" if len(found) > PAGE else "",
        "previous": f"?{urlencode({**query, 'trang': number - 1})}" if number > 1 else "",
    }
    return render(request, "oversight/part_list.html", context)


def _figures(request: PersonRequest) -> tuple[Period, list[AgencyRow]]:
    today = day_of(request.at)
    period = period_of(request)
    return period, by_agency(period, today, offices_reported_to(request.actor, today))


def _cells(figures: dict[str, int], period: Period, office_id: int | None) -> list[tuple[Any, int, str]]:
    """Each figure with its measure and the address of its list; none where there is nothing behind it."""
    period_text = {"ky": period.text} if period.text else {}
    return [
        (
            PART_MEASURES[key],
            count,
            urlencode({**period_text, "chitieu": key, "coquan": office_id or ""}) if count else "",
        )
        for key, count in figures.items()
    ]

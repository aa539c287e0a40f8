"""One measure over months, told for the offices as they were, or for those of another day; every figure opens its list."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.offices.models import Office
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import show
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.oversight.asking import XLSX, file_answer
from motcua.pages.oversight.series.asking import Asked, SeriesForm, asked_from
from motcua.readings.log import export
from motcua.reports import series as rules
from motcua.reports.line_chart import STROKES, Curve, line_chart
from motcua.reports.measures import MEASURES
from motcua.reports.periods import Period
from motcua.reports.scope import REPORTERS
from motcua.reports.series import Line, Question, Series
from motcua.reports.series_files import as_json, series_workbook
from motcua.reports.workbook import members_workbook

# Rows of the page; the others are one row, and all of them are in the files.
ROWS, CURVES = 40, 5
REST = "khac"


@dataclass(frozen=True)
class Cell:
    """A figure of a month; `address` is empty when there is nothing behind it."""

    month: str
    count: int
    address: str


@dataclass(frozen=True)
class Shown:
    """One row of the page."""

    name: str
    code: str
    note: str
    cells: list[Cell]
    apart: bool = False


@officers(*REPORTERS)
def series(request: PersonRequest) -> HttpResponse:
    """The table, its picture, and the ways to the lists."""
    asked = asked_from(request)
    page = reverse("oversight:series")
    context: dict[str, Any] = {
        "choices": [
            {"name": one.name, "code": one.code, "address": f"{page}?{asked.form.address(coquan=one.code)}"}
            for one in asked.choices
        ]
    }
    if asked.question is not None:
        made = rules.series(asked.question)
        months = [one.key for one in asked.question.months]
        curves = curves_of(made)
        context |= {
            "made": made,
            "measure": MEASURES[asked.question.measure],
            "months": months,
            "last_month": asked.question.months[-1],
            "rows": _rows(made, asked.form),
            "total": _cells(made, made.total, asked.form, "") if made.total is not None else None,
            "estimates": _estimates(made) if asked.form.cleaned_data["uoc"] else None,
            "chart": line_chart("series", str(MEASURES[asked.question.measure].name), months, curves) if curves else "",
            "legend": [
                {"name": curve.name, "stroke": stroke, "dash": dash}
                for curve, (stroke, dash) in zip(curves, STROKES, strict=False)
            ],
            "downloads": asked.form.address(),
            "has_apart": any(line.apart for line in made.lines),
        }
    return show(request, "oversight/series.html", context, form=asked.form)


@officers(*REPORTERS)
def series_xlsx(request: PersonRequest) -> HttpResponse:
    """The same as a workbook, every row."""
    asked = asked_from(request)
    made = rules.series(asked.needed())
    return file_answer(series_workbook(made, _shares(asked, made)), XLSX, f"{_name(made)}.xlsx")


@officers(*REPORTERS)
def series_json(request: PersonRequest) -> HttpResponse:
    """The same as JSON."""
    asked = asked_from(request)
    made = rules.series(asked.needed())
    said = json.dumps(as_json(made, _shares(asked, made)), ensure_ascii=False, indent=2)
    return file_answer(said.encode(), "application/json", f"{_name(made)}.json")


@officers(*REPORTERS)
def series_list(request: PersonRequest) -> HttpResponse:
    """The dossiers behind one figure."""
    asked = asked_from(request)
    question = asked.needed()
    month, keys, row = _figure(request, question)
    page = rules.page_behind(question, month, keys, request.GET.get("sau", ""))
    here = asked.form.address(thang=month.key, dong=row)
    context = {
        "measure": MEASURES[question.measure],
        "period": month,
        "row_name": _row_name(row),
        "page": page,
        "first_query": f"?{here}" if request.GET.get("sau") else "",
        "next_query": f"?{asked.form.address(thang=month.key, dong=row, sau=page.next)}" if page.next else "",
        "back": f"{reverse('oversight:series')}?{asked.form.address()}",
        "download": f"{reverse('oversight:series_list_xlsx')}?{here}",
    }
    return render(request, "oversight/dossiers.html", context)


@officers(*REPORTERS)
def series_list_xlsx(request: PersonRequest) -> HttpResponse:
    """All dossiers behind one figure, as a workbook; who took them out is kept."""
    question = asked_from(request).needed()
    month, keys, row = _figure(request, question)
    title = f"{MEASURES[question.measure].name}, {month}" + (f", {name}" if (name := _row_name(row)) else "")
    found = list(rules.everyone(question, month, keys))
    export(request.actor, (one.dossier_id for one in found), reason=title, at=request.at)
    return file_answer(members_workbook(title, found), XLSX, f"ho-so-{question.measure}-{month.key}.xlsx")


def curves_of(made: Series) -> list[Curve]:
    """All together, where that is a figure, and the largest rows."""
    curves = [] if made.total is None or not any(made.total) else [Curve(_("Tổng"), made.total)]
    largest = sorted(made.lines, key=lambda line: -line.sum)[:CURVES]
    if len(made.lines) > 1 or not curves:
        curves += [Curve(line.name + (" (?)" if line.apart else ""), line.counts) for line in largest if line.sum]
    return curves


def _figure(request: PersonRequest, question: Question) -> tuple[Period, frozenset[str] | None, str]:
    """Month, rows and the word for them that the address names. Raises NotThere."""
    month = next((one for one in question.months if one.key == request.GET.get("thang", "")), None)
    row = request.GET.get("dong", "")
    if month is None or not (row in ("", REST) or (row.removeprefix("?").isdecimal() and len(row) < 19)):
        raise NotThere(_("Không có dòng này trong báo cáo."))
    if row == REST:
        return month, frozenset(line.key for line in _split(rules.series(question))[1]), row
    return month, frozenset({row}) if row else None, row


def _split(made: Series) -> tuple[list[Line], list[Line]]:
    """The rows that the page shows, and those that are one row there."""
    if len(made.lines) <= ROWS:
        return list(made.lines), []
    keep = {line.key for line in sorted(made.lines, key=lambda line: (-line.sum, line.key))[: ROWS - 1]}
    return [line for line in made.lines if line.key in keep], [line for line in made.lines if line.key not in keep]


def _rows(made: Series, form: SeriesForm) -> list[Shown]:
    shown, rest = _split(made)
    rows = [
        Shown(line.name, line.code, line.note, _cells(made, line.counts, form, line.key), line.apart) for line in shown
    ]
    if rest:
        sums = tuple(sum(line.counts[place] for line in rest) for place in range(len(made.question.months)))
        name = _("%(count)s cơ quan khác") % {"count": len(rest)}
        rows.append(Shown(name, "", "", _cells(made, sums, form, REST)))
    return rows


def _cells(made: Series, counts: tuple[int, ...], form: SeriesForm, row: str) -> list[Cell]:
    page = reverse("oversight:series_list")
    return [
        Cell(month.key, count, f"{page}?{form.address(thang=month.key, dong=row)}" if count else "")
        for month, count in zip(made.question.months, counts, strict=True)
    ]


def _estimates(made: Series) -> list[dict[str, Any]]:
    names = {line.key: line.name for line in made.lines}
    months = [month.key for month in made.question.months]
    return [
        {
            "name": names[apart],
            "rows": [
                {"name": names[key], "cells": [Cell(*both, "") for both in zip(months, counts, strict=True)]}
                for key, counts in shares.items()
            ],
        }
        for apart, shares in rules.estimated(made).items()
    ]


def _shares(asked: Asked, made: Series) -> dict[str, dict[str, tuple[int, ...]]]:
    return rules.estimated(made) if asked.form.cleaned_data["uoc"] else {}


def _row_name(row: str) -> str:
    if row == REST:
        return _("các cơ quan khác")
    name = Office.objects.filter(pk=int(row.removeprefix("?"))).values_list("name", flat=True).first() if row else ""
    return _("%(office)s (không tách được)") % {"office": name} if row.startswith("?") and name else name or ""


def _name(made: Series) -> str:
    months = made.question.months
    return f"theo-thoi-gian-{made.question.measure}-{months[0].key}-{months[-1].key}"

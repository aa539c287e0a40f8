"""One measure over months, told for the offices as they were, or for those of another day; every figure opens its list."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import Invalid, NotThere
from motcua.base.times import day_of
from motcua.offices.models import Office
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, blame, show
from motcua.pages.layout.periods import day_field, office_field, wrong_question
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.oversight.asking import XLSX, file_answer, followers, matching
from motcua.readings.log import export
from motcua.reports import series as rules
from motcua.reports.line_chart import STROKES, Curve, line_chart
from motcua.reports.measures import MEASURES
from motcua.reports.periods import Period
from motcua.reports.scope import REPORTERS, scope_for
from motcua.reports.series import Line, Question, Series
from motcua.reports.series_files import as_json, series_workbook
from motcua.reports.workbook import members_workbook

# Rows of the page; the others are one row, and all of them are in the files.
ROWS, CURVES = 40, 5
REST = "khac"


class SeriesForm(Form):
    """Every field has a default, so that an empty address is the last twelve months."""

    chitieu = forms.ChoiceField(
        label=lazy("Chỉ tiêu"), required=False, choices=[(key, row.name) for key, row in MEASURES.items()]
    )
    tu = forms.CharField(label=lazy("Từ tháng"), required=False, max_length=7, help_text=lazy("Ví dụ 2025-01."))
    den = forms.CharField(label=lazy("Đến hết tháng"), required=False, max_length=7)
    coquan = office_field()
    cach = forms.ChoiceField(
        label=lazy("Tính theo"),
        required=False,
        choices=[
            ("then", lazy("Đơn vị như lúc đó")),
            ("new", lazy("Đơn vị mới (của ngày cuối)")),
            ("old", lazy("Đơn vị cũ (của ngày đầu)")),
        ],
    )
    moc = day_field(lazy("Hoặc đơn vị của ngày"), help_text=lazy("Chỉ dùng với đơn vị mới hoặc cũ."))
    noi = forms.ChoiceField(
        label=lazy("Tính cho"),
        required=False,
        choices=[("competent", lazy("Cơ quan giải quyết")), ("receiving", lazy("Nơi tiếp nhận"))],
    )
    uoc = forms.BooleanField(label=lazy("Ước tính phần không tách được"), required=False)

    def __init__(self, data: Any, today: date) -> None:
        last = today.replace(day=1)
        first = last.replace(year=last.year - 1)
        before = date(last.year - (last.month == 1), (last.month - 2) % 12 + 1, 1)
        defaults = {
            "chitieu": "new", "tu": f"{first:%Y-%m}", "den": f"{before:%Y-%m}", "cach": "then", "noi": "competent",
        }  # fmt: skip
        super().__init__({name: data.get(name) or defaults.get(name, "") for name in self.base_fields})

    def address(self, **changes: Any) -> str:
        """The query string of this question, with something changed."""
        shown = {name: str(self.data.get(name) or "") for name in self.fields}
        return urlencode({key: value for key, value in {**shown, **changes}.items() if value not in ("", None)})


@dataclass
class Asked:
    """The question as far as it is clear; `choices`: offices that were meant perhaps."""

    form: SeriesForm
    question: Question | None
    choices: list[Office]

    def needed(self) -> Question:
        """For what has no form to mend the question in."""
        if self.question is None:
            raise wrong_question(self.form, self.choices)
        return self.question


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
    asked = _asked(request)
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
    asked = _asked(request)
    made = rules.series(asked.needed())
    return file_answer(series_workbook(made, _shares(asked, made)), XLSX, f"{_name(made)}.xlsx")


@officers(*REPORTERS)
def series_json(request: PersonRequest) -> HttpResponse:
    """The same as JSON."""
    asked = _asked(request)
    made = rules.series(asked.needed())
    said = json.dumps(as_json(made, _shares(asked, made)), ensure_ascii=False, indent=2)
    return file_answer(said.encode(), "application/json", f"{_name(made)}.json")


@officers(*REPORTERS)
def series_list(request: PersonRequest) -> HttpResponse:
    """The dossiers behind one figure."""
    asked = _asked(request)
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
    question = _asked(request).needed()
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


def _asked(request: PersonRequest) -> Asked:
    today = day_of(request.at)
    form = SeriesForm(request.GET, today)
    if not form.is_valid():
        return Asked(form, None, [])
    given = form.cleaned_data
    code, choices = given["coquan"], []
    if code and not Office.objects.by_code(code).exists():
        choices = matching(request, code)
        code = choices[0].code if len(choices) == 1 else ""
        if not choices:
            form.add_error("coquan", _("Không tìm thấy cơ quan nào như vậy trong phạm vi của bạn."))
            form.status = 422
        if len(choices) != 1:
            return Asked(form, None, choices)
    scope = scope_for(request.actor, today, office_code=code, place=given["noi"])
    try:
        asked = rules.question(
            given["chitieu"], given["tu"], given["den"], scope, given["cach"], given["moc"], today=today
        )
    except Invalid as error:
        blame(form, error)
        form.status = error.status
        return Asked(form, None, followers(request, code) if error.code == "office_not_then" else [])
    return Asked(form, asked, [])


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

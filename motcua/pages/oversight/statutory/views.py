"""The forms that the law wants reports in, as page, workbook, PDF and data; each figure opens what it counts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden
from motcua.base.times import day_of
from motcua.dossiers.routing import ONE_STOP_KINDS
from motcua.forms.register_book import lines_of, register_pdf
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import show
from motcua.pages.layout.papers import pdf_response
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.oversight.asking import XLSX, Asked, asked_from, choices_of, file_answer, offices_seen
from motcua.pages.oversight.statutory.forms import StatutoryForm, statutory_shortcuts
from motcua.readings.log import export
from motcua.reports.periods import Period
from motcua.reports.scope import REPORTERS, Scope
from motcua.reports.statutory.as_json import as_json
from motcua.reports.statutory.filling import fill
from motcua.reports.statutory.layout import around, check_words, groups, numbered, numbers, row_head, title
from motcua.reports.statutory.printing import as_pdf
from motcua.reports.statutory.shapes import Column, Line, Sheet
from motcua.reports.statutory.sheetbook import sheetbook

PDF = "application/pdf"
# Whoever answers for a unit keeps its register, with all that applicants said of themselves; those above see figures.
KEEPERS = ("unit_head", "receiver")


@dataclass(frozen=True)
class Cell:
    """A figure of the form; `address` is empty where nothing is behind it."""

    label: str
    count: int
    address: str


@dataclass(frozen=True)
class Row:
    """One row of the form."""

    number: str
    line: Line
    cells: list[Cell]
    words: list[tuple[str, str]]


@officers(*REPORTERS)
def statutory(request: PersonRequest) -> HttpResponse:
    """A form of a period; the first one where nobody says which."""
    form, asked = _asked(request)
    context: dict[str, Any] = {
        "shortcuts": statutory_shortcuts(form),
        "choices": choices_of(asked, "oversight:statutory"),
    }
    if asked.period is not None and asked.scope is not None:
        made = fill(form.chosen, asked.period, asked.scope, form.today, form.by)
        context |= _laid_out(made, form)
        context |= {
            "downloads": form.address(),
            "offices_seen": offices_seen(asked.scope),
            "register": _register_address(request, asked, form),
        }
    return show(request, "oversight/statutory.html", context, form=form)


@officers(*REPORTERS)
def statutory_xlsx(request: PersonRequest) -> HttpResponse:
    """The same as a workbook with live formulas, in the words of the law."""
    made = _filled(request)
    with translation.override("vi"):
        content = sheetbook(made)
    return file_answer(content, XLSX, f"bieu-{made.form.code}-{made.period.key}.xlsx")


@officers(*REPORTERS)
def statutory_pdf(request: PersonRequest) -> HttpResponse:
    """The same on A4, in the words of the law."""
    made = _filled(request)
    with translation.override("vi"):
        content = as_pdf(made, request.at)
    return file_answer(content, PDF, f"bieu-{made.form.code}-{made.period.key}.pdf")


@officers(*REPORTERS)
def statutory_json(request: PersonRequest) -> HttpResponse:
    """The same as JSON."""
    made = _filled(request)
    with translation.override("vi"):
        said = json.dumps(as_json(made), ensure_ascii=False, indent=2)
    return file_answer(said.encode(), "application/json", f"bieu-{made.form.code}-{made.period.key}.json")


@officers(*REPORTERS)
def statutory_register(request: PersonRequest) -> HttpResponse:
    """The register of a one-stop unit for the period, on paper; whoever takes it away is noted. Law: TT01-2018 9"""
    form, asked = _asked(request)
    period, scope = asked.needed()
    office = scope.office
    if office is None or office.kind not in ONE_STOP_KINDS:
        form.add_error("coquan", _("Sổ theo dõi là của một nơi tiếp nhận: hãy chọn một Bộ phận Một cửa."))
        form.status = 422
        return show(request, "oversight/statutory.html", {"shortcuts": statutory_shortcuts(form)}, form=form)
    if office.pk not in request.actor.offices(*KEEPERS):
        raise Forbidden(_("Sổ có địa chỉ, điện thoại của người nộp: chỉ người của nơi tiếp nhận được lấy."))
    with translation.override("vi"):
        content = register_pdf(office, period.first, period.last, at=request.at)
    named = lines_of(office, period.first, period.last).values_list("pk", flat=True)
    export(request.actor, named, reason=f"{_('Sổ theo dõi hồ sơ')}, {period}", at=request.at)
    return pdf_response(content, f"so-theo-doi-{period.key}.pdf")


def _asked(request: PersonRequest) -> tuple[StatutoryForm, Asked]:
    form = StatutoryForm(request.GET, day_of(request.at))
    return form, asked_from(request, form)


def asked_for(request: PersonRequest) -> tuple[StatutoryForm, Period, Scope]:
    """The question of a list or a file: the form, the days, and whose figures. Raises Invalid."""
    form, asked = _asked(request)
    return form, *asked.needed()


def _filled(request: PersonRequest) -> Sheet:
    form, asked = _asked(request)
    period, scope = asked.needed()
    with translation.override("vi"):
        return fill(form.chosen, period, scope, form.today, form.by)


def _laid_out(made: Sheet, form: StatutoryForm) -> dict[str, Any]:
    heads = groups(made)
    return {
        "made": made,
        "title": title(made),
        "around": around(made),
        "row_head": row_head(made),
        "groups": heads,
        "numbers": [numbers(column) for column in made.columns],
        "rows": [
            Row(
                number,
                line,
                [_cell(column, line.values[column.no], form, line.by, line.row) for column in made.columns],
                list(zip(made.word_heads, line.words, strict=True)),
            )
            for number, line in numbered(made)
        ],
        "total": [_cell(column, made.total[column.no], form, made.by, "") for column in made.columns],
        "identities": "; ".join(map(str, made.identities)),
        "checks": [(check, check_words(check)) for check in made.checks],
    }


def _cell(column: Column, count: int, form: StatutoryForm, by: str, row: str) -> Cell:
    label = f"{column.no}. {column.group}: {column.title}" if column.group else f"{column.no}. {column.title}"
    query = form.address(cot=column.no, dong=row, nhom=by)
    return Cell(label, count, f"{reverse('oversight:statutory_list')}?{query}" if count else "")


def _register_address(request: PersonRequest, asked: Asked, form: StatutoryForm) -> str:
    office = asked.scope.office if asked.scope else None
    if office is None or office.kind not in ONE_STOP_KINDS or office.pk not in request.actor.offices(*KEEPERS):
        return ""
    return f"{reverse('oversight:statutory_register')}?{form.address()}"

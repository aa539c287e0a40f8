"""The index of service quality: every component with its rate, points, the list of what costs points, and what would raise it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.base.times import day_of
from motcua.indices.as_json import quality_as_json
from motcua.indices.failing import Failing, by_office, everything_failing, failing, row_of
from motcua.indices.formulas import CLASS_NAMES, FORMULAS
from motcua.indices.models import Scheme
from motcua.indices.quality import Component, Quality, quality, table_for
from motcua.indices.tables import is_binding
from motcua.indices.workbooks import quality_workbook
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import show
from motcua.pages.layout.periods import row_asked
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.oversight.asking import XLSX, Asked, asked_from, choices_of, file_answer, offices_seen
from motcua.pages.oversight.forms import ReportForm, shortcuts
from motcua.petitions.models import Petition
from motcua.readings.log import export
from motcua.reports.scope import REPORTERS
from motcua.reports.table_workbook import table_workbook


@dataclass(frozen=True)
class Line:
    """One component as the page shows it; `address` opens what costs points, empty where nothing does."""

    one: Component
    address: str


def asked_for(request: PersonRequest, period: str = "") -> Asked:
    """What is asked for, `period` where no period is."""
    given = request.GET.copy()
    if period and not any(given.get(name) for name in ("ky", "tu", "den")):
        given["ky"] = period
    return asked_from(request, ReportForm(given, day_of(request.at)))


def page_context(asked: Asked, route: str) -> dict[str, Any]:
    """What every page of the indices shows around its figures."""
    return {
        "shortcuts": shortcuts(asked.form),
        "choices": choices_of(asked, route),
        "downloads": asked.form.address(),
        "same_question": asked.form.address(theo="", noi=""),
    }


@officers(*REPORTERS)
def indices(request: PersonRequest) -> HttpResponse:
    """The index of a scope and a period."""
    asked = asked_for(request)
    context = page_context(asked, "oversight:indices")
    if asked.period is not None and asked.scope is not None:
        try:
            made = quality(asked.period, asked.scope)
        except NotThere as error:
            context["none_because"] = str(error)
        else:
            context |= _told(made, asked.form) | {"offices_seen": offices_seen(asked.scope)}
            context["is_binding"] = is_binding(Scheme.SERVICE_QUALITY, asked.period.last)
    return show(request, "oversight/index.html", context, form=asked.form)


@officers(*REPORTERS)
def indices_xlsx(request: PersonRequest) -> HttpResponse:
    """The same as a workbook with live formulas."""
    period, scope = asked_for(request).needed()
    return file_answer(quality_workbook(quality(period, scope)), XLSX, f"chi-so-766-{period.key}.xlsx")


@officers(*REPORTERS)
def indices_json(request: PersonRequest) -> HttpResponse:
    """The same as JSON."""
    period, scope = asked_for(request).needed()
    said = json.dumps(quality_as_json(quality(period, scope)), ensure_ascii=False, indent=2)
    return file_answer(said.encode(), "application/json", f"chi-so-766-{period.key}.json")


@officers(*REPORTERS)
def index_list(request: PersonRequest) -> HttpResponse:
    """What costs points under one component."""
    asked = asked_for(request)
    period, scope = asked.needed()
    row = row_of(table_for(period), code := request.GET.get("thanhphan", ""))
    formula, after = FORMULAS[row.formula], request.GET.get("sau", "")
    office = row_asked(request.GET.get("dong", ""))
    page = failing(period, scope, row.formula, after=after, office=office)
    here = asked.form.address(thanhphan=code, dong=office)
    shares = by_office(period, scope, row.formula) if office is None and not after else []
    context = {
        "row": row,
        "formula": formula,
        "period": period,
        "shares": [(one, f"?{asked.form.address(thanhphan=code, dong=one.pk)}") for one in shares],
        "members": [(one, _address(formula.of, one, seen)) for seen in [_seen(request, formula.of, page.members)]
                    for one in page.members],
        "first_query": f"?{here}" if after else "",
        "next_query": f"?{asked.form.address(thanhphan=code, dong=office, sau=page.next)}" if page.next else "",
        "back": f"{reverse('oversight:indices')}?{asked.form.address()}",
        "download": f"{reverse('oversight:index_list_xlsx')}?{here}",
    }  # fmt: skip
    return render(request, "oversight/index_list.html", context)


@officers(*REPORTERS)
def index_list_xlsx(request: PersonRequest) -> HttpResponse:
    """All of what costs points under one component, as a workbook; taking dossiers away is noted."""
    period, scope = asked_for(request).needed()
    row = row_of(table_for(period), request.GET.get("thanhphan", ""))
    title = f"{row.code} {row.name}, {period}"
    found = list(everything_failing(period, scope, row.formula, row_asked(request.GET.get("dong", ""))))
    if FORMULAS[row.formula].of == "dossier":
        export(request.actor, (one.pk for one in found), reason=title, at=request.at)
    heads = [_("Mã"), _("Thủ tục"), _("Cơ quan"), _("Hạn"), _("Xong")]
    rows = [[one.code, one.name, one.office, _day(one.due), _day(one.done)] for one in found]
    return file_answer(table_workbook(title, heads, rows), XLSX, f"chi-so-{row.code}-{period.key}.xlsx")


def _told(made: Quality, form: ReportForm) -> dict[str, Any]:
    def line(one: Component) -> Line:
        address = f"{reverse('oversight:index_list')}?{form.address(thanhphan=one.row.code)}" if one.failing else ""
        return Line(one, address)

    return {
        "made": made,
        "class_name": CLASS_NAMES[made.class_name],
        "groups": [(group, [line(one) for one in group.components]) for group in made.groups],
        "raises": [line(one) for one in made.raises],
    }


def _seen(request: PersonRequest, of: str, members: tuple[Failing, ...]) -> frozenset[int]:
    """Of petitions those that this person may open; every other list opens by itself, or asks why first."""
    if of != "petition":
        return frozenset()
    mine = Petition.objects.visible_to(request.actor).filter(pk__in=[one.pk for one in members])
    return frozenset(mine.values_list("pk", flat=True))


def _address(of: str, one: Failing, seen: frozenset[int]) -> str:
    if of == "dossier":
        return reverse("desk:dossier", args=[one.pk])
    if of == "petition":
        return reverse("desk:petition", args=[one.pk]) if one.pk in seen else ""
    return reverse("oversight:catalogue_procedure", args=[one.code])


def _day(value: Any) -> date | None:
    return day_of(value) if hasattr(value, "hour") else value

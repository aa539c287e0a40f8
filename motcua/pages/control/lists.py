"""What is late now and what is silent: counted by office, step or holder, with the dossiers."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import NotThere
from motcua.base.times import day_of
from motcua.offices.models import Office
from motcua.operations.late import BYS, MOST_DAYS, late_by, late_lines
from motcua.operations.silent import SILENT, silence, silent_lines
from motcua.pages.control.board import Cell
from motcua.pages.control.menu import GROUPS
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, show
from motcua.pages.layout.periods import row_asked
from motcua.pages.layout.requests import PersonRequest
from motcua.reports.scope import REPORTERS, offices_reported_to, scope_for


class LateForm(Form):
    """How late at least, and what a row is."""

    ngay = forms.IntegerField(label=_("Quá hạn ít nhất (ngày)"), required=False, min_value=1, max_value=MOST_DAYS)
    theo = forms.ChoiceField(
        label=_("Mỗi dòng là một"),
        required=False,
        choices=[("office", _("Cơ quan đang giữ")), ("step", _("Bước")), ("holder", _("Người giữ"))],
    )


@officers(*REPORTERS)
def late(request: PersonRequest) -> HttpResponse:
    """Late by at least so many days; every group opens its dossiers."""
    form = LateForm({"ngay": request.GET.get("ngay") or "1", "theo": request.GET.get("theo") or BYS[0]})
    context: dict[str, Any] = {"menu": GROUPS}
    if not form.is_valid():
        return show(request, "control/late.html", context, form=form)
    days, by = form.cleaned_data["ngay"] or 1, form.cleaned_data["theo"] or BYS[0]
    scope, key, after = (
        scope_for(request.actor, day_of(request.at)),
        request.GET.get("dong", ""),
        request.GET.get("sau", ""),
    )
    if "\x00" in key:
        raise NotThere(_("Không có dòng này."))
    groups = late_by(request.at, scope, days=days, by=by)
    remind = _remind_addresses(request, [int(one.key) for one in groups]) if by == "office" else {}
    asked = {"ngay": days, "theo": by}
    page = late_lines(request.at, scope, days=days, by=by, key=key, after=after)
    context |= {
        "groups": [
            (one, "?" + urlencode({**asked, "dong": one.key or "-"}) + "#list", remind.get(one.key, ""))
            for one in groups
        ],
        "total": sum(one.count for one in groups),
        "chosen": next((one.name for one in groups if key and (one.key or "-") == key), ""),
        "whole": "?" + urlencode(asked),
        "page": page,
        "at": request.at,
        "first_query": "?" + urlencode({**asked, "dong": key}) if after else "",
        "next_query": "?" + urlencode({**asked, "dong": key, "sau": page.next}) if page.next else "",
    }
    return show(request, "control/late.html", context, form=form)


@officers(*REPORTERS)
def silent(request: PersonRequest) -> HttpResponse:
    """Open dossiers to which nothing happened for days; counts by office, and the list of one figure."""
    scope = scope_for(request.actor, day_of(request.at))
    measure, row, after = (request.GET.get(name, "") for name in ("chitieu", "dong", "sau"))
    office, made = row_asked(row), silence(request.at, scope)
    context: dict[str, Any] = {
        "menu": GROUPS,
        "made": made,
        "lines": [_cell(key, made.total[key]) for key in SILENT],
        "heads": list(SILENT.values()),
        "rows": [(one.name, [_cell(key, one.figures[key], dong=one.key) for key in SILENT]) for one in made.rows],
    }
    if measure:
        page = silent_lines(request.at, scope, measure, office=office, after=after)
        query = {"chitieu": measure, **({"dong": row} if row else {})}
        context |= {
            "title": SILENT[measure].name,
            "office": next((one.name for one in made.rows if str(one.key) == row), ""),
            "page": page,
            "first_query": "?" + urlencode(query) if after else "",
            "next_query": "?" + urlencode({**query, "sau": page.next}) if page.next else "",
        }
    return render(request, "control/silent.html", context)


def _remind_addresses(request: PersonRequest, offices: list[int]) -> dict[str, str]:
    """Where each office is reminded of what it has late, of those that this person may remind."""
    allowed = offices_reported_to(request.actor, day_of(request.at))
    codes = Office.objects.filter(pk__in=offices if allowed is None else allowed.intersection(offices))
    return {str(one.pk): reverse("control:remind_office", args=[one.code]) for one in codes}


def _cell(key: str, count: int, **row: Any) -> Cell:
    address = f"{reverse('control:silent')}?{urlencode({'chitieu': key, **row})}#list" if count else ""
    return Cell(SILENT[key], count, address)

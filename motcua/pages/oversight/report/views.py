"""The report and its lists, for those whom offices report to; for everybody else these pages do not exist."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.base.times import day_of
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import show
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.oversight.asking import XLSX, asked_from, choices_of, file_answer, links_to, matching, offices_seen
from motcua.pages.oversight.consultations import told_to
from motcua.pages.oversight.forms import ReportForm, shortcuts
from motcua.pages.oversight.menu import GROUPS
from motcua.pages.oversight.report.closes import closes_of
from motcua.pages.oversight.report.onsite_rates import onsite_rates
from motcua.pages.oversight.tables import LATE, row_name, summary_of, table_of
from motcua.readings.log import export
from motcua.reports import month
from motcua.reports.as_json import as_json
from motcua.reports.behind import behind, everyone_behind
from motcua.reports.measures import MEASURES
from motcua.reports.periods import between
from motcua.reports.scope import REPORTERS, scope_for
from motcua.reports.workbook import members_workbook, workbook


@officers(*REPORTERS)
def home(request: PersonRequest) -> HttpResponse:
    """Where things stand now: this month so far, and what is late."""
    today = day_of(request.at)
    so_far = between(today.replace(day=1), today)
    scope = scope_for(request.actor, today)
    made = month.report(so_far, scope, "office")
    form = ReportForm({"ky": "", "tu": so_far.first.isoformat(), "den": so_far.last.isoformat()}, today)
    context = {
        "menu": GROUPS,
        "summary": summary_of(made, form),
        "period": so_far,
        "offices_seen": offices_seen(scope),
        "late": _late_rows(made),
        "opinions_overdue": told_to(request).overdue(request.at).count(),
    }
    return render(request, "oversight/home.html", context)


@officers(*REPORTERS)
def report(request: PersonRequest) -> HttpResponse:
    """The report of a period: every figure leads to its dossiers."""
    asked = asked_from(request)
    context: dict[str, Any] = {"shortcuts": shortcuts(asked.form), "choices": choices_of(asked)}
    if asked.period is not None and asked.scope is not None:
        made = month.report(asked.period, asked.scope, asked.by)
        context |= {
            "made": made,
            "summary": summary_of(made, asked.form),
            "table": table_of(made, asked.form),
            "downloads": asked.form.address(),
            "offices_seen": offices_seen(asked.scope),
            "bulletin": asked.form.address(theo="", noi=""),
            **closes_of(request, asked.period, asked.scope),
            "onsite": onsite_rates(min(asked.period.last, day_of(request.at)), made, asked.form.address()),
        }
    return show(request, "oversight/report.html", context, form=asked.form)


@officers(*REPORTERS)
def report_xlsx(request: PersonRequest) -> HttpResponse:
    """The same report as a workbook with live formulas."""
    asked = asked_from(request)
    period, scope = asked.needed()
    return file_answer(workbook(month.report(period, scope, asked.by)), XLSX, f"bao-cao-{period.key}.xlsx")


@officers(*REPORTERS)
def report_json(request: PersonRequest) -> HttpResponse:
    """The same report as JSON."""
    asked = asked_from(request)
    period, scope = asked.needed()
    said = json.dumps(as_json(month.report(period, scope, asked.by)), ensure_ascii=False, indent=2)
    return file_answer(said.encode(), "application/json", f"bao-cao-{period.key}.json")


@officers(*REPORTERS)
def dossiers(request: PersonRequest) -> HttpResponse:
    """The dossiers behind one figure."""
    asked = asked_from(request)
    period, scope = asked.needed()
    measure, row, after = (request.GET.get(name, "") for name in ("chitieu", "dong", "sau"))
    page = behind(period, scope, measure, by=asked.by, row=row, after=after)
    here = asked.form.address(chitieu=measure, dong=row)
    context = {
        "measure": MEASURES[measure],
        "period": period,
        "row_name": row_name(asked.by, row),
        "page": page,
        "first_query": f"?{here}" if after else "",
        "next_query": f"?{asked.form.address(chitieu=measure, dong=row, sau=page.next)}" if page.next else "",
        "back": f"{reverse('oversight:report')}?{asked.form.address()}",
        "download": f"{reverse('oversight:dossiers_xlsx')}?{here}",
    }
    return render(request, "oversight/dossiers.html", context)


@officers(*REPORTERS)
def dossiers_xlsx(request: PersonRequest) -> HttpResponse:
    """The dossiers behind one figure, all of them, as a workbook."""
    asked = asked_from(request)
    period, scope = asked.needed()
    measure, row = request.GET.get("chitieu", ""), request.GET.get("dong", "")
    if measure not in MEASURES:
        raise NotThere(_("Không có chỉ tiêu này."))
    title = f"{MEASURES[measure].name}, {period}"
    found = list(everyone_behind(period, scope, measure, by=asked.by, row=row))
    export(request.actor, (one.dossier_id for one in found), reason=title, at=request.at)
    return file_answer(members_workbook(title, found), XLSX, f"ho-so-{measure}-{period.key}.xlsx")


@officers(*REPORTERS)
def late(request: PersonRequest) -> HttpResponse:
    """What is late now, or was resolved late this month: where, in whose hand, by how many days, and why."""
    today = day_of(request.at)
    measure = request.GET.get("chitieu", LATE[0])
    if measure not in LATE:
        raise NotThere(_("Không có trang này."))
    so_far = between(today.replace(day=1), today)
    page = behind(so_far, scope_for(request.actor, today), measure, after=request.GET.get("sau", ""))
    context = {
        "measure": MEASURES[measure],
        "measures": [MEASURES[key] for key in LATE],
        "period": so_far,
        "page": page,
        "first_query": f"?chitieu={measure}" if request.GET.get("sau") else "",
        "next_query": "?" + urlencode({"chitieu": measure, "sau": page.next}) if page.next else "",
    }
    return render(request, "oversight/late.html", context)


@officers(*REPORTERS)
def offices(request: PersonRequest) -> HttpResponse:
    """Offices whose name has the words typed so far, as links to their reports; a part of the report's page."""
    form = ReportForm(request.GET, day_of(request.at))
    found = matching(request, str(request.GET.get("coquan", "")))
    return render(request, "oversight/office_choices.html", {"choices": links_to(form, found)})


def _late_rows(made: month.Report) -> list[month.Row]:
    rows = [row for row in made.rows if row.figures["open_late"]]
    return sorted(rows, key=lambda row: -row.figures["open_late"])[:10]

"""Figures that were closed: who answered for them, what they were, and what differs from what the ledger says now."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import NotThere
from motcua.base.times import day_of
from motcua.offices.models import Office
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.periods import row_asked
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.oversight.asking import asked_from, file_answer
from motcua.pages.oversight.forms import ReportForm
from motcua.pages.oversight.tables import summary_of, table_of
from motcua.reports import closing, month
from motcua.reports.close_as_json import close_as_json
from motcua.reports.closing import CLOSERS, closable_offices, frozen_report
from motcua.reports.comparing import Difference, differences, frozen_dossiers, moved
from motcua.reports.measures import MEASURES
from motcua.reports.models import PeriodClose
from motcua.reports.periods import Period
from motcua.reports.scope import REPORTERS, Scope, offices_reported_to

SHOWN = 100


class CloseForm(Form):
    """Why it is closed again; the first close needs no reason."""

    reason = forms.CharField(
        label=lazy("Lý do chốt lại"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=lazy("Ví dụ: nhập bổ sung hồ sơ giấy, sửa định nghĩa. Lần chốt trước vẫn giữ nguyên."),
    )


@dataclass(frozen=True)
class Frozen:
    """Where the dossiers behind a figure of a close are listed."""

    close: PeriodClose

    def figure_address(self, measure: str, row: str = "") -> str:
        """The frozen list, of the whole or of one office."""
        return f"{reverse('oversight:close_list', args=[self.close.pk])}?{urlencode({'chitieu': measure, 'dong': row})}"


@officers(*REPORTERS)
def closes(request: PersonRequest) -> HttpResponse:
    """Every close that this person may see, the latest period first."""
    found = (
        _seen(request).select_related("office").order_by("-last", "-first", "office__name_order", "place", "-number")
    )
    return render(request, "oversight/closes.html", {"closes": found[:SHOWN], "shown": SHOWN})


@officers(*CLOSERS)
def close_period(request: PersonRequest) -> HttpResponse:
    """Look once more at what would be closed, and close it."""
    asked = asked_from(request)
    period, scope = asked.needed()
    office = _office(request, scope)
    if office.pk not in closable_offices(request.actor, request.at):
        raise NotThere(_("Không có trang này."))
    last = PeriodClose.objects.of(period, office.pk, scope.place).last()
    form = CloseForm(posted(request))

    def act() -> PeriodClose:
        reason = form.cleaned_data["reason"]
        return closing.close_period(
            period, office, place=scope.place, reason=reason, actor=request.actor, at=request.at
        )

    made = attempt(form, act) if request.method == "POST" else None
    if made is not None:
        messages.success(request, _("Đã chốt số liệu lần %(number)s.") % {"number": made.number})
        return redirect("oversight:close", made.pk)
    covered = closing.scope_of(period, office, scope.place)
    links = ReportForm({**request.GET.dict(), "coquan": office.code}, asked.form.today)
    context = {
        "period": period,
        "office": office,
        "summary": summary_of(month.report(period, covered), links),
        "place": PeriodClose.Place(scope.place).label,
        "last": last,
        "is_over": request.at >= period.end,
        "differences": [(row, _measure_name(last, row.measure)) for row in differences(last)] if last else [],
        "back": f"{reverse('oversight:report')}?{asked.form.address()}",
    }
    return show(request, "oversight/close_period.html", context, form=form)


@officers(*REPORTERS)
def close(request: PersonRequest, close_id: int) -> HttpResponse:
    """The figures as they were closed, each with its dossiers."""
    one = _one(request, close_id)
    made = frozen_report(one)
    others = PeriodClose.objects.of(one.period, one.office_id, one.place).exclude(pk=one.pk)
    context = {
        "close": one,
        "summary": summary_of(made, Frozen(one)),
        "table": table_of(made, Frozen(one)),
        "others": others,
        "may_close": one.office_id in closable_offices(request.actor, request.at),
        "again": f"{reverse('oversight:close_period')}?{_address(one)}",
    }
    return render(request, "oversight/close.html", context)


@officers(*REPORTERS)
def close_json(request: PersonRequest, close_id: int) -> HttpResponse:
    """The close as data, with the definitions of its day and the signature."""
    one = _one(request, close_id)
    said = close_as_json(one)
    content = json.dumps(said, ensure_ascii=False, indent=2).encode()
    return file_answer(content, "application/json", f"chot-{one.period.key}-lan-{one.number}.json")


@officers(*REPORTERS)
def close_compare(request: PersonRequest, close_id: int) -> HttpResponse:
    """What another close, or the ledger now, counts otherwise."""
    one = _one(request, close_id)
    other = _other(request, one)
    found = differences(one, other)
    against = str(other.pk) if other else ""
    rows = [(row, _measure_name(one, row.measure), _moved_address(one, row, against)) for row in found]
    context = {
        "close": one,
        "other": other,
        "rows": rows[:SHOWN],
        "hidden": max(len(rows) - SHOWN, 0),
        "same_definitions": other is None or other.definition_version == one.definition_version,
        "others": PeriodClose.objects.of(one.period, one.office_id, one.place).exclude(pk=one.pk),
    }
    return render(request, "oversight/close_compare.html", context)


@officers(*REPORTERS)
def close_list(request: PersonRequest, close_id: int) -> HttpResponse:
    """The dossiers behind a figure of a close; with `voi` those that differ from another close or from now."""
    one = _one(request, close_id)
    measure, row, after = request.GET.get("chitieu", ""), request.GET.get("dong", ""), request.GET.get("sau", "0")
    office_id, seen = row_asked(row), row_asked(after) or 0
    is_compared = "voi" in request.GET
    found: Any
    if is_compared:
        found, next_id = moved(one, _other(request, one), measure, office_id=office_id, after=seen)
    else:
        found, next_id = frozen_dossiers(one, measure, office_id=office_id, after=seen)
    query = {"chitieu": measure, "dong": row, **({"voi": request.GET["voi"]} if is_compared else {})}
    context = {
        "close": one,
        "name": _measure_name(one, measure),
        "office": Office.objects.filter(pk=office_id).first() if office_id else None,
        "is_compared": is_compared,
        "found": found,
        "next": f"?{urlencode({**query, 'sau': next_id})}" if next_id else "",
        "first": f"?{urlencode(query)}" if seen else "",
    }
    return render(request, "oversight/close_list.html", context)


def closes_of(request: PersonRequest, period: Period, scope: Scope) -> dict[str, Any]:
    """For the report's page: who closed these figures so far, and the way to close them."""
    office = _office(request, scope)
    may_close = office.pk in closable_offices(request.actor, request.at) and request.at >= period.end
    return {
        "closed": PeriodClose.objects.of(period, office.pk, scope.place).last(),
        "closed_office": office,
        "may_close": may_close,
    }


def _seen(request: PersonRequest) -> Any:
    return PeriodClose.objects.seen_by(offices_reported_to(request.actor, day_of(request.at)))


def _one(request: PersonRequest, close_id: int) -> PeriodClose:
    found = _seen(request).select_related("office").filter(pk=close_id).first()
    if found is None:
        raise NotThere(_("Không có lần chốt này."))
    return found


def _other(request: PersonRequest, one: PeriodClose) -> PeriodClose | None:
    """The close that `voi` names; None: the ledger now."""
    asked = request.GET.get("voi", "")
    if not asked:
        return None
    of = PeriodClose.objects.of(one.period, one.office_id, one.place)
    found = of.filter(pk=row_asked(asked) or 0).first()
    if found is None:
        raise NotThere(_("Không có lần chốt này."))
    return found


def _office(request: PersonRequest, scope: Scope) -> Office:
    """The office that was asked for, else the highest one that this person answers for."""
    if scope.office is not None:
        return scope.office
    mine = Office.objects.filter(pk__in=request.actor.offices(*CLOSERS) or request.actor.offices(*REPORTERS))
    return mine.order_by(F("parent").asc(nulls_first=True), "id")[0]


def _address(one: PeriodClose) -> str:
    days = {"ky": one.text} if one.text else {"tu": one.first.isoformat(), "den": one.last.isoformat()}
    if one.text.endswith("-ND09"):
        days = {"ky": one.text.removesuffix("-ND09"), "chot": "nd09"}
    return urlencode({**days, "coquan": one.office.code, "noi": one.place})


def _measure_name(one: PeriodClose, measure: str) -> str:
    known = MEASURES.get(measure)
    return str(known.name) if known else one.definitions["measures"].get(measure, [measure])[0]


def _moved_address(one: PeriodClose, row: Difference, against: str) -> str:
    query = {"chitieu": row.measure, "dong": row.office_id, "voi": against}
    return f"{reverse('oversight:close_list', args=[one.pk])}?{urlencode(query)}"

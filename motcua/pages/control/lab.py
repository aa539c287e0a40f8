"""The procedure laboratory: choose a procedure, say what should be otherwise, see what the past would have been."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.ahead.asking import Answer, answer, hours_asked, limit_asked, mode_asked, people_asked, share_asked
from motcua.ahead.history import History, procedure_of, read_history
from motcua.ahead.lab import SEED, Scenario, StepFigures
from motcua.base.errors import Invalid, NotThere
from motcua.base.times import day_of
from motcua.calendar.limit_words import limit_words
from motcua.catalogue.search import find
from motcua.pages.control.bars import Bar, Chart
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import blame, show
from motcua.pages.layout.periods import PeriodForm
from motcua.pages.layout.requests import PersonRequest
from motcua.reports.scope import REPORTERS, Scope, scope_for

FOUND = 20
# The names of the fields and what the room below calls them.
NAMES = {"office": "coquan", "limit": "thoihan", "people": "nguoi", "hours": "gio", "mode": "hinhthuc", "share": "tyle"}


class LabForm(PeriodForm):
    """What should be otherwise. Everything has a default: nothing typed is the present."""

    coquan = forms.CharField(
        label=lazy("Cơ quan"),
        required=False,
        max_length=100,
        help_text=lazy("Mã cơ quan; để trống là tất cả cơ quan bạn được xem."),
    )
    thoihan = forms.CharField(
        label=lazy("Thời hạn thử"),
        required=False,
        max_length=40,
        help_text=lazy("Số ngày làm việc, ví dụ 3; hoặc 30d, 8wh, 2m. Để trống: như đã hẹn."),
    )
    nguoi = forms.CharField(
        label=lazy("Số người mỗi bước"),
        required=False,
        max_length=200,
        help_text=lazy("Bước=số người ở mỗi cơ quan, ví dụ 3=2 4=1. Để trống: như đã có."),
    )
    gio = forms.CharField(
        label=lazy("Số giờ mỗi bước"),
        required=False,
        max_length=200,
        help_text=lazy("Bước=số giờ làm việc trung bình một hồ sơ ở bước đó, ví dụ 3=8. Để trống: như đã đo."),
    )
    hinhthuc = forms.ChoiceField(
        label=lazy("Nơi giải quyết"),
        required=False,
        choices=[("", lazy("Như hiện nay")), ("four", lazy("Bốn tại chỗ")), ("five", lazy("Năm tại chỗ"))],
    )
    tyle = forms.CharField(
        label=lazy("Tỷ lệ cần giữ đúng hẹn (%)"),
        required=False,
        max_length=10,
        help_text=lazy("Để tìm thời hạn mà chừng ấy hồ sơ giữ được; để trống là 90."),
    )

    def __init__(self, data: Any, request: PersonRequest) -> None:
        today = day_of(request.at)
        given = {name: data.get(name, "") for name in self.base_fields}
        if not given["tu"] and not given["den"]:
            given |= {"tu": (today - timedelta(days=364)).isoformat(), "den": today.isoformat()}
        super().__init__(given, today)


@dataclass(frozen=True)
class StepLine:
    """A step as it was and as it would be."""

    seq: int
    title: str
    present: StepFigures
    changed: StepFigures
    waits_longest: bool


@officers(*REPORTERS)
def lab(request: PersonRequest) -> HttpResponse:
    """Which procedure: found by words or code."""
    asked = str(request.GET.get("q", "")).strip()[:200]
    found = find(asked, limit=FOUND) if asked else None
    rows = [(one, reverse("control:lab_procedure", args=[one.code])) for one in (found.rows if found else ())]
    return render(request, "control/ahead/lab.html", {"asked": asked, "rows": rows})


@officers(*REPORTERS)
def lab_procedure(request: PersonRequest, code: str) -> HttpResponse:
    """One procedure: the form, and once it is sent, the past run again both ways."""
    procedure = procedure_of(code)
    form = LabForm(request.GET, request)
    context: dict[str, Any] = {"procedure": procedure}
    if form.is_valid() and form.period is not None:
        try:
            history = read_history(procedure, form.period, _scope(request, form), request.at)
            context["history"] = history
            if "chay" in request.GET:
                context |= _shown(_run(history, form))
        except Invalid as error:
            if "chay" in request.GET:
                blame(form, _renamed(error))
            else:
                context["nothing"] = str(error)
    return show(request, "control/ahead/lab_procedure.html", context, form=form)


def _scope(request: PersonRequest, form: LabForm) -> Scope:
    try:
        return scope_for(request.actor, day_of(request.at), office_code=form.cleaned_data["coquan"], period=form.period)
    except NotThere as error:
        raise Invalid(error.message, fields={"office": error.message}, code="unknown_office") from None


def _run(history: History, form: LabForm) -> Answer:
    given = form.cleaned_data
    scenario = Scenario(
        limit_asked(given["thoihan"]),
        people_asked(given["nguoi"], history),
        hours_asked(given["gio"], history),
        mode_asked(given["hinhthuc"]),
    )
    return answer(history, scenario, share=share_asked(given["tyle"]), seed=SEED)


def _renamed(error: Invalid) -> Invalid:
    """The same error beside the fields of this form; one of the whole above it."""
    fields = {NAMES[name]: words for name, words in error.fields.items() if name in NAMES}
    return Invalid(error.message, fields=fields, code=error.code)


def _shown(made: Answer) -> dict[str, Any]:
    titles = {step.seq: step.title for step in made.history.steps}
    longest = max(made.changed.run.steps, key=lambda one: one.waits, default=None)
    steps = [
        StepLine(then.step, titles.get(then.step, ""), now, then, then is longest)
        for now, then in zip(made.present.run.steps, made.changed.run.steps, strict=True)
    ]
    chart = Chart(
        "waits",
        _("Nằm chờ và xếp hàng ở mỗi bước, giờ làm việc trung bình"),
        tuple(Bar(f"{one.seq}. {one.title}"[:60], one.present.waits, one.changed.waits) for one in steps),
        (_("hiện nay"), _("thử")),
    )
    return {
        "made": made,
        "limit": limit_words(made.scenario.limit) if made.scenario.limit else "",
        "share": float(made.share),
        "actual": made.actual_late / made.present.run.dossiers,
        "cut": [late / made.present.run.dossiers for late in made.cut_late],
        "steps": steps,
        "chart": chart,
        "promised": made.promised[:5],
    }

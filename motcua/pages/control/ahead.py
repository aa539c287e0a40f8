"""What will happen: dossiers that most likely miss their day, and the load of the next working days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.ahead.flows import OfficeLoad, load_ahead, one_office
from motcua.ahead.kept import kept_experience
from motcua.ahead.likely import likeliest
from motcua.ahead.workload import Change, Load, project
from motcua.base.times import day_of
from motcua.catalogue.models import ProcessStep
from motcua.pages.control.bars import Bar, Chart
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, show
from motcua.pages.layout.requests import PersonRequest
from motcua.reports.scope import REPORTERS, scope_for

SHOWN = 60
ROLES = dict(ProcessStep.Role.choices)


class ChangeForm(Form):
    """People away, work that moves to another office; nothing asked is nothing changed."""

    vang = forms.IntegerField(
        label=lazy("Số người vắng mặt"),
        required=False,
        min_value=0,
        error_messages={"min_value": lazy("Số người vắng mặt không được âm.")},
    )
    den = forms.ChoiceField(label=lazy("Chuyển việc đến"), required=False)
    viec = forms.IntegerField(
        label=lazy("Số lượt chuyển mỗi ngày"),
        required=False,
        min_value=0,
        max_value=10_000,
        error_messages={"min_value": lazy("Số lượt chuyển không được âm.")},
    )

    def __init__(self, data: Any, here: OfficeLoad, others: list[OfficeLoad]) -> None:
        super().__init__(data)
        self.here = here
        choices = [("", _("Không chuyển")), *((str(one.office), one.name) for one in others)]
        field = self.fields["den"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (given.get("vang") or 0) > self.here.load.people:
            self.add_error(
                "vang", _("Cơ quan này chỉ có %(people)s người đang làm.") % {"people": self.here.load.people}
            )
        if bool(given.get("den")) != bool(given.get("viec")) and not self.errors:
            missing = "viec" if given.get("den") else "den"
            self.add_error(missing, _("Cần cả nơi chuyển đến và số lượt mỗi ngày."))
        return given


@dataclass(frozen=True)
class Line:
    """One office of the table."""

    one: OfficeLoad
    comes: float
    at_end: float
    bottleneck: str
    days: float | None
    address: str


@officers(*REPORTERS)
def likely(request: PersonRequest) -> HttpResponse:
    """Open dossiers that most likely miss their day, each with the reason; nothing where the past is not counted."""
    learned = kept_experience(request.at)
    made = likeliest(request.at, scope_for(request.actor, day_of(request.at)), learned) if learned else None
    return render(request, "control/ahead/likely.html", {"made": made})


@officers(*REPORTERS)
def load(request: PersonRequest) -> HttpResponse:
    """What lies at each office, what will come, and where dossiers stay longest."""
    made = load_ahead(request.at, scope_for(request.actor, day_of(request.at)))
    lines = [_line(one) for one in made.offices if one.load.in_hand or any(one.load.comes)]
    chart = Chart(
        "load",
        _("Hồ sơ đang giữ và dự kiến còn lại sau mười ngày làm việc"),
        tuple(Bar(line.one.name, line.one.load.in_hand, line.at_end) for line in lines[:10]),
        (_("đang giữ"), _("sau mười ngày")),
    )
    context = {"made": made, "lines": lines[:SHOWN], "all": len(lines), "is_cut": len(lines) > SHOWN, "chart": chart}
    return render(request, "control/ahead/load.html", context)


@officers(*REPORTERS)
def office_load(request: PersonRequest, office_id: int) -> HttpResponse:
    """One office day by day, its officers and steps; and what absences or moved work would change."""
    scope = scope_for(request.actor, day_of(request.at))
    made = load_ahead(request.at, scope)
    here = one_office(made, office_id, scope)
    others = [one for one in made.offices if one.office != office_id]
    form = ChangeForm(request.GET or None, here, others)
    usual = project(here.load)
    changed, target = usual, None
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        moved = given.get("viec") or 0
        changed = project(here.load, Change(given.get("vang") or 0, -moved))
        target = _target(next((one for one in others if str(one.office) == given.get("den")), None), moved)
    is_changed = changed != usual or target is not None
    chart = Chart(
        "days",
        _("Hồ sơ còn lại cuối mỗi ngày"),
        tuple(
            Bar(f"{day:%d/%m}", now, then if is_changed else None)
            for day, now, then in zip(made.days, usual, changed, strict=True)
        ),
        (_("như hiện nay"), _("khi thay đổi")),
    )
    context = {
        "made": made,
        "here": here,
        "days": list(zip(made.days, here.load.comes, usual, changed, strict=True)),
        "is_changed": is_changed,
        "target": target,
        "chart": chart,
        "steps": [(ROLES.get(step.role, _("Bước khác")), step) for step in here.steps],
    }
    return show(request, "control/ahead/office.html", context, form=form)


def _line(one: OfficeLoad) -> Line:
    step = one.bottleneck
    return Line(
        one,
        sum(one.load.comes),
        _end(one.load),
        str(ROLES.get(step.role, _("Bước khác"))) if step else "",
        step.days if step else None,
        reverse("control:office_load", args=[one.office]),
    )


def _target(there: OfficeLoad | None, moved: int) -> dict[str, Any] | None:
    if there is None or not moved:
        return None
    return {"name": there.name, "usual": _end(there.load), "changed": project(there.load, Change(moved=moved))[-1]}


def _end(there: Load) -> float:
    return project(there)[-1] if there.comes else float(there.in_hand)

"""What a series is asked by: the measure, the months, the units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import Invalid
from motcua.base.times import day_of
from motcua.offices.models import Office
from motcua.pages.layout.forms import Form, blame
from motcua.pages.layout.periods import day_field, office_field, wrong_question
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.oversight.asking import followers, office_meant
from motcua.reports import series as rules
from motcua.reports.measures import MEASURES
from motcua.reports.scope import scope_for
from motcua.reports.series import Question


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


def asked_from(request: PersonRequest) -> Asked:
    """The question of this request, as far as it is clear."""
    today = day_of(request.at)
    form = SeriesForm(request.GET, today)
    if not form.is_valid():
        return Asked(form, None, [])
    given = form.cleaned_data
    code, choices = office_meant(request, form)
    if code is None:
        return Asked(form, None, choices)
    scope = scope_for(request.actor, today, office_code=code, place=given["noi"])
    try:
        asked = rules.question(
            given["chitieu"], given["tu"], given["den"], scope, given["cach"], given["moc"], today=today
        )
    except Invalid as error:
        blame(form, error)
        return Asked(form, None, followers(request, code) if error.code == "office_not_then" else [])
    return Asked(form, asked, [])

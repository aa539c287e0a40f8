"""What a statutory form is asked by: which one, the period, the office, the rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from motcua.pages.oversight.forms import ReportForm, Shortcut
from motcua.reports.statutory.forms import FORMS, ROW_HEADS
from motcua.reports.statutory.shapes import Form

FIRST = "II.06a"
ROWS = ("field", "procedure", "level", "branch", "office")


class StatutoryForm(ReportForm):
    """Every field has a default: an empty address is II.06a of this quarter, by the closing days of ND09-2019."""

    bieu = forms.ChoiceField(
        label=_("Biểu"),
        required=False,
        choices=[(code, code) for code in FORMS],
    )
    theo = forms.ChoiceField(
        label=_("Mỗi dòng là một"),
        required=False,
        choices=[("", _("Như mẫu biểu")), *((by, ROW_HEADS[by]) for by in ROWS)],
    )
    field_order = ("bieu", "ky", "chot", "tu", "den", "coquan", "theo", "noi")

    def __init__(self, given: QueryDict | dict[str, str], today: date) -> None:
        said = {name: str(given.get(name, "")) for name in given}
        if not any(said.get(name) for name in ("ky", "tu", "den")):
            year, month = month_of_report(today)
            said |= {"ky": f"{year}-Q{(month + 2) // 3}", "chot": "nd09"}
        super().__init__({**said, "theo": said.get("theo") or "-", "bieu": said.get("bieu") or FIRST}, today)
        if self.data["theo"] == "-":
            self.data = {**self.data, "theo": ""}
        # In the reader's language, hence not above.
        self.fields["bieu"].choices = [  # type: ignore[attr-defined]
            (form.code, f"{form.number}: {form.about}") for form in FORMS.values()
        ]

    @property
    def chosen(self) -> Form:
        """The form that is asked for."""
        return FORMS[self.cleaned_data["bieu"]]

    @property
    def by(self) -> str:
        """What its rows are about; empty for what the form is about by itself, also where it does not have these rows."""
        wanted = str(self.cleaned_data["theo"])
        return wanted if wanted in self.chosen.bys else ""


def month_of_report(today: date) -> tuple[int, int]:
    """Year and month that a day is reported in: from the 15th on, the next one. Law: ND09-2019 12"""
    month = today.year * 12 + today.month - 1 + (today.day >= 15)
    return month // 12, month % 12 + 1


def statutory_shortcuts(form: StatutoryForm) -> list[Shortcut]:
    """The periods that these forms are sent for, by the closing days of ND09-2019; as links that keep the rest."""
    year, month = month_of_report(form.today)
    quarter = (month + 2) // 3
    before = f"{year}-Q{quarter - 1}" if quarter > 1 else f"{year - 1}-Q4"
    words: tuple[tuple[Any, str], ...] = (
        (_("Quý này"), f"{year}-Q{quarter}"),
        (_("Quý trước"), before),
        (_("6 tháng đầu năm"), f"{year}-H1"),
        (_("9 tháng"), f"{year}-9M"),
        (_("Năm nay"), f"{year}"),
        (_("Năm trước"), f"{year - 1}"),
    )
    return [Shortcut(label, "?" + form.address(ky=word, chot="nd09", tu="", den="")) for label, word in words]

"""What a report is asked by: the period, the office, the rows. The same words stand in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import quote_plus, urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.pages.layout.periods import PeriodForm, day_field, office_field, usual_periods


class ReportForm(PeriodForm):
    """Every field has a default, so that an empty address is the report of this month."""

    ky = forms.CharField(
        label=_("Kỳ báo cáo"),
        required=False,
        max_length=20,
        help_text=_("Tháng 2021-11, quý 2021-Q2, nửa năm 2021-H1, chín tháng 2021-9M, năm 2021."),
    )
    chot = forms.ChoiceField(
        label=_("Cách chốt"),
        required=False,
        choices=[
            ("calendar", _("Theo tháng dương lịch")),
            ("nd09", _("Từ ngày 15 đến ngày 14 (Nghị định 09/2019/NĐ-CP)")),
        ],
    )
    tu = day_field(_("Hoặc từ ngày"))
    coquan = office_field()
    theo = forms.ChoiceField(
        label=_("Mỗi dòng là một"),
        required=False,
        choices=[
            ("office", _("Cơ quan")),
            ("agency", _("Cơ quan giải quyết, bất kể nơi tiếp nhận")),
            ("branch", _("Nhánh, cộng cả cấp dưới")),
            ("field", _("Lĩnh vực")),
            ("procedure", _("Thủ tục")),
        ],
    )
    noi = forms.ChoiceField(
        label=_("Tính cho"),
        required=False,
        choices=[("competent", _("Cơ quan giải quyết")), ("receiving", _("Nơi tiếp nhận"))],
    )
    field_order: tuple[str, ...] = ("ky", "chot", "tu", "den", "coquan", "theo", "noi")

    def __init__(self, data: Any, today: date) -> None:
        given = {name: data.get(name, "") for name in self.base_fields}
        if not given["ky"] and not given["tu"] and not given["den"]:
            given["ky"] = f"{today:%Y-%m}"
        defaults = {"chot": "calendar", "theo": "office", "noi": "competent"}
        super().__init__({**given, **{name: given[name] or value for name, value in defaults.items()}}, today)

    def address(self, **changes: Any) -> str:
        """The query string of this report, with something changed."""
        shown = {name: str(self.data.get(name) or "") for name in self.fields}
        if shown["tu"] and shown["den"]:
            shown["ky"] = ""
        return urlencode({key: value for key, value in {**shown, **changes}.items() if value not in ("", None)})

    def figure_address(self, measure: str, row: str = "") -> str:
        """Where the dossiers behind a figure are listed."""
        return f"{self._lists}&chitieu={measure}" + (f"&dong={quote_plus(row)}" if row else "")

    @cached_property
    def _lists(self) -> str:
        """What the addresses of all figures begin with: a wide table has thousands of them."""
        return f"{reverse('oversight:dossiers')}?{self.address()}"


@dataclass(frozen=True)
class Shortcut:
    """A period that is often asked for."""

    label: Any
    address: str


def shortcuts(form: ReportForm) -> list[Shortcut]:
    """The usual periods as links that keep the rest of the question."""
    return [Shortcut(label, "?" + form.address(ky=word, tu="", den="")) for label, word in usual_periods(form.today)]

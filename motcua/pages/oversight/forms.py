"""What a report is asked by: the period, the office, the rows. The same words stand in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import quote_plus, urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import Invalid
from motcua.pages.layout.forms import Form
from motcua.reports.as_json import period_asked
from motcua.reports.periods import Period


class ReportForm(Form):
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
    tu = forms.DateField(label=_("Hoặc từ ngày"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    den = forms.DateField(label=_("Đến hết ngày"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    coquan = forms.CharField(
        label=_("Cơ quan"),
        required=False,
        max_length=100,
        help_text=_("Mã hoặc vài chữ của tên, không cần dấu; để trống là tất cả cơ quan bạn được xem."),
    )
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

    def __init__(self, data: Any, today: date) -> None:
        self.today = today
        given = {name: data.get(name, "") for name in self.base_fields}
        if not given["ky"] and not given["tu"] and not given["den"]:
            given["ky"] = f"{today:%Y-%m}"
        defaults = {"chot": "calendar", "theo": "office", "noi": "competent"}
        super().__init__({**given, **{name: given[name] or value for name, value in defaults.items()}})
        self.period: Period | None = None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("tu"), given.get("den")
        if self.errors:
            return given
        if (first is None) != (last is None):
            self.add_error("tu" if first is None else "den", _("Cần cả ngày đầu và ngày cuối."))
            return given
        try:
            self.period = period_asked(given["ky"], first, last, given["chot"])
        except Invalid as error:
            self.add_error("ky" if first is None else "tu", str(error))
        return given

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
    """This month and the last, this quarter, this year; as links that keep the rest of the question."""
    today = form.today
    before = today.replace(day=1) - timedelta(days=1)
    words = (
        (_("Tháng này"), f"{today:%Y-%m}"),
        (_("Tháng trước"), f"{before:%Y-%m}"),
        (_("Quý này"), f"{today.year}-Q{(today.month + 2) // 3}"),
        (_("Năm nay"), f"{today.year}"),
        (_("Năm trước"), f"{today.year - 1}"),
    )
    return [Shortcut(label, "?" + form.address(ky=word, tu="", den="")) for label, word in words]

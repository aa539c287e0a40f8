"""How every page is asked for a period and an office, and the periods that are asked for most."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import Invalid, NotThere
from motcua.base.times import day_of
from motcua.offices.models import Office
from motcua.pages.layout.forms import Form
from motcua.pages.layout.requests import PersonRequest
from motcua.reports.periods import Period, period_asked

MOST_PAGES = 100_000


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day that may stay empty."""
    widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, **more)


def office_field() -> forms.CharField:
    """An office, by its code or by words of its name."""
    words = lazy("Mã hoặc vài chữ của tên, không cần dấu; để trống là tất cả cơ quan bạn được xem.")
    return forms.CharField(label=lazy("Cơ quan"), required=False, max_length=100, help_text=words)


class PeriodForm(Form):
    """Two days, or in forms that have `ky` a word instead. `period` is there once the form is valid."""

    tu = day_field(lazy("Từ ngày"))
    den = day_field(lazy("Đến hết ngày"))

    def __init__(self, data: Any, today: date) -> None:
        self.today = today
        self.period: Period | None = None
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        first, last = given.get("tu"), given.get("den")
        has_days = first is not None or last is not None
        word = "" if has_days else given.get("ky", "")
        try:
            self.period = period_asked(word, first, last, given.get("chot", ""), today=self.today)
        except Invalid as error:
            in_days = "den" if last is None and first is not None else "tu"
            self.add_error("ky" if "ky" in self.fields and not has_days else in_days, str(error))
        return given


def wrong_question(form: Form, choices: Sequence[Office] = ()) -> Invalid:
    """For files and lists, which have no form to mend a question in: everything that the form would say beside it.

    choices: the offices that were meant perhaps.
    """
    sentences = [str(one) for errors in form.errors.values() for one in errors]
    if choices:
        names = "; ".join(f"{one.name} ({one.code})" for one in choices)
        sentences.append(_("Hãy chọn một cơ quan: %(names)s.") % {"names": names})
    return Invalid(" ".join(sentences) or _("Không hiểu câu hỏi này."), code="question")


def period_of(request: PersonRequest, default: str = "") -> Period:
    """`ky` of the address, as far as it is over; `default`, else this month, without one. Raises Invalid with why."""
    today = day_of(request.at)
    return period_asked(request.GET.get("ky", "")[:20] or default or f"{today:%Y-%m}", today=today)


def row_asked(text: str) -> int | None:
    """The row of a table that an address names by number; None: all of them. Raises NotThere for what is no number."""
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise NotThere(_("Không có dòng này trong báo cáo."))
    return int(text)


def page_asked(request: PersonRequest) -> int:
    """`trang` of the address, from 1. Raises NotThere for what is no number."""
    return min(row_asked(request.GET.get("trang", "")) or 1, MOST_PAGES)


def day_asked(request: PersonRequest) -> date:
    """`ngay` of the address, today without it. Raises Invalid for what is no day, or one that is still to come."""
    today, text = day_of(request.at), request.GET.get("ngay", "")
    try:
        found = date.fromisoformat(text) if text else today
    except ValueError:
        raise Invalid(_("Không hiểu ngày “%(text)s”. Hãy ghi 2021-11-30.") % {"text": text[:20]}, code="day") from None
    if found > today:
        raise Invalid(_("Ngày này chưa đến."), code="day_ahead")
    return found


def usual_periods(today: date) -> tuple[tuple[Any, str], ...]:
    """This month and the last, this quarter, this year and the last: what they are called, and their words."""
    before = today.replace(day=1) - timedelta(days=1)
    return (
        (_("Tháng này"), f"{today:%Y-%m}"),
        (_("Tháng trước"), f"{before:%Y-%m}"),
        (_("Quý này"), quarter_of(today)),
        (_("Năm nay"), f"{today.year}"),
        (_("Năm trước"), f"{today.year - 1}"),
    )


def quarter_of(today: date) -> str:
    """`2026-Q3`: the quarter of a day."""
    return f"{today.year}-Q{(today.month + 2) // 3}"

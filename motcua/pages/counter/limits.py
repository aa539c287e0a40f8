"""Limits that no clock may start from until a person says what they are, and on which ground."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.errors import Forbidden, NotThere
from motcua.base.text import tidy
from motcua.calendar.limits import Limit, LimitKind, Part, Unit
from motcua.catalogue.doubts import LIMIT_DOUBTS
from motcua.catalogue.models import LimitRow, ProcedureVersion
from motcua.catalogue.pending import confirm_limit, count_pending_limits, pending_limits
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, attempt, show
from motcua.pages.layout.requests import PersonRequest

READERS = ("receiver", "unit_head", "procedure_control", "administrator")
CONFIRMERS = ("procedure_control", "administrator")
PAGE = 50
SAME_DAY, NO_LIMIT, AT_ONCE = "same-day", "none", "immediate"


class LimitForm(Form):
    """How long, in which unit, on which ground."""

    value = forms.DecimalField(
        label=gettext_lazy("Số lượng"),
        required=False,
        min_value=Decimal("0.25"),
        max_value=9999,
        decimal_places=2,
        localize=True,
        help_text=gettext_lazy("Để trống nếu trong ngày, trả ngay hoặc không quy định."),
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Đơn vị"),
        choices=[
            ("", gettext_lazy("— chọn —")),
            (Unit.WORKING_DAY.value, gettext_lazy("ngày làm việc")),
            (Unit.DAY.value, gettext_lazy("ngày (kể cả ngày nghỉ)")),
            (Unit.WORKING_HOUR.value, gettext_lazy("giờ làm việc")),
            (Unit.MONTH.value, gettext_lazy("tháng")),
            (Unit.YEAR.value, gettext_lazy("năm")),
            (SAME_DAY, gettext_lazy("trong ngày (nhận sau 15 giờ: ngày làm việc tiếp theo)")),
            (AT_ONCE, gettext_lazy("trả kết quả ngay")),
            (NO_LIMIT, gettext_lazy("không quy định thời hạn")),
        ],
    )
    basis = forms.CharField(
        label=gettext_lazy("Căn cứ"), max_length=500, help_text=gettext_lazy("Quyết định, văn bản mà bạn đã đối chiếu.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        unit, value = data.get("unit"), data.get("value")
        if not unit or "value" in self.errors:
            return data
        if unit in (SAME_DAY, AT_ONCE, NO_LIMIT):
            data["limit"] = Limit(LimitKind(unit))
        elif value is None:
            self.add_error("value", _("Cần số lượng."))
        elif unit in (Unit.MONTH, Unit.YEAR) and value != value.to_integral_value():
            self.add_error("value", _("Số tháng, số năm phải là số nguyên."))
        else:
            data["limit"] = Limit(LimitKind.DURATION, (Part(Fraction(value), Unit(unit)),))
        return data


@officers(*READERS)
def limits(request: PersonRequest) -> HttpResponse:
    """Every limit that waits, by procedure code; or those of one procedure (`?ma=`)."""
    code = tidy(request.GET.get("ma", ""))[:40]
    page = request.GET.get("trang", "1")
    number = max(int(page), 1) if page.isdecimal() and len(page) < 6 else 1
    total = count_pending_limits(code)
    context = {
        "rows": pending_limits((number - 1) * PAGE, PAGE, code=code),
        "total": total,
        "code": code,
        "next_page": number + 1 if number * PAGE < total else None,
        "previous_page": number - 1 if number > 1 else None,
        "may_confirm": bool(request.actor.offices(*CONFIRMERS)),
    }
    return render(request, "counter/limits.html", context)


@officers(*READERS)
def limit(request: PersonRequest, limit_row_id: int) -> HttpResponse:
    """One limit: what the source prints, and the word of the person who may confirm."""
    row = (
        LimitRow.objects.select_related("version__procedure")
        .defer("version__snapshot")
        .filter(pk=limit_row_id, certain=False, version__status=ProcedureVersion.Status.PUBLISHED)
        .first()
    )
    if row is None:
        raise NotThere(_("Không có thời hạn này."))
    may_confirm = bool(request.actor.offices(*CONFIRMERS))
    form = LimitForm(request.POST or None)
    if request.method == "POST":
        if not may_confirm:
            raise Forbidden(_("Chỉ người kiểm soát thủ tục hành chính hoặc quản trị được xác nhận thời hạn."))
        made = attempt(
            form,
            lambda: confirm_limit(
                row, form.cleaned_data["limit"], by=request.user, at=request.at, basis=form.cleaned_data["basis"]
            ),
        )
        if made is not None:
            messages.success(
                request,
                _("Đã xác nhận thời hạn của thủ tục %(code)s: %(limit)s.")
                % {"code": row.version.procedure.code, "limit": form.cleaned_data["limit"]},
            )
            return redirect("counter:limits")
    said = [(Limit.from_json(word.limit), word) for word in row.confirmations.select_related("confirmed_by")]
    context = {"row": row, "why": LIMIT_DOUBTS.get(row.doubt, row.doubt), "may_confirm": may_confirm, "said": said}
    return show(request, "counter/limit.html", context, form=form)

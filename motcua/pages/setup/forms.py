"""A value as a field of a form, by the kind of its parameter; and the word of the person who decides."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.law.checking import kind_of
from motcua.law.facts import DECLARED
from motcua.law.models import Regime, Scope
from motcua.law.proposals import Change
from motcua.law.saying import say
from motcua.law.wording import allowed_words
from motcua.pages.layout.forms import Form

SET, END = "set", "end"


class ProposalForm(Form):
    """What shall be, for which dossiers, from which day, and why."""

    regime = forms.ChoiceField(label=gettext_lazy("Chế độ pháp lý"))
    scope = forms.ChoiceField(label=gettext_lazy("Áp dụng cho"))
    target = forms.CharField(
        label=gettext_lazy("Thủ tục hoặc lĩnh vực nào"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Mã thủ tục, ví dụ 1.000105; hoặc tên lĩnh vực đúng như trong danh mục."),
    )
    what = forms.ChoiceField(
        label=gettext_lazy("Đề nghị"),
        choices=[(SET, gettext_lazy("Đặt giá trị")), (END, gettext_lazy("Thôi quy định riêng, theo phạm vi rộng hơn"))],
        initial=SET,
        widget=forms.RadioSelect,
    )
    value = forms.Field()
    valid_from = forms.DateField(
        label=gettext_lazy("Áp dụng cho hồ sơ tiếp nhận từ ngày"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text=gettext_lazy("Sau hôm nay; hồ sơ đã tiếp nhận trước ngày đó giữ nguyên."),
    )
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=2000, widget=forms.Textarea({"rows": 3}))
    document = forms.CharField(
        label=gettext_lazy("Văn bản"),
        max_length=300,
        help_text=gettext_lazy("Số, ngày, cơ quan ban hành, ví dụ: Quyết định 12/QĐ-UBND ngày 01/12/2026."),
    )

    def __init__(self, key: str, regimes: list[Regime], *args: Any, **kwargs: Any) -> None:
        self.key = key
        self.base_fields = {**self.base_fields, "value": _value_field(key)}  # type: ignore[misc] # of this form only
        super().__init__(*args, **kwargs)
        declared = DECLARED[key]
        self.fields["regime"].choices = [(one.code, f"{one.code}: {one.name}") for one in regimes]  # type: ignore[attr-defined]
        scopes = [Scope.PROVINCE, Scope.FIELD, Scope.PROCEDURE] if declared.narrow else [Scope.PROVINCE]
        self.fields["scope"].choices = [(one.value, one.label) for one in scopes]  # type: ignore[attr-defined]
        if not declared.narrow:
            del self.fields["target"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("what") == END:
            self.errors.pop("value", None)
            data["value"] = None
        scope, target = data.get("scope"), data.get("target", "")
        if scope == Scope.PROCEDURE and target and not Procedure.objects.filter(code=target).exists():
            self.add_error("target", _("Không có thủ tục mang mã này."))
        if scope == Scope.FIELD and target and not ProcedureVersion.objects.filter(field=target).exists():
            self.add_error("target", _("Không có thủ tục nào thuộc lĩnh vực này."))
        return data

    def change(self) -> Change:
        """What the valid form asks for."""
        data = self.cleaned_data
        return Change(
            data["regime"],
            self.key,
            data["valid_from"],
            data["value"],
            ends=data["what"] == END,
            scope=data["scope"],
            target=data.get("target", ""),
        )


class DecisionForm(Form):
    """Yes or no, with a word."""

    note = forms.CharField(
        label=gettext_lazy("Ý kiến"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Bắt buộc khi không đồng ý."),
    )


class ClockField(forms.TimeField):
    """An hour of the day, as JSON has it: `15:00`."""

    def clean(self, value: Any) -> str | None:
        hour: time | None = super().clean(value)
        return f"{hour:%H:%M}" if hour else None


def _value_field(key: str) -> forms.Field:
    declared, kind = DECLARED[key], kind_of(key)
    says: dict[str, Any] = {"label": _("Giá trị mới"), "help_text": allowed_words(key)}
    if kind is time:
        return ClockField(required=declared.open is None, widget=forms.TimeInput({"type": "time"}, "%H:%M"), **says)
    if kind is int:
        return forms.IntegerField(required=declared.open is None, **says)
    if kind is str:
        return forms.CharField(max_length=100, **says)
    words = (
        {True: _("Có"), False: _("Không")}
        if kind is bool
        else {one: say(declared.words[one]) for one in declared.words}
    )
    by_text = {str(value): value for value in words}
    return forms.TypedChoiceField(
        choices=[(text, words[value]) for text, value in by_text.items()],
        coerce=by_text.__getitem__,
        widget=forms.RadioSelect,
        empty_value=None,
        label=says["label"],
    )


def _instant_field(label: Any, **kwargs: Any) -> forms.DateTimeField:
    written = "%Y-%m-%dT%H:%M"
    widget = forms.DateTimeInput({"type": "datetime-local"}, written)
    return forms.DateTimeField(label=label, input_formats=[written, "%Y-%m-%dT%H:%M:%S"], widget=widget, **kwargs)


class OutageForm(Form):
    """From when to when the system did not work, and what says so."""

    began_at = _instant_field(gettext_lazy("Bắt đầu"))
    ended_at = _instant_field(gettext_lazy("Kết thúc"))
    what = forms.CharField(
        label=gettext_lazy("Hệ thống nào, vì sao"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    document = forms.CharField(
        label=gettext_lazy("Văn bản"), max_length=300, help_text=gettext_lazy("Thông báo hoặc biên bản sự cố.")
    )
    announced_at = _instant_field(
        gettext_lazy("Đã thông báo cho người dân lúc"),
        required=False,
        help_text=gettext_lazy("Để trống nếu là sự cố không báo trước."),
    )

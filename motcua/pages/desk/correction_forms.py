"""What is asked of whoever says that an office erred, and of whoever decides it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import steps
from motcua.dossiers.acts.correction import LONGEST_LIMIT, Again, Grounds, NewResult
from motcua.dossiers.kinds import CorrectionKind, Fault
from motcua.dossiers.models import Dossier
from motcua.pages.desk.forms import ReasonForm, words_field
from motcua.pages.layout.acting import KeptFileForm


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """A day from the browser's calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class GroundsForm(ReasonForm):
    """What is wrong, why, on which document, whose doing."""

    fault = forms.ChoiceField(label=_("Sai sót do đâu"), choices=Fault.choices)
    wrong = words_field(_("Sai sót ở đâu"), help_text=_("Người có hồ sơ đọc được."))
    reason = words_field(_("Lý do đính chính"), help_text=_("Người có hồ sơ đọc được."))
    document_no = forms.CharField(label=_("Số, ký hiệu văn bản làm căn cứ"), max_length=60)
    document_on = day_field(_("Ngày của văn bản"))

    def grounds(self) -> Grounds:
        """As the act takes them."""
        data = self.cleaned_data
        return Grounds(*(data[name] for name in ("wrong", "reason", "document_no", "document_on", "fault")))


class ProposeCorrectionForm(KeptFileForm, GroundsForm):
    """Another content, or handling it again: the fields of the other choice stay empty."""

    kind = forms.ChoiceField(
        label=_("Cách khắc phục"),
        choices=[
            (CorrectionKind.RESULT.value, _("Thay kết quả bằng bản đúng, rồi trả lại")),
            (CorrectionKind.REOPEN.value, _("Giải quyết lại từ một bước")),
        ],
        widget=forms.RadioSelect,
        initial=CorrectionKind.RESULT.value,
    )
    number = forms.CharField(
        label=_("Số, ký hiệu mới"),
        max_length=60,
        required=False,
        help_text=_("Khi thay kết quả; để trống: giữ như cũ."),
    )
    summary = words_field(_("Nội dung mới"), required=False, help_text=_("Khi thay kết quả; để trống: giữ như cũ."))
    file = forms.FileField(
        label=_("Tệp mới"),
        required=False,
        help_text=_("Khi thay kết quả: PDF, JPEG, PNG, DOCX hoặc XLSX; để trống: giữ tệp cũ."),
    )
    step = forms.TypedChoiceField(label=_("Giải quyết lại từ bước"), coerce=int, required=False, empty_value=None)
    limit_days = forms.IntegerField(
        label=_("Thời hạn mới (ngày làm việc)"),
        required=False,
        min_value=1,
        max_value=LONGEST_LIMIT,
        help_text=_("Khi giải quyết lại; để trống: giữ ngày hẹn cũ. Sai sót của cơ quan tự nó không thêm thời hạn."),
    )
    field_order = (
        "seen", "kind", "fault", "wrong", "reason", "document_no", "document_on", "number", "summary", "file",
        "step", "limit_days",
    )  # fmt: skip

    def __init__(self, dossier: Dossier, *args: Any, **kwargs: Any) -> None:
        super().__init__(dossier, *args, **kwargs)
        choices = [(step.seq, step.title) for step in steps.steps_to_do_again(dossier)]
        self.fields["step"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]

    def remedy(self, file_id: int | None) -> NewResult | Again:
        """As the act takes it."""
        data = self.cleaned_data
        if data["kind"] == CorrectionKind.REOPEN:
            return Again(data["step"], data["limit_days"])
        return NewResult(data["number"], data["summary"], file_id)


class ProposeDateForm(GroundsForm):
    """The right day."""

    new_day = day_field(
        _("Ngày hẹn trả đúng"),
        help_text=_("Chỉ khi ngày hẹn bị ghi nhầm. Nếu không kịp, hãy xin lỗi và hẹn lại."),
    )
    field_order = ("seen", "new_day", "fault", "wrong", "reason", "document_no", "document_on")

    def right_day(self) -> date:
        """As the act takes it."""
        day: date = self.cleaned_data["new_day"]
        return day

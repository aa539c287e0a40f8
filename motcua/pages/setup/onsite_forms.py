"""Where each step of a process is done, as a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.life.onsite_processes import usual_places
from motcua.catalogue.models import Process, ProcessStep
from motcua.pages.layout.forms import Form

Place = ProcessStep.Place
LEFT_OUT = "none"
PLACES = (
    (str(Place.ONSITE), gettext_lazy("Tại Trung tâm, bởi người của cơ quan giải quyết")),
    (str(Place.COMPETENT), gettext_lazy("Tại cơ quan giải quyết")),
    (LEFT_OUT, gettext_lazy("Bỏ bước này")),
)


class OnsiteProcessForm(Form):
    """The procedures, each step with its place (the receiver's stay where they are), from which day, and why."""

    codes = forms.CharField(
        label=gettext_lazy("Mã thủ tục"),
        max_length=100_000,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("Mỗi dòng một mã; chỉ thủ tục trong danh mục tại chỗ đang theo quy trình này."),
    )
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

    def __init__(self, base: Process, *args: Any, **kwargs: Any) -> None:
        self.rows = list(base.steps.order_by("seq"))
        placed = {
            f"place_{step.seq}": _place_field(step, place)
            for step, place in zip(self.rows, usual_places(base), strict=True)
            if step.role != ProcessStep.Role.RECEIVER
        }
        self.base_fields = {**self.base_fields, **placed}  # type: ignore[misc] # of this form only
        super().__init__(*args, **kwargs)
        self.order_fields(["codes", *placed])

    def codes_typed(self) -> list[str]:
        """The procedures that were typed, by line, comma or blank."""
        return str(self.cleaned_data["codes"]).replace(",", " ").replace(";", " ").split()

    def places(self) -> list[str]:
        """One place for every step; empty: left out."""
        given = [self.cleaned_data.get(f"place_{step.seq}", str(Place.RECEIVING)) for step in self.rows]
        return ["" if place == LEFT_OUT else place for place in given]


def _place_field(step: ProcessStep, place: str) -> forms.ChoiceField:
    words = {"seq": step.seq, "who": step.role_text or step.get_role_display()}
    label = _("Bước %(seq)s: %(who)s") % words
    return forms.ChoiceField(label=label, choices=PLACES, initial=place, help_text=step.content[:200])

"""What asking other offices and verifying on the spot ask of the officer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.dossiers.acts.consultation import LONGEST_DAYS, Question
from motcua.dossiers.inquiries import open_consultations, open_verifications
from motcua.dossiers.models import Consultation, Dossier, Verification
from motcua.offices.actors import Actor
from motcua.offices.models import Office
from motcua.pages.desk.forms import ReasonForm, words_field
from motcua.pages.layout.acting import ActForm, KeptFileForm
from motcua.pages.layout.inquiries import clock

ROWS = 4
PARTS = ("office", "question", "days", "due_on")
DAY = {"type": "date"}
MINUTE = "%Y-%m-%dT%H:%M"


def instant_field(label: Any) -> forms.DateTimeField:
    """A day and a minute on the clocks of Vietnam."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE)
    return forms.DateTimeField(label=label, widget=widget, input_formats=[MINUTE])


class ConsultForm(ActForm):
    """One row for each office: which, what it is asked, and until when. Empty rows ask nobody."""

    def __init__(self, dossier: Dossier, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(dossier, *args, **kwargs)
        self.offices = askable(dossier, on)
        for row in range(1, ROWS + 1):
            is_first = row == 1
            self.fields[f"q{row}_office"] = forms.CharField(
                label=lazy("Cơ quan được hỏi"), max_length=300, required=is_first, widget=_office_input()
            )
            self.fields[f"q{row}_question"] = words_field(lazy("Nội dung lấy ý kiến"), required=is_first)
            self.fields[f"q{row}_question"].widget.attrs["class"] = "form-control"
            self.fields[f"q{row}_days"] = forms.IntegerField(
                label=lazy("Trả lời trong số ngày làm việc"),
                min_value=1,
                max_value=LONGEST_DAYS,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "form-control"}),
            )
            self.fields[f"q{row}_due_on"] = forms.DateField(
                label=lazy("hoặc chậm nhất ngày"),
                required=False,
                widget=forms.DateInput(attrs={**DAY, "class": "form-control"}, format="%Y-%m-%d"),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["questions"] = []
        for row in range(1, ROWS + 1):
            office, question, days, due_on = (data.get(f"q{row}_{part}") for part in PARTS)
            if not any((office, question, days, due_on)):
                continue
            if row > 1 and len(data["questions"]) < row - 1 and not self.errors:
                self.add_error(f"q{row}_office", _("Hãy điền các cơ quan lần lượt từ trên xuống."))
            data["questions"].append(Question(self._office(row, office or ""), question or "", days, due_on))
        return data

    def _office(self, row: int, text: str) -> int:
        """The office that was chosen or typed; 0 where it is not clear, and then the field says why."""
        if (pk := self.offices.get(text.strip())) is not None:
            return pk
        names = {pk: name for name, pk in self.offices.items()}
        found = [pk for pk in Office.objects.search(text).values_list("pk", flat=True) if pk in names]
        if len(found) == 1:
            return found[0]
        if f"q{row}_office" not in self.errors:
            if not text.strip():
                self.add_error(f"q{row}_office", _("Cần chọn cơ quan."))
                return 0
            few = "; ".join(names[pk] for pk in found[:5])
            sentence = _("Nhiều cơ quan khớp: %(names)s. Hãy chọn một.") % {"names": few}
            self.add_error(f"q{row}_office", sentence if found else _("Không tìm thấy cơ quan nào như vậy."))
        return 0

    def rows(self) -> list[dict[str, BoundField]]:
        """The fields of each office."""
        return [{part: self[f"q{row}_{part}"] for part in PARTS} for row in range(1, ROWS + 1)]

    def more_is_open(self) -> bool:
        """Whether anything was typed beyond the first row."""
        return any(self.data.get(f"q{row}_{part}") for row in range(2, ROWS + 1) for part in PARTS)


def askable(dossier: Dossier, on: date) -> dict[str, int]:
    """Every office of the province that can be asked, by the name that tells it apart from the others."""
    offices = Office.objects.on(on).filter(province=dossier.receiving_office.province)
    rows = offices.exclude(pk=dossier.competent_office_id).in_vi_order().values_list("pk", "name", "code")
    times = Counter(name for _pk, name, _code in rows)
    return {name if times[name] == 1 else f"{name} ({code})": pk for pk, name, code in rows}


def _office_input() -> forms.TextInput:
    return forms.TextInput(attrs={"list": "offices", "autocomplete": "off", "class": "form-control"})


class PickForm(ActForm):
    """An act on one of several open things: the one that the page was opened for, or the only one, is chosen."""

    def offer(self, name: str, label: Any, choices: Iterable[tuple[int, str]], chosen: str) -> None:
        """Put the choice first."""
        known = list(choices)
        usual = next((pk for pk, _words in known if str(pk) == chosen or len(known) == 1), None)
        self.fields[name] = forms.TypedChoiceField(
            label=label,
            coerce=int,
            choices=known,
            initial=usual,
            widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        )
        self.order_fields(["seen", name])


def _about(one: Consultation) -> str:
    words = {"office": one.office.name, "question": one.question, "due": clock(one.due_at)}
    return _("%(office)s: %(question)s (hạn %(due)s)") % words


def _when(one: Verification) -> str:
    return f"{clock(one.begins_at)}, {one.place}"


class AnswerConsultationForm(PickForm, KeptFileForm):
    answer = forms.CharField(
        label=lazy("Ý kiến trả lời"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "class": "form-control"}),
    )

    def __init__(self, dossier: Dossier, *args: Any, actor: Actor, chosen: str = "", **kwargs: Any) -> None:
        super().__init__(dossier, *args, **kwargs)
        # Whoever answers for none of them is told so by the act, not by an empty list.
        rows = open_consultations(dossier, actor) or open_consultations(dossier)
        self.offer("consultation", lazy("Nội dung được hỏi"), ((one.pk, _about(one)) for one in rows), chosen)
        self.order_fields(["seen", "consultation", "answer", "file"])


class DropConsultationForm(PickForm, ReasonForm):
    def __init__(self, dossier: Dossier, *args: Any, chosen: str = "", **kwargs: Any) -> None:
        super().__init__(dossier, *args, **kwargs)
        rows = open_consultations(dossier)
        self.offer("consultation", lazy("Không hỏi nữa"), ((one.pk, _about(one)) for one in rows), chosen)


class PlanVerificationForm(ActForm):
    place = forms.CharField(label=lazy("Địa điểm"), max_length=300)
    begins_at = instant_field(lazy("Bắt đầu"))
    ends_at = instant_field(lazy("Kết thúc"))
    participants = words_field(lazy("Thành phần tham gia"))
    content = words_field(lazy("Nội dung thẩm tra, xác minh"))
    needs_applicant = forms.BooleanField(
        label=lazy("Người nộp hồ sơ phải có mặt"),
        required=False,
        help_text=lazy("Khi đó họ đọc được thời gian, địa điểm, thành phần và nội dung trên trang hồ sơ của mình."),
    )


class OneVerificationForm(PickForm):
    """About one that is planned."""

    def __init__(self, dossier: Dossier, *args: Any, chosen: str = "", **kwargs: Any) -> None:
        self.planned = open_verifications(dossier)
        super().__init__(dossier, *args, **kwargs)
        rows = ((one.pk, _when(one)) for one in self.planned)
        self.offer("verification", lazy("Buổi đã lên lịch"), rows, chosen)


class MoveVerificationForm(OneVerificationForm, ReasonForm):
    place = forms.CharField(label=lazy("Địa điểm"), max_length=300)
    begins_at = instant_field(lazy("Bắt đầu"))
    ends_at = instant_field(lazy("Kết thúc"))

    def __init__(self, dossier: Dossier, *args: Any, chosen: str = "", **kwargs: Any) -> None:
        super().__init__(dossier, *args, chosen=chosen, **kwargs)
        usual = next((one for one in self.planned if one.pk == self.fields["verification"].initial), None)
        for name in ("place", "begins_at", "ends_at") if usual else ():
            self.fields[name].initial = getattr(usual, name)
        self.fields["reason"].help_text = lazy("Người nộp hồ sơ phải có mặt thì đọc được lý do này.")
        self.order_fields(["seen", "verification", "place", "begins_at", "ends_at", "reason"])


class RecordVerificationForm(OneVerificationForm, KeptFileForm):
    minutes = forms.CharField(
        label=lazy("Kết quả thẩm tra, xác minh"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "class": "form-control"}),
    )
    attended = words_field(lazy("Người có mặt"))
    field_order = ("seen", "verification", "minutes", "attended", "file", "kept_file")


class CancelVerificationForm(OneVerificationForm, ReasonForm):
    def __init__(self, dossier: Dossier, *args: Any, **kwargs: Any) -> None:
        super().__init__(dossier, *args, **kwargs)
        self.fields["reason"].help_text = lazy("Người nộp hồ sơ phải có mặt thì đọc được lý do này.")

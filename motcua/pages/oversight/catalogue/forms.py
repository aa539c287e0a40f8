"""What is recorded about procedures: each form knows its document, its procedures and the act that writes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.errors import Invalid
from motcua.base.text import tidy
from motcua.base.times import day_of
from motcua.calendar.limits import Limit, LimitError
from motcua.catalogue.life import events, levels, onsite, reviews
from motcua.catalogue.life.commitments import Promise, commit
from motcua.catalogue.life.legal_acts import Document, legal_act
from motcua.catalogue.life.rows import LegalAct, LifeEvent, OnsiteEntry, Proposal, ProposalStep, ServiceLevel
from motcua.catalogue.limit_text import read_text
from motcua.pages.layout.forms import Form

MODES = {"4": OnsiteEntry.Mode.FOUR, "5": OnsiteEntry.Mode.FIVE}


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """A day, as the browser's own calendar gives it."""
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), **kwargs)


def lines_field(label: Any, **kwargs: Any) -> forms.CharField:
    """One thing per line."""
    return forms.CharField(label=label, max_length=200_000, widget=forms.Textarea(attrs={"rows": 6}), **kwargs)


class DocumentForm(Form):
    """A form that rests on a document; without a number there is none, and the act says whether it needs one."""

    number = forms.CharField(label=gettext_lazy("Số, ký hiệu văn bản"), max_length=100, required=False)
    signed_on = day_field(gettext_lazy("Ngày ký"), required=False)
    issuer = forms.ChoiceField(
        label=gettext_lazy("Thẩm quyền ban hành"), choices=LegalAct.Issuer.choices, initial="chairman"
    )
    issued_by = forms.CharField(
        label=gettext_lazy("Cơ quan, người ký"),
        max_length=200,
        required=False,
        initial=gettext_lazy("Chủ tịch UBND tỉnh"),
    )
    effective_on = day_field(gettext_lazy("Ngày văn bản có hiệu lực"), required=False)
    shortened = forms.BooleanField(label=gettext_lazy("Ban hành theo trình tự, thủ tục rút gọn"), required=False)
    title: ClassVar[Any] = ""
    first: ClassVar[tuple[str, ...]] = ()
    needs_act: ClassVar[bool] = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("number", "signed_on", "issued_by"):
            self.fields[name].required = self.needs_act
        self.order_fields([*self.first, *DocumentForm.base_fields])

    def act(self, by: Any, at: datetime) -> LegalAct | None:
        """The document's row. Raises Invalid where it is needed and not given, or given in part."""
        given = self.cleaned_data
        if not tidy(given["number"]) and not self.needs_act:
            return None
        if not tidy(given["number"]) or given["signed_on"] is None:
            name = "signed_on" if tidy(given["number"]) else "number"
            raise Invalid(_("Cần ghi văn bản làm căn cứ."), fields={name: _("Không được để trống.")})
        names = ("number", "signed_on", "issuer", "issued_by", "effective_on", "shortened")
        return legal_act(Document(**{name: given[name] for name in names}), by=by, at=at)

    def codes_named(self) -> list[str]:
        """The procedures that were typed, by line, comma or blank."""
        return str(self.cleaned_data["codes"]).replace(",", " ").replace(";", " ").split()

    def record(self, by: Any, at: datetime) -> int:
        """Record it; how many procedures it was about."""
        raise NotImplementedError


class LifeForm(DocumentForm):
    title = gettext_lazy("Ghi nhận việc về vòng đời thủ tục")
    first = ("kind", "on", "codes", "replaced_by", "note")
    kind = forms.ChoiceField(
        label=gettext_lazy("Việc"), choices=[choice for choice in LifeEvent.Kind.choices if choice[0] != "corrected"]
    )
    on = day_field(gettext_lazy("Ngày"))
    codes = lines_field(gettext_lazy("Mã thủ tục"), help_text=gettext_lazy("Mỗi dòng một mã."))
    replaced_by = forms.CharField(
        label=gettext_lazy("Mã thủ tục thay thế"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Khi bị thay thế."),
    )
    note = forms.CharField(label=gettext_lazy("Ghi chú"), max_length=1000, required=False)

    def record(self, by: Any, at: datetime) -> int:
        given = self.cleaned_data
        happening = events.Happening(given["kind"], given["on"], self.act(by, at), given["replaced_by"], given["note"])
        return len(events.record(self.codes_named(), happening, by=by, at=at))


class LevelForm(DocumentForm):
    title = gettext_lazy("Ghi nhận mức độ dịch vụ công trực tuyến")
    first = ("scheme", "level", "valid_from", "codes")
    scheme = forms.ChoiceField(label=gettext_lazy("Cách phân loại"), choices=ServiceLevel.Scheme.choices)
    level = forms.ChoiceField(label=gettext_lazy("Mức"), choices=ServiceLevel.Level.choices)
    valid_from = day_field(gettext_lazy("Từ ngày"))
    codes = lines_field(gettext_lazy("Mã thủ tục"), help_text=gettext_lazy("Mỗi dòng một mã."))

    def record(self, by: Any, at: datetime) -> int:
        given = {name: self.cleaned_data[name] for name in ("scheme", "level", "valid_from")}
        return len(levels.set_level(self.codes_named(), **given, act=self.act(by, at), by=by, at=at))


class CommitForm(DocumentForm):
    title = gettext_lazy("Ghi nhận thời hạn cam kết")
    first = ("valid_from", "lines")
    needs_act = True
    valid_from = day_field(gettext_lazy("Áp dụng từ ngày"))
    lines = lines_field(
        gettext_lazy("Mã; thời hạn cam kết"),
        help_text=gettext_lazy(
            "Mỗi dòng: mã; thời hạn; số thứ tự trường hợp nếu chỉ cho một trường hợp. Ví dụ: 1.001193; 3 ngày làm việc. "
            "Ghi “bỏ” thay thời hạn để thôi cam kết."
        ),
    )

    def clean_lines(self) -> list[Promise]:
        return [_promise(number, cells) for number, cells in _cells(self.cleaned_data["lines"])]

    def record(self, by: Any, at: datetime) -> int:
        act = self.act(by, at)
        assert act is not None
        given = self.cleaned_data
        return len(commit(given["lines"], act=act, valid_from=given["valid_from"], by=by, at=at))


class OnsiteForm(DocumentForm):
    title = gettext_lazy("Ghi nhận danh mục thực hiện tại chỗ")
    first = ("valid_from", "lines")
    needs_act = True
    valid_from = day_field(gettext_lazy("Áp dụng từ ngày"))
    lines = lines_field(
        gettext_lazy("Mã; 4 hoặc 5"),
        help_text=gettext_lazy(
            "Cả danh mục mới, mỗi dòng một thủ tục: mã; 4 hoặc 5. Danh mục trước thôi áp dụng từ ngày này."
        ),
    )

    def clean_lines(self) -> list[tuple[str, str]]:
        found = []
        for number, cells in _cells(self.cleaned_data["lines"]):
            if len(cells) != 2 or cells[1] not in MODES:
                raise forms.ValidationError(_("Dòng %(number)s: cần mã; 4 hoặc 5.") % {"number": number})
            found.append((cells[0], str(MODES[cells[1]])))
        return found

    def record(self, by: Any, at: datetime) -> int:
        act = self.act(by, at)
        assert act is not None
        given = self.cleaned_data
        made = onsite.approve_list(given["lines"], act=act, valid_from=given["valid_from"], by=by, at=at)
        return made.entries.count()


class ReviewForm(DocumentForm):
    title = gettext_lazy("Ghi nhận kết quả rà soát")
    first = ("review", "on", "kind", "words", "codes")
    review = forms.CharField(
        label=gettext_lazy("Tên đợt rà soát"), max_length=300, help_text=gettext_lazy("Đợt chưa có thì được mở mới.")
    )
    on = day_field(gettext_lazy("Ngày"))
    kind = forms.ChoiceField(label=gettext_lazy("Kết quả"), choices=Proposal.Kind.choices)
    words = forms.CharField(
        label=gettext_lazy("Nội dung đề xuất"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    codes = lines_field(gettext_lazy("Mã thủ tục"), help_text=gettext_lazy("Mỗi dòng một mã."))

    def record(self, by: Any, at: datetime) -> int:
        given = self.cleaned_data
        review = reviews.open_review(given["review"], began_on=given["on"], act=self.act(by, at), by=by, at=at)
        facts = {name: given[name] for name in ("kind", "words", "on")}
        return len(reviews.propose(review, self.codes_named(), **facts, by=by, at=at))


class MoveForm(DocumentForm):
    """Where a proposal got to."""

    first = ("state", "on")
    state = forms.ChoiceField(label=gettext_lazy("Tình trạng mới"))
    on = day_field(gettext_lazy("Ngày"))

    def __init__(self, before: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        following = reviews.NEXT[before]
        self.fields["state"].choices = [(one, ProposalStep.State(one).label) for one in following]  # type: ignore[attr-defined]


class CorrectForm(Form):
    note = forms.CharField(
        label=gettext_lazy("Vì sao dòng này ghi nhầm"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def record(self, event_id: int, by: Any, at: datetime) -> LifeEvent:
        """Correct the event."""
        return events.correct(event_id, note=self.cleaned_data["note"], by=by, at=at, on=day_of(at))


FORMS: dict[str, type[DocumentForm]] = {
    "vong-doi": LifeForm,
    "muc-do": LevelForm,
    "cam-ket": CommitForm,
    "tai-cho": OnsiteForm,
    "ra-soat": ReviewForm,
}


def _cells(text: str) -> list[tuple[int, list[str]]]:
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    return [(number, [tidy(cell) for cell in line.replace("\t", ";").split(";")]) for number, line in lines]


def _promise(number: int, cells: list[str]) -> Promise:
    case = cells[2] if len(cells) == 3 else ""
    if len(cells) not in (2, 3) or (case and not (case.isdecimal() and len(case) < 5)):
        raise forms.ValidationError(_("Dòng %(number)s: cần mã; thời hạn; số trường hợp nếu có.") % {"number": number})
    if cells[1].casefold() == "bỏ":
        return Promise(cells[0], None, int(case) if case else None)
    reading = read_text(cells[1])
    limit = reading.limit
    if not reading.certain:
        try:
            limit = Limit.parse(cells[1])
        except LimitError as error:
            words = {"number": number, "text": cells[1]}
            raise forms.ValidationError(_("Dòng %(number)s: không đọc được thời hạn “%(text)s”.") % words) from error
    return Promise(cells[0], limit, int(case) if case else None)

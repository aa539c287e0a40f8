"""What the acts of the desk ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.offers import offer
from motcua.dossiers import steps
from motcua.dossiers.models import Dossier
from motcua.offices.models import Delegation, Posting, Role
from motcua.pages.layout.acting import ActForm, KeptFileForm
from motcua.pages.layout.inquiries import open_when_deciding
from motcua.pages.layout.paper_forms import Row, add_item_fields, extra_rows, item_rows, items_wanted
from motcua.people.models import Account


def words_field(label: Any, **kwargs: Any) -> forms.CharField:
    """Room for a few sentences."""
    return forms.CharField(label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)


class ReasonForm(ActForm):
    reason = words_field(_("Lý do"))


class BasisForm(ReasonForm):
    basis = forms.CharField(label=_("Căn cứ pháp lý"), max_length=1000)


class EndUnansweredForm(BasisForm):
    """The reason is written already; the leader may say more."""

    def __init__(self, dossier: Dossier, *args: Any, **kwargs: Any) -> None:
        asked = dossier.supplement_requests.order_by("-id").first()
        if asked is not None and asked.last_day is not None:
            words = _("Đã quá thời hạn bổ sung (ngày %(day)s) mà không nhận được phần bổ sung.")
            kwargs.setdefault("initial", {})["reason"] = words % {"day": f"{asked.last_day:%d/%m/%Y}"}
        super().__init__(dossier, *args, **kwargs)


class ForwardForm(ActForm):
    """To a named officer of the next step's office, or to whoever takes it up there."""

    to_account = forms.TypedChoiceField(label=_("Người nhận"), coerce=int, required=False, empty_value=None)
    note = words_field(_("Ý kiến"), required=False)

    def __init__(self, dossier: Dossier, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(dossier, *args, **kwargs)
        self.next_step = steps.next_step(dossier)
        choices: list[tuple[Any, Any]] = [("", _("Ai tại nơi nhận cũng có thể nhận"))]
        if self.next_step is not None:
            self.office_id = steps.office_of(self.next_step, dossier)
            choices += officers_at(self.office_id, self.next_step.role, on, of=self._of(dossier))
        self.fields["to_account"].choices = choices  # type: ignore[attr-defined]

    def _of(self, dossier: Dossier) -> int | None:
        """Whose people do the next step, where they sit at another office than their own."""
        is_onsite = self.next_step is not None and self.next_step.place == steps.Place.ONSITE
        return dossier.competent_office_id if is_onsite else None


def officers_at(office_id: int, role: str, on: date, of: int | None = None) -> list[tuple[int, str]]:
    """Officers of an office on a day, those with the step's role first, each with their roles; only the people of the
    office `of`, and to whom it has delegated, where it is named.
    """
    postings = Posting.objects.on(on).filter(office_id=office_id, account__is_active=True)
    postings = postings.select_related("account").order_by("account__full_name_order")
    if of is not None:
        own = Posting.objects.on(on).filter(office_id=of).values("account_id")
        delegated = Delegation.objects.on(on).filter(office_id=of).values("to_account_id")
        postings = postings.filter(Q(account__in=own) | Q(account__in=delegated))
    roles: dict[Account, list[str]] = {}
    for posting in postings:
        roles.setdefault(posting.account, []).append(posting.role)
    ranked = sorted(roles.items(), key=lambda pair: role not in pair[1])
    return [
        (account.pk, f"{account.full_name} ({', '.join(str(Role(name).label) for name in held)})")
        for account, held in ranked
    ]


class AskForm(BasisForm):
    """One full list, tied to the components."""

    basis = forms.CharField(
        label=_("Căn cứ pháp lý"),
        max_length=1000,
        required=False,
        help_text=_("Bắt buộc khi đã quá hạn yêu cầu bổ sung kể từ ngày tiếp nhận."),
    )

    def __init__(self, dossier: Dossier, *args: Any, **kwargs: Any) -> None:
        super().__init__(dossier, *args, **kwargs)
        self.components = offer(dossier.case_id, dossier.channel).components
        add_item_fields(self, self.components)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["items"] = items_wanted(self, data, self.components)
        return data

    def rows(self) -> list[Row]:
        """The components with their fields."""
        return item_rows(self, self.components)

    def extras(self) -> list[Any]:
        """The free lines."""
        return list(extra_rows(self))


class AskAgainForm(AskForm):
    """The same list, on a leader's word."""

    basis = forms.CharField(
        label=_("Căn cứ pháp luật chuyên ngành"),
        max_length=1000,
        help_text=_("Hồ sơ yêu cầu bổ sung thêm được đánh dấu và đếm riêng; bộ chỉ số 766 tính là quá hạn."),
    )


class DutyForm(ActForm):
    """What the applicant owes another body."""

    content = words_field(_("Nghĩa vụ phải thực hiện"))
    document_no = forms.CharField(label=_("Văn bản thông báo số"), max_length=60)
    payee = forms.CharField(label=_("Nơi thu"), max_length=200, help_text=_("Ví dụ: cơ quan thuế, kho bạc."))
    amount_vnd = forms.IntegerField(
        label=_("Số tiền (đồng)"), required=False, min_value=1, help_text=_("Để trống nếu nơi thu xác định.")
    )
    pay_by = forms.DateField(
        label=_("Chậm nhất ngày"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ExtendForm(ReasonForm):
    new_day = forms.DateField(
        label=_("Ngày hẹn lại"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    field_order = ("seen", "new_day", "reason")


class NumberForm(ActForm):
    number = forms.CharField(label=_("Số, ký hiệu văn bản"), max_length=60, required=False)


class DecisionForm(ActForm):
    """Whoever decides is told what is still open; it forbids nothing."""

    def __init__(self, dossier: Dossier, *args: Any, **kwargs: Any) -> None:
        super().__init__(dossier, *args, **kwargs)
        self.warnings = open_when_deciding(dossier)


class ApproveForm(DecisionForm, KeptFileForm):
    """The result may come with its file."""

    number = forms.CharField(label=_("Số, ký hiệu văn bản"), max_length=60, required=False)
    summary = words_field(_("Nội dung kết quả"), required=False)
    sign = forms.BooleanField(
        label=_("Ký số tệp kết quả bằng chứng thư số của tôi"),
        required=False,
        help_text=_("Chỉ tệp PDF. Tệp đã ký thay tệp vừa chọn; dấu ký hiện ở trang cuối."),
    )
    field_order = ("seen", "number", "summary", "file", "sign", "kept_file")

    def __init__(self, dossier: Dossier, *args: Any, **kwargs: Any) -> None:
        super().__init__(dossier, *args, **kwargs)
        self.fields["file"].label = _("Tệp kết quả")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("sign") and not data.get("file") and not data.get("kept_file"):
            self.add_error("sign", _("Chưa có tệp kết quả để ký."))
        return data


class StopForm(DecisionForm, BasisForm):
    pass


class RefuseResultForm(DecisionForm, BasisForm):
    number = forms.CharField(label=_("Số, ký hiệu văn bản"), max_length=60, required=False)


class RestrictForm(ReasonForm):
    """Who may see it besides those on its way, chosen from the officers of its two offices; or everybody again."""

    readers = forms.TypedMultipleChoiceField(
        label=_("Người khác được xem"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Người đang giữ, người đã xử lý và người phụ trách nơi hồ sơ đang nằm luôn xem được."),
    )
    opens = forms.BooleanField(label=_("Bỏ giới hạn, mở lại như thường"), required=False)
    field_order = ("seen", "readers", "opens", "reason")

    def __init__(self, dossier: Dossier, *args: Any, on: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})["readers"] = dossier.confidential_to or []
        super().__init__(dossier, *args, **kwargs)
        offices = dict.fromkeys((dossier.competent_office_id, dossier.receiving_office_id))
        choices = {pk: words for office in offices for pk, words in officers_at(office, "", on)}
        self.fields["readers"].choices = list(choices.items())  # type: ignore[attr-defined]

"""Forms with which somebody is named, authorised, or an organisation asked to be registered. Rules: `people.mandates`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from motcua.pages.layout.forms import Form
from motcua.people.mandate_rows import OrganisationKind
from motcua.people.mandates import Naming


def a_day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A day, chosen in the browser's own way."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class NamingForm(Form):
    """Whom, how far, from which day to which."""

    name = forms.CharField(
        label=lazy("Họ và tên"), help_text=lazy("Đúng như trong tài khoản của người này."), max_length=200
    )
    whom = forms.CharField(
        label=lazy("Tên đăng nhập hoặc số định danh"),
        help_text=lazy(
            "Số điện thoại, thư điện tử dùng để đăng nhập; hoặc số định danh 12 chữ số đã được xác minh. "
            "Người chưa có tài khoản dùng được ngay khi đăng nhập bằng danh tính mang số ấy."
        ),
        max_length=150,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    may_file = forms.BooleanField(label=lazy("Nộp, bổ sung và rút hồ sơ"), required=False)
    may_answer = forms.BooleanField(label=lazy("Bổ sung hồ sơ"), required=False)
    may_pay = forms.BooleanField(label=lazy("Thanh toán phí, lệ phí"), required=False)
    valid_from = a_day(lazy("Từ ngày"))
    valid_to = a_day(
        lazy("Đến hết ngày"), required=False, help_text=lazy("Để trống: một năm. Hết ngày này quyền chấm dứt ngay.")
    )
    paper = forms.CharField(label=lazy("Văn bản phân công, số"), max_length=100, required=False)
    paper_on = a_day(lazy("Ngày của văn bản"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"valid_from": today})
        super().__init__(*args, **kwargs)

    def naming(self) -> Naming:
        """What was filled in."""
        told = dict(self.cleaned_data)
        return Naming(**{**told, "dossiers": tuple(told.get("dossiers", ()))})


class MemberForm(NamingForm):
    """Somebody who acts for an organisation; to file is to supplement too."""

    may_answer = None  # type: ignore[assignment]


class AgentForm(NamingForm):
    """Somebody whom a person authorises, by a paper, for all of their dossiers or some."""

    may_file = None  # type: ignore[assignment]
    dossiers = forms.MultipleChoiceField(
        label=lazy("Chỉ các hồ sơ này"),
        help_text=lazy("Không chọn hồ sơ nào: tất cả hồ sơ của bạn."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, dossiers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dossiers"].choices = dossiers  # type: ignore[attr-defined]
        self.fields["paper"].label = lazy("Giấy ủy quyền, số")
        self.fields["paper"].required = self.fields["paper_on"].required = True
        if not dossiers:
            del self.fields["dossiers"]


class EndForm(Form):
    """Why it ends."""

    why = forms.CharField(label=lazy("Lý do"), max_length=300)


class OrganisationForm(Form):
    """An organisation that one says one represents, with the paper that is shown at the counter."""

    kind = forms.TypedChoiceField(
        label=lazy("Loại tổ chức"),
        choices=OrganisationKind.choices,
        coerce=int,
        initial=OrganisationKind.ENTERPRISE,
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=lazy("Tên tổ chức"), help_text=lazy("Như trên giấy đăng ký."), max_length=200)
    number = forms.CharField(
        label=lazy("Mã số doanh nghiệp hoặc mã số thuế"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    position = forms.CharField(label=lazy("Chức danh của bạn"), help_text=lazy("Ví dụ: giám đốc."), max_length=100)
    paper = forms.CharField(
        label=lazy("Giấy tờ chứng minh, số"),
        help_text=lazy("Giấy chứng nhận đăng ký doanh nghiệp, quyết định thành lập hoặc bổ nhiệm."),
        max_length=100,
    )
    paper_on = a_day(lazy("Ngày của giấy tờ"))

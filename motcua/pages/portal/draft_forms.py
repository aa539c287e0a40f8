"""Forms of a submission online."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from motcua.dossiers.kinds import OwnerKind, ReturnWay
from motcua.dossiers.models import Draft
from motcua.pages.layout.forms import Form


class OwnerForm(Form):
    """Whom the dossier is about, what is asked, and how the result comes back."""

    owner_kind = forms.TypedChoiceField(
        label=lazy("Chủ hồ sơ là"), choices=OwnerKind.choices, coerce=int, widget=forms.RadioSelect
    )
    owner_name = forms.CharField(
        label=lazy("Họ và tên hoặc tên tổ chức của chủ hồ sơ"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    owner_id_no = forms.CharField(
        label=lazy("Số định danh cá nhân hoặc mã số doanh nghiệp"),
        help_text=lazy("12 chữ số trên thẻ căn cước."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    owner_phone = forms.CharField(
        label=lazy("Số điện thoại"),
        help_text=lazy("Để cơ quan liên hệ khi cần."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    owner_email = forms.EmailField(
        label=lazy("Thư điện tử"),
        required=False,
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    owner_address = forms.CharField(
        label=lazy("Địa chỉ"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "street-address"})
    )
    content = forms.CharField(
        label=lazy("Nội dung đề nghị"),
        help_text=lazy("Nói ngắn gọn bạn cần gì. Để trống thì lấy tên thủ tục."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    submitter_name = forms.CharField(
        label=lazy("Người nộp thay"),
        help_text=lazy("Chỉ điền khi bạn nộp thay cho chủ hồ sơ."),
        required=False,
        max_length=200,
    )
    return_way = forms.ChoiceField(label=lazy("Cách nhận kết quả"), choices=ReturnWay.choices, widget=forms.RadioSelect)


class ConfirmForm(Form):
    """The last step."""

    true = forms.BooleanField(
        label=lazy("Tôi cam đoan những điều đã khai là đúng và chịu trách nhiệm trước pháp luật.")
    )


def typed_so_far(form: OwnerForm) -> dict[str, Any]:
    """Everything typed, right or wrong, as a draft keeps it; nothing is lost by a mistake in one field."""
    return {name: str(form.data.get(name, ""))[:1000] for name in form.fields}


def owner_form(draft: Draft, posted: Any, actor_facts: dict[str, str]) -> OwnerForm:
    """The form over what the draft has, else what the account says."""
    first = {"owner_kind": OwnerKind.CITIZEN, "return_way": ReturnWay.COUNTER, **actor_facts}
    return OwnerForm(posted, initial={**first, **draft.data.get("owner", {})})

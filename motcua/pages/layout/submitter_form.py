"""The part of a form that says who brings a dossier; which words belong to which role is shown by the style sheet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from motcua.dossiers.kinds import SubmitterRole
from motcua.dossiers.persons import Submitter
from motcua.pages.layout.forms import Form

PREFIX = "submitter_"


class SubmitterFields(Form):
    """Who brings it, in which role. The rules are `dossiers.persons`'s."""

    submitter_role = forms.ChoiceField(
        label=lazy("Người nộp hồ sơ"), choices=SubmitterRole.choices, required=False, widget=forms.RadioSelect
    )
    submitter_name = forms.CharField(label=lazy("Họ tên người này"), max_length=200, required=False)
    submitter_id_no = forms.CharField(
        label=lazy("Số định danh hoặc hộ chiếu của người này"),
        help_text=lazy("Bắt buộc với người nộp thay và người được ủy quyền; ghi trên giấy tiếp nhận."),
        max_length=30,
        required=False,
    )
    submitter_phone = forms.CharField(label=lazy("Điện thoại của người này"), max_length=20, required=False)
    submitter_relation = forms.CharField(
        label=lazy("Quan hệ với chủ hồ sơ"),
        help_text=lazy("Con, vợ, chồng, nhân viên… Người nộp thay không tự nhận kết quả nếu không có giấy ủy quyền."),
        max_length=100,
        required=False,
    )
    submitter_authority_no = forms.CharField(
        label=lazy("Giấy ủy quyền hoặc giấy tờ đại diện, số"),
        help_text=lazy("Giấy ủy quyền, giấy khai sinh của con, quyết định giám hộ, đăng ký doanh nghiệp…"),
        max_length=100,
        required=False,
    )
    submitter_authority_on = forms.DateField(
        label=lazy("Ngày của giấy này"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submitter_role"].initial = SubmitterRole.OWNER

    def clean_submitter_role(self) -> str:
        return self.cleaned_data["submitter_role"] or SubmitterRole.OWNER

    def submitter(self) -> Submitter:
        """What was filled in."""
        told = {
            name.removeprefix(PREFIX): value for name, value in self.cleaned_data.items() if name.startswith(PREFIX)
        }
        return Submitter(**told)

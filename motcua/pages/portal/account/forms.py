"""Forms of an account: log in, register, my details."""

import re

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.pages.layout.forms import Form
from motcua.pages.portal.person_fields import email_field, name_field, name_of_person, number_field, phone_field
from motcua.people.models import PERSONAL_ID, Account, bare_number, login_of

NATIONAL_PHONE = re.compile(r"0\d{9}")


class LoginForm(Form):
    """One login for everybody."""

    login = forms.CharField(
        label=gettext_lazy("Số điện thoại, thư điện tử hoặc tên đăng nhập cán bộ"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Mật khẩu"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class RegisterForm(Form):
    """A new citizen account."""

    full_name = name_field(help_text=gettext_lazy("Như trên giấy tờ tùy thân."))
    login = forms.CharField(
        label=gettext_lazy("Số điện thoại hoặc thư điện tử"),
        help_text=gettext_lazy("Dùng để đăng nhập, ví dụ 0912345678 hoặc ten@vidu.vn."),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Mật khẩu"),
        help_text=gettext_lazy("Ít nhất 10 ký tự, không dùng mật khẩu phổ biến."),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_full_name(self) -> str:
        return name_of_person(self.cleaned_data["full_name"])

    def clean_login(self) -> str:
        login = login_of(self.cleaned_data["login"])
        if "@" in login:
            validate_email(login)
        elif not NATIONAL_PHONE.fullmatch(login):
            raise ValidationError(_("Hãy nhập số điện thoại 10 chữ số hoặc địa chỉ thư điện tử."))
        if Account.objects.filter(login=login).exists():
            raise ValidationError(_("Đã có tài khoản với thông tin này. Hãy đăng nhập."))
        return login

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class AccountForm(Form):
    """What an applicant says of themselves; offered again at every submission."""

    full_name = name_field()
    phone = phone_field(required=False)
    email = email_field()
    personal_id = number_field(required=False)

    def clean_full_name(self) -> str:
        return name_of_person(self.cleaned_data["full_name"])

    def clean_personal_id(self) -> str:
        number = bare_number(self.cleaned_data["personal_id"])
        if number and not PERSONAL_ID.fullmatch(number):
            raise ValidationError(_("Số định danh có 12 chữ số (CMND cũ 9 chữ số; mã số doanh nghiệp 10 chữ số)."))
        return number

"""Contacts that are proved by a code, and passwords that were forgotten. Rules: `people.contacts`, `people.codes`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.debug import sensitive_post_parameters

from motcua.base.errors import Invalid, NotThere
from motcua.notices.choosing import open_ways
from motcua.pages.layout.access import public
from motcua.pages.layout.errors import locked_out
from motcua.pages.layout.forms import Form, blame, posted, show
from motcua.pages.layout.requests import PersonRequest
from motcua.people import contacts
from motcua.people.codes import DIGITS
from motcua.people.guesses import Guesser
from motcua.people.models import Account, login_of

LOGIN = "recovering"  # in the session: for which login a code was asked, or is to be typed
WAYS = {"thu-dien-tu": "email", "dien-thoai": "phone"}


class CodeForm(Form):
    """The digits that were read."""

    code = forms.CharField(
        label=lazy("Mã gồm 6 chữ số"),
        help_text=lazy("Có hiệu lực 10 phút, dùng một lần."),
        max_length=DIGITS + 4,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).replace(" ", "")


class LoginForm(Form):
    """For which account."""

    login = forms.CharField(
        label=lazy("Số điện thoại hoặc thư điện tử dùng để đăng nhập"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )


class PasswordForm(CodeForm):
    """The digits, and the new password."""

    login = LoginForm.base_fields["login"]
    password = forms.CharField(
        label=lazy("Mật khẩu mới"),
        help_text=lazy("Ít nhất 10 ký tự, không dùng mật khẩu phổ biến."),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    field_order = ("login", "code", "password")


def _guesser(request: PersonRequest, what: str, login: str) -> Guesser:
    """Who asks, or tries, for which login: the same count whether or not there is such an account."""
    return Guesser(f"{what} {login_of(login)}", request.META.get("REMOTE_ADDR", ""))


@public
def forgot_password(request: PersonRequest) -> HttpResponse:
    """Ask for a code; the answer is the same whether or not there is such an account."""
    form = LoginForm(posted(request))
    if request.method == "POST" and form.is_valid():
        login = form.cleaned_data["login"]
        asker = _guesser(request, "XIN", login)
        if asker.closed_until(request.at):
            return locked_out(request)
        asker.was_wrong(request.at)  # every asking counts
        contacts.ask_for_password(login, request.at)
        request.session[LOGIN] = login
        messages.info(
            request,
            _("Nếu có tài khoản với thông tin này, mã đang được gửi tới đó. Không thấy mã thì xem hộp thư rác."),
        )
        return redirect("portal:new_password")
    return show(request, "portal/forgot_password.html", {"sends": _sends(request)}, form=form)


@public
@sensitive_post_parameters("password", "code")
def new_password(request: PersonRequest) -> HttpResponse:
    """The digits, by message or from the counter, and the new password."""
    form = PasswordForm(posted(request), initial={"login": request.session.get(LOGIN, "")})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        trier = _guesser(request, "MK", given["login"])
        if trier.closed_until(request.at):
            return locked_out(request)
        try:
            contacts.set_password(given["login"], given["code"], given["password"], request.at)
        except Invalid as error:
            if error.code == contacts.WRONG:
                trier.was_wrong(request.at)
            blame(form, error)
        else:
            request.session.pop(LOGIN, None)
            messages.success(request, _("Đã đặt mật khẩu mới. Hãy đăng nhập."))
            return redirect("portal:login")
    return show(request, "portal/new_password.html", {"sends": _sends(request)}, form=form)


@sensitive_post_parameters("code")
def confirm_contact(request: PersonRequest, contact: str) -> HttpResponse:
    """Prove that I read what is sent to my e-mail or telephone."""
    if contact not in WAYS:
        raise NotThere(_("Không có trang này."))
    mine = Account.objects.get(pk=request.user.pk)
    address: str = getattr(mine, WAYS[contact])
    if address not in contacts.to_prove(mine):
        return show(request, "portal/confirm_contact.html", {"address": address, "is_done": True})
    form: Form = Form(posted(request)) if "send" in request.POST else CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            if "send" in request.POST:
                _tell_sent(request, contacts.ask_to_confirm(mine, address, request.at))
                return redirect("portal:confirm_contact", contact)
            contacts.confirm(mine, address, form.cleaned_data["code"], request.at)
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("Đã xác nhận %(address)s.") % {"address": address})
            return redirect("portal:account")
    context: dict[str, Any] = {"address": address, "sends": contacts.way_of(address) in _sends(request)}
    return show(request, "portal/confirm_contact.html", context, form=form)


def _tell_sent(request: PersonRequest, is_sent: bool) -> None:
    if is_sent:
        messages.success(request, _("Mã đang được gửi."))
    else:
        messages.warning(request, _("Bạn đã xin mã nhiều lần. Hãy đợi 15 phút rồi xin lại."))


def _sends(request: PersonRequest) -> set[str]:
    """The ways on which a code can leave the house now."""
    return {way.value for way in open_ways(request.at)} & {"email", "sms"}

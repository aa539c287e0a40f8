"""Passkeys on the portal: keep one, name it, take it away, sign in with it. Rules: `people.passkeys`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import auth, messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from motcua.base.errors import MotcuaError
from motcua.pages.layout.access import public
from motcua.pages.layout.errors import locked_out
from motcua.pages.layout.forms import Form, posted, show
from motcua.pages.layout.papers import portal_of
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.portal.account.accounts import login_page, welcome
from motcua.pages.portal.account.forms import LoginForm
from motcua.people import passkeys as keys
from motcua.people.guesses import Guesser
from motcua.people.models import Account

NEW, WHO = "passkey_new", "passkey_who"


class PasskeyForm(Form):
    """A name by which its owner knows the key; the device's answer is put beside it by the script."""

    name = forms.CharField(label=lazy("Tên khóa"), help_text=lazy("Ví dụ: điện thoại của tôi."), max_length=100)
    answer = forms.CharField(widget=forms.HiddenInput, max_length=keys.LONGEST_ANSWER, required=False)


def _asked(request: PersonRequest, kind: str, asked: keys.Asked) -> JsonResponse:
    request.session[kind] = {**asked.state, "at": request.at.isoformat()}
    return JsonResponse(asked.options)


def _once(request: PersonRequest, kind: str) -> dict[str, Any] | None:
    """The question that was asked last, if it may still be answered; it can't be answered again."""
    kept = request.session.pop(kind, None)
    if kept is None or request.at - datetime.fromisoformat(kept.pop("at")) > keys.ANSWERED_WITHIN:
        return None
    return dict(kept)


def passkeys(request: PersonRequest) -> HttpResponse:
    """My keys; a new one is made by this device and kept here."""
    me = Account.objects.get(pk=request.user.pk)
    form = PasskeyForm(posted(request), initial={"name": _("Thiết bị này")})
    if request.method == "POST" and form.is_valid():
        given, state = form.cleaned_data, _once(request, NEW)
        try:
            keys.keep_new(me, given["answer"], state, origin=portal_of(request), name=given["name"], at=request.at)
        except MotcuaError as error:
            form.add_error("name" if error.code == "name" else None, str(error))
            form.status = error.status
        else:
            messages.success(request, _("Đã lưu khóa. Lần sau bạn đăng nhập được bằng khóa này."))
            return redirect("portal:passkeys")
    return show(request, "portal/passkeys.html", {"keys": keys.in_use(me.pk)}, form=form)


@require_POST
def passkey_start(request: PersonRequest) -> HttpResponse:
    """What this browser is to ask its device for."""
    me = Account.objects.get(pk=request.user.pk)
    return _asked(request, NEW, keys.ask_new(me, portal_of(request)))


@require_POST
def rename_passkey(request: PersonRequest, passkey_id: int) -> HttpResponse:
    """Another name for a key of mine."""
    keys.rename(request.user.pk or 0, passkey_id, request.POST.get("name", ""))
    messages.success(request, _("Đã đổi tên khóa."))
    return redirect("portal:passkeys")


@require_POST
def remove_passkey(request: PersonRequest, passkey_id: int) -> HttpResponse:
    """A key of mine signs nobody in any more."""
    keys.remove(request.user.pk or 0, passkey_id, request.at)
    messages.success(request, _("Đã bỏ khóa. Từ nay không ai đăng nhập được bằng khóa này."))
    return redirect("portal:passkeys")


@public
@require_POST
def passkey_challenge(request: PersonRequest) -> HttpResponse:
    """A question that only a key of ours can answer."""
    return _asked(request, WHO, keys.ask_who(portal_of(request)))


@public
@require_POST
def passkey_login(request: PersonRequest) -> HttpResponse:
    """Sign in with what a device answered."""
    answer = request.POST.get("answer", "")
    guesser = Guesser(answer[:40] or "passkey", request.META.get("REMOTE_ADDR", ""))
    if guesser.closed_until(request.at):
        return locked_out(request)
    wanted, state = request.POST.get("next", ""), _once(request, WHO)
    try:
        account = keys.proven(answer, state, origin=portal_of(request), at=request.at)
    except MotcuaError as error:
        guesser.was_wrong(request.at)
        form = LoginForm()
        form.status = error.status
        return login_page(request, wanted, form, str(error))
    auth.login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    return welcome(request, account, wanted)

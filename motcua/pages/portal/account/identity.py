"""Signing in with a digital identity: out to the provider, back with a proof, and the first time with a choice.

Rules: `people.openid` (what is believed), `people.identities` (whose account it is).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import auth, messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.errors import MotcuaError, NotThere, Refused
from motcua.pages.layout.access import public
from motcua.pages.layout.errors import locked_out
from motcua.pages.layout.middleware import language_of
from motcua.pages.layout.papers import portal_of
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.portal.account.accounts import login_page, welcome
from motcua.pages.portal.account.forms import LoginForm
from motcua.people.guesses import Guesser
from motcua.people.identities import account_of, is_written_elsewhere, link, new_account
from motcua.people.models import Account
from motcua.people.openid import Known, Provider, Question, Unproven, ask, hear, provider

ASKED, KNOWN = "identity_asked", "identity_known"
ANSWERED_WITHIN, CHOSEN_WITHIN = timedelta(minutes=10), timedelta(minutes=15)
MOST_ASKED = 5  # sign-ins under way in one browser, in tabs
BACKEND = "django.contrib.auth.backends.ModelBackend"


def _provider() -> Provider:
    found = provider()
    if found is None:
        raise NotThere(_("Ở đây chưa mở đăng nhập bằng tài khoản định danh."))
    return found


def _back(request: PersonRequest) -> str:
    return portal_of(request) + reverse("portal:identity_back")


@public
def identity_start(request: PersonRequest) -> HttpResponse:
    """Out to the provider; what proves the answer stays here, in this browser's session."""
    one, wanted = _provider(), request.GET.get("next", "")[:2000]
    try:
        question = ask(one, back=_back(request), at=request.at)
    except MotcuaError as error:
        return _not_in(request, error, wanted)
    asked = dict(list(request.session.get(ASKED, {}).items())[1 - MOST_ASKED :])
    asked[question.state] = [question.nonce, question.verifier, wanted, request.at.isoformat()]
    request.session[ASKED] = asked
    return redirect(question.address)


@public
def identity_back(request: PersonRequest) -> HttpResponse:
    """Back from the provider: signed in, or on to the choice, or told why not."""
    one, state = _provider(), request.GET.get("state", "")
    guesser = Guesser(state or "identity", request.META.get("REMOTE_ADDR", ""))
    if guesser.closed_until(request.at):
        return locked_out(request)
    nonce, verifier, wanted, since = _once(request, state)
    try:
        if not since or request.at - datetime.fromisoformat(since) > ANSWERED_WITHIN:
            sentence = _("Lần đăng nhập này đã hết hạn, đã dùng, hoặc không bắt đầu từ trình duyệt này.")
            raise Unproven(sentence, code="state")
        known = _heard(request, one, Question("", state, nonce, verifier))
        if request.user.is_authenticated:
            return _choice(request, known, wanted)
        account = account_of(known, request.at)
    except Unproven as error:
        guesser.was_wrong(request.at)
        return _not_in(request, error, wanted)
    except MotcuaError as error:
        return _not_in(request, error, wanted)
    if account is None:
        return _choice(request, known, wanted)
    auth.login(request, account, backend=BACKEND)
    return welcome(request, account, wanted)


def _once(request: PersonRequest, state: str) -> tuple[str, str, str, str]:
    """What was kept for this answer; it can't be used again, whatever comes of it."""
    asked: dict[str, list[str]] = request.session.get(ASKED, {})
    kept = asked.pop(state, ["", "", "", ""])
    request.session[ASKED] = asked
    return kept[0], kept[1], kept[2], kept[3]


def _heard(request: PersonRequest, one: Provider, question: Question) -> Known:
    if request.GET.get("error"):
        raise Refused(_("Bạn chưa đồng ý, hoặc nhà cung cấp định danh đã từ chối. Chưa có gì thay đổi."))
    if request.GET.get("iss", one.issuer).rstrip("/") != one.issuer:
        raise Unproven(_("Câu trả lời đến từ một nhà cung cấp khác."), code="issuer")
    return hear(one, question, code=request.GET.get("code", ""), back=_back(request), at=request.at)


def _not_in(request: PersonRequest, error: MotcuaError, wanted: str) -> HttpResponse:
    """The login page with the reason; for somebody who is signed in already, the reason alone."""
    if request.user.is_authenticated:
        raise error
    form = LoginForm()
    form.status = error.status
    return login_page(request, wanted, form, str(error))


def _choice(request: PersonRequest, known: Known, wanted: str) -> HttpResponse:
    born_on = known.born_on.isoformat() if known.born_on else ""
    kept: dict[str, Any] = {name: getattr(known, name) for name in Known.__slots__}
    request.session[KNOWN] = {**kept, "born_on": born_on, "next": wanted, "at": request.at.isoformat()}
    return redirect("portal:identity")


def _chosen(request: PersonRequest) -> tuple[Known, str]:
    kept = dict(request.session.get(KNOWN, {}))
    if not kept or request.at - datetime.fromisoformat(kept.pop("at")) > CHOSEN_WITHIN:
        raise NotThere(_("Chưa có danh tính nào chờ bạn xác nhận. Hãy đăng nhập lại từ đầu."))
    wanted = kept.pop("next")
    kept["born_on"] = date.fromisoformat(kept["born_on"]) if kept["born_on"] else None
    return Known(**kept), wanted


@public
def identity(request: PersonRequest) -> HttpResponse:
    """The first time: a new account, or this identity for the account that I have and am signed in to."""
    one = _provider()
    known, wanted = _chosen(request)
    mine = Account.objects.get(pk=request.user.pk) if request.user.is_authenticated else None
    if request.method != "POST":
        context = {"known": known, "mine": mine, "provider": one, "is_written": is_written_elsewhere(known.number)}
        return render(request, "portal/identity.html", context)
    if mine is not None:
        account = link(mine.pk, known, request.at)
        messages.success(request, _("Đã liên kết %(name)s với tài khoản của bạn.") % {"name": one.name})
    else:
        account = new_account(known, request.at, language_of(request))
        messages.success(request, _("Đã tạo tài khoản. Chào %(name)s!") % {"name": account.full_name})
    request.session.pop(KNOWN, None)
    if mine is not None:
        return redirect("portal:account")
    auth.login(request, account, backend=BACKEND)
    return welcome(request, account, wanted)

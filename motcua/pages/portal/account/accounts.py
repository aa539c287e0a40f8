"""Accounts on the portal: one login page for citizens and officers, register, log out, my details."""

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from motcua.base.times import day_of
from motcua.notices.inbox import unread, whose
from motcua.offices.actors import actor_of
from motcua.pages.layout.access import public
from motcua.pages.layout.errors import locked_out
from motcua.pages.layout.forms import attempt, posted, show
from motcua.pages.layout.frame import ways
from motcua.pages.layout.requests import ACTING_FOR, PersonRequest
from motcua.pages.portal.account.forms import AccountForm, LoginForm, RegisterForm
from motcua.pages.portal.account.notices import told_by
from motcua.people.contacts import to_prove
from motcua.people.models import Account, login_of
from motcua.people.openid import provider
from motcua.people.own_details import change_own_details, not_one_s_own

CONTACTS = {True: "thu-dien-tu", False: "dien-thoai"}  # in addresses, by whether it is an e-mail


@public
@sensitive_post_parameters("password")
def login(request: PersonRequest) -> HttpResponse:
    """Log in; afterwards to where the person wanted to go, else to their own first page."""
    form = LoginForm(posted(request))
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if request.method == "POST" and form.is_valid():
        name = login_of(form.cleaned_data["login"])
        account = auth.authenticate(request, username=name, password=form.cleaned_data["password"])
        if account is not None:
            auth.login(request, account)
            return welcome(request, account, wanted)
        if getattr(request, "axes_locked_out", False):
            return locked_out(request)
        form.add_error(None, _("Tên đăng nhập hoặc mật khẩu không đúng."))
        form.status = 422
    return login_page(request, wanted, form)


def login_page(request: PersonRequest, wanted: str, form: LoginForm, trouble: str = "") -> HttpResponse:
    """Every way to sign in; `trouble` says why another way did not lead in. Where the person wanted to go stays."""
    context = {"next": wanted, "trouble": trouble, "provider": provider()}
    return show(request, "portal/login.html", context, form=form)


@require_POST
def logout(request: PersonRequest) -> HttpResponse:
    """Log out."""
    auth.logout(request)
    messages.success(request, _("Bạn đã đăng xuất."))
    return redirect("portal:home")


@public
@sensitive_post_parameters("password")
def register(request: PersonRequest) -> HttpResponse:
    """A new account for a citizen, logged in at once."""
    form = RegisterForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        contact = {"email": given["login"]} if "@" in given["login"] else {"phone": given["login"]}
        account = Account.objects.create_account(
            given["login"], given["password"], given["full_name"], created_at=request.at, **contact
        )
        auth.login(request, account, backend="django.contrib.auth.backends.ModelBackend")
        messages.success(request, _("Đã tạo tài khoản. Chào %(name)s!") % {"name": account.full_name})
        messages.info(request, _("Để nhận thông báo, hãy xác nhận địa chỉ của bạn ở “Thông tin của tôi”."))
        return welcome(request, account, request.POST.get("next", ""))
    return show(request, "portal/register.html", {"next": request.GET.get("next", "")}, form=form)


def account(request: PersonRequest) -> HttpResponse:
    """My details."""
    mine = Account.objects.get(pk=request.user.pk)
    fields = ("full_name", "phone", "email", "personal_id")
    form = AccountForm(posted(request), initial={name: getattr(mine, name) for name in fields})
    fixed = not_one_s_own(mine)
    for name in fixed:
        form.fields[name].disabled = True

    def keep() -> bool:
        change_own_details(mine, form.cleaned_data)
        return True

    if request.method == "POST" and attempt(form, keep):
        messages.success(request, _("Đã lưu thông tin của bạn."))
        return redirect("portal:account")
    context = {
        "mine": mine,
        "unread": unread(whose(request.actor)),
        "told_by": told_by(mine.pk),
        "provider": provider(),
        "identity": mine.identities.filter(ended_at=None).first(),
        "fixed": bool(fixed),
        "to_prove": [(CONTACTS["@" in address], address) for address in to_prove(mine)],
        "happened": mine.events_told.select_related("by").order_by("-id")[:10],
    }
    return show(request, "portal/account.html", context, form=form)


def welcome(request: PersonRequest, account: Account, wanted: str) -> HttpResponse:
    """On to where somebody who has just signed in wanted to go, if that is a page of ours; in their language."""
    safe = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    request.session.pop(ACTING_FOR, None)  # whoever signs in is themselves until they choose otherwise
    response = redirect(wanted if safe else _first_page(request, account))
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, account.language, samesite="Lax", httponly=True)
    return response


def _first_page(request: PersonRequest, account: Account) -> str:
    request.actor = actor_of(account, day_of(request.at))
    if not request.actor.is_officer:
        return reverse("portal:home")
    return ways(request)[0].address

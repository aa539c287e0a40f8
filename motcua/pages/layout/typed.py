"""A session that ended while a form was being filled: what was typed waits until the person has logged in again.

It lies in the new, nameless session, and is shown once: on the page where it was typed, to the account that typed it.
When a session ends its cookie goes too, so who worked in this browser last is kept in a cookie of its own, signed; a
machine in the hall keeps none. Files can't wait; the page says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

TYPED = "typed_before_login"
WHO_COOKIE = "ai-khai"
WHO_LASTS = timedelta(days=365)
MOST_LETTERS = 30_000
NOT_TYPED = frozenset({"csrfmiddlewaretoken"})


def mark_who(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let the browser keep who works in it, where the answer was for somebody who is logged in."""
    user = getattr(request, "_cached_user", None)  # Django's; an answer that asked for nobody costs no statement
    if user is None or not user.is_authenticated or getattr(request, "kiosk", None) is not None:
        return
    mark = _signer().sign(str(user.pk))
    if request.COOKIES.get(WHO_COOKIE) != mark:
        response.set_cookie(
            WHO_COOKIE,
            mark,
            max_age=WHO_LASTS,
            httponly=True,
            samesite="Lax",
            secure=bool(settings.SESSION_COOKIE_SECURE),
        )


def page_typed_on(request: HttpRequest) -> str:
    """The page whose form was sent, as the browser says; what it doesn't say is taken to be where the form went."""
    from_where = request.headers.get("Referer", "")
    parts = urlsplit(from_where)
    if not parts.path or not url_has_allowed_host_and_scheme(from_where, {request.get_host()}):
        return request.get_full_path()
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def remember_typed(request: HttpRequest) -> None:
    """Keep what a form sent that comes from nobody any more. Only where somebody worked in this browser before."""
    if request.method != "POST" or _who(request) is None:
        return
    fields = {name: request.POST.getlist(name) for name in request.POST if name not in NOT_TYPED}
    letters = sum(len(name) + sum(map(len, values)) for name, values in fields.items())
    if 0 < letters <= MOST_LETTERS:
        page = urlsplit(page_typed_on(request)).path
        request.session[TYPED] = {"who": _who(request), "path": page, "fields": fields, "files": bool(request.FILES)}


def typed_before(request: HttpRequest) -> QueryDict | None:
    """What was typed into this page before the session ended, once; with a word about it."""
    kept: dict[str, Any] = request.session.get(TYPED, {})
    if request.method != "GET" or kept.get("path") != request.path:
        return None
    del request.session[TYPED]
    if kept["who"] != str(request.user.pk):
        return None
    typed = QueryDict(mutable=True)
    for name, values in kept["fields"].items():
        typed.setlist(name, values)
    sentence = _("Phiên làm việc đã hết hạn giữa chừng; nội dung bạn đã khai vẫn còn dưới đây. Hãy xem lại rồi gửi.")
    if kept["files"]:
        sentence += " " + _("Riêng tệp đã chọn thì cần chọn lại.")
    messages.warning(request, sentence)
    return typed


def fill_in(shown: Iterable[object], typed: QueryDict) -> None:
    """Put what was typed into those forms of a page that have such a field."""
    for form in shown:
        if not isinstance(form, forms.Form) or form.is_bound:
            continue
        if typed.keys() & {form.add_prefix(name) for name in form.fields}:
            form.data, form.is_bound = typed, True


def _signer() -> Signer:
    return Signer(salt=WHO_COOKIE)


def _who(request: HttpRequest) -> str | None:
    try:
        return _signer().unsign(request.COOKIES.get(WHO_COOKIE, ""))
    except BadSignature:
        return None

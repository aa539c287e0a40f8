"""At a machine in the hall: whoever goes away is forgotten, whether they said so or not.

The page itself watches for hands (`kiosk.js`) and asks before it forgets. Here is what holds without it: each answer
marks the instant, and a person whose mark is too old is nobody any more.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import rotate_token
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.offices.kiosks import ThisKiosk, kiosk_of
from motcua.pages.layout.errors import Trouble, trouble_page

KIOSK_COOKIE = "ki-ot"
MARK_COOKIE = "ki-ot-luc"
YEARS = timedelta(days=400)  # browsers keep no cookie longer; each visit renews it
# The page asks after `ASKS`, forgets after `IDLE`; the server a little later, so that the page comes first.
ASKS, IDLE = timedelta(seconds=60), timedelta(seconds=90)
FORGETS = IDLE + timedelta(seconds=30)


def this_kiosk(request: HttpRequest) -> ThisKiosk:
    """The machine that asks. Raises NotThere for every other browser."""
    found = getattr(request, "kiosk", None)
    if found is None:
        raise NotThere(_("Máy này chưa được đặt làm ki-ốt."))
    return found


def is_anybody(request: HttpRequest) -> bool:
    """Whether somebody was here: who signed in or followed something, or who was shown a form."""
    return not {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}.isdisjoint(request.COOKIES)


def forget(request: Any) -> None:
    """The person who was here is nobody any more, and no form that they left behind can be sent by who comes next."""
    request.session.flush()
    request.user = AnonymousUser()
    request.COOKIES.pop(settings.CSRF_COOKIE_NAME, None)  # before CsrfViewMiddleware looks: it makes a new one
    rotate_token(request)  # after it has looked


class AtKiosk:
    """`request.kiosk`: the machine, or None; at a machine no officer works, and nobody stays who went away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        secret = request.COOKIES.get(KIOSK_COOKIE, "")
        request.kiosk = kiosk_of(secret) if secret else None
        if request.kiosk is None:
            response = self.get_response(request)
            if secret and KIOSK_COOKIE not in response.cookies:
                response.delete_cookie(KIOSK_COOKIE)
            return response
        if is_anybody(request) and _away(request):
            forget(request)
        if request.user.is_authenticated and request.user.is_officer:
            forget(request)
            sentence = _("Máy này dành cho người dân. Cán bộ hãy làm việc tại máy của mình.")
            return _marked(trouble_page(request, Trouble(403, sentence)), request.at, secret)
        return _marked(self.get_response(request), request.at, secret)


def _away(request: Any) -> bool:
    try:
        seen = float(Signer(salt=MARK_COOKIE).unsign(request.COOKIES.get(MARK_COOKIE, "")))
    except (BadSignature, ValueError):
        return True
    return bool(request.at.timestamp() - seen > FORGETS.total_seconds())


def _marked(response: HttpResponseBase, at: datetime, secret: str) -> HttpResponseBase:
    keep: dict[str, Any] = {"httponly": True, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE}
    response.set_cookie(MARK_COOKIE, Signer(salt=MARK_COOKIE).sign(str(at.timestamp())), **keep)
    response.set_cookie(KIOSK_COOKIE, secret, max_age=YEARS, **keep)
    response.headers["Cache-Control"] = "private, no-store"
    return response

"""Guards around every request: size, language, person, and that reading does not write."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, cast

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from motcua.base.errors import MotcuaError, TooLarge
from motcua.base.times import day_of, now
from motcua.offices.actors import ANONYMOUS, Actor, actor_of, as_chosen
from motcua.pages.layout.errors import error_response
from motcua.pages.layout.requests import ACTING_FOR
from motcua.pages.layout.typed import mark_who, page_typed_on, remember_typed

Next = Callable[[HttpRequest], HttpResponseBase]

# Whatever else a reading request may touch: who is here, how often a wrong secret was tried, that it reads, and how often.
# An identity provider sends people back with a GET: that they came is noted (providedidentity).
MAY_BE_WRITTEN_BY_A_GET = (
    "django_session",
    "axes_",
    "people_account",
    "people_providedidentity",
    "readings_reading",
    "news_visitcount",
    "SAVEPOINT",
)
WRITES = re.compile(r"\s*(insert|update|delete|truncate|merge|alter|create|drop)\b", re.I)
API_PATH = "/api/"


def body_limit() -> int:
    """The largest body that is read at all, in bytes, inclusive: three files of the largest size."""
    return 3 * int(settings.MAX_FILE_BYTES)


class EarlySize:
    """Refuse a body that is too large before a byte of it is read."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        files = request.META.get("CONTENT_TYPE", "").startswith("multipart/")
        limit = body_limit() if files else min(body_limit(), int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE))
        if length.isdigit() and int(length) > limit and not request.path.startswith(API_PATH):
            response = error_response(request, TooLarge(too_large_sentence()))
            response.headers["Connection"] = "close"
            return response
        return self.get_response(request)


def too_large_sentence() -> str:
    """How much may be sent."""
    megabytes = int(settings.MAX_FILE_BYTES) // (1024 * 1024)
    return _(
        "Dữ liệu gửi lên quá lớn. Mỗi tệp không quá %(file)s MB, mỗi lần gửi không quá %(all)s MB. "
        "Hãy quay lại và gửi ít tệp hơn hoặc tệp nhỏ hơn."
    ) % {"file": megabytes, "all": body_limit() // (1024 * 1024)}


def language_of(request: HttpRequest) -> str:
    """The language chosen on this device, else Vietnamese: what the browser was sold with is no choice."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class Language:
    """Answer in the chosen language, and say so."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class ContentPolicy:
    """Say what a page may load, where the view has not said it: one policy for all, put together once."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault(HEADER, self.policy)
        return response


class StraightToApi:
    """Without a cookie nobody is logged in, so an API request needs nothing of what a page needs."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(API_PATH) or "HTTP_COOKIE" in request.META:
            return self.get_response(request)
        try:
            found = resolve(request.path_info)
        except Resolver404:
            return self.get_response(request)  # told by the page of errors
        if not getattr(found.func, "is_for_programs", False):
            return self.get_response(request)
        request.resolver_match, request.user = found, AnonymousUser()
        return cast(HttpResponseBase, found.func(request, *found.args, **found.kwargs))


class Person:
    """`request.actor`: who this is today, asked of the database only when somebody looks; `request.at`: the instant."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        at = now()
        request.at = at  # type: ignore[attr-defined]
        request.actor = cast(Actor, SimpleLazyObject(lambda: _actor(request)))  # type: ignore[attr-defined]
        response = self.get_response(request)
        mark_who(request, response)
        return response


def _actor(request: Any) -> Actor:
    if not request.user.is_authenticated:
        return ANONYMOUS
    return as_chosen(actor_of(request.user, day_of(request.at)), request.session.get(ACTING_FOR), request.at)


class LoginUnlessPublic(LoginRequiredMiddleware):
    """Nothing is open by accident. The API asks for its own tokens."""

    def process_view(self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any) -> Any:
        if request.path.startswith(API_PATH):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        remember_typed(request)
        return redirect_to_login(page_typed_on(request), resolve_url(settings.LOGIN_URL))


class WroteWhileReading(AssertionError):
    """A GET tried to change the database."""


def _refuse_writes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if WRITES.match(sql) and not any(table in sql for table in MAY_BE_WRITTEN_BY_A_GET):
        raise WroteWhileReading(sql[:200])
    return execute(sql, params, many, context)


class ReadingDoesNotWrite:
    """A GET or HEAD that changes anything but the session is a fault of ours, and is stopped."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with ExitStack() as guard:
            if request.method in {"GET", "HEAD"}:
                guard.enter_context(connection.execute_wrapper(_refuse_writes))
            return self.get_response(request)


class Sentences:
    """What the rooms below refuse becomes a page with the right status, where a view did not show it beside a form."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if request.path.startswith(API_PATH):
            return None
        if isinstance(exception, MotcuaError):
            return error_response(request, exception)
        if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
            return error_response(request, TooLarge(too_large_sentence()))
        return None

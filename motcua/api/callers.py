"""Who calls: a program with a token and its scopes, or a person's own session. What they may do is decided below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.utils import check_csrf

from motcua.api.problems import Unauthorised
from motcua.base.errors import Forbidden
from motcua.base.times import day_of, now
from motcua.offices.actors import Actor, actor_of, actor_of_token
from motcua.people.models import Account


@dataclass(frozen=True, slots=True)
class Caller:
    """The actor of one request, and the instant at which it is made. scopes None: a session, which has them all."""

    actor: Actor
    scopes: frozenset[str] | None
    at: datetime

    @property
    def account(self) -> Account:
        """The account behind the actor, read when somebody asks."""
        return Account.objects.get(pk=self.actor.account_id)


def caller_of(request: HttpRequest) -> Caller | None:
    """Who makes this request; found once per request. Raises Unauthorised on a token that is not in force."""
    known = request.__dict__
    if "motcua_caller" not in known:
        known["motcua_caller"] = _find(request)
    return cast("Caller | None", known["motcua_caller"])


def _find(request: HttpRequest) -> Caller | None:
    at = now()
    header = request.headers.get("Authorization")
    if header:
        scheme, _space, secret = header.partition(" ")
        found = actor_of_token(secret.strip(), at) if scheme.lower() == "bearer" else None
        if found is None:
            raise Unauthorised(_("Mã truy cập không đúng, đã hết hạn hoặc đã bị thu hồi."))
        return Caller(found[0], found[1], at)
    user = request.user
    if not isinstance(user, Account) or not user.is_active:
        return None
    return Caller(actor_of(user, day_of(at)), None, at)


def needs(scope: str) -> list[Callable[[HttpRequest], Caller | None]]:
    """The ways in for an operation of this scope."""
    return [Token(scope), Session()]


class Token:
    """`Authorization: Bearer mc_…`"""

    openapi_security_schema: dict[str, Any] = {"type": "http", "scheme": "bearer"}

    def __init__(self, scope: str) -> None:
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Caller | None:
        caller = caller_of(request)
        if caller is None or caller.scopes is None:
            return None
        if self.scope not in caller.scopes:
            raise Forbidden(_("Mã truy cập không có quyền “%(scope)s”.") % {"scope": self.scope}, code="scope_needed")
        return caller


class Session:
    """The session of a person who is logged in on the pages; writing needs the CSRF token of the page too."""

    openapi_security_schema: dict[str, Any] = {"type": "apiKey", "in": "cookie", "name": "sessionid"}

    def __call__(self, request: HttpRequest) -> Caller | None:
        caller = caller_of(request)
        if caller is None or caller.scopes is not None:
            return None
        if check_csrf(request) is not None:
            raise Forbidden(_("Thiếu mã chống giả mạo yêu cầu (CSRF)."), code="csrf")
        return caller


def calling(request: HttpRequest) -> Caller:
    """The caller of an operation that is not public."""
    caller = caller_of(request)
    if caller is None:
        raise Unauthorised(_("Cần đăng nhập hoặc gửi mã truy cập (Authorization: Bearer …)."))
    return caller

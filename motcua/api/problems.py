"""Every error of the API as problem+json (RFC 9457), in the reader's language, with nothing leaked."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from motcua.base.errors import MotcuaError, NotThere, TooLarge
from motcua.base.outages import is_outage

logger = logging.getLogger("motcua.api")
MEDIA_TYPE = "application/problem+json"
TITLES: dict[int, Any] = {
    400: gettext_lazy("Yêu cầu không đọc được"),
    401: gettext_lazy("Cần đăng nhập"),
    403: gettext_lazy("Không có quyền"),
    404: gettext_lazy("Không tìm thấy"),
    405: gettext_lazy("Phương thức không được phép"),
    409: gettext_lazy("Không thể thực hiện lúc này"),
    413: gettext_lazy("Dữ liệu quá lớn"),
    415: gettext_lazy("Kiểu dữ liệu không được hỗ trợ"),
    422: gettext_lazy("Dữ liệu chưa đúng"),
    429: gettext_lazy("Quá nhiều yêu cầu"),
    500: gettext_lazy("Lỗi của hệ thống"),
}


class Problem(Schema):
    """What went wrong, for a program (`code`) and for a person (`detail`, in the reader's language)."""

    type: str = Field(examples=["urn:motcua:problem:wrong_state"])
    title: str
    status: int
    detail: str
    code: str
    fields: dict[str, str] = Field({}, description="field → what is wrong with it")
    possible: list[str] = Field([], description="acts that are open to this person instead")


class Unreadable(MotcuaError):
    """The request can't be read at all."""

    status, code = 400, "unreadable"


class Unauthorised(MotcuaError):
    """Nobody is logged in, or the token is unknown, expired or revoked."""

    status, code = 401, "unauthorised"


class WrongType(MotcuaError):
    """The body is not of the declared media type."""

    status, code = 415, "wrong_media_type"


class TooMany(MotcuaError):
    """Too many wrong guesses; `seconds` says when to come back."""

    status, code = 429, "too_many"

    def __init__(self, message: object, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


def problem(
    status: int, detail: str, code: str, *, fields: Mapping[str, object] | None = None, possible: Sequence[str] = ()
) -> HttpResponse:
    """The response."""
    content: dict[str, Any] = {
        "type": f"urn:motcua:problem:{code}",
        "title": str(TITLES.get(status, TITLES[500])),
        "status": status,
        "detail": detail,
        "code": code,
        "fields": {name: str(sentence) for name, sentence in (fields or {}).items()},
        "possible": [str(act) for act in possible],
    }
    response = HttpResponse(json.dumps(content, ensure_ascii=False), content_type=MEDIA_TYPE, status=status)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="motcua"'
    return response


def of_error(error: MotcuaError) -> HttpResponse:
    """The problem that one of the house's own errors is."""
    response = problem(
        error.status,
        str(error),
        error.code,
        fields=getattr(error, "fields", None),
        possible=getattr(error, "possible", ()),
    )
    if isinstance(error, TooMany):
        response["Retry-After"] = str(error.seconds)
    return response


def of_validation(error: ValidationError) -> HttpResponse:
    """What the schema of the request refused, one sentence per field."""
    fields = {
        ".".join(str(part) for part in row["loc"][1:]) or str(row["loc"][0]): _sentence(row) for row in error.errors
    }
    return problem(422, _("Dữ liệu gửi lên chưa đúng."), "invalid", fields=fields)


def _sentence(row: Mapping[str, Any]) -> str:
    kind, context = row["type"], row.get("ctx", {})
    if kind == "missing":
        return _("Thiếu trường này.")
    if kind == "extra_forbidden":
        return _("Không có trường này.")
    if kind in {"string_too_long", "too_long"}:
        return _("Không được dài quá %(most)s.") % {"most": context.get("max_length")}
    if kind in {"string_too_short", "too_short"}:
        return _("Cần ít nhất %(least)s.") % {"least": context.get("min_length")}
    if kind in {"enum", "literal_error"}:
        return _("Chỉ nhận: %(values)s.") % {"values": context.get("expected")}
    return _("Giá trị không đúng kiểu hoặc ngoài phạm vi.")


def of_failure(request: HttpRequest, error: Exception) -> HttpResponse:
    """An error of ours: logged whole, told as one sentence."""
    logger.error("%s %s failed", request.method, request.path, exc_info=error)
    return problem(500, _("Hệ thống gặp lỗi; yêu cầu của bạn chưa được thực hiện trọn vẹn."), "failure")


def of_constraint(request: HttpRequest, error: IntegrityError) -> HttpResponse:
    """A row that the database refused: two at once, mostly. The constraint's own sentence, where it has one."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
    constraints = (row for model in apps.get_models() for row in model._meta.constraints if row.name == name)
    known = next(constraints, None)
    if known is None:
        return of_failure(request, error)
    sentence = known.violation_error_message or _("Dữ liệu này vừa được người khác ghi nhận.")
    return problem(409, str(sentence), "constraint")


def answer(request: HttpRequest, error: Any) -> HttpResponse:
    """The problem that any exception of an operation is; of an outage the middleware makes one for the whole house."""
    if is_outage(error):
        raise error
    if isinstance(error, HttpError) and not isinstance(error, AuthenticationError):
        # ninja wraps what our parser says about a body.
        error = error.__cause__ if isinstance(error.__cause__, MotcuaError) else unreadable()
    if isinstance(error, MotcuaError):
        return of_error(error)
    if isinstance(error, ValidationError):
        return of_validation(error)
    if isinstance(error, IntegrityError):
        return of_constraint(request, error)
    for kind, told in TOLD:
        if isinstance(error, kind):
            return of_error(told())
    return of_failure(request, error)


def unreadable() -> MotcuaError:
    """A request that is not what it says it is."""
    return Unreadable(_("Yêu cầu không đọc được."))


TOLD: tuple[tuple[type[Exception], Callable[[], MotcuaError]], ...] = (
    (AuthenticationError, lambda: Unauthorised(_("Cần đăng nhập hoặc gửi mã truy cập (Authorization: Bearer …)."))),
    (Http404, lambda: NotThere(_("Không có mục này."))),
    (RequestDataTooBig, lambda: TooLarge(_("Dữ liệu gửi lên quá lớn."))),
    (SuspiciousOperation, unreadable),
    (MultiPartParserError, unreadable),
    (UnreadablePostError, unreadable),
)


def install(api: NinjaAPI) -> None:
    """Make every exception of an operation a problem, before ninja's own handlers see it."""
    for kind in (Http404, HttpError, ValidationError, Exception):
        api.add_exception_handler(kind, answer)

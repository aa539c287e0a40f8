"""Every error of the API as problem+json (RFC 9457), in the reader's language, with nothing leaked."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, ValidationError
from pydantic import Field

from motcua.base.errors import MotcuaError, TooLarge

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


def install(api: NinjaAPI) -> None:
    """Make every exception of an operation a problem."""

    def expected(request: HttpRequest, error: Any) -> HttpResponse:
        return of_error(error)

    def too_big(request: HttpRequest, error: Any) -> HttpResponse:
        return of_error(TooLarge(_("Dữ liệu gửi lên quá lớn.")))

    def nobody(request: HttpRequest, error: Any) -> HttpResponse:
        return of_error(Unauthorised(_("Cần đăng nhập hoặc gửi mã truy cập (Authorization: Bearer …).")))

    def absent(request: HttpRequest, error: Any) -> HttpResponse:
        return problem(404, _("Không có mục này."), "not_found")

    def refused(request: HttpRequest, error: Any) -> HttpResponse:
        return of_validation(error)

    def failed(request: HttpRequest, error: Any) -> HttpResponse:
        return of_failure(request, error)

    api.add_exception_handler(MotcuaError, expected)
    api.add_exception_handler(RequestDataTooBig, too_big)
    api.add_exception_handler(AuthenticationError, nobody)
    api.add_exception_handler(Http404, absent)
    api.add_exception_handler(ValidationError, refused)
    api.add_exception_handler(Exception, failed)

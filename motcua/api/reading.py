"""How a request is read: early limits, strict JSON, texts that a database can keep."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Annotated, Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser
from pydantic import AfterValidator, Field

from motcua.api.problems import Unreadable, WrongType
from motcua.base.errors import TooLarge

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

BIGGEST_ID = 2**63 - 1
# A multipart body is a file, its headers and a few small fields.
MULTIPART_MARGIN_BYTES = 64 * 1024
UPLOAD_TYPE = "multipart/form-data"
DEEPEST = 20


def storable(text: str) -> str:
    """A text without NUL and without halves of characters, which no database keeps."""
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("not storable")
    return text


Text = Annotated[str, AfterValidator(storable)]
Line = Annotated[str, Field(max_length=300), AfterValidator(storable)]
Why = Annotated[
    str,
    Field(max_length=500, description="why you read it, where it is not at your step or unit; the owner can read this"),
    AfterValidator(storable),
]
Prose = Annotated[str, Field(max_length=5000), AfterValidator(storable)]
Code = Annotated[str, Field(max_length=40), AfterValidator(storable)]
Number = Annotated[str, Field(max_length=60), AfterValidator(storable)]
ItemNo = Annotated[str, Field(max_length=30), AfterValidator(storable)]
IdNo = Annotated[str, Field(max_length=20), AfterValidator(storable)]
Name = Annotated[str, Field(max_length=200), AfterValidator(storable)]
Id = Annotated[int, Field(ge=1, le=BIGGEST_ID)]
Count = Annotated[int, Field(ge=0, le=1000)]


def later(text: StrPromise | str) -> str:
    """A text in the language of whoever will read it; ninja's types know plain texts only."""
    return cast(str, text)


def check_size(request: HttpRequest) -> None:
    """Refuse a body that is too large by its own declaration, before a byte of it is read. Raises TooLarge."""
    try:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        raise Unreadable(_("Độ dài của yêu cầu không hợp lệ.")) from None
    is_upload = (request.content_type or "") == UPLOAD_TYPE
    most = settings.MAX_FILE_BYTES + MULTIPART_MARGIN_BYTES if is_upload else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if size > most:
        raise TooLarge(_("Dữ liệu gửi lên quá lớn (tối đa %(most)s byte).") % {"most": most})


def check_address(request: HttpRequest) -> None:
    """Refuse addresses and queries with signs that no stored text has."""
    try:
        storable(request.path)
        for name, values in request.GET.lists():
            storable(name)
            for value in values:
                storable(value)
    except ValueError:
        raise Unreadable(_("Địa chỉ có ký tự không hợp lệ.")) from None


class StrictParser(Parser):
    """JSON as the standard has it: no NaN, no endless nesting, no text that can't be stored."""

    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != "application/json":
            raise WrongType(_("Hãy gửi dữ liệu kiểu application/json."))
        try:
            content = json.loads(request.body, parse_constant=_no_constant)
            _check(content, DEEPEST)
        except (ValueError, RecursionError):
            raise Unreadable(_("Nội dung gửi lên không phải JSON hợp lệ.")) from None
        if not isinstance(content, dict):
            raise Unreadable(_("Nội dung JSON phải là một đối tượng."))
        return content


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _check(value: Any, depth: int) -> None:
    if depth == 0:
        raise ValueError("too deep")
    if isinstance(value, str):
        storable(value)
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("not finite")
    elif isinstance(value, dict):
        for name, inner in value.items():
            storable(name)
            _check(inner, depth - 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, depth - 1)

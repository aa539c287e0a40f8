"""Whether what was typed into the fields of a form is right, and what it means. Pure: no database, no clock.

What is typed is text and stays as it was typed; `check` makes values of it that JSON can keep: text, a whole number
(`decimals` 0, money in whole đồng), a number as text (`12.5`), a day as `2021-11-04`, true or false, the key of a choice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from motcua.base.numbers import show_count, show_vnd
from motcua.base.text import tidy
from motcua.catalogue.form_fields import NO, YES, FormField, Kind
from motcua.people.models import PERSONAL_ID, PHONE, bare_number, login_of

Value = str | int | bool
MOST_TYPED = 4000
FIRST_YEAR = 1850
LAST_YEAR = 2150
_WHOLE = re.compile(r"-?(\d{1,15}|\d{1,3}(\.\d{3}){1,4})", re.ASCII)
_FRACTION = re.compile(r"-?\d{1,15}(,\d{1,6})?", re.ASCII)
_DONG = re.compile(r"\s*(đồng|vnđ|vnd|đ)\.?$", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_VIETNAMESE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", re.ASCII)


class _Wrong(Exception):
    """What was typed can't be taken; the sentence says what to type."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Values by key, of the fields that are asked and were filled in; a sentence for each field that is wrong."""

    values: dict[str, Value]
    errors: dict[str, str]


def check(fields: Sequence[FormField], typed: Mapping[str, Any], on: date) -> Checked:
    """The values of what was typed, and what is wrong with it, in the reader's language.

    on: the day it is judged for (no birth after it). A field that is not asked (`only_if`) has neither value nor error,
    whatever stands in it. Keys that no field has are left out.
    """
    checked = Checked({}, {})
    for field in fields:
        if not is_asked(field, checked.values):
            continue
        text = lines(typed.get(field.key, ""))
        if not text:
            if field.required:
                checked.errors[field.key] = _("Hãy điền mục này.") if not field.options else _("Hãy chọn một.")
            continue
        try:
            checked.values[field.key] = _READERS[field.kind](field, text, on)
        except _Wrong as wrong:
            checked.errors[field.key] = str(wrong)
    return checked


def is_asked(field: FormField, values: Mapping[str, Value]) -> bool:
    """Whether a field is asked, as those above it are answered."""
    return field.only_if is None or typed_of(values.get(field.only_if.key)) in field.only_if.among


def typed_of(value: Value | None) -> str:
    """A value as a choice of it is typed."""
    if isinstance(value, bool):
        return YES if value else NO
    if value is None:
        return ""
    return str(value)


def told(fields: Sequence[FormField], values: Mapping[str, Value]) -> list[tuple[str, str]]:
    """What was filled in, to read: label and words, in the order and language of the reader."""
    return [(str(field.label), words_of(field, values[field.key])) for field in fields if field.key in values]


def words_of(field: FormField, value: Value) -> str:
    """One value in words."""
    if field.options:
        return dict(field.options).get(typed_of(value), str(value))
    if field.kind == Kind.DATE:
        return f"{date.fromisoformat(str(value)):%d/%m/%Y}"
    if field.kind == Kind.MONEY:
        return show_vnd(int(value))
    if field.kind == Kind.NUMBER:
        return show_count(int(value)) if isinstance(value, int) else str(value).replace(".", ",")
    return str(value)


def lines(typed: Any) -> str:
    """Typed text in NFC, each line tidy, no empty line at its ends."""
    text = unicodedata.normalize("NFC", str(typed))[: 2 * MOST_TYPED]
    return "\n".join(tidy(line) for line in text.replace("\r\n", "\n").split("\n")).strip("\n")


def _text(field: FormField, text: str, on: date) -> str:
    if len(text) > field.longest:
        raise _Wrong(_("Dài quá %(most)s chữ (đang có %(has)s).") % {"most": field.longest, "has": len(text)})
    if field.pattern and not re.fullmatch(field.pattern, text):
        raise _Wrong(str(field.pattern_words))
    return text


def _number(field: FormField, text: str, on: date) -> Value:
    bare = text.replace(" ", "")
    if not field.decimals:
        if not _WHOLE.fullmatch(bare):
            raise _Wrong(_("Hãy ghi một số nguyên bằng chữ số, ví dụ 12."))
        whole = int(bare.replace(".", ""))
        _within(field, whole)
        return whole
    if not _FRACTION.fullmatch(bare):
        raise _Wrong(_("Hãy ghi một số, phần lẻ sau dấu phẩy, ví dụ 12,5; không dùng dấu chấm."))
    number = Decimal(bare.replace(",", "."))
    if -int(number.normalize().as_tuple().exponent) > field.decimals:
        raise _Wrong(_("Nhiều nhất %(most)s chữ số sau dấu phẩy.") % {"most": field.decimals})
    _within(field, number)
    return f"{number.normalize():f}" if number else "0"


def _money(field: FormField, text: str, on: date) -> int:
    bare = _DONG.sub("", text).replace(" ", "")
    if not _WHOLE.fullmatch(bare) or bare.startswith("-"):
        raise _Wrong(_("Hãy ghi số tiền bằng đồng, không có phần lẻ, ví dụ 50.000.000."))
    amount = int(bare.replace(".", ""))
    _within(field, amount)
    return amount


def _within(field: FormField, number: int | Decimal) -> None:
    show = show_vnd if field.kind == Kind.MONEY else show_count
    if field.least is not None and number < field.least:
        raise _Wrong(_("Ít nhất là %(least)s.") % {"least": show(field.least)})
    if field.most is not None and number > field.most:
        raise _Wrong(_("Nhiều nhất là %(most)s.") % {"most": show(field.most)})


def _day(field: FormField, text: str, on: date) -> str:
    if found := _ISO.fullmatch(text):
        year, month, number = map(int, found.groups())
    elif found := _VIETNAMESE.fullmatch(text.replace(" ", "")):
        number, month, year = map(int, found.groups())
    else:
        raise _Wrong(
            _("“%(text)s” không phải là ngày. Hãy ghi ngày/tháng/năm, ví dụ 05/11/2021.") % {"text": text[:40]}
        )
    try:
        day = date(year, month, number)
    except ValueError:
        raise _Wrong(_("Không có ngày %(text)s trong lịch.") % {"text": text[:40]}) from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _Wrong(_("Năm %(year)s không đúng.") % {"year": year})
    if field.past and day > on:
        raise _Wrong(_("Ngày này chưa đến."))
    return day.isoformat()


def _choice(field: FormField, text: str, on: date) -> Value:
    if text not in dict(field.options):
        raise _Wrong(_("Hãy chọn một trong các lựa chọn."))
    return text == YES if field.kind == Kind.YES_NO else text


def _id_no(field: FormField, text: str, on: date) -> str:
    number = bare_number(text)
    if not (number.isascii() and PERSONAL_ID.fullmatch(number)):
        raise _Wrong(_("Số định danh có 12 chữ số (CMND cũ 9 chữ số; mã số doanh nghiệp 10 chữ số)."))
    return number


def _phone(field: FormField, text: str, on: date) -> str:
    number = login_of(text)
    if not (number.isascii() and PHONE.fullmatch(number)):
        raise _Wrong(_("Số điện thoại có 10 chữ số, bắt đầu bằng 0, ví dụ 0912345678."))
    return number


def _email(field: FormField, text: str, on: date) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise _Wrong(_("Hãy ghi một địa chỉ thư điện tử, ví dụ ten@vidu.vn.")) from None
    return text


_READERS: dict[Kind, Callable[[FormField, str, date], Value]] = {
    Kind.TEXT: _text,
    Kind.ADDRESS: _text,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: _day,
    Kind.CHOICE: _choice,
    Kind.YES_NO: _choice,
    Kind.ID_NO: _id_no,
    Kind.PHONE: _phone,
    Kind.EMAIL: _email,
}

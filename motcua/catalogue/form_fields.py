"""What a form that is filled in on the screen asks: its fields, as a version keeps them with the component. Pure.

They stand as JSON in `Component.fields` and are frozen with the version. `read_fields` refuses what contradicts itself, so
that nobody is asked what can't be answered. What is typed into them is judged in `filling_in`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db import models
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

MOST_FIELDS = 80
MOST_CHOICES = 60
LONGEST = {"text": 200, "address": 300}
MOST_LONGEST = 2000
LONGEST_OTHERS = 100
MOST_DECIMALS = 6
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
YES, NO = "yes", "no"


class Kind(models.TextChoices):
    """What is asked for; stored codes never change."""

    TEXT = "text", gettext_lazy("Chữ")
    NUMBER = "number", gettext_lazy("Số")
    DATE = "date", gettext_lazy("Ngày")
    CHOICE = "choice", gettext_lazy("Chọn một")
    YES_NO = "yes_no", gettext_lazy("Có hoặc không")
    ID_NO = "id_no", gettext_lazy("Số định danh")
    PHONE = "phone", gettext_lazy("Số điện thoại")
    EMAIL = "email", gettext_lazy("Thư điện tử")
    MONEY = "money", gettext_lazy("Số tiền")
    ADDRESS = "address", gettext_lazy("Địa chỉ")


COUNTED = (Kind.NUMBER, Kind.MONEY)
WRITTEN = (Kind.TEXT, Kind.ADDRESS)
CHOSEN = (Kind.CHOICE, Kind.YES_NO)


class FieldsRefused(ValueError):
    """Definitions that contradict themselves; the sentence is for people."""


@dataclass(frozen=True, slots=True)
class Words:
    """The same in both languages."""

    vi: str = ""
    en: str = ""

    def __str__(self) -> str:
        return self.en if (get_language() or "vi").startswith("en") and self.en else self.vi


@dataclass(frozen=True, slots=True)
class OnlyIf:
    """The field is asked only while another one, above it, has one of these values (keys of choices, yes, no)."""

    key: str
    among: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormField:
    """One field. `required` holds while it is asked at all (`only_if`).

    longest: letters of text and address. pattern: what the whole text must match, `pattern_words` says it to people.
    least, most: inclusive, of numbers and money. decimals: places after the comma; 0: whole numbers. past: no day after today.
    usual: what most people write, there from the beginning.
    """

    key: str
    kind: Kind
    label: Words
    help: Words = Words()
    required: bool = True
    longest: int = LONGEST_OTHERS
    pattern: str = ""
    pattern_words: Words = Words()
    choices: tuple[tuple[str, Words], ...] = ()
    only_if: OnlyIf | None = None
    past: bool = False
    least: int | None = None
    most: int | None = None
    decimals: int = 0
    usual: str = ""

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """Keys and words of what can be chosen; none where something is written."""
        if self.kind == Kind.YES_NO:
            return ((YES, _("Có")), (NO, _("Không")))
        return tuple((key, str(words)) for key, words in self.choices)


_NAMES = {field.name for field in fields(FormField)}


def read_fields(rows: Any) -> tuple[FormField, ...]:
    """The fields of a form as they are kept. Raises FieldsRefused with what is wrong of which field."""
    if not isinstance(rows, list) or len(rows) > MOST_FIELDS or not all(isinstance(row, dict) for row in rows):
        raise FieldsRefused(_("“fields” phải là danh sách, nhiều nhất %(most)s mục.") % {"most": MOST_FIELDS})
    read: dict[str, FormField] = {}
    for row in rows:
        key = row.get("key")
        if not isinstance(key, str) or not KEY.fullmatch(key) or key in read:
            raise FieldsRefused(_("mục “%(key)s”: khóa sai hoặc trùng.") % {"key": str(key)[:40]})
        try:
            read[key] = _read(row, read)
        except (TypeError, ValueError, KeyError, re.error) as error:
            words = {"key": key, "why": str(error) or type(error).__name__}
            raise FieldsRefused(_("mục “%(key)s”: %(why)s") % words) from error
    return tuple(read.values())


def _read(row: Mapping[str, Any], above: Mapping[str, FormField]) -> FormField:
    if strange := sorted(set(row) - _NAMES):
        raise ValueError(_("không biết “%(names)s”.") % {"names": ", ".join(strange)})
    kind = Kind(row["kind"])
    field = FormField(
        key=row["key"],
        kind=kind,
        label=_words(row["label"], needed=True),
        help=_words(row.get("help")),
        required=_flag(row.get("required", True)),
        longest=_whole(row.get("longest", LONGEST.get(kind, LONGEST_OTHERS)), 1, MOST_LONGEST),
        pattern=_pattern(row.get("pattern", "")),
        pattern_words=_words(row.get("pattern_words"), needed="pattern" in row),
        choices=_choices(row.get("choices", [])),
        only_if=_only_if(row.get("only_if"), above),
        past=_flag(row.get("past", False)),
        least=_bound(row.get("least")),
        most=_bound(row.get("most")),
        decimals=_whole(row.get("decimals", 0), 0, MOST_DECIMALS),
        usual=str(row.get("usual", "")),
    )
    _check(field, row)
    return field


def _check(field: FormField, row: Mapping[str, Any]) -> None:
    """What belongs to which kind."""
    allowed = {
        "choices": field.kind == Kind.CHOICE,
        "pattern": field.kind in WRITTEN,
        "longest": field.kind in WRITTEN,
        "usual": field.kind in WRITTEN,
        "past": field.kind == Kind.DATE,
        "least": field.kind in COUNTED,
        "most": field.kind in COUNTED,
        "decimals": field.kind == Kind.NUMBER,
    }
    if wrong := [name for name, fits in allowed.items() if name in row and not fits]:
        raise ValueError(_("“%(names)s” không dùng cho loại này.") % {"names": ", ".join(wrong)})
    if field.kind == Kind.CHOICE and not field.choices:
        raise ValueError(_("thiếu các lựa chọn."))
    if field.least is not None and field.most is not None and field.least > field.most:
        raise ValueError(_("nhỏ nhất lớn hơn lớn nhất."))


def _words(given: Any, *, needed: bool = False) -> Words:
    if given is None and not needed:
        return Words()
    if not isinstance(given, dict) or set(given) != {"vi", "en"}:
        raise ValueError(_("cần lời bằng tiếng Việt và tiếng Anh."))
    words = Words(str(given["vi"]).strip(), str(given["en"]).strip())
    if not (words.vi and words.en):
        raise ValueError(_("cần lời bằng tiếng Việt và tiếng Anh."))
    return words


def _choices(rows: Any) -> tuple[tuple[str, Words], ...]:
    if not isinstance(rows, list) or len(rows) > MOST_CHOICES:
        raise ValueError(_("quá nhiều lựa chọn."))
    choices = tuple((str(row["key"]), _words({"vi": row["vi"], "en": row["en"]}, needed=True)) for row in rows)
    keys = [key for key, _words_ in choices]
    if len(set(keys)) < len(keys) or not all(map(KEY.fullmatch, keys)):
        raise ValueError(_("khóa của lựa chọn sai hoặc trùng."))
    return choices


def _only_if(given: Any, above: Mapping[str, FormField]) -> OnlyIf | None:
    if given is None:
        return None
    other, among = above.get(given["key"]), tuple(map(str, given["among"]))
    if other is None or other.kind not in CHOSEN:
        raise ValueError(_("điều kiện phải chỉ tới một mục chọn ở trên."))
    if not among or not set(among) <= {key for key, _words_ in other.options}:
        raise ValueError(_("điều kiện có giá trị mà mục kia không có."))
    return OnlyIf(other.key, among)


def _pattern(given: Any) -> str:
    re.compile(given)
    return str(given)


def _flag(given: Any) -> bool:
    if not isinstance(given, bool):
        raise TypeError(_("phải là đúng hoặc sai."))
    return given


def _whole(given: Any, least: int, most: int) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= most:
        raise ValueError(_("phải là số nguyên từ %(least)s đến %(most)s.") % {"least": least, "most": most})
    return given


def _bound(given: Any) -> int | None:
    return None if given is None else _whole(given, -(10**15), 10**15)


def condition(field: FormField, every: Sequence[FormField]) -> str:
    """When a field is asked, in words; empty: always."""
    if field.only_if is None:
        return ""
    other = next(one for one in every if one.key == field.only_if.key)
    options = dict(other.options)
    values = _(" hoặc ").join(f"“{options[key]}”" for key in field.only_if.among)
    return _("Chỉ khai khi mục “%(label)s” là %(values)s.") % {"label": other.label, "values": values}

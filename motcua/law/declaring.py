"""How a parameter of the law is declared: its meaning in both languages, its unit, and what it may be. Pure; no Django."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in both languages; `saying.say` chooses the reader's."""

    vi: str
    en: str


class Unit(Enum):
    """What a number counts."""

    TIMES = Text("lần", "times")
    WORKING_DAYS = Text("ngày làm việc", "working days")
    DAYS = Text("ngày", "days")
    MINUTES = Text("phút", "minutes")
    WORKING_HOURS = Text("giờ làm việc", "working hours")
    PERCENT = Text("%", "%")
    MONTHS = Text("tháng", "months")
    YEARS = Text("năm", "years")


@dataclass(frozen=True, slots=True)
class Declared:
    """Everything about one parameter but its name and type, which stand beside it in `RegimeFacts`."""

    says: Text
    unit: Unit | None
    least: int
    most: int
    open: Text | None
    words: Mapping[Any, Text]
    pattern: re.Pattern[str] | None
    example: str
    narrow: bool


def parameter(
    vi: str,
    en: str,
    *,
    unit: Unit | None = None,
    least: int = 0,
    most: int = 999,
    open: tuple[str, str] | None = None,
    words: Mapping[Any, tuple[str, str]] | None = None,
    pattern: str = "",
    example: str = "",
    narrow: bool = False,
) -> Any:
    """Declare one parameter, as a field of `RegimeFacts` whose annotation is its type.

    least, most: inclusive, for numbers. open: what it means when there is no value. words: the allowed values of a
    Literal, or frequent values of a text. pattern, example: for text. narrow: one procedure or one field may have a value of its own.
    """
    declared = Declared(
        Text(vi, en),
        unit,
        least,
        most,
        Text(*open) if open else None,
        {value: Text(*both) for value, both in (words or {}).items()},
        re.compile(pattern) if pattern else None,
        example,
        narrow,
    )
    return field(metadata={"declared": declared})

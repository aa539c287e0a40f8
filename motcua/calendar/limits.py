"""How long a procedure may take: a typed, exact value. Pure; no Django."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from fractions import Fraction
from typing import Any, Self

from motcua.base.errors import Invalid


class LimitKind(StrEnum):
    """What kind of promise a limit is."""

    DURATION = "duration"
    SAME_DAY = "same-day"
    FIXED_DATE = "fixed-date"
    IMMEDIATE = "immediate"
    NONE = "none"
    UNKNOWN = "unknown"


class Unit(StrEnum):
    """What one counts. A working hour lies inside office sessions; an hour is one of the wall clock."""

    WORKING_DAY = "wd"
    DAY = "d"
    WORKING_HOUR = "wh"
    HOUR = "h"
    MONTH = "m"
    YEAR = "y"


UNIT_NAMES = {
    Unit.WORKING_DAY: "ngày làm việc",
    Unit.DAY: "ngày",
    Unit.WORKING_HOUR: "giờ làm việc",
    Unit.HOUR: "giờ",
    Unit.MONTH: "tháng",
    Unit.YEAR: "năm",
}
KIND_NAMES = {
    LimitKind.FIXED_DATE: "theo ngày ấn định",
    LimitKind.IMMEDIATE: "trả kết quả ngay",
    LimitKind.NONE: "không quy định thời hạn",
    LimitKind.UNKNOWN: "chưa xác định",
}
CERTAIN = frozenset({LimitKind.DURATION, LimitKind.SAME_DAY, LimitKind.IMMEDIATE, LimitKind.NONE})
SAME_DAY_CUTOFF = time(15, 0)
SAME_DAY_WORDS = frozenset({"same-day", "sameday"})
DATE = "date:"
LONGEST = {Unit.YEAR: 100, Unit.MONTH: 1200}  # and for every other unit:
LONGEST_NUMBER = 36_525
MOST_PARTS = 4
_PART = re.compile(r"(\d+(?:[.,]\d+|/[1-9]\d*)?)(wd|wh|cd|d|h|m|y)")


class LimitError(Invalid, ValueError):
    """A limit that can't be read, or that makes no sense."""

    code = "limit_invalid"


@dataclass(frozen=True, slots=True)
class Part:
    """`value` (exact, above zero) of one unit. Months and years are whole; the others may be fractions."""

    value: Fraction
    unit: Unit

    def __post_init__(self) -> None:
        if isinstance(self.value, bool | float):
            raise LimitError("Thời hạn phải là số chính xác.")
        object.__setattr__(self, "value", Fraction(self.value))
        object.__setattr__(self, "unit", Unit(self.unit))
        if self.value <= 0:
            raise LimitError("Thời hạn phải lớn hơn 0.")
        if self.value > LONGEST.get(self.unit, LONGEST_NUMBER):
            raise LimitError("Thời hạn quá dài.")
        if self.unit in (Unit.MONTH, Unit.YEAR) and self.value.denominator != 1:
            raise LimitError("Số tháng, số năm phải là số nguyên.")

    @property
    def code(self) -> str:
        """Compact and exact: `5wd`, `1/2wd`."""
        return f"{self.value}{self.unit}"

    def __str__(self) -> str:
        return f"{_show_number(self.value)} {UNIT_NAMES[self.unit]}"


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit. DURATION has parts, counted one after the other; SAME_DAY has a cut-off clock time
    (received later than it: the next working day); FIXED_DATE may name its day; the other kinds have nothing.
    """

    kind: LimitKind
    parts: tuple[Part, ...] = ()
    cutoff: time | None = None
    on: date | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", LimitKind(self.kind))
        object.__setattr__(self, "parts", tuple(self.parts))
        if self.kind is LimitKind.SAME_DAY and self.cutoff is None:
            object.__setattr__(self, "cutoff", SAME_DAY_CUTOFF)
        if bool(self.parts) != (self.kind is LimitKind.DURATION):
            raise LimitError("Chỉ thời hạn tính bằng ngày, giờ, tháng mới có số lượng, và phải có.")
        if len(self.parts) > MOST_PARTS:
            raise LimitError("Thời hạn có quá nhiều phần.")
        if self.cutoff is not None and self.kind is not LimitKind.SAME_DAY:
            raise LimitError("Chỉ thời hạn trong ngày mới có giờ chốt.")
        if self.on is not None and self.kind is not LimitKind.FIXED_DATE:
            raise LimitError("Chỉ thời hạn theo ngày ấn định mới có ngày.")

    @classmethod
    def working_days(cls, days: int) -> Self:
        """The most frequent limit of all."""
        return cls(LimitKind.DURATION, (Part(Fraction(days), Unit.WORKING_DAY),))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the compact spelling: `5wd`, `30d`, `8wh`, `2m+15wd`, `0.5wd`, `same-day@15:00`, `date:2021-09-30`, `none`.

        `cd` is `d`, `sameday` is `same-day`. Raises LimitError on anything else, and on an empty text or a bare number: a unit is never guessed.
        """
        word = text.strip().lower()
        kind, _, clock = word.partition("@")
        try:
            if word.startswith(DATE):
                return cls(LimitKind.FIXED_DATE, on=date.fromisoformat(word.removeprefix(DATE)))
            if kind in SAME_DAY_WORDS:
                return cls(LimitKind.SAME_DAY, cutoff=time.fromisoformat(clock) if clock else None)
            if word in set(LimitKind) - {LimitKind.DURATION}:
                return cls(LimitKind(word))
            return cls(LimitKind.DURATION, tuple(_read_part(piece) for piece in word.split("+")))
        except LimitError:
            raise
        except ValueError as error:
            raise LimitError(_unreadable(text)) from error

    @property
    def code(self) -> str:
        """The compact spelling that `parse` reads back unchanged."""
        if self.kind is LimitKind.DURATION:
            return "+".join(part.code for part in self.parts)
        if self.on is not None:
            return f"{DATE}{self.on.isoformat()}"
        if self.cutoff is not None:
            return f"{self.kind}@{self.cutoff:%H:%M}"
        return str(self.kind)

    @property
    def is_certain(self) -> bool:
        """May start a clock: kind and every unit are known, and of a fixed date the day."""
        return self.kind in CERTAIN or self.on is not None

    def to_json(self) -> dict[str, Any]:
        """A dict of strings only, exact: `{"kind": "duration", "parts": [["5", "wd"]]}`."""
        payload: dict[str, Any] = {"kind": str(self.kind)}
        if self.parts:
            payload["parts"] = [[str(part.value), str(part.unit)] for part in self.parts]
        if self.cutoff is not None:
            payload["cutoff"] = f"{self.cutoff:%H:%M}"
        if self.on is not None:
            payload["on"] = self.on.isoformat()
        return payload

    @classmethod
    def from_json(cls, payload: Mapping[str, Any]) -> Self:
        """The inverse of `to_json`. Raises LimitError on a damaged payload."""
        try:
            cutoff, on = payload.get("cutoff"), payload.get("on")
            return cls(
                LimitKind(payload["kind"]),
                tuple(Part(Fraction(value), Unit(unit)) for value, unit in payload.get("parts", ())),
                time.fromisoformat(cutoff) if cutoff else None,
                date.fromisoformat(on) if on else None,
            )
        except LimitError:
            raise
        except (KeyError, TypeError, ValueError, ZeroDivisionError, AttributeError) as error:
            raise LimitError("Dữ liệu thời hạn bị hỏng.") from error

    def __str__(self) -> str:
        if self.kind is LimitKind.DURATION:
            return " và ".join(str(part) for part in self.parts)
        if self.on is not None:
            return f"vào ngày {self.on:%d/%m/%Y}"
        if self.cutoff is not None:
            return f"trong ngày (nhận sau {_show_clock(self.cutoff)} thì trong ngày làm việc tiếp theo)"
        return KIND_NAMES[self.kind]


def _read_part(piece: str) -> Part:
    found = _PART.fullmatch(piece.strip())
    if found is None:
        raise LimitError(_unreadable(piece))
    return Part(Fraction(found[1].replace(",", ".")), Unit(found[2].removeprefix("c")))


def _unreadable(text: str) -> str:
    return (
        f"Không đọc được thời hạn “{text}”. Ví dụ đúng: 5wd, 30d, 8wh, 2m+15wd, same-day@15:00, date:2021-09-30, none."
    )


def _show_number(value: Fraction) -> str:
    """`05`, `30`, `0,5`; a fraction without a short decimal stays a fraction: `1/3`."""
    if value.denominator == 1:
        return f"{value.numerator:02d}"
    for places in range(1, 5):
        scaled = value * 10**places
        if scaled.denominator == 1:
            whole, rest = divmod(scaled.numerator, 10**places)
            return f"{whole},{rest:0{places}d}"
    return str(value)


def _show_clock(clock: time) -> str:
    return f"{clock.hour} giờ" + (f" {clock.minute:02d}" if clock.minute else "")

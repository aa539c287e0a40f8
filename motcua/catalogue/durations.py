"""Durations, dates and clock times inside Vietnamese text. Pure; no Django."""

import re
from dataclasses import dataclass
from fractions import Fraction

from motcua.calendar.limits import Unit

UNIT_WORDS = {
    "ngày làm việc": Unit.WORKING_DAY,
    "ngày": Unit.DAY,
    "giờ làm việc": Unit.WORKING_HOUR,
    "giờ": Unit.HOUR,
    "tuần": Unit.DAY,  # seven of them
    "tháng": Unit.MONTH,
    "năm": Unit.YEAR,
}
DAYS_OF_A_WEEK = 7
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_ONES = {**{word: n for n, word in enumerate(_DIGITS)}, "bẩy": 7, "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}


def _number_words() -> dict[str, int]:
    """`một` … `chín mươi chín`, and the other spellings of their last digit."""
    words = {word: n for word, n in _ONES.items() if word not in {"không", "mốt", "lăm", "nhăm", "tư"}}
    words["mười"] = 10
    words |= {f"mười {word}": 10 + n for word, n in _ONES.items() if 0 < n < 10}
    for ten in range(2, 10):
        words[f"{_DIGITS[ten]} mươi"] = ten * 10
        words |= {f"{_DIGITS[ten]} mươi {word}": ten * 10 + n for word, n in _ONES.items() if 0 < n < 10}
    return words


NUMBER_WORDS = _number_words()
_FRACTIONS = {"¼": Fraction(1, 4), "½": Fraction(1, 2), "¾": Fraction(3, 4)}
_WORDS = "|".join(sorted((re.escape(word) for word in NUMBER_WORDS), key=len, reverse=True))
_UNITS = "|".join(sorted((re.escape(word) for word in UNIT_WORDS), key=len, reverse=True))
_DURATION = re.compile(
    rf"(?<![\w/.,])(?:(?P<digits>\d+(?:[.,]\d+|/[1-9]\d*)?)|(?P<fraction>[¼½¾])|(?P<words>{_WORDS}))"
    rf"(?:\s*\(\s*(?P<again>[^()]{{1,30}}?)\s*\))?\s*(?P<unit>{_UNITS})(?![\w/])"
)
_DATE = re.compile(
    r"(?:ngày|mùng|mồng)\s+\d{1,2}\s*(?:tháng\s+(?:\d{1,2}|đầu|cuối)(?:\s+tiên)?(?:\s+năm\s+\d{4})?|[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{2,4})?)"
    r"|\b\d{1,2}\s*/\s*\d{1,2}\s*/\s*\d{4}\b|\b\d{1,2} tháng \d{1,2}(?: năm \d{4})?\b"
    r"|tháng\s+\d{1,2}(?:\s*(?:/|năm)\s*\d{4})?(?!\s*(?:ngày|tháng|giờ|năm)\b)|năm\s+\d{4}|(?:quốc khánh|ngày) \d{1,2}/\d{1,2}"
)
_CLOCK = re.compile(
    r"(?:sau|trước|lúc|đến|vào|từ|hồi|quá)\s+(?:khoảng\s+)?(\d{1,2})\s*(?:giờ|h|g)(?!\s*làm việc)(?:\s*\d{2}(?:\s*phút)?)?(?!\w)"
    r"|\b(\d{1,2})\s*(?:h|g|giờ|:)\s*\d{2}(?:\s*phút)?\b(?!\s*ngày)"
)


@dataclass(frozen=True, slots=True)
class Duration:
    """A value and unit found at [start, end) of a text."""

    value: Fraction
    unit: Unit
    start: int
    end: int


def find_dates(text: str) -> list[str]:
    """Calendar dates that could be taken for durations: `ngày 30 tháng 9`, `15/4`."""
    return [found[0] for found in _DATE.finditer(text)]


def find_clock_times(text: str) -> list[int]:
    """Hours of the clock that could be taken for durations: `sau 15 giờ`."""
    return [int(found[1] or found[2]) for found in _CLOCK.finditer(text)]


def is_miswritten(text: str) -> bool:
    """Does a number in figures differ from the same number in words: `16 (mười) ngày`?"""
    return any(_value(found) is None for found in _DURATION.finditer(_blank(_CLOCK, _blank(_DATE, text))))


def find_durations(text: str) -> list[Duration]:
    """Durations of a lower-case NFC text in order; dates and clock times are none.

    Words and digits for one number count once: `mười (10) ngày`; when the two differ the duration is not used.
    """
    masked = _blank(_CLOCK, _blank(_DATE, text))
    durations = []
    for found in _DURATION.finditer(masked):
        value = _value(found)
        if value is not None and found["unit"] == "tuần":
            value *= DAYS_OF_A_WEEK
        if value is not None:
            durations.append(Duration(value, UNIT_WORDS[found["unit"]], found.start(), found.end()))
    return durations


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda found: "\x00" * len(found[0]), text)


def _value(found: re.Match[str]) -> Fraction | None:
    if found["fraction"]:
        return _FRACTIONS[found["fraction"]]
    value = Fraction(NUMBER_WORDS[found["words"]]) if found["words"] else read_number(found["digits"])
    again = found["again"]
    if value is None or again is None:
        return value
    repeated = read_number(again) if again[0].isdigit() else None
    if repeated is None and again in NUMBER_WORDS:
        repeated = Fraction(NUMBER_WORDS[again])
    return value if repeated == value else None


def read_number(digits: str) -> Fraction | None:
    """`05`, `0,5`, `7.5`, `1/4`; None for thousands (`1.000`), which no limit needs, and for anything else."""
    if not re.fullmatch(r"\d{1,6}(?:[.,]\d{1,2}|/[1-9]\d{0,2})?", digits):
        return None
    return Fraction(digits.replace(",", "."))

"""A Vietnamese text as tokens, each with its place: numbers, words that join or divide, stops. Nothing is decided here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from motcua.reports.texts.covers import COVERS, UNIT_WORDS


class Kind(StrEnum):
    """What a token is. ITEM divides the lines of a list, BREAK the paragraphs; COVER only looks like a figure."""

    NUMBER = "number"
    PERCENT = "percent"
    POINTS = "points"
    FRACTION = "fraction"
    CONNECTOR = "connector"
    WORD = "word"
    COMMA = "comma"
    SEMICOLON = "semicolon"
    COLON = "colon"
    OPEN = "open"
    CLOSE = "close"
    SIGN = "sign"
    COVER = "cover"
    ETC = "etc"
    ITEM = "item"
    STOP = "stop"
    BREAK = "break"


NUMERIC = (Kind.NUMBER, Kind.PERCENT, Kind.POINTS, Kind.FRACTION)


@dataclass(frozen=True, slots=True)
class Token:
    """`start` and `end`: characters of the text. `value`: of a number; `whole`: below the line of a fraction.

    `decimals`: as printed. `scale`: 1.000 for “nghìn”, 1.000.000 for “triệu”.
    """

    kind: Kind
    start: int
    end: int
    text: str
    value: Decimal = Decimal(0)
    decimals: int = 0
    whole: Decimal | None = None
    scale: int = 1


SCALES = {"nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000, "tỉ": 1_000_000_000}
_WHOLE = r"\d{1,3}(?:\.\d{3})+(?!\d)|\d{1,3}(?:[\u00a0\u202f]\d{3})+(?!\d)|\d+"
_NUMBER = rf"(?:\d+\.\d{{1,2}}(?=\s*%)|(?:{_WHOLE})(?:,\d+)?)"
# Commas and “và” inside these join one notion; they divide nothing.
_COMPOUNDS = (
    r"(?:trước|đúng)(?:\s+hạn)?(?:\s*,|\s+và|\s+hoặc)\s+(?:trước|đúng)\s+hạn"
    r"|trực\s+tiếp(?:\s*,|\s+và|\s+hoặc)\s+(?:qua\s+)?(?:dịch\s+vụ\s+)?bưu\s+(?:chính|điện)(?:\s+công\s+ích)?"
    r"|phản\s+ánh\s*,\s*kiến\s+nghị|tổ\s+chức\s*,\s*cá\s+nhân|cá\s+nhân\s*,\s*tổ\s+chức|người\s+dân\s*,\s*tổ\s+chức"
    r"|(?:các\s+)?sở\s*,\s*(?:ban\s*,?\s*)?ngành|cán\s+bộ\s*,\s*công\s+chức(?:\s*,\s*viên\s+chức)?"
    r"|công\s+chức\s*,\s*viên\s+chức|người\s+dân\s*,\s*doanh\s+nghiệp|rút\s*,\s*trả\s+lại|trả\s+lại\s*,\s*rút|dừng\s*,\s*trả\s+lại"
)
_CONNECTOR = r"trong\s+đó|trong\s+số\s+(?:đó|này)|bao\s+gồm|gồm\s+có|gồm|chia\s+ra|cụ\s+thể"
_PARTS = re.compile(
    rf"""(?P<cover>\x00+)
    |(?P<fraction>(?<![\d.,/]){_NUMBER}\s?/\s?(?:{_NUMBER}))(?![\d/])
    |(?P<number>(?<![\w.,]){_NUMBER})
    |(?P<compound>\b(?i:{_COMPOUNDS})\b)
    |(?P<connector>\b(?i:{_CONNECTOR})\b)
    |(?P<etc>…|\.\.\.)
    |(?P<word>[^\W\d_]+)
    |(?P<comma>,)|(?P<semicolon>;)|(?P<colon>:)|(?P<open>[(\[])|(?P<close>[)\]])
    |(?P<stop>[.!?])
    |(?P<newline>\n[ \t\u00a0\r]*(?:\n[ \t\u00a0\r]*)*)
    |(?P<sign>[=+−–×/-])""",
    re.VERBOSE,
)
_PERCENT = re.compile(r"\s*(?:%|phần\s+trăm\b)")
_POINTS = re.compile(r"\s*(?:điểm\s+(?:%|phần\s+trăm)|%\s*điểm)")
_SCALE = re.compile(r"\s+(nghìn|ngàn|triệu|tỷ|tỉ)\b(?!\s+lệ)")
_UNIT = re.compile(rf"\s*(?i:{UNIT_WORDS})\b")
_MARKER = re.compile(r"[-+*•–]\s|\x00")
_STARTS_PARTS = re.compile(rf"(?i:{_CONNECTOR}|còn\s+lại)\b")
LONG_LINE = 60


def tokenize(text: str) -> list[Token]:
    """The tokens of a text; places are those of `text` as given, which must be NFC."""
    covered = COVERS.sub(lambda found: _blank(found[0]), text)
    return list(_tokens(text, covered))


def read_number(printed: str) -> tuple[Decimal, int]:
    """Value and decimals of `1.150.343`, `62,18`, `62.18` or `05`."""
    bare = re.sub(r"[\u00a0\u202f]", "", printed)
    if re.fullmatch(r"\d+\.\d{1,2}", bare):
        bare = bare.replace(".", ",")
    whole, _, rest = bare.replace(".", "").partition(",")
    return Decimal(f"{whole}.{rest or 0}"), len(rest)


def _blank(found: str) -> str:
    # Lines stay where they were; a closing quote or bracket of the text stays as well.
    return re.sub(r"[^\n]", "\x00", found)


def _tokens(text: str, covered: str) -> Iterator[Token]:
    at = 0
    while at < len(covered):
        found = _PARTS.match(covered, at)
        if found is None:
            at += 1
            continue
        token = _token(text, covered, found)
        if token is not None:
            yield token
        at = token.end if token is not None else found.end()


def _token(text: str, covered: str, found: re.Match[str]) -> Token | None:
    name = found.lastgroup or ""
    start, end = found.span()
    makers = {"number": _number, "fraction": _fraction, "newline": _line_end, "stop": _stop}
    if name in makers:
        return makers[name](text, covered, start, end)
    if name == "cover":
        name = "etc" if text[start:end].lower().startswith("v") else "cover"
    return Token(Kind("word" if name == "compound" else name), start, end, text[start:end])


def _number(text: str, covered: str, start: int, end: int) -> Token | None:
    printed = text[start:end]
    value, decimals = read_number(printed)
    if points := _POINTS.match(covered, end):
        return Token(Kind.POINTS, start, points.end(), text[start : points.end()], value, decimals)
    if percent := _PERCENT.match(covered, end):
        return Token(Kind.PERCENT, start, percent.end(), text[start : percent.end()], value, decimals)
    counted = _UNIT.match(covered, end) is not None
    # `12,298 hồ sơ`: nobody counts thousandths of a dossier.
    if counted and decimals == 3 and "." not in printed:
        value, decimals = value.scaleb(3), 0
    scale = _SCALE.match(covered, end)
    if scale:
        times = SCALES[scale[1]]
        return Token(Kind.NUMBER, start, scale.end(), text[start : scale.end()], value * times, decimals, scale=times)
    plain = printed.isdigit()
    looks_like_year = plain and len(printed) == 4 and printed[:2] in ("19", "20")
    looks_like_code = plain and (len(printed) >= 7 or (printed.startswith("0") and len(printed) > 2))
    if (looks_like_year or looks_like_code) and not counted:
        return Token(Kind.COVER, start, end, printed)
    return Token(Kind.NUMBER, start, end, printed, value, decimals)


def _fraction(text: str, covered: str, start: int, end: int) -> Token:
    above, below = (read_number(part.strip())[0] for part in text[start:end].split("/"))
    counted = _UNIT.match(covered, end) is not None
    looks_like_day = 1 <= above <= 31 and 1 <= below <= 12
    if (looks_like_day and not counted) or above > below:
        return Token(Kind.COVER, start, end, text[start:end])
    return Token(Kind.FRACTION, start, end, text[start:end], above, 0, below)


def _stop(text: str, covered: str, start: int, end: int) -> Token | None:
    return Token(Kind.STOP, start, end, text[start:end]) if _is_stop(covered, start) else None


def _is_stop(covered: str, at: int) -> bool:
    after = covered[at + 1 : at + 3]
    if after[:1] and not after[:1].isspace() and after[:1] not in '"”’)/':
        return False
    word = re.search(r"(\w+)$", covered[max(at - 8, 0) : at])
    # TP. Thái Bình, TX. Sơn Tây, Q. 1
    return not (word and word[1].isupper() and word[1].isalpha() and len(word[1]) <= 2 and after.strip())


def _line_end(_text: str, covered: str, start: int, end: int) -> Token | None:
    before, after = covered[max(start - 500, 0) : start].rstrip(), covered[end : end + 40]
    if not before or not after.strip():
        return Token(Kind.BREAK, start, end, "\n")
    if _MARKER.match(after):
        is_list = before[-1] in ":;,." or "\n" not in covered[start + 1 : end]
        return Token(Kind.ITEM if is_list else Kind.BREAK, start, end, "\n")
    if _STARTS_PARTS.match(after):
        return Token(Kind.STOP, start, end, "\n")
    if before[-1] in ":;,":
        return Token(Kind.ITEM, start, end, "\n")
    if covered[start:end].count("\n") > 1 or before[-1] in ".!?…":
        return Token(Kind.BREAK, start, end, "\n")
    wrapped = len(before) - (before.rfind("\n") + 1) >= LONG_LINE or not after[0].isupper()
    return None if wrapped else Token(Kind.BREAK, start, end, "\n")

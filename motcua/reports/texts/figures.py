"""The figures of a text: value, what is counted, the words that belong to it, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from motcua.reports.texts.classes import TOTAL, classes_of
from motcua.reports.texts.tokens import NUMERIC, Kind, Token

# What is counted → the words for it. Words of one line are one unit.
UNITS = tuple(
    (key, re.compile(rf"\s*(?:{words})\b", re.IGNORECASE))
    for key, words in (
        ("dossier", r"(?:bộ\s+)?hồ\s+sơ(?:\s+TTHC|\s+thủ\s+tục(?:\s+hành\s+chính)?)?"),
        ("procedure", r"TTHC|thủ\s+tục(?:\s+hành\s+chính)?(?:\s+\(TTHC\))?"),
        ("petition", r"phản\s+ánh,\s*kiến\s+nghị|PAKN|kiến\s+nghị|phản\s+ánh"),
        (
            "vote",
            r"lượt(?:\s+(?:đánh\s+giá|ý\s+kiến))?|phiếu(?:\s+(?:đánh\s+giá|khảo\s+sát|lấy\s+ý\s+kiến))?|ý\s+kiến|đánh\s+giá",
        ),
        ("service", r"dịch\s+vụ(?:\s+công)?(?:\s+trực\s+tuyến)?|DVC(?:TT)?"),
        ("person", r"người(?:\s+dân)?|cán\s+bộ(?:,\s*công\s+chức)?(?:,\s*viên\s+chức)?|công\s+chức|viên\s+chức"),
        ("case", r"trường\s+hợp"),
        ("district", r"huyện(?:,\s*thị(?:\s+xã)?)?(?:,\s*thành\s+phố)?"),
        ("commune", r"xã(?:,\s*phường)?(?:,\s*thị\s+trấn)?|phường"),
        ("times", r"lần"),
        ("time", r"(?:ngày|tháng|năm|giờ|phút|tuần|quý)(?:\s+làm\s+việc)?"),
        ("money", r"(?:triệu\s+|tỷ\s+|tỉ\s+|nghìn\s+)?đồng"),
    )
)
# Words after a number that name nothing counted: the unit was said before.
_NO_UNIT = frozenset(
    re.findall(
        r"\w+",
        "trước đúng quá trễ chậm trực tiếp qua rất hài không đang còn đã chờ rút trả nhận được là đạt chiếm tăng giảm so và"
        " hoặc trong trên của tại thuộc theo gồm với do từ ở đến tới bằng tương cao thấp nhiều ít khi có nên để cho mà như về",
    )
)
_UNKNOWN = re.compile(r"\s*([^\W\d_]+)")
ABOUT = re.compile(
    r"(gần|khoảng|xấp xỉ|ước(?: đạt)?|hơn|trên|dưới|tối thiểu|ít nhất|không quá|tối đa|chưa đến|chưa tới|từ|đến)"
    r"(?: (?:là|tới))?\s*$"
)
SHARE_WORDS = re.compile(
    r"^(?:[\s(,;=~]|–|-|chiếm|đạt|tỷ lệ|tỉ lệ|tương ứng|tương đương|bằng|với|là|khoảng|gần|hơn|trên|dưới|xấp xỉ|tới|đến|được|có|và|cao"
    r"|ước|chỉ|mới|đều|lần lượt|ở mức|mức)*$"
)
_DIVIDES = (Kind.COMMA, Kind.SEMICOLON, Kind.OPEN, Kind.CLOSE, Kind.STOP, Kind.BREAK, Kind.ITEM, Kind.ETC)


@dataclass(slots=True)
class Figure:
    """One printed number.

    lead, tail: the words before and after that belong to it; wide: everything since the figure before. `paren` is the
    place of the bracket that it stands in (-1 outside), `after` the figure that this bracket follows. `role` says what
    another relation already knows of it ("delta", "base", "whole").
    """

    place: int
    token: Token
    unit: str
    lead: str
    tail: str
    wide: str
    sentence: int
    clause: int
    paren: int
    after: Figure | None = None
    about: str = ""
    role: str = ""
    classes: dict[str, str] = field(default_factory=dict)

    @property
    def value(self) -> Decimal:
        """The number itself; of a fraction what stands above the line."""
        return self.token.value

    @property
    def is_count(self) -> bool:
        """A number of things or of đồng; not a percentage, nor how long or how often."""
        return self.token.kind in (Kind.NUMBER, Kind.FRACTION) and self.unit not in ("time", "times")

    @property
    def is_exact(self) -> bool:
        """Printed in full: neither “gần 500” nor “1,2 triệu”."""
        return not self.about and self.token.scale == 1

    @property
    def is_total(self) -> bool:
        """The words call it a total."""
        return self.is_count and TOTAL.search(self.lead) is not None


def figures_of(text: str, tokens: Sequence[Token]) -> list[Figure]:
    """Every figure of a text in order; `place` is the place of its token among the tokens."""
    # Letter by letter, so that places stay true.
    small = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    found: list[Figure] = []
    sentence = clause = 0
    parens: list[tuple[int, Figure | None]] = []
    for place, token in enumerate(tokens):
        if token.kind in (Kind.STOP, Kind.BREAK):
            sentence, clause, parens = sentence + 1, clause + 1, []
        elif token.kind in (Kind.SEMICOLON, Kind.ITEM):
            clause += 1
        elif token.kind == Kind.OPEN:
            parens.append((place, found[-1] if found else None))
        elif token.kind == Kind.CLOSE and parens:
            parens.pop()
        elif token.kind in NUMERIC:
            paren, after = parens[-1] if parens else (-1, None)
            figure = _figure(small, tokens, place, found[-1] if found else None)
            figure.sentence, figure.clause, figure.paren, figure.after = sentence, clause, paren, after
            found.append(figure)
    return found


def _figure(small: str, tokens: Sequence[Token], place: int, before: Figure | None) -> Figure:
    token = tokens[place]
    unit, after_unit = _unit(small, token)
    lead_from = _lead_start(tokens, place, small)
    lead = " ".join(small[lead_from : token.start].split())
    tail = " ".join(small[after_unit : _tail_end(tokens, place, small)].split())
    wide_from = max(before.token.end if before else 0, token.start - 200)
    about = ABOUT.search(lead)
    wide = " ".join(small[wide_from : token.start].split())
    figure = Figure(place, token, unit, lead, tail, wide, 0, 0, -1, about=about[1] if about else "")
    if about and about[1] in ("từ", "đến", "trên") and token.kind != Kind.PERCENT:
        figure.about = "" if about[1] != "trên" else "trên"
    figure.classes = classes_of(f"{figure.lead} | {figure.tail}")
    return figure


def _unit(small: str, token: Token) -> tuple[str, int]:
    """What is counted and where its words end; empty when it is not said here."""
    for key, pattern in UNITS:
        if found := pattern.match(small, token.end):
            return key, found.end()
    word = _UNKNOWN.match(small, token.end)
    if word and word[1].lower() not in _NO_UNIT and token.kind == Kind.NUMBER:
        return word[1].lower(), word.end()
    return "", token.end


def _lead_start(tokens: Sequence[Token], place: int, small: str) -> int:
    start = tokens[place].start
    for at in range(place - 1, -1, -1):
        token = tokens[at]
        if token.kind in _DIVIDES or token.kind == Kind.CONNECTOR:
            return token.end
        if token.kind in NUMERIC:
            # `3.098 hồ sơ trong hạn và 01 hồ sơ quá hạn`: “và” divides what belongs to whom.
            joined = next((one for one in tokens[at + 1 : place] if one.text.lower() in ("và", "còn")), None)
            return joined.end if joined else _unit(small, token)[1]
        if token.kind == Kind.COLON and at != place - 1:
            return token.end
        start = token.start
    return start


def _tail_end(tokens: Sequence[Token], place: int, small: str) -> int:
    end = tokens[place].end
    for at in range(place + 1, len(tokens)):
        token = tokens[at]
        if token.kind in (*_DIVIDES, Kind.COLON, Kind.CONNECTOR):
            return token.start
        if token.kind in NUMERIC:
            joined = [one for one in tokens[place + 1 : at] if one.text.lower() in ("và", "còn", "chiếm", "đạt")]
            return joined[-1].start if joined else _unit_end(small, tokens[place])
        end = token.end
    return end


def _unit_end(small: str, token: Token) -> int:
    return _unit(small, token)[1]


def unit_end(text: str, figure: Figure) -> int:
    """The place after the words that say what is counted."""
    return _unit_end(text, figure.token)


def same_unit(one: Figure, other: Figure) -> bool:
    """Both count the same thing, as far as it is said."""
    return one.unit == other.unit or not one.unit or not other.unit


def counts(figures: Iterable[Figure]) -> list[Figure]:
    """Those that count things."""
    return [figure for figure in figures if figure.is_count]

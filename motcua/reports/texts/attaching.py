"""Which count a printed rate belongs to: “X hồ sơ (P%)”, “X hồ sơ, chiếm P%”, “A trong tổng số B (P%)”, “P% (A/B)”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from motcua.reports.texts.figures import SHARE_WORDS, Figure, unit_end
from motcua.reports.texts.tokens import Kind, Token

_OUT_OF = re.compile(r"(?:trên|trong|/) ?(?:tổng (?:số|cộng)?|số)?")
_SHARE_VERB = re.compile(r"(?:chiếm|đạt|tương ứng|tương đương|tỷ lệ|tỉ lệ)\b(.*)$")
_JOINTS = (Kind.COMMA, Kind.SEMICOLON, Kind.SIGN, Kind.COLON)


def attach(text: str, tokens: Sequence[Token], figures: Sequence[Figure]) -> dict[int, Figure]:
    """place of a count → the rate printed with it."""
    for one, other in pairwise(figures):
        # `95 trong tổng số 100 hồ sơ (95 %)`: what follows is said of the 95.
        if one.is_count and other.is_count and _OUT_OF.fullmatch(small(text[unit_end(text, one) : other.token.start])):
            other.role, other.after = "whole", one
    found: dict[int, Figure] = {}
    for index, rate in enumerate(figures):
        if rate.token.kind == Kind.PERCENT and not rate.role:
            part = _count_after(figures, index) or _count_before(text, tokens, figures, index)
            if part is not None and part.place not in found:
                found[part.place] = rate
    return found


def small(said: str) -> str:
    """The words in small letters, one space between them."""
    return " ".join(said.lower().split())


def _count_after(figures: Sequence[Figure], index: int) -> Figure | None:
    """`tỷ lệ trực tuyến 37,16 % (5.920/15.933 hồ sơ)`"""
    rate = figures[index]
    after = figures[index + 1] if index + 1 < len(figures) else None
    if after is None or after.sentence != rate.sentence or after.role:
        return None
    return after if after.token.kind == Kind.FRACTION and after.paren == rate.place + 1 else None


def _count_before(text: str, tokens: Sequence[Token], figures: Sequence[Figure], index: int) -> Figure | None:
    rate = figures[index]
    before = figures[index - 1] if index else None
    if before is None or before.sentence != rate.sentence:
        return None
    if before.role == "whole":
        gap = small(text[before.token.end : rate.token.start])
        return before.after if re.fullmatch(r"[^,;.\d]*[(,]?[^,;.\d]*", gap) else None
    if not before.is_count or before.role in ("delta", "base"):
        return None
    return before if _is_said_of(text, tokens, before, rate) else None


def _is_said_of(text: str, tokens: Sequence[Token], before: Figure, rate: Figure) -> bool:
    """Nothing but words of sharing stands between the last joint and the rate."""
    if rate.paren > before.place:
        said = text[tokens[rate.paren].end : rate.token.start]
        gap = text[before.token.end : tokens[rate.paren].start]
        return bool(SHARE_WORDS.match(small(said))) and not re.search(r"[,;:]", gap.strip(" ,"))
    between = tokens[before.place + 1 : rate.place]
    joint = next((token for token in reversed(between) if token.kind != Kind.WORD), None)
    if joint is not None and joint.kind in _JOINTS:
        said, gap = small(text[joint.end : rate.token.start]), text[before.token.end : joint.start]
        return bool(said and SHARE_WORDS.match(said)) and not re.search(r"[;:]", gap)
    tail = _SHARE_VERB.search(small(text[before.token.end : rate.token.start]))
    return bool(tail and SHARE_WORDS.match(tail[1]))

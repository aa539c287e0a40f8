"""Wholes and their parts: “X hồ sơ, trong đó A …, B …”, “gồm”, brackets after a figure. Which figures a list names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from motcua.reports.texts.classes import classes_of
from motcua.reports.texts.figures import Figure, same_unit
from motcua.reports.texts.tokens import Kind, Token

# Nobody writes longer ones in a sentence; a text that does must not keep us busy for ever.
MOST_WHOLES, MOST_ITEMS = 8, 60
# A list after these words names some parts, not all.
_SOME = re.compile(
    r"^(?:[\s:]|có)*(?:nhiều nhất|chủ yếu|nhiều|tiêu biểu|điển hình|tập trung|như\b|một số|đáng chú ý|nổi bật|cao nhất|riêng|kể cả)"
)
_NONE = re.compile(r"không\s+(?:có|phát\s+sinh|còn)\b([^,;.()\n]*)", re.IGNORECASE)


@dataclass(slots=True)
class Parts:
    """A list as far as the words go: `wholes` that it may divide, the likeliest first, and its items in order.

    word: what introduces it, in small letters, "(" for a bracket. is_open: it says that it names some only.
    zeros: classes that it says are empty (“không có hồ sơ quá hạn”).
    """

    word: str
    wholes: list[Figure]
    items: list[Figure]
    is_open: bool = False
    zeros: dict[str, set[str]] = field(default_factory=dict)


def lists_of(text: str, tokens: Sequence[Token], figures: Sequence[Figure]) -> list[Parts]:
    """Every list of parts in the text, in order."""
    found = [
        _after_connector(text, tokens, figures, place) for place, one in enumerate(tokens) if _introduces(tokens, place)
    ]
    found += [_in_bracket(text, tokens, figures, place) for place, one in enumerate(tokens) if one.kind == Kind.OPEN]
    kept = [parts for parts in found if parts is not None and parts.wholes and parts.items]
    for parts in kept:
        parts.wholes, parts.items = parts.wholes[:MOST_WHOLES], parts.items[:MOST_ITEMS]
    return kept


def _introduces(tokens: Sequence[Token], place: int) -> bool:
    token = tokens[place]
    if token.kind == Kind.CONNECTOR:
        return True
    # `Tổng số 100 hồ sơ: trực tuyến 60, trực tiếp 40`
    return token.kind == Kind.COLON and _figure_ends_at(tokens, place)


def _figure_ends_at(tokens: Sequence[Token], place: int) -> bool:
    """A number and at most five words right before."""
    before = tokens[max(place - 6, 0) : place]
    number = max((at for at, token in enumerate(before) if token.kind == Kind.NUMBER), default=len(before))
    return number < len(before) - 1 and all(token.kind == Kind.WORD for token in before[number + 1 :])


def _after_connector(text: str, tokens: Sequence[Token], figures: Sequence[Figure], place: int) -> Parts | None:
    word = " ".join(tokens[place].text.lower().split())
    end, paren = _end_of_list(tokens, place)
    before = [one for one in figures if one.place < place]
    wholes = _wholes(text, tokens, before, place, word)
    inside = [one for one in figures if place < one.place < end]
    items = _items(tokens, inside, place, end, paren, wholes)
    said = text[tokens[place].end : tokens[end].start if end < len(tokens) else len(text)]
    marked = word in ("gồm", "bao gồm", "gồm có") and " như" in said[:40]
    is_open = bool(_SOME.match(said.lower())) or marked or any(t.kind == Kind.ETC for t in tokens[place:end])
    return Parts(word, wholes, items, is_open, _zeros(said))


def _end_of_list(tokens: Sequence[Token], place: int) -> tuple[int, int]:
    """Where the list ends, and the bracket that it stands in."""
    opened: list[int] = []
    for at in range(_sentence_start(tokens, place), place):
        if tokens[at].kind == Kind.OPEN:
            opened.append(at)
        elif tokens[at].kind == Kind.CLOSE and opened:
            opened.pop()
    depth = 0
    for at in range(place + 1, len(tokens)):
        kind = tokens[at].kind
        if kind in (Kind.STOP, Kind.BREAK):
            return at, opened[-1] if opened else -1
        depth += (kind == Kind.OPEN) - (kind == Kind.CLOSE)
        if depth < 0 and opened:
            return at, opened[-1]
    return len(tokens), opened[-1] if opened else -1


def _wholes(text: str, tokens: Sequence[Token], before: list[Figure], place: int, word: str) -> list[Figure]:
    """The figures that a list may divide: those before it in its sentence, the nearest first; else of the one before."""
    countable = [one for one in before if one.is_count and one.role not in ("delta", "base")]
    if not countable:
        return []
    opening = place > 0 and tokens[place - 1].kind == Kind.OPEN
    starts = place == 0 or tokens[place - 1].kind in (Kind.STOP, Kind.BREAK, Kind.ITEM)
    last = countable[-1]
    between = tokens[last.place + 1 : place]
    if any(one.kind == Kind.BREAK for one in between) or sum(one.kind == Kind.STOP for one in between) > starts:
        return []
    if word.startswith("trong") or opening:
        same = [one for one in countable if one.sentence == last.sentence]
        return [one for one in reversed(same) if same_unit(one, last) and (one is last or one.paren == -1)]
    # “gồm” and a colon belong to the figure that they follow, within the same breath.
    breath = text[last.token.end : tokens[place].start]
    joined = not re.search(r"[,;]\s*\S", breath) and "\n" not in breath.strip()
    return [last] if joined and (starts or last.paren == -1 or opening) else []


def _items(
    tokens: Sequence[Token], inside: list[Figure], place: int, end: int, paren: int, wholes: list[Figure]
) -> list[Figure]:
    claimed = _claimed(tokens, place, end)
    unit = next((one for one in wholes if one.unit), None)
    items = []
    for one in inside:
        if not one.is_count or one.role or any(start < one.place < stop for start, stop in claimed):
            continue
        if unit is not None and not same_unit(one, unit):
            continue
        if one.paren not in (paren, -1) and one.paren > place and not _is_item_in_bracket(one, inside):
            continue
        items.append(one)
    return items


def _claimed(tokens: Sequence[Token], place: int, end: int) -> list[tuple[int, int]]:
    """Stretches that belong to a list within this list: up to the next semicolon or line."""
    found: list[tuple[int, int]] = []
    stop = end
    for at in range(end - 1, place, -1):
        if tokens[at].kind in (Kind.SEMICOLON, Kind.ITEM):
            stop = at
        elif tokens[at].kind == Kind.CONNECTOR:
            if found and found[-1][1] == stop:
                found.pop()
            found.append((at, stop))
    return found


def _sentence_start(tokens: Sequence[Token], place: int) -> int:
    before = range(place - 1, -1, -1)
    return next((at for at in before if tokens[at].kind in (Kind.STOP, Kind.BREAK)), 0)


def _is_item_in_bracket(one: Figure, inside: list[Figure]) -> bool:
    """`Sở Công Thương (1.117 hồ sơ)`: the bracket holds the figure of the name before it."""
    alone = sum(other.paren == one.paren and other.is_count for other in inside) == 1
    before = one.after
    return alone and (
        before is None or before.paren != -1 or "," in one.wide.rstrip("( ") or ";" in one.wide or ":" in one.wide
    )


def _in_bracket(text: str, tokens: Sequence[Token], figures: Sequence[Figure], place: int) -> Parts | None:
    """`15.933 hồ sơ (trực tiếp 9.908, trực tuyến 5.920)` without a word that says so."""
    inside = [one for one in figures if one.paren == place and one.is_count and not one.role]
    if len(inside) < 2 or (place + 1 < len(tokens) and tokens[place + 1].kind == Kind.CONNECTOR):
        return None
    whole = inside[0].after
    if whole is None or not whole.is_count or any(not same_unit(one, whole) for one in inside):
        return None
    gap = tokens[whole.place + 1 : place]
    if any(one.kind != Kind.WORD for one in gap):
        return None
    end = next((n for n in range(place, len(tokens)) if tokens[n].kind == Kind.CLOSE), len(tokens))
    said = text[tokens[place].end : tokens[end].start if end < len(tokens) else len(text)]
    return Parts("(", [whole], inside, any(t.kind == Kind.ETC for t in tokens[place:end]), _zeros(said))


def _zeros(said: str) -> dict[str, set[str]]:
    zeros: dict[str, set[str]] = {}
    for found in _NONE.finditer(said):
        for dimension, key in classes_of(" ".join(found[1].lower().split())).items():
            zeros.setdefault(dimension, set()).add(key)
    return zeros

"""More or less than before: “tăng 200 hồ sơ (20 %) so với … (1.000 hồ sơ)”, “tăng từ A lên B”, “vượt so với … là P %”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from motcua.reports.texts.figures import Figure, same_unit
from motcua.reports.texts.tokens import Kind, Token
from motcua.reports.texts.verdicts import Finding, Verdict, judge_share, plain, printed

_VERB = re.compile(
    r"\b(tăng|giảm|nhiều hơn|cao hơn|lớn hơn|ít hơn|thấp hơn|vượt|gấp)\b(?! cường| thiểu| tải| nhẹ biên)"
)
_UP = ("tăng", "nhiều hơn", "cao hơn", "lớn hơn", "vượt", "gấp")
_BASE = re.compile(r"\b(?:so với|so cùng kỳ|cùng kỳ|kế hoạch|chỉ tiêu|yêu cầu|nhiệm vụ)\b")


def check_changes(text: str, tokens: Sequence[Token], figures: Sequence[Figure]) -> list[Finding]:
    """Judges every change whose figures are printed, and marks them, so that no list takes them for parts."""
    found = []
    small = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    for verb in _VERB.finditer(re.sub(r"\s", " ", small)):
        found += _change(small, tokens, figures, verb)
    return found


def _change(small: str, tokens: Sequence[Token], figures: Sequence[Figure], verb: re.Match[str]) -> list[Finding]:
    end = _end(tokens, verb.end())
    after = [one for one in figures if verb.end() <= one.token.start < end]
    before = [one for one in figures if one.token.end <= verb.start()]
    if not after or after[0].role:
        return []
    said = small[verb.end() : end]
    up = verb[1] in _UP
    if re.match(r"\s+từ\b", said) and len(after) >= 2:
        return _from_to(small, after, up, verb)
    deltas = [one for one in after if not _has_base(small, verb.end(), one)]
    bases = [one for one in after if one not in deltas]
    for one in deltas[:3]:
        if _is_delta(small, verb, deltas, one):
            one.role = "delta"
    deltas = [one for one in deltas if one.role == "delta"]
    base = bases[0] if bases else None
    if base is not None:
        base.role = "base"
    now = _now(before, base or (deltas[0] if deltas else None), tokens, small, verb.start())
    if now is None:
        return []
    return _judge(now, base, deltas, up, verb[1])


def _end(tokens: Sequence[Token], start: int) -> int:
    """A change ends with its clause; a second “tăng” or “giảm” begins another, unless a bracket says how much."""
    depth = 0
    for token in tokens:
        if token.start < start:
            continue
        depth += (token.kind == Kind.OPEN) - (token.kind == Kind.CLOSE)
        if token.kind in (Kind.SEMICOLON, Kind.ITEM, Kind.STOP, Kind.BREAK, Kind.CONNECTOR) or depth < 0:
            return token.start
        if token.kind == Kind.WORD and not depth and token.text.lower() in ("tăng", "giảm"):
            return token.start
    return tokens[-1].end if tokens else start


def _has_base(small: str, start: int, one: Figure) -> bool:
    return _BASE.search(small[start : one.token.start]) is not None


def _is_delta(small: str, verb: re.Match[str], deltas: list[Figure], one: Figure) -> bool:
    """By how much: right after the verb, or in the bracket after that."""
    first = deltas[0]
    gap = small[verb.end() : first.token.start].strip(" (:")
    if gap not in ("", "thêm", "là", "khoảng", "gần", "hơn", "lên", "trên") and first is one:
        return False
    if one is first:
        return True
    between = small[first.token.end : one.token.start]
    return (first.role == "delta" and one.paren > first.place and "," not in between) or (
        first.role == "delta" and re.search(r"tương ứng|tương đương|bằng|tức|hay", between) is not None
    )


def _now(before: list[Figure], other: Figure | None, tokens: Sequence[Token], small: str, start: int) -> Figure | None:
    """The figure that rose or fell: the nearest before, of the same kind, in the sentence."""
    if other is None or not before:
        return None
    sentence = other.sentence
    same_kind = [
        one
        for one in reversed(before)
        if one.sentence == sentence
        and not one.role
        and (one.is_count == other.is_count or other.token.kind != Kind.NUMBER)
    ]
    wanted = [one for one in same_kind if one.is_count == other.is_count and same_unit(one, other)]
    pool = wanted or [one for one in same_kind if one.is_count]
    return pool[0] if pool else None


def _from_to(small: str, after: list[Figure], up: bool, verb: re.Match[str]) -> list[Finding]:
    """“tăng từ A lên B (P %)”"""
    base, now = after[0], after[1]
    joined = re.search(r"\b(?:lên|đến|xuống|còn|thành)\b", small[base.token.end : now.token.start])
    if not joined or base.token.kind != now.token.kind or not same_unit(base, now):
        return []
    base.role = "base"
    deltas = [one for one in after[2:] if one.paren > now.place]
    for one in deltas:
        one.role = "delta"
    return _judge(now, base, deltas, up, verb[1])


def _judge(now: Figure, base: Figure | None, deltas: list[Figure], up: bool, verb: str) -> list[Finding]:
    found = []
    if (
        base is not None
        and base.token.kind == now.token.kind
        and same_unit(base, now)
        and now.is_exact
        and base.is_exact
    ):
        right = now.value > base.value if up else now.value < base.value
        if not right and verb != "gấp":
            words = f"“{verb}” nhưng {printed(now)} so với {printed(base)}"
            return [Finding("comparison", Verdict.WRONG, now, words, (base,))]
        if not deltas:
            found.append(Finding("comparison", Verdict.HOLDS, now, f"{printed(now)} so với {printed(base)}", (base,)))
    count = next((one for one in deltas if one.token.kind == Kind.NUMBER and one.unit != "times"), None)
    was = base.value if base is not None and base.is_count and now.is_count else None
    if count is not None and was is not None and same_unit(count, now):
        found.append(_difference(now, was, count))
    if was is None and count is not None and now.is_count:
        was = now.value - count.value if up else now.value + count.value
    for one in deltas:
        if one.token.kind == Kind.PERCENT and was and now.is_count and now.is_exact:
            found.append(_rate(now, was, one))
        elif one.unit == "times" and was and now.is_count:
            found.append(_times(now, was, one, verb))
        elif base is not None and not base.is_count and not now.is_count:
            found.append(_points(now, base, one))
    return found


def _difference(now: Figure, was: Decimal, delta: Figure) -> Finding:
    exact = abs(now.value - was)
    right = exact == delta.value
    words = f"{plain(max(now.value, was))} − {plain(min(now.value, was))} = {plain(exact)}"
    if not right and not delta.is_exact:
        return Finding("change", Verdict.UNCHECKED, delta, words, (now,))
    return Finding(
        "change",
        Verdict.HOLDS if right else Verdict.WRONG,
        delta,
        words + ("" if right else f"; in {printed(delta)}"),
        (now,),
    )


def _rate(now: Figure, was: Decimal, rate: Figure) -> Finding:
    exact = abs(now.value - was) * 100 / was
    verdict = judge_share(exact, rate)
    shown = plain(exact, max(rate.token.decimals, 2))
    words = f"|{plain(now.value)} − {plain(was)}| : {plain(was)} = {shown} %"
    how = {Verdict.TRUNCATED: " (cắt, không làm tròn)", Verdict.ROUNDED_UP: " (nâng lên, không làm tròn)"}.get(
        verdict, ""
    )
    return Finding(
        "change", verdict, rate, words + ("" if verdict == Verdict.HOLDS else f"; in {printed(rate)}{how}"), (now,)
    )


def _times(now: Figure, was: Decimal, times: Figure, verb: str) -> Finding:
    """“gấp 1,5 lần” is a ratio; “tăng 1,5 lần” is read both ways."""
    readings = [now.value / was] if verb == "gấp" else [now.value / was, now.value / was - 1]
    right = any(judge_share(one, times) == Verdict.HOLDS for one in readings)
    words = f"{plain(now.value)} : {plain(was)} = {plain(readings[0], max(times.token.decimals, 2))} lần"
    return Finding(
        "change",
        Verdict.HOLDS if right else Verdict.WRONG,
        times,
        words + ("" if right else f"; in {printed(times)} lần"),
        (now,),
    )


def _points(now: Figure, base: Figure, delta: Figure) -> Finding:
    """Two rates: the difference in points, or by how much one grew."""
    points = abs(now.value - base.value)
    grown = points * 100 / base.value if base.value else points
    right = points == delta.value or (delta.token.kind == Kind.PERCENT and judge_share(grown, delta) == Verdict.HOLDS)
    words = (
        f"{plain(max(now.value, base.value))} − {plain(min(now.value, base.value))} = {plain(points)} điểm phần trăm"
    )
    return Finding(
        "change",
        Verdict.HOLDS if right else Verdict.WRONG,
        delta,
        words + ("" if right else f"; in {printed(delta)}"),
        (now, base),
    )

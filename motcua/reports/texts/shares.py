"""Rates: which figure a percentage is printed for, what it is a share of, and whether it is that.

A share belongs to the count right before it: “X hồ sơ (P%)”, “X hồ sơ, chiếm P%”, “A/B (P%)”. What it is a share of is
printed with it (“chiếm P% số … (B hồ sơ)”), named with it (“tổng số …”), or the whole of the list that the count is in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from motcua.reports.texts.attaching import small
from motcua.reports.texts.figures import Figure, same_unit
from motcua.reports.texts.sums import Division
from motcua.reports.texts.tokens import Kind, Token
from motcua.reports.texts.verdicts import MISTAKES, Finding, Verdict, judge_share, plain, printed, share, share_words

_OF = re.compile(r"^(?:so với |trên |của |trong |tính trên )?(?:tổng (?:số|lượng|cộng)?|số(?: lượng)?|toàn bộ|hồ sơ)\b")
_OF_NUMBER = re.compile(r"^(?:so với |trên |của |trong |tính trên )?(?:tổng (?:số|cộng)?|số|toàn bộ)?\s*$")
_PLAN = re.compile(r"kế hoạch|chỉ tiêu|dự toán|nhiệm vụ|yêu cầu|mục tiêu|so với|cùng kỳ")
_CONTENT = re.compile(r"[^\W\d_]{2,}")
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        "tổng số lượng hồ sơ tthc thủ tục hành chính của các là có được đã và tại trong trên theo về cho với đưa vào thực hiện"
        " từ đến",
    )
)


def check_shares(
    text: str, tokens: Sequence[Token], figures: Sequence[Figure], attached: dict[int, Figure], division: Division
) -> list[Finding]:
    """A finding for every rate that is printed with a count."""
    by_place = {one.place: one for one in figures}
    divided = {whole.place for finding in division.findings for whole in (finding.figure,) if finding.kind == "sum"}
    found = []
    for place, rate in sorted(attached.items()):
        part = by_place[place]
        strong, weak = _wholes(text, tokens, figures, part, rate, division, divided)
        found.append(_judge(part, rate, strong, weak, division))
    return found


def _wholes(
    text: str,
    tokens: Sequence[Token],
    figures: Sequence[Figure],
    part: Figure,
    rate: Figure,
    division: Division,
    divided: set[int],
) -> tuple[list[Figure], list[Figure]]:
    """What the rate may be a share of: by grammar, and by nearness only."""
    if part.token.whole is not None:
        return [], []
    said = _printed_with(text, tokens, figures, part, rate)
    tail = _tail(text, tokens, rate)
    if said is None and (_PLAN.search(tail) or _PLAN.search(rate.lead)):
        return [], []
    earlier = [one for one in figures if one.place < part.place and one.is_count and one.role not in ("delta", "base")]
    earlier = [one for one in earlier if same_unit(one, part) and one.value >= part.value and one.is_exact]
    if said is None and _OF.match(tail):
        said = _named(tail, earlier, divided)
    if said is not None:
        return [said], []
    if part.place in division.wholes_of:
        known = [one for one in division.wholes_of[part.place] if one.value >= part.value]
        return known[:1], known[1:]
    return ([], []) if part.is_total else _near(tokens, part, earlier, divided)


def _near(
    tokens: Sequence[Token], part: Figure, earlier: list[Figure], divided: set[int]
) -> tuple[list[Figure], list[Figure]]:
    """Totals and divided wholes of the sentence, or of the one before; and what else the sentence counted."""
    here = [one for one in reversed(earlier) if one.sentence == part.sentence]
    others = [one for one in here if not (one.is_total or one.place in divided)]
    if not here:
        here = [
            one for one in reversed(earlier) if part.sentence - one.sentence == 1 and _one_paragraph(tokens, one, part)
        ]
    return _order(part, [one for one in here if one.is_total or one.place in divided]), others


def _order(part: Figure, wholes: list[Figure]) -> list[Figure]:
    """Those that share words with the part first, then the nearest."""
    words = set(_CONTENT.findall(part.lead)) - _EMPTY
    return sorted(wholes, key=lambda one: -len(words & set(_CONTENT.findall(f"{one.lead} {one.tail}"))))


def _one_paragraph(tokens: Sequence[Token], one: Figure, other: Figure) -> bool:
    return all(token.kind != Kind.BREAK for token in tokens[one.place : other.place])


def _tail(text: str, tokens: Sequence[Token], rate: Figure) -> str:
    """The words after a rate, up to the next comma or stop."""
    end = rate.token.end
    for token in tokens[rate.place + 1 :]:
        if token.kind in (
            Kind.COMMA,
            Kind.SEMICOLON,
            Kind.STOP,
            Kind.BREAK,
            Kind.ITEM,
            Kind.CLOSE,
            Kind.OPEN,
            Kind.NUMBER,
        ):
            break
        end = token.end
    return small(text[rate.token.end : end])


def _printed_with(
    text: str, tokens: Sequence[Token], figures: Sequence[Figure], part: Figure, rate: Figure
) -> Figure | None:
    """The whole that stands with its share: “P% của 3.267 hồ sơ”, “P% số hồ sơ phát sinh … (3.267 hồ sơ)”; “X trong tổng số B”."""
    for one in figures:
        if one.role == "whole" and one.after is part and one.place < rate.place:
            return one
    after = next((one for one in figures if one.place > rate.place), None)
    if after is None or not after.is_count or after.sentence != rate.sentence or not same_unit(after, part):
        return None
    gap = tokens[rate.place + 1 : after.place]
    said = small(text[rate.token.end : after.token.start]).rstrip("( ")
    if any(one.kind in (Kind.COMMA, Kind.SEMICOLON, Kind.CLOSE, Kind.CONNECTOR, Kind.COLON, Kind.ITEM) for one in gap):
        return None
    if after.paren > rate.place:
        return after if _OF.match(said) else None
    return after if _OF_NUMBER.match(said) and said else None


def _named(tail: str, earlier: list[Figure], divided: set[int]) -> Figure | None:
    """“P% tổng số TTHC đưa vào thực hiện tại trung tâm”: the whole before that is called so."""
    words = set(_CONTENT.findall(tail)) - _EMPTY
    wholes = [one for one in reversed(earlier) if one.place in divided or one.is_total]
    for one in wholes:
        if words and words <= set(_CONTENT.findall(f"{one.lead} {one.tail}")):
            return one
    return None


def _judge(part: Figure, rate: Figure, strong: Sequence[Figure], weak: list[Figure], division: Division) -> Finding:
    readings: list[tuple[Decimal, Figure]] = [(whole.value, whole) for whole in (*strong, *weak)]
    if part.token.whole is not None:
        readings = [(part.token.whole, part)]
    judged = [(judge_share(share(part.value, value), rate), value, whole) for value, whole in readings if value]
    if not judged or not part.is_exact:
        return Finding(
            "share",
            Verdict.UNCHECKED,
            rate,
            f"{printed(rate)}: không in {plain(part.value)} là phần của số nào",
            (part,),
        )
    for wanted in (Verdict.HOLDS, Verdict.TRUNCATED, Verdict.ROUNDED_UP):
        for verdict, value, whole in judged:
            if verdict == wanted:
                return _finding(part, rate, verdict, value, whole)
    verdict, value, whole = judged[0]
    if not strong and len(weak) > 1:
        words = " hoặc ".join(
            f"{plain(part.value)} : {plain(one)} = {plain(share(part.value, one), 2)} %" for _, one, _w in judged[:3]
        )
        return Finding(
            "share", Verdict.UNSURE, rate, f"{words}; in {printed(rate)}; không rõ là phần của số nào", (part,)
        )
    finding = _finding(part, rate, verdict, value, whole)
    fits = _part_that_fits(part, rate, whole, division)
    if fits is None or finding.verdict not in MISTAKES:
        return finding
    more = f"; chỉ đúng nếu chia cho {plain(fits.value)}"
    return Finding("share", finding.verdict, rate, finding.words + more, finding.figures)


def _finding(part: Figure, rate: Figure, verdict: Verdict, value: Decimal, whole: Figure) -> Finding:
    figures = (part,) if whole is part else (part, whole)
    return Finding("share", verdict, rate, share_words(part.value, value, rate, verdict), figures)


def _part_that_fits(part: Figure, rate: Figure, whole: Figure, division: Division) -> Figure | None:
    """A part of the named whole that the rate would be right of."""
    for finding in division.findings:
        if finding.figure is whole:
            for one in finding.figures:
                if one.value and judge_share(share(part.value, one.value), rate) == Verdict.HOLDS:
                    return one
    return None

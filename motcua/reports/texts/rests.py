"""What is left, and totals that come last: “còn 5.138 hồ sơ đang giải quyết”, “A, B, tổng cộng C”; and the month's balance."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from motcua.reports.texts.figures import Figure, same_unit
from motcua.reports.texts.sums import Division
from motcua.reports.texts.tokens import Kind, Token
from motcua.reports.texts.verdicts import Finding, Verdict, plain, printed, sum_words

_LEFT = re.compile(r"(?:^|,|;|\bvà|\bhiện|\bsố|\bsẽ)?\s*\bcòn(?: lại)?\b[^.;]{0,40}$")
_NOT_LEFT = re.compile(r"vẫn còn nhiều|ngoài ra còn|không còn|mà còn|còn có|còn hạn")
_ALTOGETHER = re.compile(r"\btổng cộng|\btổng (?:số )?(?:là|bằng|chung)|\bcộng (?:là|bằng)|\btổng số là")


# How many figures before one are looked at.
MOST = 30


def check_rests(text: str, tokens: Sequence[Token], figures: Sequence[Figure], division: Division) -> list[Finding]:
    """Judges what is said to be left, and totals after their parts."""
    taken = {one.place for finding in division.findings for one in finding.figures}
    found = []
    for figure in figures:
        if not figure.is_count or figure.role or not figure.is_exact:
            continue
        earlier = _earlier(tokens, figures, figure)
        if _LEFT.search(figure.lead) and not _NOT_LEFT.search(figure.lead) and figure.place not in taken:
            finding = _rest(figure, earlier)
        elif _ALTOGETHER.search(figure.lead):
            finding = _altogether(figure, [one for one in earlier if one.sentence == figure.sentence])
        else:
            continue
        if finding is not None:
            found.append(finding)
    return found


def _earlier(tokens: Sequence[Token], figures: Sequence[Figure], figure: Figure) -> list[Figure]:
    """What was counted in this sentence and the one before it, the paragraph's end excepted."""
    place = bisect_left(figures, figure.place, key=lambda one: one.place)
    near = [
        one
        for one in figures[max(place - MOST, 0) : place]
        if one.place < figure.place and one.is_count and not one.role and figure.sentence - one.sentence <= 1
    ]
    return [
        one
        for one in near
        if same_unit(one, figure) and all(token.kind != Kind.BREAK for token in tokens[one.place : figure.place])
    ]


def _rest(figure: Figure, earlier: list[Figure]) -> Finding | None:
    """A whole before, less one or more of what was said after it."""
    for at, whole in enumerate(earlier):
        later = [one for one in earlier[at + 1 :] if one.value <= whole.value][-MOST:]
        for gone in _stretches(later):
            if whole.value - sum((one.value for one in gone), Decimal(0)) == figure.value:
                return Finding("rest", Verdict.HOLDS, figure, _rest_words(whole, gone), (whole, *gone))
    # Carried over and new are printed, their total is not.
    for first, second in combinations(earlier, 2):
        if first.classes.get("intake") and second.classes:
            came = first.value + second.value
            for done in (one for one in earlier if one not in (first, second)):
                if came - done.value == figure.value:
                    words = (
                        f"{plain(first.value)} + {plain(second.value)} − {plain(done.value)} = {plain(figure.value)}"
                    )
                    return Finding("rest", Verdict.HOLDS, figure, words, (first, second, done))
    return _failed_rest(figure, earlier)


def _stretches(later: list[Figure]) -> Iterator[list[Figure]]:
    """What stands side by side: any subset would fit by chance too often."""
    for first in range(len(later)):
        for last in range(first + 1, len(later) + 1):
            yield later[first:last]


def _failed_rest(figure: Figure, earlier: list[Figure]) -> Finding | None:
    totals = [one for one in earlier if one.is_total] or earlier[:1]
    gone = [
        one
        for one in earlier
        if one.classes.get("outcome") == "resolved" and one not in totals and "timing" not in one.classes
    ]
    gone = [one for one in gone if "channel" not in one.classes]
    if len(totals) == 1 and len(gone) == 1 and gone[0].value <= totals[0].value:
        words = f"{_rest_words(totals[0], gone)}; in {printed(figure)}"
        others = [one for one in earlier if one.classes.get("outcome") in ("waiting", "ended")]
        verdict = Verdict.UNSURE if others else Verdict.WRONG
        return Finding("rest", verdict, figure, words, (totals[0], *gone))
    if len(earlier) == 2 and earlier[0].value >= earlier[1].value:
        words = f"{_rest_words(earlier[0], earlier[1:])}; in {printed(figure)}"
        return Finding("rest", Verdict.WRONG, figure, words, tuple(earlier))
    return None


def _rest_words(whole: Figure, gone: Sequence[Figure]) -> str:
    left = whole.value - sum((one.value for one in gone), Decimal(0))
    return f"{plain(whole.value)} − " + " − ".join(plain(one.value) for one in gone) + f" = {plain(left)}"


def _altogether(figure: Figure, earlier: list[Figure]) -> Finding | None:
    for size in range(len(earlier), 1, -1):
        parts = earlier[-size:]
        if sum((one.value for one in parts), Decimal(0)) == figure.value:
            return Finding("sum", Verdict.HOLDS, figure, sum_words(parts), tuple(parts))
    units = {one.unit for one in earlier if one.unit}
    plain_list = (
        len(earlier) > 1 and units <= {figure.unit} and all(one.is_exact and one.paren == -1 for one in earlier)
    )
    if not plain_list or any(one.is_total for one in earlier):
        return None
    return Finding("sum", Verdict.WRONG, figure, sum_words(earlier, figure), tuple(earlier))

"""The arithmetic of one relation, its verdict, and both in words. Rounding is half-up, as the house rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum

from motcua.reports.texts.figures import Figure


class Verdict(StrEnum):
    """UNSURE: the text can be read in more than one way. UNCHECKED: what it is a share of is not printed."""

    HOLDS = "holds"
    WRONG = "wrong"
    TRUNCATED = "truncated"
    ROUNDED_UP = "rounded_up"
    UNSURE = "unsure"
    UNCHECKED = "unchecked"


MISTAKES = (Verdict.WRONG, Verdict.TRUNCATED, Verdict.ROUNDED_UP)
HOW = {Verdict.TRUNCATED: " (cắt, không làm tròn)", Verdict.ROUNDED_UP: " (nâng lên, không làm tròn)"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One relation of the text: its kind (sum, share, rest, change, comparison, equation, balance), and what became of it.

    `figure`: the one that would have to change; `words`: the arithmetic.
    """

    kind: str
    verdict: Verdict
    figure: Figure
    words: str
    figures: tuple[Figure, ...] = ()


def plain(value: Decimal, decimals: int | None = None) -> str:
    """`43.808`, `62,19`: dots for thousands, a decimal comma."""
    if decimals is None:
        decimals = 0 if value == value.to_integral_value() else max(-int(value.normalize().as_tuple().exponent), 0)
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def printed(figure: Figure) -> str:
    """The number as the text prints it."""
    return " ".join(figure.token.text.split())


def judge_share(exact: Decimal, figure: Figure) -> Verdict:
    """A printed rate against the exact one, by the decimals that are printed and by “gần”, “hơn”, “khoảng”."""
    value = figure.value
    if figure.about:
        return _judge_about(exact, figure)
    ulp = Decimal(1).scaleb(-figure.token.decimals)
    if exact.quantize(ulp, ROUND_HALF_UP) == value:
        return Verdict.HOLDS
    if figure.token.decimals and exact.quantize(ulp, ROUND_FLOOR) == value:
        return Verdict.TRUNCATED
    if figure.token.decimals and exact.quantize(ulp, ROUND_CEILING) == value:
        return Verdict.ROUNDED_UP
    return Verdict.WRONG


def _judge_about(exact: Decimal, figure: Figure) -> Verdict:
    value, ulp = figure.value, Decimal(1).scaleb(-figure.token.decimals)
    room = max(abs(value) / 10, ulp)
    if figure.about in ("hơn", "trên", "tối thiểu", "ít nhất", "từ"):
        right, near = exact >= value, exact - value <= room
    elif figure.about in ("gần", "dưới", "không quá", "tối đa", "chưa đến", "chưa tới", "đến"):
        right, near = exact <= value, value - exact <= room
    else:
        right = near = abs(exact - value) <= room
    if not right:
        # 4,97 is “hơn 5” only to somebody who rounded first.
        return Verdict.UNSURE if exact.quantize(ulp, ROUND_HALF_UP) == value else Verdict.WRONG
    return Verdict.HOLDS if near or figure.about not in ("gần", "hơn", "khoảng", "xấp xỉ") else Verdict.UNSURE


def share(part: Decimal, whole: Decimal) -> Decimal:
    """`part` of `whole` in percent, exact."""
    return part * 100 / whole


def share_words(part: Decimal, whole: Decimal, rate: Figure, verdict: Verdict) -> str:
    """`20 : 429 = 4,66 %; in 4,47 %`."""
    exact = share(part, whole)
    said = f"{plain(part)} : {plain(whole)} = "
    if verdict in (Verdict.TRUNCATED, Verdict.ROUNDED_UP):
        decimals = rate.token.decimals
        more = exact.quantize(Decimal(1).scaleb(-decimals - 2), ROUND_FLOOR)
        said += f"{plain(more, decimals + 2)}… %, làm tròn là {plain(_half_up(exact, decimals), decimals)} %"
        return f"{said}; in {printed(rate)}{HOW[verdict]}"
    if verdict == Verdict.HOLDS:
        return said + f"{plain(_half_up(exact, rate.token.decimals), rate.token.decimals)} %"
    decimals = max(rate.token.decimals, 2)
    about = f"{rate.about} " if rate.about else ""
    return said + f"{plain(_half_up(exact, decimals), decimals)} %; in {about}{printed(rate)}"


def _half_up(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def sum_words(parts: Sequence[Figure], whole: Figure | None = None) -> str:
    """`43.231 + 577 = 43.808; in 43.809`."""
    total = sum((part.value for part in parts), Decimal(0))
    words = " + ".join(plain(part.value) for part in parts) + f" = {plain(total)}"
    return words if whole is None or whole.value == total else f"{words}; in {plain(whole.value)}"

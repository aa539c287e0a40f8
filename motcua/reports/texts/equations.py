"""Arithmetic that the text itself prints: “43.231 + 577 = 43.808”, “9.908 : 15.933 = 62,19 %”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from motcua.reports.texts.figures import Figure
from motcua.reports.texts.tokens import NUMERIC, Kind, Token
from motcua.reports.texts.verdicts import Finding, Verdict, plain, printed

_SIGNS = {"+": "+", "-": "-", "−": "-", "–": "-", "×": "*", "x": "*", ":": "/", "/": "/"}
_ROLE = "equation"


def check_equations(text: str, tokens: Sequence[Token], figures: Sequence[Figure]) -> list[Finding]:
    """Judges what stands left of each “=” against what stands right of it."""
    by_place = {one.place: one for one in figures}
    found = []
    for place, token in enumerate(tokens):
        right = _numeric_after(tokens, place)
        if token.kind != Kind.SIGN or token.text != "=" or right is None:
            continue
        left = _left(tokens, place)
        if len(left) < 3 and not (len(left) == 1 and tokens[left[0]].kind == Kind.FRACTION):
            continue
        finding = _judge(tokens, left, by_place, by_place[right])
        if finding is not None:
            for one in (*left, right):
                if one in by_place:
                    by_place[one].role = _ROLE
            found.append(finding)
    return found


def _numeric_after(tokens: Sequence[Token], place: int) -> int | None:
    return next((n for n in range(place + 1, min(place + 2, len(tokens))) if tokens[n].kind in NUMERIC), None)


def _left(tokens: Sequence[Token], place: int) -> list[int]:
    """Places of numbers and signs that alternate up to the “=”; words of units between them are passed over."""
    found: list[int] = []
    for at in range(place - 1, -1, -1):
        token = tokens[at]
        wants_number = len(found) % 2 == 0
        if token.kind in NUMERIC if wants_number else token.text in _SIGNS:
            found.insert(0, at)
        elif not (wants_number and token.kind == Kind.WORD and at >= place - 3):
            break
    return found if len(found) % 2 else found[1:]


def _judge(tokens: Sequence[Token], left: list[int], by_place: dict[int, Figure], right: Figure) -> Finding | None:
    first = tokens[left[0]]
    if first.kind == Kind.FRACTION and first.whole:
        value, divides = first.value / first.whole, True
    else:
        value, divides = first.value, False
        for sign, number in zip(left[1::2], left[2::2], strict=True):
            operand, operation = tokens[number].value, _SIGNS[tokens[sign].text]
            if operation == "/" and not operand:
                return None
            value = {"+": value + operand, "-": value - operand, "*": value * operand}.get(operation) or (
                value / operand if operation == "/" else Decimal(0)
            )
            divides = divides or operation == "/"
    if divides and right.token.kind == Kind.PERCENT:
        value *= 100
    shown = value.quantize(Decimal(1).scaleb(-right.token.decimals), ROUND_HALF_UP) if divides else value
    words = " ".join(re.sub(r"\s+", " ", tokens[one].text) for one in left)
    percent = " %" if right.token.kind == Kind.PERCENT else ""
    holds = shown == right.value
    said = f"{words} = {plain(shown)}{percent}" + ("" if holds else f"; in {printed(right)}")
    return Finding(
        "equation", Verdict.HOLDS if holds else Verdict.WRONG, right, said, tuple(by_place[one] for one in left[::2])
    )

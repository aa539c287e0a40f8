"""Sentences in which every figure remembers what it counts, so that a page can lead to the list behind it."""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from motcua.base.numbers import show_count, show_percent

_PARSER = string.Formatter()
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as it is printed. `measure` and `row` (of the report by agency): the list behind it; empty where none is.

    `of`: whose measure it is, empty of the report of dossiers, `votes` or `petitions`.
    """

    text: str
    measure: str = ""
    row: str = ""
    of: str = ""


Piece = str | Printed


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph under its heading; `key` names it for tests and addresses."""

    key: str
    title: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)


def count(value: int, measure: str = "", row: str = "", of: str = "") -> Printed:
    """A count; nothing lies behind a nought."""
    return Printed(show_count(value), measure if value else "", row, of)


def rate(value: Decimal | None) -> Printed:
    """A rate, two decimals, half-up; “–” of an empty whole."""
    return Printed(show_percent(value))


def say(template: str, **figures: Piece) -> tuple[Piece, ...]:
    """A sentence with `{name}` where figures stand."""
    pieces: list[Piece] = []
    for words, name, _spec, _conversion in _PARSER.parse(template):
        pieces += [words] if words else []
        pieces += [figures[name]] if name else []
    return tuple(pieces)


def shares_note(shares: Sequence[Decimal]) -> str:
    """A sentence when rounded shares don't make up 100,00; empty when they do."""
    total = sum(shares, Decimal(0))
    if total == HUNDRED:
        return ""
    return f" Các tỷ lệ được làm tròn riêng từng số nên cộng lại bằng {show_percent(total)}."

"""Sentences in which every figure remembers what it counts, so that a page can lead to the list behind it."""

from __future__ import annotations

import string
from dataclasses import dataclass
from decimal import Decimal

from motcua.base.numbers import show_count, show_percent

_PARSER = string.Formatter()


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as it is printed. `measure` and `row` (of the report by agency): the list behind it; empty where none is."""

    text: str
    measure: str = ""
    row: str = ""


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


def count(value: int, measure: str = "", row: str = "") -> Printed:
    """A count; nothing lies behind a nought."""
    return Printed(show_count(value), measure if value else "", row)


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

"""Lines over months as a picture, with title and description; the same numbers stand in a table beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from motcua.base.numbers import show_count

# In the units of the picture.
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 300, 64, 40, 16, 34
# Lines differ in their dashes, so that nobody needs the colours.
STROKES = (
    ("#a81019", ""),
    ("#1b2430", "7 4"),
    ("#1f5fa8", "2 3"),
    ("#2c6e49", "10 3 2 3"),
    ("#7a4b00", "14 5"),
    ("#5b3a8c", "4 2"),
)
LABELS = 8


@dataclass(frozen=True, slots=True)
class Curve:
    """One line: a name and a count for each month."""

    name: str
    counts: tuple[int, ...]


def line_chart(key: str, title: str, months: Sequence[str], curves: Sequence[Curve]) -> SafeString:
    """The picture of at most six lines; the scale begins at nought and ends at a round number."""
    shown = list(curves[: len(STROKES)])
    top = round_top(max((count for curve in shown for count in curve.counts), default=0))
    xs = [_x(place, len(months)) for place in range(len(months))]
    every = max(1, -(-len(months) // LABELS))
    context = {
        "id": key,
        "title": title,
        "description": "; ".join(_said(curve, months) for curve in shown) + ".",
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": WIDTH - RIGHT,
        "scale": [{"y": _y(top * step // 4, top), "label": show_count(top * step // 4)} for step in range(5)],
        "months": [{"x": x, "label": month} for place, (x, month) in enumerate(zip(xs, months, strict=True)) if place % every == 0],
        "months_y": HEIGHT - BOTTOM + 22,
        "curves": [
            {
                "name": curve.name,
                "stroke": stroke,
                "dash": dash,
                "points": " ".join(f"{x},{_y(count, top)}" for x, count in zip(xs, curve.counts, strict=True)),
                "dots": [{"x": x, "y": _y(count, top)} for x, count in zip(xs, curve.counts, strict=True)],
            }
            for curve, (stroke, dash) in zip(shown, STROKES, strict=False)
        ],
    }  # fmt: skip
    return render_to_string("reports/lines.svg", context)


def round_top(most: int) -> int:
    """The least of 4, 8, 20, 40, 80, 200 … that is not below; so that every quarter is a whole number."""
    size = 4
    while True:
        for factor in (1, 2, 5):
            if size * factor >= most:
                return size * factor
        size *= 10


def _x(place: int, count: int) -> float:
    wide = WIDTH - LEFT - RIGHT
    return LEFT + (wide / 2 if count == 1 else round(wide * place / (count - 1), 1))


def _y(count: int, top: int) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * count / top, 1)


def _said(curve: Curve, months: Sequence[str]) -> str:
    told = ", ".join(f"{month} {show_count(count)}" for month, count in zip(months, curve.counts, strict=True))
    return f"{curve.name}: {told}"

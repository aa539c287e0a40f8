"""Plain bars, one or two for each line; the same numbers stand in a table beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

ROW, TALLER, LEFT, LONGEST, WIDTH, TOP = 46, 20, 8, 290, 460, 8
COLORS = ("#a81019", "#1b4f8f")


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: a value and perhaps a second one to compare it with."""

    name: str
    value: float
    other: float | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its title; `names`: what the first and the second bar are."""

    key: str
    title: str
    bars: tuple[Bar, ...]
    names: tuple[str, str]
    unit: str = ""

    @property
    def description(self) -> str:
        """The picture in words."""
        return "; ".join(
            f"{bar.name}: {self.names[0]} {self._shown(bar.value)}"
            + (f", {self.names[1]} {self._shown(bar.other)}" if bar.other is not None else "")
            for bar in self.bars
        )

    def _shown(self, value: float) -> str:
        return f"{value:.1f}".removesuffix(".0").replace(".", ",") + self.unit

    def svg(self) -> SafeString:
        """The picture."""
        longest = max((max(bar.value, bar.other or 0) for bar in self.bars), default=0)
        many = max((len(_values(bar)) for bar in self.bars), default=0)
        legend = [
            {"x": LEFT + 180 * number, "text_x": LEFT + 180 * number + 20, "name": name, "color": COLORS[number]}
            for number, name in enumerate(self.names[:many] if many > 1 else ())
        ]
        rows, top = [], TOP + (26 if legend else 0)
        for bar in self.bars:
            pieces = [self._piece(number, value, top, longest) for number, value in enumerate(_values(bar))]
            rows.append({"name": bar.name, "x": LEFT, "y": top + 14, "pieces": pieces})
            top += ROW + TALLER * (len(pieces) - 1)
        context = {
            "id": f"chart-{self.key}",
            "chart": self,
            "width": WIDTH,
            "height": top + TOP,
            "rows": rows,
            "legend": legend,
        }
        return render_to_string("control/ahead/bars.svg", context)

    def _piece(self, number: int, value: float, top: int, longest: float) -> dict[str, Any]:
        length = max(round(LONGEST * value / longest), 2) if value > 0 and longest else 0
        y = top + 20 + TALLER * number
        return {
            "x": LEFT, "y": y, "length": length, "color": COLORS[number], "label": self._shown(value),
            "label_x": LEFT + length + 6, "label_y": y + 13,
        }  # fmt: skip


def _values(bar: Bar) -> tuple[float, ...]:
    return (bar.value,) if bar.other is None else (bar.value, bar.other)

"""Colours that are put on one another can be told apart: 4.5 to 1 as a rule, 7 to 1 where high contrast is chosen.

Requirement: WCAG 2.2, 1.4.3 and 1.4.6.
"""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[1] / "static" / "layout" / "app.css").read_text(encoding="utf-8")
PAIRS = [
    ("ink", "paper"), ("ink", "ground"), ("ink-soft", "paper"), ("ink-soft", "ground"), ("link", "paper"),
    ("link", "ground"), ("link", "link-wash"), ("red-dark", "red-wash"), ("paper", "red"), ("red", "paper"),
    ("green", "green-wash"), ("amber", "gold-wash"), ("ink", "gold-wash"), ("ink", "red-wash"), ("ink", "green-wash"),
]  # fmt: skip


def tokens(selector: str) -> dict[str, str]:
    """The colours that a block of the style sheet gives names."""
    block = re.search(re.escape(selector) + r" \{(.*?)\}", CSS, re.S)
    assert block is not None
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block[1]))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_text_stands_out_from_its_ground(front: str, back: str) -> None:
    usual = tokens(":root")
    high = {**usual, **tokens('html[data-contrast="high"]')}
    assert ratio(usual[front], usual[back]) >= 4.5
    assert ratio(high[front], high[back]) >= 7

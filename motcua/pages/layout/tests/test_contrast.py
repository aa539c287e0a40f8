"""Colours that are put on one another can be told apart: 4.5 to 1 as a rule, 7 to 1 where high contrast is chosen.

Requirement: WCAG 2.2, 1.4.3, 1.4.6 and 1.4.11.
"""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[1] / "static" / "layout"
LIGHT, DARK = ((STATIC / name).read_text(encoding="utf-8") for name in ("app.css", "dark.css"))
PAIRS = [
    ("ink", "paper"), ("ink", "ground"), ("ink-soft", "paper"), ("ink-soft", "ground"), ("link", "paper"),
    ("link", "ground"), ("link", "link-wash"), ("red-dark", "red-wash"), ("on-fill", "fill"), ("on-fill", "fill-dark"), ("red", "paper"), ("red", "ground"),
   
    ("green", "green-wash"), ("amber", "gold-wash"), ("ink", "gold-wash"), ("ink", "red-wash"), ("ink", "green-wash"),
    ("ink", "link-wash"), ("link", "gold-wash"), ("link", "red-wash"), ("link", "green-wash"), ("paper", "ink"), ("on-gold", "gold"),
]  # fmt: skip


# What one must see to use it: borders of fields, the ring around what has the focus.
SHAPES = [
    ("line-strong", "paper"),
    ("line-strong", "ground"),
    ("focus", "paper"),
    ("focus", "ground"),
    ("red", "paper"),
]
HIGH = 'html[data-contrast="high"]'


def tokens(css: str, selector: str) -> dict[str, str]:
    """The colours that a block of a style sheet gives names."""
    block = re.search(re.escape(selector) + r" \{(.*?)\}", css, re.S)
    assert block is not None
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block[1]))


USUAL = tokens(LIGHT, ":root")
THEMES = {
    "light": USUAL,
    "dark": {**USUAL, **tokens(DARK, ":root")},
    "high": {**USUAL, **tokens(LIGHT, HIGH)},
    "dark high": {**USUAL, **tokens(LIGHT, HIGH), **tokens(DARK, ":root"), **tokens(DARK, HIGH)},
}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_text_stands_out_from_its_ground(theme: str) -> None:
    colours, least = THEMES[theme], 7 if "high" in theme else 4.5
    weak = [pair for pair in PAIRS if ratio(colours[pair[0]], colours[pair[1]]) < least]
    assert weak == []


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_used_is_seen(theme: str) -> None:
    weak = [pair for pair in SHAPES if ratio(THEMES[theme][pair[0]], THEMES[theme][pair[1]]) < 3]
    assert weak == []


def test_the_dark_gives_every_colour_of_the_light() -> None:
    assert set(tokens(DARK, ":root")) == set(USUAL)
    assert set(tokens(LIGHT, HIGH)) <= set(tokens(DARK, HIGH))


def test_no_rule_names_a_colour_that_a_theme_could_not_change() -> None:
    rules = LIGHT[LIGHT.index("body {") :].partition("@media print")[0]
    named = re.findall(r"#[0-9a-f]{3,6}\b", rules)
    assert named == []

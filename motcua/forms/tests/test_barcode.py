"""A barcode says what it was made of, as a scanner counts it back from bars and gaps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.errors import Invalid
from motcua.forms.barcode import _PATTERNS, barcode_svg, widths

PLAIN = st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=40)
VALUES = {pattern: value for value, pattern in enumerate(_PATTERNS.split())}


def read(modules: str) -> str:
    """What a scanner reads: seven widths at the end are the stop, six before make a sign; the check sign must agree."""
    assert VALUES[modules[-7:]] == 106
    start, *values, check = [VALUES[modules[at : at + 6]] for at in range(0, len(modules) - 7, 6)]
    assert start == 104
    assert check == (start + sum(place * value for place, value in enumerate(values, 1))) % 103
    return "".join(chr(value + 32) for value in values)


@given(PLAIN)
def test_what_was_written_is_read(text: str) -> None:
    assert read(widths(text)) == text


def test_every_sign_is_eleven_modules_wide_and_no_two_are_alike() -> None:
    patterns = _PATTERNS.split()
    assert len(set(patterns)) == 107
    assert {sum(map(int, one)) for one in patterns[:-1]} == {11}
    # Bars are dark for an even number of modules: what a scanner checks each sign by.
    assert {sum(map(int, one[::2])) % 2 for one in patterns[:-1]} == {0}


def test_the_drawing_is_as_wide_as_its_modules_and_two_quiet_zones() -> None:
    code = "000.00.18.H54-211101-0001"
    whole = sum(map(int, widths(code))) + 20
    assert f'viewBox="0 0 {whole} 40"' in barcode_svg(code)


@pytest.mark.parametrize("text", ["", "Đ1", "a\n"])
def test_only_plain_signs(text: str) -> None:
    with pytest.raises(Invalid):
        widths(text)

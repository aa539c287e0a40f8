"""A line of text as a Code 128 barcode (set B), which every scanner at a counter reads. Pure; ISO/IEC 15417."""

from __future__ import annotations

from motcua.base.errors import Invalid

# Widths of bars and gaps in turn, by value; the start of set B is 104, the stop 106.
_PATTERNS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
)
START, STOP, MODULUS = 104, 106, 103
FIRST, LAST = 32, 126
QUIET = 10  # modules of white on either side


def widths(text: str) -> str:
    """Bar, gap, bar, gap … in modules, with start, check sign and stop. Raises Invalid for a sign that is not plain ASCII."""
    if not text or any(not FIRST <= ord(sign) <= LAST for sign in text):
        raise Invalid("a barcode takes plain ASCII", code="not_for_a_barcode")
    values = [ord(sign) - FIRST for sign in text]
    check = (START + sum(place * value for place, value in enumerate(values, 1))) % MODULUS
    return "".join(_PATTERNS[7 * value : 7 * value + 7].strip() for value in (START, *values, check, STOP))


def barcode_svg(text: str, height: int = 40) -> str:
    """The barcode as a drawing, a module one unit wide."""
    bars, at = [], QUIET
    for place, width in enumerate(map(int, widths(text))):
        if place % 2 == 0:
            bars.append(f"M{at} 0h{width}v{height}h-{width}z")
        at += width
    whole = at + QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {height}" shape-rendering="crispEdges">'
        f'<path d="{"".join(bars)}"/></svg>'
    )

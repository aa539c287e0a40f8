"""Vietnamese text: folding for search, the order of the Vietnamese alphabet, tidying of what people type.

`fold` and `sort_key` have twins in the database, `fold(text)` and `vi_key(text)`, made from the same tables
by migration base.0001; they read no locale and no extension, so every PostgreSQL gives the same answer.
"""

import re
import unicodedata

# One row per letter of the alphabet, in order; within a row the tones none, grave, hook, tilde, acute, dot.
# fmt: off
LETTERS = [
    "aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "b", "c", "d", "đ", "eèẻẽéẹ", "êềểễếệ", "f", "g", "h", "iìỉĩíị", "j", "k", "l", "m",
    "n", "oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ", "p", "q", "r", "s", "t", "uùủũúụ", "ưừửữứự", "v", "w", "x", "yỳỷỹýỵ", "z",
]
# fmt: on
BOTH_CASES = [variant for row in LETTERS for letter in row for variant in (letter, letter.upper())]
# A letter's place as one ASCII character, above the digits and the space.
PLACES = "".join(chr(ord("A") + place) * len(row) * 2 for place, row in enumerate(LETTERS))
TONES = "".join(str(tone) * 2 for row in LETTERS for tone, _ in enumerate(row))
SPACES = r"[\s\u0085\u00a0\u200b\u2060\ufeff]+"

_PLACE_OF = str.maketrans("".join(BOTH_CASES), PLACES)
_TONE_OF = str.maketrans("".join(BOTH_CASES), TONES)
_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZĐđ"
_LOWER = "abcdefghijklmnopqrstuvwxyzdd"
_FOLDED = str.maketrans(_UPPER, _LOWER)
_MARKS = re.compile("[\u0300-\u036f]")
_SPACES = re.compile(SPACES)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def tidy(text: str) -> str:
    """What a person typed, as it is stored: NFC, one space between words, none around, no control characters."""
    return _SPACES.sub(" ", _CONTROLS.sub("", unicodedata.normalize("NFC", text))).strip(" ")


def fold(text: str) -> str:
    """The form that is searched: small letters without marks, đ as d, one space between words."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text)).translate(_FOLDED)
    return _SPACES.sub(" ", bare).strip(" ")


def sort_key(text: str) -> str:
    """A key in Vietnamese alphabetical order (a ă â b c d đ e ê …) for bytewise comparison.

    Letters decide first over the whole text; equal letters are ordered by tone: none, grave, hook, tilde, acute, dot.
    """
    composed = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip(" ")
    return f"{composed.translate(_PLACE_OF)}\t{composed.translate(_TONE_OF)}"

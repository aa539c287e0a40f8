"""Vietnamese text: folding for search, the order of the Vietnamese alphabet, tidying of what people type.

`fold` and `sort_key` have twins in the database, `fold(text)` and `vi_key(text)`, made from the same tables
by migration base.0001; they read no locale and no extension, so every PostgreSQL gives the same answer.
"""

import re
import unicodedata

# A decomposed letter is its base and its marks. Sorted bytewise, a base with a letter mark comes after every word
# with the bare base: ă is "a{", â "a|", đ "d{", ê "e|", ô "o|", ơ "o}", ư "u}".
LETTER_MARKS, LETTER_KEYS = "\u0306\u0302\u031b", "{|}"
D_KEY = "d{"
# Tones in order: grave, hook, tilde, acute, dot; their keys also come after every letter.
TONE_MARKS, TONE_KEYS = "\u0300\u0309\u0303\u0301\u0323", "{|}~\x7f"
SPACES = r"[\s\u0085\u00a0\u200b\u2060\ufeff]+"

_SMALL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_LETTERS = str.maketrans(LETTER_MARKS, LETTER_KEYS, TONE_MARKS)
_TONES = str.maketrans(TONE_MARKS + "đĐ", TONE_KEYS + "dd", LETTER_MARKS)
_D = str.maketrans("đĐ", "dd")
_MARKS = re.compile("[\u0300-\u036f]")
_SPACES = re.compile(SPACES)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def tidy(text: str) -> str:
    """What a person typed, as it is stored: NFC, one space between words, none around, no control characters."""
    return _SPACES.sub(" ", _CONTROLS.sub("", unicodedata.normalize("NFC", text))).strip(" ")


def masked(number: str) -> str:
    """An identity or telephone number as lists show it: `034******001`; a short one without its middle at all."""
    bare = "".join(number.split())
    shown = 3 if len(bare) >= 9 else 1 if len(bare) >= 3 else 0
    return bare[:shown] + "*" * (len(bare) - 2 * shown) + bare[len(bare) - shown :]


def fold(text: str) -> str:
    """The form that is searched: small letters without marks, đ as d, one space between words."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text)).translate(_SMALL).translate(_D)
    return _SPACES.sub(" ", bare).strip(" ")


def sort_key(text: str) -> str:
    """A key in Vietnamese alphabetical order (a ă â b c d đ e ê …) for bytewise comparison.

    Letters decide first over the whole text; equal letters are ordered by tone: none, grave, hook, tilde, acute, dot.
    Large and small letters are equal.
    """
    apart = unicodedata.normalize("NFD", text).translate(_SMALL)
    letters = apart.translate(_LETTERS).replace("đ", D_KEY).replace("Đ", D_KEY)
    return f"{letters}\t{apart.translate(_TONES)}"

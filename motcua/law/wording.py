"""Values in the reader's words."""

from typing import Any

from django.utils.translation import gettext as _

from motcua.law.checking import kind_of
from motcua.law.facts import DECLARED
from motcua.law.saying import say


def value_words(key: str, value: Any) -> str:
    """A value as JSON has it, in words with its unit: `3 ngày làm việc`, `có`, `tính lại từ đầu`, `không quy định`."""
    declared = DECLARED[key]
    if value is None:
        return say(declared.open) if declared.open else "–"
    if kind_of(key) is bool:
        return _("có") if value else _("không")
    if value in declared.words:
        return say(declared.words[value])
    if declared.unit is None:
        return str(value)
    return f"{value} {say(declared.unit.value)}"


def allowed_words(key: str) -> str:
    """What a parameter may be, in one sentence."""
    declared, kind = DECLARED[key], kind_of(key)
    if kind is bool:
        said = _("có hoặc không")
    elif kind is int:
        said = _("số nguyên từ %(least)d đến %(most)d") % {"least": declared.least, "most": declared.most}
    elif declared.example:
        said = _("viết như: %(example)s") % {"example": declared.example}
    else:
        said = "; ".join(say(word) for word in declared.words.values())
    if declared.open is not None:
        said += "; " + _("để trống: %(open)s") % {"open": say(declared.open)}
    return said


def unit_words(key: str) -> str:
    """What its number counts; empty where it is no number."""
    unit = DECLARED[key].unit
    return say(unit.value) if unit else ""

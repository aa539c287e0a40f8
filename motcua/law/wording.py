"""Values in the reader's words."""

from typing import Any

from django.utils.translation import gettext as _

from motcua.law.checking import kind_of
from motcua.law.facts import DECLARED


def value_words(key: str, value: Any) -> str:
    """A value as JSON has it, in words with its unit: `3 ngày làm việc`, `có`, `tính lại từ đầu`, `không quy định`."""
    declared = DECLARED[key]
    if value is None:
        return str(declared.open or "–")
    if kind_of(key) is bool:
        return _("có") if value else _("không")
    if value in declared.words:
        return str(declared.words[value])
    if declared.unit is None:
        return str(value)
    return f"{value} {declared.unit.value}"


def allowed_words(key: str) -> str:
    """What a parameter may be, in one sentence."""
    declared, kind = DECLARED[key], kind_of(key)
    if kind is bool:
        said = _("có hoặc không")
    elif declared.words:
        said = "; ".join(str(word) for word in declared.words.values())
    elif kind is int:
        said = _("số nguyên từ %(least)d đến %(most)d") % {"least": declared.least, "most": declared.most}
    else:
        said = _("viết như: %(example)s") % {"example": declared.example}
    if declared.open is not None:
        said += "; " + _("để trống: %(open)s") % {"open": declared.open}
    return said

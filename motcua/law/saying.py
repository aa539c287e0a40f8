"""Declared texts in the reader's language."""

from django.utils.translation import get_language

from motcua.law.declaring import Text


def say(text: Text) -> str:
    """The sentence in the language of this request; Vietnamese unless it is English."""
    return text.en if (get_language() or "").startswith("en") else text.vi

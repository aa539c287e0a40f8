"""One draft open in two windows or on two devices: what was changed in each is kept.

A form sends beside each field `was-…`: what the draft had when the page was shown. So what is only shown, and older than
what another window saved meanwhile, takes nothing away.
"""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _

MOST_LETTERS = 1000  # of one field of a form
MOST_OF_BOTH = 12_000


def lines(text: str) -> str:
    """A browser sends the ends of lines in its own way."""
    return text.replace("\r\n", "\n")


def of_both(was: str | None, now: str, stored: str, *, is_long: bool) -> str:
    """What is kept of a field that has two texts.

    was: what the page showed; None: it doesn't say, so it knows of no other window. is_long: a text of which both can be
    kept, one below the other; of a name or a number the later one is meant.
    """
    was, stored = stored if was is None else lines(was), lines(stored)
    if now in (was, stored):
        return stored
    if was == stored or not is_long or not stored.strip():
        return now
    mark = _("[Đoạn dưới đây được khai ở cửa sổ khác]")
    return f"{now}\n{mark}\n{stored}"[:MOST_OF_BOTH]


def fields_of_both(
    kept: Mapping[str, str], posted: Mapping[str, str], fields: Mapping[str, forms.Field]
) -> dict[str, str]:
    """The fields of a form as they are kept, right or wrong; what was not sent stays as it was."""
    found = dict(kept)
    for name in fields.keys() & posted.keys():
        now = lines(posted[name])[:MOST_LETTERS]
        is_long = isinstance(fields[name].widget, forms.Textarea)
        found[name] = of_both(posted.get(f"was-{name}"), now, kept[name], is_long=is_long) if name in kept else now
    return found

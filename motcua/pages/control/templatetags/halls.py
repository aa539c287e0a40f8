"""Figures of the halls as their pages print them."""

from __future__ import annotations

from django import template
from django.utils.html import format_html

from motcua.base.numbers import NOTHING, show_count

register = template.Library()


@register.filter
def minutes(seconds: float | None) -> str:
    """Seconds as `12,5` minutes; nothing prints the dash."""
    return NOTHING if seconds is None else f"{seconds / 60:.1f}".replace(".", ",")


@register.simple_tag
def listed(many: int, address: str) -> str:
    """A count that opens its list; none has no list."""
    return format_html('<a href="{}">{}</a>', address, show_count(many)) if many else show_count(many)

"""How points are printed."""

from decimal import Decimal

from django import template

from motcua.base.numbers import NOTHING

register = template.Library()


@register.filter
def points(value: Decimal | None) -> str:
    """`4,46`, whole numbers without a comma; nothing prints the dash."""
    if value is None:
        return NOTHING
    plain = f"{value:f}"
    return (plain.rstrip("0").rstrip(".") if plain.endswith(".00") else plain).replace(".", ",")


@register.filter
def small_points(value: Decimal) -> str:
    """As `points`, but what rounds to nothing is not called nothing: `< 0,01`."""
    return points(value) if value else "< 0,01"

"""How likelihoods and hours are printed."""

from decimal import ROUND_HALF_UP, Decimal

from django import template

from motcua.base.numbers import NOTHING, show_percent

register = template.Library()


@register.filter
def share(value: float | None) -> str:
    """0.0229 as `2,29 %`; nothing prints the dash."""
    return show_percent(
        None if value is None else (Decimal(str(float(value))) * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    )


@register.filter
def tenths(value: float | None) -> str:
    """`12,3`, whole numbers without a comma; nothing prints the dash."""
    return NOTHING if value is None else f"{value:.1f}".removesuffix(".0").replace(".", ",")

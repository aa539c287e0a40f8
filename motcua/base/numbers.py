"""How figures are counted and printed: half-up, decimal comma, dots for thousands, "–" for nothing."""

from decimal import ROUND_HALF_UP, Decimal

NOTHING = "–"


def percent(part: int, whole: int) -> Decimal | None:
    """`part` of `whole` in percent, two decimals, half-up; None when there is no whole."""
    if whole == 0:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def show_percent(value: Decimal | None) -> str:
    """`62,19 %`; an empty set prints the dash, never 100 %."""
    return NOTHING if value is None else f"{value:.2f}".replace(".", ",") + " %"


def show_count(value: int | None) -> str:
    """`1.150.343`; None prints the dash."""
    return NOTHING if value is None else f"{value:,}".replace(",", ".")


def show_vnd(value: int | None) -> str:
    """Whole đồng, `70.000 đồng`; None prints the dash."""
    return NOTHING if value is None else f"{show_count(value)} đồng"

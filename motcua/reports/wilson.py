"""How sure a share is: the interval of Wilson (1927) for a share of independent answers, at 95 %. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from motcua.base.numbers import percent

# The two-sided 95 % point of the normal distribution.
Z = Decimal("1.959964")


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole` in percent with its interval; all None where nobody answered."""

    part: int
    whole: int
    percent: Decimal | None
    low: Decimal | None
    high: Decimal | None


def share(part: int, whole: int) -> Share:
    """The share with its interval, in percent with two decimals.

    (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n). Raises ValueError where the part is no part.
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole}")
    if whole == 0:
        return Share(part, whole, None, None, None)
    with localcontext() as exact:
        exact.prec = 30
        n, p, z2 = Decimal(whole), Decimal(part) / whole, Z * Z
        centre = p + z2 / (2 * n)
        reach = Z * (p * (1 - p) / n + z2 / (4 * n * n)).sqrt()
        scale = 1 + z2 / n
        low, high = (max(centre - reach, Decimal(0)) / scale, min((centre + reach) / scale, Decimal(1)))
    return Share(part, whole, percent(part, whole), _rounded(low), _rounded(high))


def _rounded(value: Decimal) -> Decimal:
    return (value * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)

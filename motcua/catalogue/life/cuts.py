"""How much shorter a promised limit is than the statutory one. Pure; no Django."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from motcua.calendar.limits import Limit, LimitKind, Unit

# Eight working hours are a working day; the others are compared only with themselves.
_SCALES: dict[Unit, tuple[str, Fraction]] = {
    Unit.WORKING_HOUR: ("working", Fraction(1, 8)),
    Unit.WORKING_DAY: ("working", Fraction(1)),
    Unit.DAY: ("calendar", Fraction(1)),
    Unit.HOUR: ("hours", Fraction(1)),
    Unit.MONTH: ("months", Fraction(1)),
    Unit.YEAR: ("months", Fraction(12)),
}
Pair = tuple[Limit, Limit]


def size_of(limit: Limit) -> tuple[str, Fraction] | None:
    """Family of units and size in it (working days, days, hours, months); None for what has no single size.

    An immediate result is as short as can be in every family: ("", 0).
    """
    if limit.kind is LimitKind.IMMEDIATE:
        return "", Fraction(0)
    if limit.kind is LimitKind.SAME_DAY:
        return "working", Fraction(1)
    if limit.kind is not LimitKind.DURATION:
        return None
    families = {_SCALES[part.unit][0] for part in limit.parts}
    if len(families) != 1:
        return None
    return families.pop(), sum((part.value * _SCALES[part.unit][1] for part in limit.parts), Fraction(0))


@lru_cache(maxsize=4096)
def sizes(statutory: Limit, promised: Limit) -> tuple[str, Fraction, Fraction] | None:
    """Both in one family; None where they cannot be compared, or the statutory one has no length to cut."""
    before, after = size_of(statutory), size_of(promised)
    if before is None or after is None or not before[1] or (after[0] and after[0] != before[0]):
        return None
    return before[0], before[1], after[1]


def is_shorter(promised: Limit, statutory: Limit) -> bool:
    """Strictly shorter, by units that can be compared."""
    found = sizes(statutory, promised)
    return found is not None and found[2] < found[1]


@lru_cache(maxsize=4096)
def cut_of(statutory: Limit, promised: Limit) -> Decimal | None:
    """The cut in percent of the statutory limit, half-up, two decimals; None where they cannot be compared."""
    found = sizes(statutory, promised)
    return None if found is None else share(found[1] - found[2], found[1])


def average_cut(pairs: Iterable[Pair]) -> Decimal | None:
    """The average of the exact cuts; None where there is none to compare."""
    cuts = [(before - after) / before for _family, before, after in filter(None, (sizes(*pair) for pair in pairs))]
    return share(sum(cuts, Fraction(0)), Fraction(len(cuts))) if cuts else None


def cut_of_sums(pairs: Iterable[Pair]) -> dict[str, tuple[Fraction, Fraction, Decimal | None]]:
    """By family of units: all statutory time, all promised time, and the cut of the sums; families are not added up."""
    sums: dict[str, tuple[Fraction, Fraction]] = {}
    for family, before, after in filter(None, (sizes(*pair) for pair in pairs)):
        old, new = sums.get(family, (Fraction(0), Fraction(0)))
        sums[family] = old + before, new + after
    return {family: (old, new, share(old - new, old)) for family, (old, new) in sums.items()}


def share(part: Fraction, whole: Fraction) -> Decimal | None:
    """`part` of `whole` in percent, half-up, two decimals; None when there is no whole."""
    if not whole:
        return None
    exact = part * 10000 / whole
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal(1), ROUND_HALF_UP) / 100

"""How many points a rate, a count or a dossier is worth. Pure; two decimals half-up for the index of decision 766, one for the
nine indices, whose sums are sums of what is printed.

Law: QD766-2022; TT01-2018 13; TT01-2018 15
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

HUNDREDTH, TENTH = Decimal("0.01"), Decimal("0.1")
MOST = 2  # points of one of the nine indices


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a table: the most points, the target in percent (None: none), and whether less than it gives nothing."""

    max_points: Decimal
    target: Decimal | None = None
    is_threshold: bool = False


def half_up(value: Fraction, step: Decimal) -> Decimal:
    """Rounded half-up to a step: 0.01 or 0.1."""
    in_steps = value / Fraction(step)
    whole = (Decimal(in_steps.numerator) / Decimal(in_steps.denominator)).quantize(Decimal(1), ROUND_HALF_UP)
    return (whole * step).quantize(step)


def exact_points(rule: Rule, part: int, whole: int) -> Fraction:
    """Points before rounding; `whole` is not 0. R ≥ target: all of them; else in proportion to it, or none at all."""
    rate, most = Fraction(part, whole), Fraction(rule.max_points)
    if rule.target is None:
        return most * rate
    target = Fraction(rule.target) / 100
    if rate >= target:
        return most
    return Fraction(0) if rule.is_threshold else most * rate / target


def points(rule: Rule, part: int, whole: int) -> Decimal | None:
    """Points of `part` of `whole`; None when there is no whole: what that gives is a parameter of the table."""
    return None if whole == 0 else half_up(exact_points(rule, part, whole), HUNDREDTH)


def gain(rule: Rule, part: int, whole: int, mended: int) -> Decimal:
    """Points won if so many of those that fail were mended; 0 when there is no whole."""
    if whole == 0:
        return Decimal("0.00")
    after = exact_points(rule, min(part + mended, whole), whole)
    return half_up(after, HUNDREDTH) - half_up(exact_points(rule, part, whole), HUNDREDTH)


def missing_to_target(rule: Rule, part: int, whole: int) -> int:
    """How many more have to be in order until all points are reached; 0 when they are."""
    target = Fraction(1) if rule.target is None else Fraction(rule.target) / 100
    needed = -(-(target * whole).numerator // (target * whole).denominator)
    return max(needed - part, 0)


def class_of(points_: Decimal, classes: Sequence[tuple[str, Decimal]], share: Fraction = Fraction(1)) -> str:
    """The first class whose lower bound is reached, bounds inclusive, the highest first; `share` scales the bounds."""
    return next((name for name, bound in classes if points_ >= Fraction(bound) * share), classes[-1][0])


# --- The nine indices: what one dossier or one unit is worth ------------------------------------------------------------


def mean_of(two: int, one: int, none: int) -> Decimal | None:
    """The score of an index: the points of all dossiers by their number, one decimal; None without any. Law: TT01-2018 15"""
    count = two + one + none
    return half_up(Fraction(MOST * two + one, count), TENTH) if count else None


def at_the_unit(procedures: int, onsite: int, dossiers: int, received_there: int, percent: Decimal) -> int | None:
    """Index 5: `percent` of the procedures done wholly at the unit gives 2; everything received there 1; else 0.

    None where nothing was resolved. Law: TT01-2018 13
    """
    if procedures == 0 or dossiers == 0:
        return None
    if Fraction(onsite * 100, procedures) >= Fraction(percent):
        return 2
    return 1 if received_there == dossiers else 0


def petitions_answered(judged: int, in_time: int, still_late: int, percent: Decimal) -> int:
    """Index 8: none, or all in time and none prolonged, gives 2; `percent` in time and none prolonged 1; else 0.

    Law: TT01-2018 13
    """
    if still_late:
        return 0
    if in_time == judged:
        return 2
    return 1 if Fraction(in_time * 100, judged) >= Fraction(percent) else 0


@dataclass(frozen=True, slots=True)
class Online:
    """What index 9 looks at: procedures that can and that do go online, dossiers received and online, late ones of these."""

    eligible: int
    offered: int
    received: int
    online: int
    late: int


def online_services(said: Online, procedures: Decimal, dossiers: Decimal, half: Decimal) -> int | None:
    """Index 9: bounds in percent. None where nothing was received and no procedure can go online. Law: TT01-2018 13"""
    if said.eligible == 0 and said.received == 0:
        return None
    if said.late or said.offered == 0 or said.received == 0:
        return 0
    share = Fraction(said.online * 100, said.received)
    enough = said.eligible and Fraction(said.offered * 100, said.eligible) >= Fraction(procedures)
    if enough and share >= Fraction(dossiers):
        return 2
    return 1 if share >= Fraction(half) else 0

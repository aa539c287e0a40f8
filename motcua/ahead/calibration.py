"""How good forecasts were: told likelihoods against what happened. Pure; no Django."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Forecast(NamedTuple):
    """A likelihood that was told, what was the base rate known then, and what happened."""

    value: float
    base: float
    missed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Forecasts of nearly the same likelihood: how many, what was told on average, what share missed its day."""

    forecasts: int
    told: float
    missed: int

    @property
    def share(self) -> float:
        """The share that missed its day."""
        return self.missed / self.forecasts


@dataclass(frozen=True, slots=True)
class Calibration:
    """Tenths of the forecasts by told likelihood, and the mean squared error of these and of the base rate alone."""

    rows: tuple[Row, ...]
    brier: float
    brier_of_base: float
    forecasts: int
    missed: int

    @property
    def skill(self) -> float | None:
        """How much of the base rate's error is gone: 1 is perfect, 0 as good as the base rate; None if that never erred."""
        return 1 - self.brier / self.brier_of_base if self.brier_of_base else None

    @property
    def largest_gap(self) -> float:
        """The largest distance between what was told and what happened, among the tenths."""
        return max(abs(row.told - row.share) for row in self.rows)


def calibrate(forecasts: Sequence[Forecast]) -> Calibration | None:
    """Ten groups of equal size by told likelihood (fewer below ten forecasts); None without forecasts."""
    if not forecasts:
        return None
    ordered = sorted(forecasts)
    groups = min(10, len(ordered))
    bounds = [len(ordered) * number // groups for number in range(groups + 1)]
    rows = [
        Row(len(part), sum(one.value for one in part) / len(part), sum(one.missed for one in part))
        for part in (ordered[start:end] for start, end in itertools.pairwise(bounds))
    ]
    return Calibration(
        tuple(rows),
        sum((one.value - one.missed) ** 2 for one in ordered) / len(ordered),
        sum((one.base - one.missed) ** 2 for one in ordered) / len(ordered),
        len(ordered),
        sum(one.missed for one in ordered),
    )

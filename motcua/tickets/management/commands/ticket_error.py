"""`motcua ticket_error --days 200`: how wrong the estimate of waiting is, over days of a made-up hall."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from statistics import fmean
from typing import Any

from django.core.management.base import BaseCommand

from motcua.tickets.simulated import Told, days

BUCKETS = ((0, 5), (5, 15), (15, 30), (30, 600))  # expected minutes, the upper end exclusive


class Command(BaseCommand):
    help = "Mean absolute error of the estimate of waiting, over simulated days."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=200)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        told = [one for day in days(options["days"], options["seed"]) for one in day]
        self.stdout.write(
            "| told | people | waited | error | error of heads x mean / counters | in the range | range |"
        )
        self.stdout.write("|---|---:|---:|---:|---:|---:|---:|")
        for low, high in BUCKETS:
            some = [one for one in told if low <= one.expected / 60 < high]
            self.stdout.write(line(f"{low} to {high}" if high < 600 else f"from {low}", some))
        self.stdout.write(line("**together**", told))


def line(name: str, told: Sequence[Told]) -> str:
    """One row of the table; minutes, and a share of those whose wait lay in the range that they were told."""
    if not told:
        return f"| {name} | 0 | – | – | – | – | – |"
    waited = fmean(one.waited for one in told) / 60
    error = fmean(one.error for one in told) / 60
    simple = fmean(abs(one.simple - one.waited) for one in told) / 60
    inside = fmean(one.is_inside for one in told)
    width = fmean(one.high - one.low for one in told) / 60
    return f"| {name} | {len(told)} | {waited:.1f} | {error:.1f} | {simple:.1f} | {inside:.0%} | {width:.1f} |"

"""Counting the periods that are over, once, for whoever asks for them later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from motcua.base.times import day_of
from motcua.reports.kept import DATED_BACK, kept_figures, kept_votes
from motcua.reports.models import KeptCount
from motcua.reports.month import count_anew
from motcua.reports.periods import SPANS, Period, parse_period
from motcua.reports.scope import Place, Scope
from motcua.reports.sets import MEANING
from motcua.reports.votes import COUNTED, vote_report

PLACES: tuple[Place, ...] = ("competent", "receiving")


def keep_past_periods(at: datetime, progress: Callable[[Period, Place], Any] = lambda period, place: None) -> int:
    """Count what has been over for a day and is not kept, or no longer right; returns how many counts were made."""
    made = 0
    for period in past_periods(at):
        for place in PLACES:
            if kept_figures(period, place) is None or kept_votes(period, place) is None:
                progress(period, place)
                keep(period, place)
                made += 1
    return made


def past_periods(at: datetime) -> Iterator[Period]:
    """Every calendar period with an event in it or before it that ended at least a day before `at`, oldest year first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(accepted_at) FROM dossiers_dossier")
        (first,) = cursor.fetchone()
    if first is None:
        return
    for year in range(day_of(first).year, day_of(at).year + 1):
        for tail in SPANS:
            period = parse_period(f"{year}-{tail}" if tail else str(year))
            if period.end > first and period.end + DATED_BACK <= at:
                yield period


@transaction.atomic
def keep(period: Period, place: Place) -> KeptCount:
    """Count a period by the offices of a place, and keep that instead of what was kept of it before."""
    rows, _total = count_anew(period, Scope(place=place), "office")
    figures = [[office, measure, many] for office, counted in rows.items() for measure, many in counted.items()]
    made = vote_report(period, Scope(place=place))
    votes = [
        [row.key, measure, row.figures[measure]] for row in made.rows for measure in COUNTED if row.figures[measure]
    ]
    KeptCount.objects.filter(first=period.first, last=period.last, place=place).delete()
    facts = {"first": period.first, "last": period.last, "place": place, "meaning": MEANING}
    return KeptCount.objects.create(**facts, figures=figures, votes=votes)

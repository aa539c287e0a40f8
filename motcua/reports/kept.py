"""Periods that are over are counted once and kept, so that a page about them does not count the province again.

After its acceptance nothing that a report tells a dossier by is changed, and what is corrected later is read from the
stays: so the figures of a period change only with an event that is recorded after it and dated before its end. A count
from before such an event is used no more. `keeping.py` counts; the audit counts every kept period anew.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import orjson
from django.db import connection

from motcua.reports.periods import Period
from motcua.reports.sets import MEANING

# An event is dated back when it was recorded later than this after its instant; as the index `event_dated_back` has it.
DATED_BACK = timedelta(hours=24)
# What was recorded a moment before a period was counted may have been unseen: no transaction that writes events, of acts
# or of a load, takes as long as this from the row to its commit.
_UNDER_WAY = timedelta(minutes=10)
_KEPT = """
SELECT k.first, k.last, k.figures, k.votes
FROM unnest(%(firsts)s::date[], %(lasts)s::date[], %(ends)s::timestamptz[]) asked (first, last, over)
JOIN reports_keptcount k ON k.first = asked.first AND k.last = asked.last
WHERE k.place = %(place)s AND k.meaning = %(meaning)s AND NOT EXISTS (
    SELECT FROM dossiers_event e WHERE e.recorded_at - e.at > %(dated_back)s
        AND e.recorded_at > k.made_at - %(under_way)s AND e.at < asked.over
) AND (%(allowed)s::bigint[] IS NULL OR NOT EXISTS (
    SELECT FROM offices_office o WHERE o.id <> ALL(%(allowed)s::bigint[])
))
"""
# Office, measure, how many.
KeptFigures = list[tuple[int, str, int]]


def kept_figures(period: Period, place: str, allowed: Collection[int] | None = None) -> KeptFigures | None:
    """The counted figures of a period by the offices of a place as they were kept; None where they must be counted.

    allowed: the offices that somebody may see (None: all); whoever may not see one of them is counted for.
    """
    return _kept(0, [period], place, allowed).get((period.first, period.last))


def kept_of_each(periods: Collection[Period], place: str) -> dict[tuple[date, date], KeptFigures]:
    """The same of many periods in one statement, by first and last day; without those that must be counted."""
    return _kept(0, periods, place, None)


def kept_votes(period: Period, place: str) -> KeptFigures | None:
    """The counted figures of votes (`votes.COUNTED`) of a period, as they were kept; None where nobody counted them (yet)."""
    return _kept(1, [period], place, None).get((period.first, period.last))


def _kept(
    column: int, periods: Collection[Period], place: str, allowed: Collection[int] | None
) -> dict[tuple[date, date], KeptFigures]:
    values: dict[str, Any] = {
        "firsts": [one.first for one in periods],
        "lasts": [one.last for one in periods],
        "ends": [one.end for one in periods],
        "place": place,
        "meaning": MEANING,
        "dated_back": DATED_BACK,
        "under_way": _UNDER_WAY,
        "allowed": None if allowed is None else list(allowed),
    }
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, values)
        rows = cursor.fetchall()
    return {
        (first, last): [(office, measure, many) for office, measure, many in orjson.loads(kept[column])]
        for first, last, *kept in rows
        if kept[column] is not None
    }

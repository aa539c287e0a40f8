"""Periods that are over are counted once and kept, so that a page about them does not count the province again.

After its acceptance nothing that a report tells a dossier by is changed, and what is corrected later is read from the
stays: so the figures of a period change only with an event that is recorded after it and dated before its end. A count
from before such an event is used no more. `keeping.py` counts; the audit counts every kept period anew.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
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
SELECT k.figures, k.votes FROM reports_keptcount k
WHERE k.first = %(first)s AND k.last = %(last)s AND k.place = %(place)s AND k.meaning = %(meaning)s AND NOT EXISTS (
    SELECT FROM dossiers_event e WHERE e.recorded_at - e.at > %(dated_back)s
        AND e.recorded_at > k.made_at - %(under_way)s AND e.at < %(end)s
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
    return _kept(0, period, place, allowed)


def kept_votes(period: Period, place: str) -> KeptFigures | None:
    """The counted figures of votes (`votes.COUNTED`) of a period, as they were kept; None where nobody counted them (yet)."""
    return _kept(1, period, place, None)


def _kept(column: int, period: Period, place: str, allowed: Collection[int] | None) -> KeptFigures | None:
    values: dict[str, Any] = {
        "first": period.first,
        "last": period.last,
        "place": place,
        "meaning": MEANING,
        "dated_back": DATED_BACK,
        "under_way": _UNDER_WAY,
        "end": period.end,
        "allowed": None if allowed is None else list(allowed),
    }
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, values)
        row = cursor.fetchone()
    if row is None or row[column] is None:
        return None
    return [(office, measure, many) for office, measure, many in orjson.loads(row[column])]

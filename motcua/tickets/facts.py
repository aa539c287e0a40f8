"""What happened in a hall, counted from the events alone: who waited how long, who was served how long, who did not come.

A wait lasts from when somebody joined a line (drew, not before the doors open or the chosen half hour; was handed on) until
they were called. A service lasts as long as somebody is served for one thing, without the time for which they were held;
being handed on before the end is none. Each counts in the hour in which it began.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db import connection

from motcua.tickets.forecast import Pace

By = Literal["day", "hour", "counter", "line", "office"]
KINDS = ("drawn", "wait", "service", "no_show", "left")
FACTS = """
WITH told AS (
    SELECT e.ticket_id, e.seq, e.act, e.state, e.line_id, e.counter_id, e.at, t.from_at, t.office_id,
        lead(e.at) OVER w AS until, lead(e.act) OVER w AS next_act, lead(e.counter_id) OVER w AS next_counter,
        count(*) FILTER (WHERE e.act IN ('second', 'transfer')) OVER (w ROWS UNBOUNDED PRECEDING) AS service
    FROM tickets_ticketevent e JOIN tickets_ticket t ON t.id = e.ticket_id
    WHERE t.office_id = ANY(%(offices)s) AND t.day BETWEEN %(first)s AND %(last)s
    WINDOW w AS (PARTITION BY e.ticket_id ORDER BY e.seq)
), facts AS (
    SELECT 'drawn' AS kind, ticket_id, office_id, line_id, NULL::bigint AS counter_id, greatest(at, from_at) AS at,
        NULL::double precision AS seconds
    FROM told WHERE act = 'draw'
    UNION ALL
    SELECT 'wait', ticket_id, office_id, line_id, next_counter, greatest(at, from_at),
        extract(epoch FROM until - greatest(at, from_at))
    FROM told WHERE state = 'waiting' AND next_act = 'call'
    UNION ALL
    SELECT 'service', ticket_id, office_id, (array_agg(line_id ORDER BY seq))[1], (array_agg(counter_id ORDER BY seq))[1],
        min(at), sum(extract(epoch FROM until - at))
    FROM told WHERE state = 'serving' GROUP BY ticket_id, office_id, service
    HAVING bool_or(next_act IN ('finish', 'second'))
    UNION ALL
    SELECT CASE act WHEN 'skip' THEN 'no_show' ELSE 'left' END, ticket_id, office_id, line_id, counter_id, at, NULL
    FROM told WHERE act IN ('skip', 'leave')
)
"""
_KEYS = {
    "day": "(f.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date::text",
    "hour": "lpad(extract(hour FROM f.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::text, 2, '0')",
    "counter": "coalesce(f.counter_id::text, '')",
    "line": "f.line_id::text",
    "office": "f.office_id::text",
}
_SUMS = """
SELECT {key}, count(*) FILTER (WHERE kind = 'drawn'), count(*) FILTER (WHERE kind = 'wait'),
    avg(seconds) FILTER (WHERE kind = 'wait'),
    percentile_disc(0.9) WITHIN GROUP (ORDER BY seconds) FILTER (WHERE kind = 'wait'),
    count(*) FILTER (WHERE kind = 'service'), avg(seconds) FILTER (WHERE kind = 'service'),
    count(*) FILTER (WHERE kind = 'no_show'), count(*) FILTER (WHERE kind = 'left')
FROM facts f GROUP BY 1 ORDER BY 1
"""
_LIST = """
SELECT f.ticket_id, f.at, f.seconds, f.counter_id, f.line_id FROM facts f
WHERE f.kind = %(kind)s AND (%(key)s::text IS NULL OR {key} = %(key)s) ORDER BY f.at, f.ticket_id LIMIT %(most)s
"""
_PACES = """
SELECT line_id, count(*), avg(seconds), coalesce(stddev_samp(seconds), 0) FROM facts WHERE kind = 'service' GROUP BY 1
"""
_RATES = """
SELECT extract(isodow FROM f.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::int,
    extract(hour FROM f.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::int, count(*)
FROM facts f WHERE kind = 'drawn' GROUP BY 1, 2
"""
_DAYS = """
SELECT extract(isodow FROM day)::int, count(DISTINCT day) FROM tickets_ticket
WHERE office_id = ANY(%(offices)s) AND day BETWEEN %(first)s AND %(last)s GROUP BY 1
"""
FEWEST = 10  # services, below which their mean says nothing


@dataclass(frozen=True, slots=True)
class Sums:
    """One line of figures: counts; seconds that people waited (mean, nine of ten at most) and were served; None: nobody."""

    key: str
    drawn: int
    waits: int
    wait_mean: float | None
    wait_p90: float | None
    services: int
    service_mean: float | None
    no_shows: int
    left: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One wait, service, draw, absence: of which ticket, when it began, how many seconds (None: an instant)."""

    ticket_id: int
    at: Any
    seconds: float | None
    counter_id: int | None
    line_id: int


@dataclass(frozen=True, slots=True)
class Span:
    """Halls and days, both ends inclusive."""

    offices: Collection[int]
    first: date
    last: date

    def values(self) -> dict[str, Any]:
        """As the statements want it."""
        return {"offices": list(self.offices), "first": self.first, "last": self.last}


def sums(span: Span, by: By) -> list[Sums]:
    """The figures of a span, line by line; what nobody called yet has no counter (the empty key)."""
    return [Sums(*row) for row in _ask(_SUMS.format(key=_KEYS[by]), span)]


def listed(span: Span, kind: str, by: By, key: str | None, most: int = 500) -> list[Fact]:
    """What stands behind a figure: the facts of a kind in one line of figures (None: in all), the earliest first."""
    more = {"kind": kind, "key": key, "most": most}
    return [Fact(*row) for row in _ask(_LIST.format(key=_KEYS[by]), span, more)]


def paces(span: Span) -> dict[int, Pace]:
    """How long services of each line of the span's halls took; a line of fewer than FEWEST takes that of all together."""
    rows = _ask(_PACES, span)
    known = {line: Pace(float(mean), float(spread)) for line, many, mean, spread in rows if many >= FEWEST}
    total = sum(many for _line, many, _mean, _spread in rows)
    if total >= FEWEST:
        mean = sum(many * float(mean) for _line, many, mean, _spread in rows) / total
        square = (
            sum(many * (float(spread) ** 2 + (float(own) - mean) ** 2) for _line, many, own, spread in rows) / total
        )
        known[ANY] = Pace(mean, square**0.5)
    return known


ANY = 0  # stands in `paces` for every line that has none of its own


def arrivals(span: Span) -> dict[tuple[int, int], float]:
    """(ISO weekday, hour) → people who came in that hour of such a day, on average over its days with any number."""
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, span.values())
        days: dict[int, int] = dict(cursor.fetchall())
    return {(weekday, hour): many / days[weekday] for weekday, hour, many in _ask(_RATES, span) if days.get(weekday)}


def _ask(statement: str, span: Span, more: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(FACTS + statement, {**span.values(), **(more or {})})
        return cursor.fetchall()

"""What is known of past and open dossiers on a day, as sets. Nothing that happened at `cut` or later is read as known.

Days are working days of the province's calendar, numbered; while a clock stands still, a dossier's days do not run.
A past case lay there when a day began, as those that are asked about; what passed a step within a day is not like them.
It counts only once its appointed day of then is over: whoever was not done by then has missed it, so that no
outcome is still hanging.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection

from motcua.ahead.likelihood import CLASSES, Cases, Standing
from motcua.ahead.pace import Course
from motcua.base.times import day_of
from motcua.calendar.store import calendar_for, current_edition
from motcua.calendar.working_days import CalendarGap, WorkingCalendar
from motcua.dossiers.states import State
from motcua.reports.scope import Scope

# Counts up whenever what is counted below means something else than before: what is kept of another meaning is not used.
MEANING = 1
# Dossiers accepted in so many days before a day are its experience.
REMEMBERED = timedelta(days=365)
# Of more dossiers than this every second, third … is enough to learn from.
MOST_LEARNED = 20_000
# How long a step takes is told by office, of which there are many; it is counted at night.
MOST_TIMED = 120_000
# A case without an appointed day is settled so long after it came to a step: whoever is not done by then is slow.
SETTLED = timedelta(days=90)
# What lies further ahead than this is one class.
FARTHEST = 60
_RUNS = ", ".join(f"'{one.value}'" for one in (State.ACCEPTED, State.PROCESSING, State.DECIDED))
_GIVEN_UP = ", ".join(f"'{one.value}'" for one in (State.WITHDRAWN, State.STOPPED))


class Numbered(NamedTuple):
    """Working days up to each day from `first` on."""

    first: date
    counts: list[int]


class Open(NamedTuple):
    """A dossier in hand whose clock runs and whose day is not over. `missed`: None while it is not known."""

    dossier: int
    case: Standing
    lies_at: int
    holder: int | None
    entered_at: datetime
    due_at: datetime
    missed: bool | None = None


def numbered(day: date, calendar: WorkingCalendar | None = None) -> Numbered:
    """The working days from three years before a day to the end of what is published after it. Raises CalendarGap."""
    calendar = calendar or calendar_for(current_edition())
    calendar.is_working(day)
    first, counts, running = date(day.year - 3, 1, 1), [], 0
    while first.year not in calendar.years:
        first = date(first.year + 1, 1, 1)
    at = first
    while at.year <= day.year + 2:
        try:
            running += calendar.is_working(at)
        except CalendarGap:
            break
        counts.append(running)
        at += timedelta(days=1)
    return Numbered(first, counts)


@lru_cache(maxsize=2)
def working_days(today: date) -> Numbered:
    """The same, as the calendar was first asked today, remembered by the process. Raises CalendarGap."""
    return numbered(today)


def day_number(instant: str) -> str:
    """The number of an instant's day, NULL beyond the calendar. A constant, because a row would carry all of it along."""
    return f"(%(counts)s::int[])[(({instant} AT TIME ZONE INTERVAL '7 hours')::date - %(first)s::date) + 1]"


_HOW_MANY = "SELECT count(*) FROM dossiers_dossier WHERE accepted_at >= %(since)s AND accepted_at < %(cut)s"
_PAST = f"""
WITH d AS (
    SELECT id, procedure_id, version_id, process_id,
        CASE WHEN finished_at < %(cut)s THEN {day_number("finished_at")} END AS finished
    FROM dossiers_dossier
    WHERE accepted_at >= %(since)s AND accepted_at < %(cut)s AND id %% %(one_of)s = 0
), s AS (
    SELECT s.dossier_id, s.step, s.state, s.stands_still, s.due_at, x.e, x.v,
        sum(CASE WHEN s.stands_still THEN x.v - x.e ELSE 0 END) OVER w AS paused,
        sum(CASE WHEN s.stands_still THEN x.v - x.e ELSE 0 END) OVER (PARTITION BY s.dossier_id) AS paused_in_all
    FROM dossiers_stay s CROSS JOIN LATERAL (
        SELECT {day_number("s.entered_at")} AS e, {day_number("least(s.left_at, %(cut)s)")} AS v
    ) x
    WHERE s.entered_at < %(cut)s AND s.dossier_id IN (SELECT id FROM d)
    WINDOW w AS (PARTITION BY s.dossier_id ORDER BY s.seq)
), r AS (
    SELECT d.*, s.step, s.e - s.paused + 1 AS overnight, s.v - s.paused AS left_on,
        {day_number("s.due_at")} - s.paused AS due,
        coalesce(d.finished, {day_number("%(cut)s::timestamptz")}) - s.paused_in_all AS reached
    FROM s JOIN d ON d.id = s.dossier_id
    WHERE s.state IN ({_RUNS}) AND NOT s.stands_still AND s.step IS NOT NULL AND s.due_at < %(cut)s
)
SELECT r.procedure_id, v.field, r.step, coalesce(p.role, ''), 
    (ARRAY[{", ".join(map(str, CLASSES))}])[width_bucket(r.due - day, ARRAY[{", ".join(map(str, CLASSES))}])] AS left_days,
    count(DISTINCT r.id), count(DISTINCT r.id) FILTER (WHERE r.reached > r.due)
FROM r CROSS JOIN LATERAL generate_series(greatest(r.overnight, r.due - {FARTHEST}), least(r.left_on, r.due)) AS day
JOIN catalogue_procedureversion v ON v.id = r.version_id
LEFT JOIN catalogue_processstep p ON p.process_id = r.process_id AND p.seq = r.step
WHERE r.finished IS NOT NULL OR r.reached > r.due
GROUP BY 1, 2, 3, 4, 5
"""  # noqa: S608 - only our own fragments are put together

# From the first time that a dossier came to a step: on the days on which its clock ran, how long until it left the step for
# the last time, and until it was done (NULL: not yet). Who withdrew, or was stopped, was never waited for to the end.
_COURSES = f"""
WITH d AS (
    SELECT id, procedure_id, competent_office_id,
        CASE WHEN finished_at < %(cut)s THEN {day_number("finished_at")} END AS finished
    FROM dossiers_dossier
    WHERE accepted_at >= %(since)s AND accepted_at < %(cut)s AND id %% %(one_of)s = 0
), s AS (
    SELECT s.dossier_id, s.step, s.state, s.stands_still, s.due_at, s.entered_at, x.e, x.v,
        sum(CASE WHEN s.stands_still THEN x.v - x.e ELSE 0 END) OVER w AS paused,
        sum(CASE WHEN s.stands_still THEN x.v - x.e ELSE 0 END) OVER (PARTITION BY s.dossier_id) AS paused_in_all,
        bool_or(s.state IN ({_GIVEN_UP})) OVER (PARTITION BY s.dossier_id) AS is_given_up
    FROM dossiers_stay s CROSS JOIN LATERAL (
        SELECT {day_number("s.entered_at")} AS e, {day_number("least(s.left_at, %(cut)s)")} AS v
    ) x
    WHERE s.entered_at < %(cut)s AND s.dossier_id IN (SELECT id FROM d)
    WINDOW w AS (PARTITION BY s.dossier_id ORDER BY s.seq)
), r AS (
    SELECT d.procedure_id, d.competent_office_id, s.step, min(s.e - s.paused) AS came, max(s.v - s.paused) AS left_on,
        min(d.finished - s.paused_in_all) AS done
    FROM s JOIN d ON d.id = s.dossier_id
    WHERE s.state IN ({_RUNS}) AND NOT s.stands_still AND s.step IS NOT NULL AND NOT s.is_given_up
    GROUP BY d.id, d.procedure_id, d.competent_office_id, s.step
    HAVING min(coalesce(s.due_at, s.entered_at + %(settled)s)) < %(cut)s
)
SELECT procedure_id, competent_office_id, step, left_on - came, done - came, count(*)
FROM r WHERE came IS NOT NULL AND left_on IS NOT NULL
GROUP BY 1, 2, 3, 4, 5
"""  # noqa: S608 - only our own fragments are put together

_OPEN = f"""
SELECT d.id, d.procedure_id, v.field, s.step, coalesce(p.role, ''),
    {day_number("s.due_at")} - {day_number("%(cut)s::timestamptz")} AS left_days,
    s.office_id, s.holder_id, s.entered_at, s.due_at, {{outcome}}
FROM dossiers_stay s JOIN dossiers_dossier d ON d.id = s.dossier_id
JOIN catalogue_procedureversion v ON v.id = d.version_id
LEFT JOIN catalogue_processstep p ON p.process_id = d.process_id AND p.seq = s.step
WHERE tstzrange(s.entered_at, s.left_at, '(]') @> %(cut)s::timestamptz AND s.state IN ({_RUNS})
    AND NOT s.stands_still AND s.step IS NOT NULL
    AND (s.due_at AT TIME ZONE INTERVAL '7 hours')::date >= %(today)s AND {{condition}}
"""  # noqa: S608 - only our own fragments are put together

# Not done in the days that were left, while its clock ran; NULL as long as that can still be.
_OUTCOME = f"""(
    SELECT CASE WHEN reached > due THEN true WHEN d.finished_at < %(now)s THEN false END FROM (
        SELECT {day_number("s.due_at")} AS due, {day_number("least(d.finished_at, %(now)s::timestamptz)")} - coalesce((
            SELECT sum({day_number("least(x.left_at, %(now)s::timestamptz)")} - {day_number("x.entered_at")})
            FROM dossiers_stay x WHERE x.dossier_id = d.id AND x.stands_still AND x.entered_at >= %(cut)s
        ), 0) AS reached
    ) y
)"""  # noqa: S608 - only our own fragments are put together


# Every dossier whose clock ran on a day, late or not, with its stays until then; the working days from then until it was
# done while its clock ran, or until `now` where it is not. Who gave up, or was stopped, has no outcome.
_ON_THE_WAY = f"""
SELECT d.id, d.procedure_id, d.competent_office_id, s.step,
    (SELECT json_agg(json_build_array(x.step, x.stands_still, x.entered_at,
        CASE WHEN x.left_at < %(cut)s THEN x.left_at END) ORDER BY x.seq)::text
     FROM dossiers_stay x WHERE x.dossier_id = d.id AND x.entered_at < %(cut)s),
    {day_number("least(d.finished_at, %(now)s::timestamptz)")} - {day_number("%(cut)s::timestamptz")} - coalesce((
        SELECT sum({day_number("least(x.left_at, %(now)s::timestamptz)")} - {day_number("x.entered_at")})
        FROM dossiers_stay x WHERE x.dossier_id = d.id AND x.stands_still AND x.entered_at >= %(cut)s
    ), 0), coalesce(d.finished_at < %(now)s, false)
FROM dossiers_stay s JOIN dossiers_dossier d ON d.id = s.dossier_id
WHERE tstzrange(s.entered_at, s.left_at, '(]') @> %(cut)s::timestamptz AND s.state IN ({_RUNS})
    AND NOT s.stands_still AND s.step IS NOT NULL AND {{condition}}
    AND NOT (d.finished_at < %(now)s AND d.state IN ({_GIVEN_UP}))
"""  # noqa: S608 - only our own fragments are put together


def past_cases(cut: datetime, days: Numbered) -> list[Cases]:
    """Every past case that was settled before `cut`, counted; of very many dossiers one of so many. Two statements."""
    return [Cases(*row) for row in _learn(_PAST, MOST_LEARNED, cut, days)]


def past_courses(cut: datetime, days: Numbered) -> list[Course]:
    """How long every past case that was settled before `cut` lay at each step and took from there. Two statements."""
    return [Course(*row) for row in _learn(_COURSES, MOST_TIMED, cut, days)]


def _learn(statement: str, most: int, cut: datetime, days: Numbered) -> list[tuple[Any, ...]]:
    values: dict[str, Any] = {"cut": cut, "since": cut - REMEMBERED, "counts": days.counts, "first": days.first}
    with connection.cursor() as cursor:
        cursor.execute(_HOW_MANY, values)
        values |= {"one_of": 1 + cursor.fetchone()[0] // most, "settled": SETTLED}
        cursor.execute(statement, values)
        return cursor.fetchall()


def open_on(cut: datetime, days: Numbered, scope: Scope) -> list[Open]:
    """What lay open just before an instant, within the scope, and is not late yet; one statement."""
    return _read(cut, days, scope, "NULL", {})


def open_with_outcome(cut: datetime, days: Numbered, scope: Scope, now: datetime) -> list[Open]:
    """The same of a day gone by, with what became of each until `now`; one statement."""
    return _read(cut, days, scope, _OUTCOME, {"now": now})


class OnTheWay(NamedTuple):
    """A dossier whose clock ran on a day. `stays`: until then, as `kept.stays_read` reads them; `took`: working days on
    which its clock ran from then until it was done, or until now where it `is_done` not; None beyond the calendar."""

    dossier: int
    procedure: int
    office: int
    step: int
    stays: str
    took: int | None
    is_done: bool


def on_the_way(cut: datetime, days: Numbered, scope: Scope, now: datetime) -> list[OnTheWay]:
    """What lay open just before an instant with its clock running, and how long it took from there; one statement."""
    condition, values = restrict(scope)
    asked = {"cut": cut, "now": now, "counts": days.counts, "first": days.first, **values}
    with connection.cursor() as cursor:
        cursor.execute(_ON_THE_WAY.format(condition=condition), asked)
        return [OnTheWay(*row) for row in cursor.fetchall()]


def _read(cut: datetime, days: Numbered, scope: Scope, outcome: str, more: dict[str, Any]) -> list[Open]:
    condition, values = restrict(scope)
    asked = {"cut": cut, "today": day_of(cut), "counts": days.counts, "first": days.first, **values, **more}
    with connection.cursor() as cursor:
        cursor.execute(_OPEN.format(outcome=outcome, condition=condition), asked)
        return [_open(row) for row in cursor.fetchall() if row[5] is not None]


def _open(row: tuple[Any, ...]) -> Open:
    return Open(row[0], Standing(*row[1:6]), *row[6:11])


def restrict(scope: Scope) -> tuple[str, dict[str, Any]]:
    """The scope as a condition on `d`, as the reports have it."""
    conditions, values = ["true"], {}
    if scope.offices is not None:
        conditions.append(f"d.{scope.place}_office_id = ANY(%(offices)s)")
        values["offices"] = list(scope.offices)
    if scope.allowed is not None:
        conditions.append("(d.receiving_office_id = ANY(%(allowed)s) OR d.competent_office_id = ANY(%(allowed)s))")
        values["allowed"] = list(scope.allowed)
    return " AND ".join(conditions), values

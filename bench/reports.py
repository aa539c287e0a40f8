"""python -m bench.reports: a synthetic province-year, and what its reports cost. The load takes minutes; it is kept.

Beside each: the same month in hand-written SQL over the rows as they stand today, and in DuckDB over an export.
"""

from __future__ import annotations

import argparse
import os
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

from bench.beside import intake_beside_reports
from bench.cold import chill
from bench.load import Speaker
from bench.serving import served
from bench.stage import fill, scratch_database, session_of, set_stage
from motcua.launcher import postgres

TIMES = 9
TIMES_COLD = 3
TIMES_AT_NIGHT = 3
# What an analyst would write at once: by today's row, so without supplements and with promises as corrected since.
BY_HAND = """
SELECT competent_office_id,
    count(*) FILTER (WHERE accepted_at < %(start)s) AS carried_over,
    count(*) FILTER (WHERE accepted_at >= %(start)s AND channel = 1) AS new_counter,
    count(*) FILTER (WHERE accepted_at >= %(start)s AND channel = 2) AS new_online,
    count(*) FILTER (WHERE accepted_at >= %(start)s AND channel = 3) AS new_post,
    count(*) FILTER (WHERE finished_at < %(end)s AND state IN ('withdrawn', 'stopped')) AS ended,
    count(*) FILTER (WHERE finished_at < %(end)s AND state NOT IN ('withdrawn', 'stopped')
        AND date_trunc('day', finished_at) < date_trunc('day', due_at)) AS resolved_early,
    count(*) FILTER (WHERE finished_at < %(end)s AND state NOT IN ('withdrawn', 'stopped')
        AND date_trunc('day', finished_at) > date_trunc('day', due_at)) AS resolved_late,
    count(*) FILTER (WHERE finished_at < %(end)s) AS done,
    count(*) FILTER (WHERE (finished_at IS NULL OR finished_at >= %(end)s) AND due_at < %(end)s) AS open_late,
    count(*) AS total
FROM dossiers_dossier
WHERE accepted_at < %(end)s AND (finished_at IS NULL OR finished_at >= %(start)s) GROUP BY 1
"""
EXPORT = """
COPY (SELECT id, competent_office_id, receiving_office_id, procedure_id, channel, state, accepted_at, finished_at,
    returned_at, due_at FROM dossiers_dossier WHERE accepted_at IS NOT NULL) TO STDOUT WITH (FORMAT csv, HEADER)
"""


def main() -> int:
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    os.environ["MOTCUA_SECRET_KEY"] = secrets.token_hex(32)
    with postgres.database(), tempfile.TemporaryDirectory(prefix="motcua-bench-") as state:
        os.environ["MOTCUA_STATE_DIR"] = state
        with scratch_database(os.environ["DATABASE_URL"], keep=not options.drop, suffix="year") as (url, is_new):
            fill(is_new)
            _load(options)
            _measure(url, Path(state))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.reports", description=__doc__)
    parser.add_argument("--dossiers", type=int, default=1_150_343, help="accepted in a year")
    parser.add_argument("--years", type=int, default=1)
    parser.add_argument("--warm", action="store_true", help="leave the server running: nothing is measured cold")
    parser.add_argument("--drop", action="store_true", help="begin with a new database and drop it at the end")
    options = parser.parse_args()
    os.environ["MOTCUA_BENCH_WARM"] = "yes" if options.warm else ""
    return options


def _load(options: argparse.Namespace) -> None:
    from django.core.management import call_command

    from motcua.dossiers.kinds import Origin
    from motcua.dossiers.models import Dossier

    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_indicators", verbosity=0)
    # What a run before took in at its end is no part of the year, and must not be mixed with what is to be loaded.
    if not Dossier.objects.filter(origin=Origin.LIVE).exists():
        began = time.monotonic()
        call_command("year", dossiers=options.dossiers, years=options.years)
        print(f"the province is there after {time.monotonic() - began:.0f} s", flush=True)
    began = time.monotonic()
    call_command("keep_counts")
    print(f"what is over is counted and kept after {time.monotonic() - began:.0f} s", flush=True)


def _measure(url: str, state: Path) -> None:
    from motcua.replays.year.loading import loaded_plan

    plan = loaded_plan()
    last_month = _month_before(plan.last.replace(day=1))
    earlier = max(date(plan.first.year, plan.first.month, 1) + timedelta(days=62), date(last_month.year - 5, 1, 1))
    print(f"\n{_sizes(url)}")
    print(f"\n| {'what':58} | cold ms | warm ms, median of {TIMES} | worst |")
    print(f"|{'-' * 60}|--------:|---------------------:|------:|", flush=True)
    for title, month in (("last month", last_month), ("an early month", earlier.replace(day=1))):
        _statements(url, f"{title} {month:%Y-%m}", f"{month:%Y-%m}")
    if plan.years > 3:
        _as_of(url, plan.last)
    _rooms_above(url, f"{last_month:%Y-%m}")
    _at_night(url)
    _by_hand(url, last_month)
    _duckdb(url, last_month, state)
    _pages(f"{last_month:%Y-%m}", f"{plan.last:%Y-%m}")


def _statements(url: str, title: str, month: str) -> None:
    from motcua.reports.behind import behind
    from motcua.reports.month import count_anew, count_figures, report
    from motcua.reports.periods import parse_period
    from motcua.reports.scope import Scope

    period, everybody = parse_period(month), Scope()
    _tell(url, f"{title}: all figures by office, as kept", lambda: count_figures(period, everybody, "office"))
    _tell(url, f"{title}: all figures by office, counted anew", lambda: count_anew(period, everybody, "office"))
    busiest = max(report(period, everybody).rows, key=lambda row: row.figures["new"])
    one = Scope(offices=frozenset({int(busiest.key)}))
    _tell(url, f"{title}: one office by procedure", lambda: count_figures(period, one, "procedure"))
    for measure in ("new", "resolved_late", "open", "carried_over"):
        first_page = partial(behind, period, everybody, measure)
        _tell(url, f"{title}: behind “{measure}”, first page", first_page)
    row = str(busiest.key)
    _tell(url, f"{title}: behind “resolved” of one office", lambda: behind(period, everybody, "resolved", row=row))


def _as_of(url: str, last: date) -> None:
    """Three years ago to the day, from the first day of that month: no period that anybody keeps."""
    from motcua.reports.behind import behind
    from motcua.reports.month import count_anew
    from motcua.reports.periods import between
    from motcua.reports.scope import Scope

    day, everybody = last - timedelta(days=3 * 365 + 1), Scope()
    period = between(day.replace(day=1), day)
    _tell(url, f"as of {day}: all figures by office", lambda: count_anew(period, everybody, "office"))
    _tell(url, f"as of {day}: behind “open”, first page", lambda: behind(period, everybody, "open"))


def _rooms_above(url: str, month: str) -> None:
    """What stands on the reports: the board of this instant, the index of service quality, a statutory form."""
    from motcua.base.times import day_of, now
    from motcua.indices.quality import quality
    from motcua.operations.board import behind, board
    from motcua.reports.periods import parse_period
    from motcua.reports.scope import Scope
    from motcua.reports.statutory.filling import fill
    from motcua.reports.statutory.forms import form_named

    period, everybody, at = parse_period(month), Scope(), now()
    _tell(url, "the board of every office", lambda: board(at, everybody))
    _tell(url, "the board: behind “in hand”, first page", lambda: behind(at, everybody, "in_hand"))
    _tell(url, f"index 766 of the province, {month}", lambda: quality(period, everybody))
    _tell(url, f"form II.06a by field, {month}", lambda: fill(form_named("II.06a"), period, everybody, day_of(at)))


def _at_night(url: str) -> None:
    """What `keep past` does once a night for whoever asks when an open dossier will be done; kept as it would be."""
    from motcua.ahead.keeping import keep
    from motcua.ahead.likelihood import Experience
    from motcua.ahead.pace import paces
    from motcua.ahead.past import numbered, past_cases, past_courses
    from motcua.base.times import day_of, now, start_of

    at = now()
    days, cut, tell = numbered(day_of(at)), start_of(day_of(at)), partial(_tell, url, times=TIMES_AT_NIGHT)
    tell("keep past: which cases missed their day", lambda: past_cases(cut, days))
    tell("keep past: how long cases took from each step", lambda: past_courses(cut, days))
    known, found = Experience(past_cases(cut, days)), paces(past_courses(cut, days))
    title = f"keep past: writing {len(known.groups)} groups, {len(found)} places"
    tell(title, lambda: keep(day_of(at), known, found, at=at))


def _by_hand(url: str, month: date) -> None:
    def ask() -> None:
        with psycopg.connect(url) as connection:  # the one before ended when the server was restarted for a cold look
            connection.execute(BY_HAND, _bounds(month)).fetchall()

    _tell(url, "hand-written SQL by today's rows", ask)


def _duckdb(url: str, month: date, state: Path) -> None:
    import duckdb

    export = state / "dossiers.csv"
    began = time.monotonic()
    with psycopg.connect(url) as connection, connection.cursor().copy(EXPORT) as copy, export.open("wb") as file:
        for chunk in copy:
            file.write(chunk)
    lake = duckdb.connect()
    lake.execute("SET threads = 2")
    lake.execute(f"COPY (FROM read_csv('{export}')) TO '{state}/dossiers.parquet'")
    lake.execute(f"CREATE VIEW dossiers_dossier AS FROM '{state}/dossiers.parquet'")
    made = time.monotonic() - began
    bounds = _bounds(month)
    question = BY_HAND.replace("%(start)s", "$start::timestamptz").replace("%(end)s", "$end::timestamptz")
    title = f"the same in DuckDB over parquet (export {made:.0f} s)"
    _tell("", title, lambda: lake.execute(question, bounds).fetchall())


def _pages(month: str, running: str) -> None:
    """As an overseer sees them, over HTTP; then intake beside somebody who reads them."""
    from motcua.offices.models import Posting

    overseer = Posting.objects.filter(role="overseer", valid_to=None).select_related("account")[0].account
    cookie = {"Cookie": f"sessionid={session_of(overseer)}"}
    stage = set_stage()
    asked = {
        "page of the month by all offices": f"/dieu-hanh/bao-cao/?{urlencode({'ky': month})}",
        "page of the running month by all offices": f"/dieu-hanh/bao-cao/?{urlencode({'ky': running})}",
        "page of the list behind “new”": f"/dieu-hanh/ho-so/?{urlencode({'ky': month, 'chitieu': 'new'})}",
        "page of the board": "/van-hanh/",
    }
    with served(2) as server:
        speaker = Speaker(server.port)
        for title, path in asked.items():
            speaker.raw("GET", path, cookie)
            _tell("", title, partial(speaker.raw, "GET", path, cookie))
        intake_beside_reports(server.port, stage, list(asked.values()), cookie)


def _tell(url: str, title: str, job: Callable[[], object], *, times: int = TIMES) -> None:
    from django.db import connections

    chilled = []
    for _ in range(0 if os.environ["MOTCUA_BENCH_WARM"] or not url else TIMES_COLD):
        connections.close_all()
        if not chill(url):
            break
        connections["default"].ensure_connection()
        chilled.append(_milliseconds(job))
    job()
    took = [_milliseconds(job) for _ in range(times)]
    first = f"{statistics.median(chilled):7.0f}" if chilled else "      –"
    print(f"| {title:58} | {first} | {statistics.median(took):20.0f} | {max(took):5.0f} |", flush=True)


def _milliseconds(job: Callable[[], object]) -> float:
    began = time.perf_counter()
    job()
    return 1000 * (time.perf_counter() - began)


def _bounds(month: date) -> dict[str, Any]:
    from motcua.base.times import start_of

    return {"start": start_of(month), "end": start_of((month + timedelta(days=31)).replace(day=1))}


def _month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def _sizes(url: str) -> str:
    """Rows and bytes of the three great tables."""
    tables = ("dossiers_dossier", "dossiers_event", "dossiers_stay")
    with psycopg.connect(url) as connection:
        rows = [
            connection.execute(
                "SELECT reltuples::bigint, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class WHERE oid = %s::regclass",
                [table],
            ).fetchone()
            for table in tables
        ]
    return "; ".join(
        f"{table.partition('_')[2]}: {row[0]:,} rows, {row[1] / 1e9:.1f} GB and {row[2] / 1e9:.1f} GB of indexes"
        for table, row in zip(tables, rows, strict=True)
        if row
    )


if __name__ == "__main__":
    raise SystemExit(main())

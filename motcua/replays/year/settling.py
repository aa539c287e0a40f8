"""What a long load leaves to do once over all rows: look every pointer up, count, map the settled pages.

Table by table on connections of their own, as many at a time as there are cores.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

from django.db import connection

from motcua.replays.year.rows import TABLES

_POINTERS = """
SELECT c.conrelid::regclass::text, c.confrelid::regclass::text,
    array_agg(a.attname ORDER BY k.place), array_agg(b.attname ORDER BY k.place)
FROM pg_constraint c
CROSS JOIN LATERAL unnest(c.conkey, c.confkey) WITH ORDINALITY AS k (here, there, place)
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.here
JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = k.there
WHERE c.contype = 'f' AND c.conrelid = ANY(%s::regclass[])
GROUP BY c.oid ORDER BY pg_relation_size(c.conrelid) + pg_relation_size(c.confrelid) DESC, 1, 2
"""
_GREATEST_FIRST = "SELECT t::regclass::text FROM unnest(%s::text[]) t ORDER BY pg_relation_size(t::regclass) DESC, t"


def settle() -> None:
    """Statistics and a map of settled pages, as a database has that grew for a year; and nothing points nowhere.

    Inside a transaction, which no other connection sees, one by one and without the map. Raises AssertionError where
    a row points to none: then the loader is wrong.
    """
    names = [table.model._meta.db_table for table in TABLES]
    with connection.cursor() as cursor:
        cursor.execute(_GREATEST_FIRST, [names])
        tables = cursor.fetchall()
        cursor.execute(_POINTERS, [names])
        pointers = cursor.fetchall()
    _each(_tidy, tables)
    _each(_look_up, pointers)


def _tidy(cursor: Any, table: str) -> None:
    cursor.execute(f"{'ANALYZE' if cursor.db.in_atomic_block else 'VACUUM (ANALYZE)'} {table}")


def _look_up(cursor: Any, here: str, there: str, columns: list[str], targets: list[str]) -> None:
    meet = " AND ".join(f"h.{one} = t.{other}" for one, other in zip(columns, targets, strict=True))
    named = " AND ".join(f"h.{one} IS NOT NULL" for one in columns)
    cursor.execute(
        f"SELECT count(*) FROM {here} h LEFT JOIN {there} t ON {meet} WHERE {named} AND t.{targets[0]} IS NULL"  # noqa: S608
    )
    if (lost := cursor.fetchone()[0]) != 0:
        raise AssertionError(f"{here} ({', '.join(columns)}): {lost} rows point nowhere")


def _each(work: Callable[..., None], all_of_them: Iterable[tuple[Any, ...]]) -> None:
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            for one in all_of_them:
                work(cursor, *one)
        return

    def by_itself(one: tuple[Any, ...]) -> None:
        with closing(connection.copy()) as own, own.cursor() as cursor:
            cursor.execute("SET work_mem = '256MB'")
            cursor.execute("SET maintenance_work_mem = '256MB'")
            work(cursor, *one)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(by_itself, all_of_them))

"""Indexes that a long load does without: made once over all rows they cost a fraction of row by row.

They are taken away and made again as the models have them, on a connection of their own: the load's own transaction
stays open meanwhile. Whoever is killed between the two leaves them to the next load, which makes what is missing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import Any

from django.contrib.postgres.indexes import GistIndex
from django.db import connection, models

from motcua.dossiers.models import Dossier
from motcua.replays.year.rows import TABLES

# Fewer dossiers than this are written sooner than the indexes are made.
WORTH_IT = 50_000
_THERE = "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND tablename = ANY(%s)"


@contextmanager
def without_indexes(new: int) -> Iterator[None]:
    """Without the indexes of the loaded tables, constraints kept, while `new` dossiers come; all are there afterwards."""
    if new >= WORTH_IT:
        take_away()
    try:
        yield
    finally:
        make_missing()


def take_away() -> None:
    """Drop every index of the loaded tables that is no constraint, and keep the vacuum away from them."""
    with closing(connection.copy()) as other, other.schema_editor() as editor:
        for model, index in _indexes():
            editor.remove_index(model, index)
        _vacuumed(other, by_itself=False)


def make_missing() -> None:
    """Every index of the models that is not there; as many at a time as there are cores."""
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute(_THERE, [[table.model._meta.db_table for table in TABLES]])
        there = {name for (name,) in cursor.fetchall()}
        missing = [(model, index) for model, index in _indexes() if index.name not in there]
        if not missing:
            return
        # Those over ranges take longest, then those of the great tables: begun last, one of them would run on alone.
        missing.sort(key=lambda one: (not isinstance(one[1], GistIndex), one[0] is Dossier))
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(_make, *zip(*missing, strict=True)))
        _vacuumed(other, by_itself=True)


def _make(model: type[models.Model], index: models.Index) -> None:
    with closing(connection.copy()) as own, own.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '384MB'")
        cursor.execute("SET max_parallel_maintenance_workers = 0")  # the cores are busy with the other indexes
        with own.schema_editor(atomic=False) as editor:
            editor.add_index(model, index)


def _indexes() -> Iterator[tuple[type[models.Model], models.Index]]:
    for table in TABLES:
        for index in table.model._meta.indexes:
            yield table.model, index


def _vacuumed(other: Any, *, by_itself: bool) -> None:
    with other.cursor() as cursor:
        for table in TABLES:
            name = table.model._meta.db_table
            said = "RESET (autovacuum_enabled)" if by_itself else "SET (autovacuum_enabled = false)"
            cursor.execute(f"ALTER TABLE {name} {said}")

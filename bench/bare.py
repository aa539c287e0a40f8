"""The same rows without the product: prepared statements of one driver on one connection per client."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

Job = Callable[[], object]
COUNTER = """
INSERT INTO dossiers_numbercounter AS counter (office_id, day, last) VALUES (%s, current_date, 1)
ON CONFLICT (office_id, day) DO UPDATE SET last = counter.last + 1 RETURNING last
"""
GENERATED = {"id", "owner_folded", "recorded_at"}
_serial = itertools.count(time.time_ns())


class Rows:
    """The rows of one dossier that the product made, to be written again under other keys."""

    def __init__(self, url: str, code: str) -> None:
        with psycopg.connect(url, row_factory=dict_row) as connection:
            self.dossier = connection.execute("SELECT * FROM dossiers_dossier WHERE code = %s", [code]).fetchone() or {}
            key = [self.dossier["id"]]
            self.events = connection.execute(
                "SELECT * FROM dossiers_event WHERE dossier_id = %s ORDER BY seq", key
            ).fetchall()
            self.stays = connection.execute(
                "SELECT * FROM dossiers_stay WHERE dossier_id = %s ORDER BY seq", key
            ).fetchall()
            self.papers = connection.execute("SELECT * FROM dossiers_givenpaper WHERE dossier_id = %s", key).fetchall()
            self.results = connection.execute("SELECT * FROM dossiers_result WHERE dossier_id = %s", key).fetchall()
            self.handovers = connection.execute("SELECT * FROM dossiers_handover WHERE dossier_id = %s", key).fetchall()


@lru_cache
def statement_of(table: str, columns: tuple[str, ...]) -> LiteralString:
    """The INSERT, put together once: the floor is the database's, not the driver's."""
    text = sql.SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING id").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join(sql.Placeholder() * len(columns)),
    )
    return text.as_string()


def insert(connection: psycopg.Connection[Any], table: str, row: dict[str, Any], **other: Any) -> int:
    """One row with other keys; its id."""
    values = {name: value for name, value in {**row, **other}.items() if name not in GENERATED}
    statement = statement_of(table, tuple(values))
    cells = [Jsonb(value) if isinstance(value, dict | list) else value for value in values.values()]
    found = connection.execute(statement, cells, prepare=True).fetchone()
    return int(found[0]) if found else 0


def intake(url: str, rows: Rows) -> Callable[[int], Job]:
    """Counter, dossier, event, stay, papers, in one transaction."""

    def make(_number: int) -> Job:
        connection = psycopg.connect(url, autocommit=True)
        return lambda: found(connection, rows)

    return make


def found(connection: psycopg.Connection[Any], rows: Rows) -> int:
    """The founding transaction."""
    with connection.transaction():
        connection.execute(COUNTER, [rows.dossier["receiving_office_id"]], prepare=True)
        number = f"B{next(_serial)}"
        dossier = insert(
            connection, "dossiers_dossier", rows.dossier, submission_no=number, code=number, origin_ref=None
        )
        insert(connection, "dossiers_event", rows.events[0], dossier_id=dossier)
        insert(connection, "dossiers_stay", rows.stays[0], dossier_id=dossier, left_at=None)
        for paper in rows.papers:
            insert(connection, "dossiers_givenpaper", paper, dossier_id=dossier)
    return dossier


def life(url: str, rows: Rows) -> Callable[[int], Job]:
    """The founding, then one transaction per act: lock, update, event, stay; then the rows a tracker reads."""

    def make(_number: int) -> Job:
        connection = psycopg.connect(url, autocommit=True)

        def live() -> None:
            dossier = found(connection, rows)
            for event, stay in itertools.zip_longest(rows.events[1:], rows.stays[1:]):
                with connection.transaction():
                    connection.execute(
                        "SELECT * FROM dossiers_dossier WHERE id = %s FOR UPDATE", [dossier], prepare=True
                    )
                    _act(connection, rows, dossier, event, stay)
            connection.execute("SELECT * FROM dossiers_event WHERE dossier_id = %s", [dossier], prepare=True).fetchall()

        return live

    return make


def _act(connection: psycopg.Connection[Any], rows: Rows, dossier: int, event: Any, stay: Any) -> None:
    connection.execute(
        "UPDATE dossiers_dossier SET state = %s, last_seq = %s, last_hash = %s, last_event_at = %s WHERE id = %s",
        [event["to_state"], event["seq"], event["hash"], event["at"], dossier],
        prepare=True,
    )
    insert(connection, "dossiers_event", event, dossier_id=dossier)
    if stay is not None:
        connection.execute(
            "UPDATE dossiers_stay SET left_at = %s WHERE dossier_id = %s AND left_at IS NULL",
            [stay["entered_at"], dossier],
            prepare=True,
        )
        insert(connection, "dossiers_stay", stay, dossier_id=dossier, left_at=None)
    extra = {"approve": ("dossiers_result", rows.results), "hand_over": ("dossiers_handover", rows.handovers)}
    table, found_rows = extra.get(event["act"], ("", []))
    for row in found_rows:
        insert(connection, table, row, dossier_id=dossier)

"""Rows as the tables want them, and the fastest way in: COPY, with values as the server keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from django.db import connection, models
from psycopg import sql
from psycopg.types.json import Jsonb

from motcua.dossiers.models import Dossier, Event, Extension, Handover, Result, Stay, SupplementRequest

Row = Sequence[Any]


class Table:
    """The columns of a model that are written; the database numbers the rows unless they bring their `id`."""

    def __init__(self, model: type[models.Model], *, with_id: bool = False) -> None:
        self.model = model
        fields: list[Any] = [
            field for field in model._meta.concrete_fields if not field.generated and (with_id or not field.primary_key)
        ]
        self.columns = [field.column for field in fields]
        self.place = {field.column: number for number, field in enumerate(fields)}
        self._usual = [_usual(field) for field in fields]
        # As the server names them, without a length or precision.
        self._types = [(field.db_type(connection) or "").partition("(")[0] for field in fields]

    def row(self, **values: Any) -> list[Any]:
        """A row with these columns; the others as the model has them by default."""
        made = self._usual.copy()
        for column, value in values.items():
            made[self.place[column]] = value
        return made

    def in_order(self, *columns: str) -> None:
        """Raises AssertionError unless these are the columns: who writes rows without names says so beside them."""
        if list(columns) != self.columns:
            raise AssertionError(f"{self.model.__name__} has {self.columns}")

    def copy_in(self, rows: Iterable[Row]) -> None:
        """Write them all."""
        statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(
            sql.Identifier(self.model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, self.columns))
        )
        with connection.cursor() as cursor, cursor.cursor.copy(statement) as copy:
            copy.set_types(self._types)
            for row in rows:
                copy.write_row(row)


def _usual(field: Any) -> Any:
    value = field.get_default() if field.has_default() or field.empty_strings_allowed else None
    return written(value) if isinstance(field, models.JSONField) and value is not None else value


def written(value: Any) -> Jsonb:
    """A value of a JSON column."""
    return Jsonb(value, dumps=orjson.dumps)


DOSSIERS = Table(Dossier, with_id=True)
EVENTS = Table(Event)
STAYS = Table(Stay)
RESULTS = Table(Result)
HANDOVERS = Table(Handover)
REQUESTS = Table(SupplementRequest)
EXTENSIONS = Table(Extension)
# In an order in which every row finds what it points to.
TABLES = (DOSSIERS, EVENTS, STAYS, RESULTS, HANDOVERS, REQUESTS, EXTENSIONS)

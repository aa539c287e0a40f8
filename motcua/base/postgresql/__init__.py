"""Django's PostgreSQL, with statements that the server keeps planned: `prepared(sql, values)`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

Row = TypeVar("Row", bound=Model)
Values = Sequence[Any] | Mapping[str, Any]


def prepared(statement: str, values: Values = (), *, last: bool = False) -> Any:
    """Run a statement of ours that is asked at every request; the cursor with its answer.

    The server plans it a few times per connection and then never again, which halves what it costs there. The text
    must be one of few: whoever puts values into it fills the server's memory with plans.
    last: nothing follows it in the outermost `atomic` around it, so COMMIT goes with it and saves a round trip.
    """
    return connection.prepared(statement, values, last=last)  # type: ignore[attr-defined]


def insert(row: Model) -> None:
    """Insert a new row of a model without generated or JSON columns; it does not learn its id."""
    statement, names = _insertion(type(row))
    prepared(statement, [getattr(row, name) for name in names])


@cache
def _insertion(model: type[Model]) -> tuple[str, list[str]]:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(str(field.column) for field in fields)
    blanks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({blanks})"  # noqa: S608 - our own names
    return statement, [field.attname for field in fields]


def columns_of(model: type[Model]) -> str:
    """The stored columns of a model in the order that `read` expects."""
    return ", ".join(str(field.column) for field in model._meta.concrete_fields)


def read(model: type[Row], statement: str, values: Values) -> list[Row]:
    """Rows of a model by a prepared statement that selects its `columns_of`; for models without JSON."""
    names = [field.attname for field in model._meta.concrete_fields]
    return [model.from_db(connection.alias, names, row) for row in prepared(statement, values)]

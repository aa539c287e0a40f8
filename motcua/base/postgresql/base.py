"""The backend itself, under the name that Django looks for. See docs/performance.md for what it saves."""

from __future__ import annotations

import select
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.types.numeric import Int8Dumper

PLANS_KEPT = 400


class _Prepared(psycopg.Cursor[Any]):
    """Sends values apart from the statement, and the statement only once per connection."""

    def execute(self, query: Any, params: Any = None, **_options: Any) -> _Prepared:
        return super().execute(query, params, prepare=True)


class DatabaseWrapper(base.DatabaseWrapper):  # type: ignore[misc]
    """Django's own, but it looks before it asks, and it can keep plans."""

    def get_new_connection(self, conn_params: Any) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.prepare_threshold, connection.prepared_max = 1, PLANS_KEPT
        # One width for all integers: every other combination of widths would be one more statement to plan.
        connection.adapters.register_dumper(int, Int8Dumper)
        return connection

    def is_usable(self) -> bool:
        """Whether the server is still there: nothing has come from it unasked, such as its farewell.

        Asking it (SELECT 1) at every request is the twentieth part of a request.
        """
        if self.connection is None or self.connection.closed:
            return False
        unasked = select.poll()
        unasked.register(self.connection.fileno(), select.POLLIN)
        return not unasked.poll(0)

    def prepared(self, statement: str, values: Any) -> Any:
        """See `motcua.base.postgresql.prepared`. Django's wrappers around a cursor are paid for only where one looks."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            cursor: Any = _Prepared(self.connection)
            if self.queries_logged or self.execute_wrappers:
                cursor = self._prepare_cursor(cursor)
            cursor.execute(statement, values)
        return cursor

"""The backend itself, under the name that Django looks for. See docs/performance.md for what it saves."""

from __future__ import annotations

import re
import select
from functools import lru_cache
from typing import Any

from django.db.backends.postgresql import base, operations
from psycopg.types.numeric import Int8Dumper

from motcua.base.postgresql.sending import PLANS_KEPT, Answered, Plans


@lru_cache(maxsize=PLANS_KEPT)
def _numbered(statement: str) -> tuple[str, list[str]]:
    """The statement with $1, $2 … for its %s or %(name)s, as the server wants it, and the name of each value."""
    names: list[str] = []

    def place(found: re.Match[str]) -> str:
        name = found[1] or f" {len(names)}"
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    return re.sub(r"%(?:\((\w+)\))?s", place, statement), names


class _Operations(operations.DatabaseOperations):
    """Django's own; a statement whose plan is kept is sent by its name, and is told by its text all the same."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        return super().last_executed_query(cursor, sql, params) or sql


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, but it looks before it asks, and it can keep plans."""

    ops_class = _Operations
    plans: Plans | None = None

    def get_new_connection(self, conn_params: Any) -> Any:
        connection = super().get_new_connection(conn_params)
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

    def prepared(self, statement: str, values: Any, *, last: bool = False) -> Any:
        """See `motcua.base.postgresql.prepared`. Django's wrappers around a cursor are paid for only where one looks."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        if self.plans is None or self.plans.connection is not self.connection:
            self.plans = Plans(self.connection)
        statement, names = _numbered(statement)
        if isinstance(values, dict):
            values = [values[name] for name in names]
        # A transaction inside another one (as in a test) is ended by whoever began the outer one.
        is_outermost = self.in_atomic_block and not self.savepoint_ids and not self.needs_rollback
        with self.wrap_database_errors:
            answered: Any = Answered(self.plans, last=last and is_outermost)
            if self.queries_logged or self.execute_wrappers:
                answered = self._prepare_cursor(answered)  # type: ignore[attr-defined]
            answered.execute(statement, values)
        return answered

"""Django's PostgreSQL, with statements that the server keeps planned: `prepared(sql, values)`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection


def prepared(statement: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> Any:
    """Run a statement of ours that is asked at every request; the cursor with its answer.

    The server plans it a few times per connection and then never again, which halves what it costs there. The text
    must be one of few: whoever puts values into it fills the server's memory with plans.
    """
    return connection.prepared(statement, values)  # type: ignore[attr-defined]

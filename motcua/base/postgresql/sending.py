"""How a statement whose plan is kept goes to the server and its answer comes back: libpq itself, psycopg's adapters.

psycopg's own cursor costs three times as much processor time as the server needs for a small answer.
"""

from __future__ import annotations

import select
from collections.abc import Iterator, Sequence
from typing import Any

import psycopg
from psycopg import errors, pq
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq.abc import PGconn, PGresult

PLANS_KEPT = 400
ANSWERS = {pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK}
Step = tuple[bytes, Sequence[Any], Sequence[Any]]  # name of the statement, its values, their formats


class Plans:
    """The statements that one connection has prepared, by text and types of the values. They outlive a rollback."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        self.adapting = Transformer(connection)
        self.names: dict[tuple[str, tuple[int, ...]], bytes] = {}
        self.prepared = 0

    def run(self, statement: str, values: Sequence[Any], *, last: bool) -> PGresult:
        """Send it; BEGIN goes with it where a transaction has to begin, and COMMIT where it is the last of one.

        Raises psycopg's errors. After a failure nothing is committed, and an open transaction waits for its rollback.
        """
        server = self.connection.pgconn
        if len(self.names) >= PLANS_KEPT:
            _checked(server.exec_(b"DEALLOCATE ALL"))
            self.names.clear()
        steps = [self._step(server, statement, values)]
        begins = not self.connection.autocommit and server.transaction_status == pq.TransactionStatus.IDLE
        if begins:
            steps.insert(0, self._step(server, "BEGIN", ()))
        if last:
            steps.append(self._step(server, "COMMIT", ()))
        if len(steps) == 1:
            return _checked(server.exec_prepared(*steps[0]))
        answers = [_checked(answer) for answer in _together(server, steps)]
        return answers[1 if begins else 0]

    def rows(self, answer: PGresult) -> list[tuple[Any, ...]]:
        """All rows of an answer, as Python's values."""
        self.adapting.set_pgresult(answer)
        return self.adapting.load_rows(0, answer.ntuples, tuple)

    def _step(self, server: PGconn, statement: str, values: Sequence[Any]) -> Step:
        adapting = self.adapting
        sent = adapting.dump_sequence(values, [PyFormat.AUTO] * len(values))
        types = adapting.types or ()
        key = statement, types
        if key not in self.names:
            self.prepared += 1
            name = f"mc_{self.prepared}".encode()
            _checked(server.prepare(name, statement.encode(), types))
            self.names[key] = name
        return self.names[key], sent, adapting.formats or ()


def _together(server: PGconn, steps: list[Step]) -> list[PGresult]:
    """Send several statements at once and read all their answers; after one that fails the rest are skipped."""
    coming = select.poll()
    coming.register(server.socket, select.POLLIN)

    def next_answer() -> PGresult | None:
        while server.is_busy():
            coming.poll()  # where other threads may run: libpq would wait with Python locked
            server.consume_input()
        return server.get_result()

    answers: list[PGresult | None] = []
    try:
        server.enter_pipeline_mode()
        for name, values, formats in steps:
            server.send_query_prepared(name, values, formats)
        server.pipeline_sync()
        for _step in steps:
            answers.append(next_answer())
            next_answer()  # the end of this statement's answers
        next_answer()  # the end of all
        server.exit_pipeline_mode()
    except BaseException:
        server.finish()  # interrupted between question and answer: nobody could make sense of what comes next
        raise
    return [answer for answer in answers if answer is not None]


def _checked(answer: PGresult) -> PGresult:
    if answer.status in ANSWERS:
        return answer
    if answer.error_field(pq.DiagnosticField.SQLSTATE) is None:  # libpq says this itself: the server has gone away
        raise errors.OperationalError(answer.get_error_message())
    raise errors.error_from_result(answer)


class Answered:
    """As much of a cursor as Django's wrappers and our rooms need; the answer is read whole."""

    _query = None  # where Django looks for the text of a statement that psycopg sent

    def __init__(self, plans: Plans, *, last: bool) -> None:
        self.plans = plans
        self.last = last
        self.rows: Iterator[tuple[Any, ...]] = iter(())
        self.rowcount = -1

    def execute(self, statement: str, values: Sequence[Any]) -> None:
        """Run it, numbered blanks and all."""
        answer = self.plans.run(statement, values, last=self.last)
        has_rows = answer.status == pq.ExecStatus.TUPLES_OK
        self.rowcount = answer.ntuples if has_rows else answer.command_tuples or 0
        self.rows = iter(self.plans.rows(answer) if has_rows else ())

    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row, None after the last."""
        return next(self.rows, None)

    def fetchall(self) -> list[tuple[Any, ...]]:
        """The rows that are left."""
        return list(self.rows)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return self.rows

    def close(self) -> None:
        """Nothing is held open."""

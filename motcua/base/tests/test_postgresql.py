"""What our own backend promises beyond Django's."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    OperationalError,
    close_old_connections,
    connection,
    transaction,
)
from django.test.utils import CaptureQueriesContext

from motcua.base.postgresql import prepared, sending

pytestmark = pytest.mark.django_db


def test_a_prepared_statement_takes_values_in_order_or_by_name() -> None:
    assert prepared("select %s::int - %s::int", [5, 3]).fetchone() == (2,)
    named = "select %(more)s::int - %(less)s::int, %(more)s::int"
    assert prepared(named, {"less": 3, "more": 5}).fetchone() == (2, 5)


def test_the_server_plans_it_once_whatever_the_width_of_its_integers() -> None:
    for number in (1, 70_000, 5_000_000_000):
        prepared("select %s::bigint /* widths */", [number])
    plans = "select count(*) from pg_prepared_statements where statement like %s"
    assert prepared(plans, ["%/* widths */%"]).fetchone() == (1,)


def test_it_is_seen_by_whoever_counts_statements() -> None:
    with CaptureQueriesContext(connection) as seen:
        prepared("select 1")
    assert len(seen) == 1


def test_a_connection_that_the_server_ended_is_not_usable_and_is_seen_without_asking() -> None:
    other: Any = connection.copy()
    other.ensure_connection()
    try:
        assert other.is_usable()
        prepared("select pg_terminate_backend(%s::int, 5000)", [other.connection.info.backend_pid])
        assert not other.is_usable()
    finally:
        other.close()


def test_a_statement_that_fails_is_told_in_djangos_words_and_the_next_one_works() -> None:
    for wrong in ("select 1 / %s::int /* fails */", "select no_such_thing + %s::int"):
        with pytest.raises(DatabaseError), transaction.atomic():
            prepared(wrong, [0])
        assert prepared("select 1 / %s::int /* fails */", [1]).fetchall() == [(1,)]


def test_a_savepoint_that_is_rolled_back_takes_no_plan_with_it() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        prepared("select %s::int /* survives */", [1])
        raise IntegrityError
    plans = "select count(*) from pg_prepared_statements where statement like %s"
    assert prepared(plans, ["%/* survives */%"]).fetchone() == (1,)
    assert prepared("select %s::int /* survives */", [1]).fetchone() == (1,)
    assert prepared(plans, ["%/* survives */%"]).fetchone() == (1,)


def test_plans_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "PLANS_KEPT", 5)
    for number in range(12):
        assert prepared(f"select %s::int + {number}", [1]).fetchone() == (1 + number,)
    assert prepared("select count(*) <= 5 from pg_prepared_statements").fetchone() == (True,)


@pytest.fixture
def shelf(transactional_db: None) -> Iterator[str]:
    """A table for commits that are seen from outside, with a rule that is checked at commit only."""
    with connection.cursor() as cursor:
        cursor.execute("create table shelf (n int unique deferrable initially deferred)")
    yield "shelf"
    with connection.cursor() as cursor:
        cursor.execute("drop table shelf")


def _seen_from_outside() -> list[tuple[int]]:
    other: Any = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("select n from shelf order by n")
            return list(cursor.fetchall())
    finally:
        other.close()


@pytest.mark.django_db(transaction=True)
def test_begin_goes_with_the_first_statement_and_commit_with_the_last(shelf: str) -> None:
    put = f"insert into {shelf} values (%s) returning n"
    with transaction.atomic():
        assert prepared(put, [1]).fetchone() == (1,)
        assert _seen_from_outside() == []
        assert prepared(put, [2], last=True).fetchone() == (2,)
        assert _seen_from_outside() == [(1,), (2,)]
    prepared(put, [3])
    assert _seen_from_outside() == [(1,), (2,), (3,)]


@pytest.mark.django_db(transaction=True)
def test_when_the_last_statement_or_the_commit_fails_nothing_stays(shelf: str) -> None:
    put = f"insert into {shelf} values (%s::int)"
    with pytest.raises(DataError), transaction.atomic():
        prepared(put, [1])
        prepared(f"insert into {shelf} values (1 / %s::int)", [0], last=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        prepared(put, [1])
        prepared(put, [1], last=True)
    with pytest.raises(DataError), transaction.atomic():
        prepared("select 1 / %s::int /* the first fails */", [0])
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        prepared(put, [1])
        raise ZeroDivisionError
    assert _seen_from_outside() == []
    with transaction.atomic():
        prepared(put, [2], last=True)
    assert _seen_from_outside() == [(2,)]


@pytest.mark.django_db(transaction=True)
def test_inside_another_transaction_the_last_statement_commits_nothing(shelf: str) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        with transaction.atomic():
            prepared(f"insert into {shelf} values (%s)", [1], last=True)
        raise ZeroDivisionError
    assert _seen_from_outside() == []


@pytest.mark.django_db(transaction=True)
def test_a_server_that_goes_away_is_told_and_the_next_request_has_a_new_connection(shelf: str) -> None:
    before = prepared("select pg_backend_pid()").fetchone()
    with pytest.raises(OperationalError), transaction.atomic():
        prepared("select pg_terminate_backend(%s::int)", list(before))
        prepared("select 1", last=True)
    close_old_connections()
    assert prepared("select pg_backend_pid()").fetchone() != before

"""What our own backend promises beyond Django's."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.base.postgresql import prepared

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

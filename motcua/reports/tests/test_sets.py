"""The sets are read by the shortest way; here they are read the long way, stay by stay, and are the same dossiers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.base.times import VIETNAM
from motcua.dossiers.states import IN_HAND, WAITING_FOR_ACCEPTANCE
from motcua.reports import sets
from motcua.reports.month import bounds
from motcua.reports.periods import Period
from motcua.reports.tests.ledger import History, procedure, write
from motcua.reports.tests.test_month import lives
from tests.cast import Cast

pytestmark = pytest.mark.django_db
COLUMNS = "dossier_id, measure, competent_office_id, receiving_office_id, procedure_id, version_id, lay_at, holder_id, due_at, at"
DAY = "({} AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
FIRST = "s.entered_at <= CASE s.state WHEN 'returned' THEN d.returned_at ELSE d.finished_at END"
STOOD = "s.entered_at < {0} AND (s.left_at >= {0} OR s.left_at IS NULL) AND (d.finished_at IS NULL OR s.entered_at < d.finished_at)"
LONG_WAY = """
SELECT s.dossier_id, {} AS measure, d.competent_office_id, d.receiving_office_id, d.procedure_id, d.version_id,
    s.office_id AS lay_at, s.holder_id, s.due_at, s.entered_at AS at
FROM dossiers_stay s JOIN dossiers_dossier d ON d.id = s.dossier_id
LEFT JOIN dossiers_handover h ON h.dossier_id = s.dossier_id AND h.at = s.entered_at AND s.state = 'returned'
WHERE {}
"""
ENTERED = f"""CASE WHEN s.state = 'refused' THEN 'refused' WHEN s.state = 'returned' THEN 'returned_' || h.way
    WHEN d.accepted_at IS NULL THEN 'withdrawn_before'
    WHEN s.state IN ('withdrawn', 'stopped') THEN s.state
    WHEN s.due_at IS NULL OR {DAY.format("s.entered_at")} = {DAY.format("s.due_at")} THEN 'resolved_on_time'
    WHEN {DAY.format("s.entered_at")} < {DAY.format("s.due_at")} THEN 'resolved_early' ELSE 'resolved_late' END"""
STANDS = f"""CASE WHEN s.state IN ('submitted', 'pre_supplement') THEN 'waiting_acceptance'
    WHEN s.state = 'supplement' THEN 'waiting_supplement'
    WHEN s.due_at IS NULL OR s.due_at >= %(last_day)s THEN 'open_within'
    WHEN s.stands_still AND {DAY.format("s.due_at")} >= {DAY.format("s.entered_at")} THEN 'open_within' ELSE 'open_late' END"""
THE_LONG_WAY = " UNION ALL ".join(
    (
        LONG_WAY.format(
            "'carried_over'", f"s.state = ANY(%(in_hand)s::text[]) AND {STOOD.format('%(start)s::timestamptz')}"
        ),
        LONG_WAY.format(
            ENTERED,
            "s.state IN ('finished', 'withdrawn', 'stopped', 'refused', 'returned') AND s.entered_at >= %(start)s"
            f" AND s.entered_at < %(end)s AND (d.finished_at IS NULL OR {FIRST})",
        ),
        LONG_WAY.format(
            STANDS,
            f"s.state = ANY(%(in_hand)s::text[] || %(waiting)s::text[]) AND {STOOD.format('%(end)s::timestamptz')}",
        ),
    )
)
SHORT_WAY = " UNION ALL ".join(
    (sets.STOOD_BEFORE, sets.DONE, sets.RETURNED, sets.ENDED_BEFORE, sets.STANDS, sets.WAITS)
)


def read(sql: str, period: Period) -> list[tuple[object, ...]]:
    states = {
        "in_hand": [state.value for state in IN_HAND],
        "waiting": [state.value for state in WAITING_FOR_ACCEPTANCE],
    }
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM ({sql}) m", {**bounds(period), **states})
        return sorted(cursor.fetchall(), key=str)


@given(histories=st.lists(lives(), min_size=1, max_size=12), first=st.integers(0, 80), length=st.integers(0, 40))
@settings(max_examples=settings().max_examples // 8)
def check_both_ways(cast: Cast, histories: list[History], first: int, length: int) -> None:
    begin = date(2021, 10, 1) + timedelta(days=first)
    period = Period(begin, begin + timedelta(days=length))
    with transaction.atomic():
        for index, history in enumerate(histories):
            history.competent = (cast.justice, cast.industry, cast.commune)[index % 3]
            history.receiving = cast.center
            write(history, procedure())
        assert read(SHORT_WAY, period) == read(THE_LONG_WAY, period)
        transaction.set_rollback(True)


@pytest.mark.hypothesis
def test_both_ways_lead_to_the_same_dossiers(cast: Cast) -> None:
    check_both_ways(cast)


def test_the_country_keeps_one_hour() -> None:
    """What `_day` rests on."""
    days = (date(1976, 1, 1) + timedelta(days=number) for number in range(0, 36_500, 30))
    assert {VIETNAM.utcoffset(_noon(day)) for day in days} == {timedelta(hours=7)}


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12))

"""What lay where at an instant is found as fast on the last day as on the first, though rows come in the order of time."""

from __future__ import annotations

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db
# One in twenty seconds, each for up to eight hours: 720 lie over an instant, a page holds some sixty.
STAYS = 30_000
_FILL = """
INSERT INTO stays_in_order (id, dossier_id, seq, state, office_id, stands_still, entered_at, left_at)
SELECT i, i, 1, %s, 1, false, entered, entered + (i::bigint * 7919 %% 28800) * interval '1 second'
FROM (SELECT i, '2026-01-05'::timestamptz + i * interval '20 seconds' AS entered FROM generate_series(1, %s) i) x
"""
_ASK = """
EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT dossier_id FROM stays_in_order
WHERE tstzrange(entered_at, left_at, '(]') @> %s::timestamptz AND state = %s
"""


@pytest.mark.parametrize(("index", "state"), [("stay_waits_over", "submitted"), ("stay_lies_over", "processing")])
def test_an_instant_of_the_last_day_costs_no_more_pages_than_one_of_the_first(index: str, state: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [index])
        made_as = cursor.fetchone()[0]
        cursor.execute("CREATE TEMP TABLE stays_in_order (LIKE dossiers_stay INCLUDING DEFAULTS) ON COMMIT DROP")
        cursor.execute(made_as.replace(index, "in_order").replace("public.dossiers_stay", "stays_in_order"))
        cursor.execute(_FILL, [state, STAYS])
        cursor.execute("ANALYZE stays_in_order")
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    early, late = (_pages(asked, state) for asked in ("2026-01-06 12:00", "2026-01-11 12:00"))
    assert early > 0
    assert late < 1.5 * early


def _pages(instant: str, state: str) -> int:
    """Pages of the index that are read for what lay there at an instant; the table's own are not counted."""
    with connection.cursor() as cursor:
        cursor.execute(_ASK, [instant, state])
        found = cursor.fetchone()[0][0]["Plan"]["Plans"][0]
    assert found["Index Name"] == "in_order" and found["Actual Rows"] > 600
    return int(found["Local Hit Blocks"] + found["Local Read Blocks"])

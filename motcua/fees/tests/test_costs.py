"""What is shown beforehand is what the ledger then charges, to the đồng, whatever the fees and reductions.

Law: ND61-2018 15, 22; LPLP-2015 3, 10
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.fees import billing
from motcua.fees.costs import cost_of, costs_of
from motcua.fees.kinds import LineKind
from motcua.fees.ledger import fold
from motcua.fees.rules import set_reduction, set_rule
from motcua.fees.terms import Due
from tests.cast import Cast
from tests.world import moment

AT = moment("2021-11-01 08:00")
TODAY = date(2021, 11, 1)
WORDS: dict[str, Any] = {"basis": "Nghị quyết 1", "set_by": "Quang", "at": AT}
KINDS = st.sampled_from(["PHI", "LE_PHI", ""])
AMOUNTS = st.integers(0, 10**9)
FEES = st.lists(st.builds(Due, KINDS, st.sampled_from(["", "Phí thẩm định"]), AMOUNTS), max_size=5)
DAYS = st.dates(date(2021, 10, 28), date(2021, 11, 4))
OFF = st.one_of(
    st.builds(lambda cents: {"percent": Decimal(cents) / 100}, st.integers(1, 10_000)),
    st.builds(lambda amount: {"amount_vnd": amount}, st.integers(1, 10**9)),
)
REDUCTIONS = st.lists(
    st.tuples(OFF, st.lists(KINDS, max_size=2), st.lists(st.integers(1, 3), max_size=2), DAYS, DAYS), max_size=4
)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(dues=FEES, reductions=REDUCTIONS, channel=st.integers(1, 3))
def test_the_preview_is_what_is_charged(cast: Cast, dues: list[Due], reductions: list[Any], channel: int) -> None:
    with transaction.atomic():
        for off, kinds, channels, begins, ends in reductions:
            if begins < ends:
                set_reduction("R", valid_from=begins, valid_to=ends, kinds=kinds, channels=channels, **off, **WORDS)
        shown = cost_of(dues, procedure_code="9.1", channel=channel, day=TODAY)
        bill = billing.issue(
            dues,
            procedure_code="9.1",
            channel=channel,
            counter_id=cast.center.pk,
            agency_id=cast.justice.pk,
            payer_name="Trần Thị Lan",
            actor=cast.actor("minh"),
            at=AT,
        )
        assert (bill is None) == (shown is None)
        if bill is not None and shown is not None:
            entries = list(bill.entries.order_by("seq").values_list("line_id", "kind", "amount_vnd"))
            lines = fold(entries).lines
            owed = [(line.kind, line.name, lines[line.pk].owed) for line in bill.lines.all()]
            assert owed == [(line.kind, line.name, line.owed_vnd) for line in shown.lines]
            assert fold(entries).total.owed == shown.total_vnd == shown.amount_vnd - shown.off_vnd
            assert shown.terms.due_when == bill.due_when
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_all_channels_are_asked_in_one_statement_and_each_has_its_own_reductions(cast: Cast) -> None:
    set_rule("", due_when="before", holds_back=True, valid_from=date(2021, 1, 1), **WORDS)
    days: dict[str, Any] = {"valid_from": date(2021, 10, 1), "valid_to": date(2021, 11, 2)}
    set_reduction("Trực tuyến", percent=Decimal(50), channels=[2], **days, **WORDS)
    dues = [Due(LineKind.FEE, "Phí", 100_001)]
    with CaptureQueriesContext(connection) as asked:
        found = costs_of({1: dues, 2: dues, 3: []}, procedure_code="9.1", day=TODAY)
    assert len(asked) == 1
    counter, online = found[1], found[2]
    assert counter is not None and online is not None and found[3] is None
    assert (counter.total_vnd, online.total_vnd, online.lines[0].basis) == (100_001, 50_000, "Trực tuyến: Nghị quyết 1")
    assert (online.terms.holds_back, online.due_label) == (True, "Thu trước khi tiếp nhận")
    later = cost_of(dues, procedure_code="9.1", channel=2, day=date(2021, 11, 2))
    assert later is not None and later.total_vnd == 100_001
    with CaptureQueriesContext(connection) as asked:
        assert cost_of([Due("PHI", "", 0)], procedure_code="9.1", channel=2, day=TODAY) is None
    assert len(asked) == 0

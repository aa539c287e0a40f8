"""Another table: proposed by one person, decided by another, from a day to come, kept for ever. Law: QD766-2022"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.base.errors import Forbidden, Invalid, Refused
from motcua.indices.models import IndicatorTable, TableDecision, TableProposal
from motcua.indices.proposals import approve, differences, propose, reject
from motcua.indices.tables import read_table, table_on
from motcua.indices.tests.made import said
from motcua.law.proposals import Person
from motcua.law.tests.settling import QUANG, YEN
from tests.world import World, moment

pytestmark = pytest.mark.django_db
AT = moment("2026-11-02 09:00")
DAY = date(2027, 1, 1)


def wish(data: dict[str, Any] | None = None, **changes: Any) -> TableProposal:
    facts = {"valid_from": DAY, "reason": "Mục tiêu năm 2027", "document": "QĐ 9/QĐ-UBND", "by": YEN, "at": AT}
    return propose(data or raised(), **{**facts, **changes})


def raised() -> dict[str, Any]:
    """The bundled table with a target of 60 % for online dossiers."""
    data = said()
    next(row for row in data["indicators"] if row[0] == "3.3")[5] = "60"
    return data


def test_a_second_person_lets_it_hold_from_its_day(world: World) -> None:
    proposal = wish()
    row = approve(proposal.pk, by=QUANG, at=AT)
    assert (row.approved_by, row.proposal_id, row.valid_from, row.basis) == (
        QUANG.name,
        proposal.pk,
        DAY,
        "QĐ 9/QĐ-UBND",
    )
    before, after = table_on("qd766", date(2026, 12, 31)), table_on("qd766", DAY)
    assert before is not None and after is not None and before.code == "qd766-2022" != after.code
    assert [(one.what[:3], one.old, one.new) for one in differences(before, after)] == [
        ("3.3", "6 điểm, mục tiêu 50 %", "6 điểm, mục tiêu 60 %")
    ]


def test_nobody_decides_their_own_nor_twice(world: World) -> None:
    own = wish(by=QUANG)
    with pytest.raises(Forbidden):
        approve(own.pk, by=QUANG, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        TableDecision.objects.create(
            proposal=own, approved=True, decided_by=QUANG.account_id, decider_name="x", decided_at=AT
        )
    other = wish()
    with pytest.raises(Forbidden):
        approve(other.pk, by=Person(9, "Hoa", frozenset()), at=AT)
    reject(other.pk, by=QUANG, at=AT, note="Chưa rõ")
    with pytest.raises(Refused):
        approve(other.pk, by=QUANG, at=AT)
    assert IndicatorTable.objects.filter(scheme="qd766").count() == 1


def test_what_is_wrong_is_said_beside_its_field(world: World) -> None:
    for changes, field in (
        ({"reason": " "}, "reason"),
        ({"valid_from": date(2026, 11, 2)}, "valid_from"),
    ):
        with pytest.raises(Invalid) as refused:
            wish(**changes)
        assert field in refused.value.fields
    with pytest.raises(Forbidden):
        wish(by=Person(9, "Hoa", frozenset({"handler"})))
    data = said()
    data["indicators"][0][4] = "7"
    with pytest.raises(Invalid, match="cộng lại được 19 điểm"):
        wish(data)
    assert not TableProposal.objects.exists()


def test_too_late_or_taken_is_refused(world: World) -> None:
    first, second = wish(), wish()
    with pytest.raises(Refused):
        approve(first.pk, by=QUANG, at=moment("2027-01-01 00:00"))
    approve(first.pk, by=QUANG, at=AT)
    with pytest.raises(Invalid):
        approve(second.pk, by=QUANG, at=AT)
    with pytest.raises(Invalid):
        reject(second.pk, by=QUANG, at=AT, note=" ")


def test_the_database_wants_the_approval_too(world: World) -> None:
    proposal = wish()
    with pytest.raises(DatabaseError), transaction.atomic():
        IndicatorTable.objects.create(
            scheme="qd766",
            code="x",
            name="x",
            valid_from=DAY,
            basis="x",
            proposal=proposal,
            approved_by="x",
            approved_at=AT,
        )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE indices_tableproposal SET reason = 'khác'")


def test_a_proposal_reads_as_it_was_made(world: World) -> None:
    assert read_table(wish().content).code == "qd766-20270101"

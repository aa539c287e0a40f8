"""Merging, dividing and renaming offices: two people, a day to come, and everybody finds what was open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.offices.changing import Successor, decide_change, propose_change
from motcua.offices.models import Office, OfficeChange, Posting, Succession
from motcua.offices.tests.changes import DAY, controller, dividing, merging, person, proposed
from tests.cast import office
from tests.world import World, moment

pytestmark = pytest.mark.django_db
DECIDED = "2021-11-03 09:00"


def approved(plan: Any) -> OfficeChange:
    return decide_change(proposed(plan).pk, approved=True, by=controller(), at=moment(DECIDED))


def test_two_communes_become_one_on_the_day_and_not_before(world: World) -> None:
    change = proposed(merging())
    assert Office.objects.filter(code="000.98.34.H54").count() == 0 and change.approved is None
    decide_change(change.pk, approved=True, by=controller(), at=moment(DECIDED))
    new = Office.objects.get(code="000.98.34.H54")
    assert new.key == "xa-dong-cac-12757"  # the heir keeps the key, so that procedures find it
    sources = Office.objects.filter(successions__to_office=new)
    assert {one.valid_to for one in sources} == {DAY} == {new.valid_from}
    assert new.parent == world.cast.district and new.kind == "commune_unit" and new.code_qd20 == "H54.34.98"
    assert set(Succession.objects.filter(to_office=new).values_list("kind", "basis")) == {("merge", "NQ 12/NQ-HĐND")}
    assert new not in Office.objects.on(date(2021, 12, 31)) and new in Office.objects.on(DAY)


def test_who_served_serves_on_and_answers_for_what_was_open(world: World) -> None:
    was = world.cast.commune
    approved(merging())
    new = Office.objects.get(code="000.98.34.H54")
    before, after = world.actor("son", date(2021, 12, 31)), world.actor("son", DAY)
    assert before.has("approver", was.pk) and not before.has("approver", new.pk)
    assert after.has("approver", was.pk) and after.has("approver", new.pk)


def test_a_division_says_who_goes_where(world: World) -> None:
    was = world.cast.commune
    approved(dividing())
    heir, other = (Office.objects.get(code=code) for code in ("000.96.34.H54", "000.97.34.H54"))
    hanh, son = world.actor("hanh", DAY), world.actor("son", DAY)
    assert hanh.has("receiver", other.pk) and not hanh.has("receiver", heir.pk) and not hanh.has("receiver", was.pk)
    assert son.has("approver", heir.pk) and son.has("approver", was.pk) and not son.has("approver", other.pk)
    assert Posting.objects.filter(office=was, valid_to=None).count() == 0
    assert Posting.objects.filter(account=world.cast.hanh, office=other, basis="NQ 12/NQ-HĐND").count() == 2
    assert [one.is_default for one in was.successions.order_by("id")] == [True, False]


def test_one_joins_another_that_stays(world: World) -> None:
    stays = office("xa-dong-kinh-12748")
    plan = merging(sources=(world.cast.commune.code,), successors=(Successor(stays.code),), heir=stays.code)
    approved(plan)
    stays.refresh_from_db()
    assert stays.valid_to is None and stays.valid_from < DAY
    assert world.actor("son", DAY).has("approver", stays.pk)


def test_a_new_name_is_a_new_office_with_the_same_key(world: World) -> None:
    was = world.cast.commune
    new = Successor("000.95.34.H54", "Ủy ban nhân dân xã Đông Các Mới, huyện Đông Hưng", "Xã Đông Các Mới")
    approved(merging(kind="rename", sources=(was.code,), successors=(new,), heir=new.code))
    made = Office.objects.get(code=new.code)
    assert (made.key, made.unit_code) == (was.key, was.unit_code)


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("on", {"on": date(2021, 11, 2)}),
    ("kind", {"kind": "move"}),
    ("sources", {"sources": ("000.00.99.H54",)}),
    ("sources", {"sources": ("000.00.34.H54", "000.23.34.H54")}),
    ("sources", {"sources": ("000.23.34.H54",)}),
    ("successors", {"successors": ()}),
    ("successors", {"kind": "split"}),
    ("successors", {"kind": "rename"}),
    ("successors", {"successors": (Successor("x", "Y"),), "heir": "x"}),
    ("successors", {"successors": (Successor("000.98.34.H54"),)}),
    ("successors", {"successors": (Successor("000.23.34.H54"),), "heir": "000.23.34.H54"}),
    ("heir", {"heir": "000.97.34.H54"}),
    ("people", {"people": {"khang": "000.98.34.H54"}}),
    ("people", {"people": {"hanh": "000.90.34.H54"}}),
]


@pytest.mark.parametrize(("name", "changes"), WRONG)
def test_what_makes_no_sense_is_told_beside_its_field(world: World, name: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as caught:
        proposed(replace(merging(), **changes))
    assert set(caught.value.fields) == {name}
    assert not OfficeChange.objects.exists()


def test_an_office_with_parts_is_not_divided_before_them(world: World) -> None:
    with pytest.raises(Invalid, match="đơn vị trực thuộc trước"):
        proposed(dividing(sources=(world.cast.district.code,), people={}))


def test_two_people_and_grounds(world: World) -> None:
    with pytest.raises(Forbidden):
        propose_change(merging(), document="A", reason="B", by=person("minh", "receiver"), at=moment(DECIDED))
    with pytest.raises(Invalid) as caught:
        propose_change(merging(), document=" ", reason="", by=person(), at=moment(DECIDED))
    assert set(caught.value.fields) == {"document", "reason"}
    own = propose_change(merging(), document="A", reason="B", by=controller(), at=moment(DECIDED))
    with pytest.raises(Forbidden, match="không tự phê duyệt"):
        decide_change(own.pk, approved=True, by=controller(), at=moment(DECIDED))
    change = proposed(merging())
    with pytest.raises(Forbidden):
        decide_change(change.pk, approved=True, by=person("hoa", "administrator"), at=moment(DECIDED))
    with pytest.raises(Invalid):
        decide_change(change.pk, approved=False, by=controller(), at=moment(DECIDED))
    with pytest.raises(Refused, match="không còn ở phía trước"):
        decide_change(change.pk, approved=True, by=controller(), at=moment("2022-01-01 00:00"))
    with pytest.raises(NotThere):
        decide_change(0, approved=True, by=controller(), at=moment(DECIDED))
    assert Office.objects.on(DAY).filter(pk=world.cast.commune.pk).exists()


def test_what_was_decided_meanwhile_counts(world: World) -> None:
    first, second = proposed(merging()), proposed(dividing())
    decide_change(first.pk, approved=True, by=controller(), at=moment(DECIDED))
    with pytest.raises(Refused):
        decide_change(first.pk, approved=True, by=controller(), at=moment(DECIDED))
    with pytest.raises(Invalid, match="Không có cơ quan mang mã"):
        decide_change(second.pk, approved=True, by=controller(), at=moment(DECIDED))
    rejected = decide_change(second.pk, approved=False, by=controller(), at=moment(DECIDED), note="Đã sáp nhập")
    assert rejected.approved is False


def test_the_database_wants_a_second_person_too(world: World) -> None:
    change = proposed(merging())
    with pytest.raises(DatabaseError), transaction.atomic():
        OfficeChange.objects.filter(pk=change.pk).update(
            approved=True, decided_by=change.proposed_by, decided_at=moment(DECIDED)
        )

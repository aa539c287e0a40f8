"""Groups of the province's own: proposed by one, approved by another, published on their day and never changed."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.catalogue.group_proposals import decide_group, propose_group, publish_due, warnings_of
from motcua.catalogue.group_rows import GroupPart, GroupProposal, InterlinkedGroup
from motcua.catalogue.groups import groups_in_use, load_groups
from motcua.catalogue.tests.test_groups import ROW
from motcua.launcher import daily
from motcua.law.proposals import Person
from motcua.law.tests.settling import QUANG, YEN
from tests.world import World, moment

pytestmark = pytest.mark.django_db
AT, DAY = moment("2021-11-01 09:00"), date(2021, 12, 1)
OURS: dict[str, Any] = {**deepcopy(ROW), "decision": "12/QĐ-UBND", "decided_on": "2021-10-20", "name": "Nhóm của tỉnh"}


def changed(**changes: Any) -> dict[str, Any]:
    return {**deepcopy(OURS), **changes}


def proposed(content: dict[str, Any] | None = None, by: Person = YEN) -> GroupProposal:
    return propose_group(content or deepcopy(OURS), valid_from=DAY, reason="Theo quyết định mới", by=by, at=AT)


def test_propose_group_changes_nothing_until_a_second_person_agrees_and_the_day_is_there(world: World) -> None:
    load_groups([ROW], moment("2021-01-04 08:00"))
    made = proposed()
    assert [group.name for group in groups_in_use()] == ["Nhóm"]
    decide_group(made.pk, approved=True, by=QUANG, at=AT)
    assert publish_due(moment("2021-11-30 23:59")) == []
    (group,) = publish_due(moment("2021-12-01 00:05"))
    assert [one.name for one in groups_in_use()] == ["Nhóm của tỉnh"] and group.parts.count() == 2
    assert InterlinkedGroup.objects.get(name="Nhóm").retired_at == moment("2021-12-01 00:05")
    assert publish_due(moment("2021-12-02 00:05")) == []
    # What comes with the product does not take it back.
    assert load_groups([ROW], moment("2021-12-03 08:00")) == 0
    assert [one.name for one in groups_in_use()] == ["Nhóm của tỉnh"]


def test_a_later_version_takes_the_place_of_an_earlier_one_even_where_it_says_the_same(world: World) -> None:
    for _round in range(2):
        decide_group(proposed().pk, approved=True, by=QUANG, at=AT)
    first, second = publish_due(moment("2021-12-01 00:05"))
    assert groups_in_use() == [second] and first.pk != second.pk


def test_the_daily_command_publishes(world: World) -> None:
    decide_group(proposed().pk, approved=True, by=QUANG, at=AT)
    told = StringIO()
    call_command("publish_groups", stdout=told)
    assert "Nhóm của tỉnh" in told.getvalue() and "publish_groups" in daily.COMMANDS


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"codes": ["9.999999"]}, "Không có thủ tục mang mã 9.999999"),
        ({"codes": []}, "Cần ít nhất một mã thủ tục"),
        ({"name": " "}, "Cần điền"),
        ({"decision": ""}, "Cần điền"),
        ({"parts": OURS["parts"][:1]}, "từ 2 đến 30 phần việc"),
        ({"parts": [{**OURS["parts"][0], "waits_for": [2]}, OURS["parts"][1]]}, "1 → 2 → 1"),
        ({"parts": [{**OURS["parts"][0], "waits_for": [7]}, OURS["parts"][1]]}, "chờ phần việc không có: 7"),
        ({"parts": [{**OURS["parts"][0], "office": ""}, OURS["parts"][1]]}, "Phần việc 1: cần tên và cơ quan"),
    ],
)
def test_what_contradicts_itself_is_refused_with_the_sentence(changes: dict[str, Any], says: str, world: World) -> None:
    with pytest.raises(Invalid) as wrong:
        proposed(changed(**changes))
    assert says in " ".join([str(wrong.value), *wrong.value.fields.values()])
    assert not GroupProposal.objects.exists()


def test_a_procedure_goes_by_one_group(world: World) -> None:
    load_groups([ROW], moment("2021-01-04 08:00"))
    with pytest.raises(Invalid) as wrong:
        proposed(changed(key="two"))
    assert "đã thuộc nhóm liên thông “Nhóm”" in wrong.value.fields["codes"]


def test_parts_that_take_longer_than_the_procedure_are_warned_of_with_both_numbers(world: World) -> None:
    parts = [{**part, "limit": "4wd"} for part in OURS["parts"]]
    (warning,) = warnings_of(changed(parts=parts))
    assert "9.000001" in warning and "64 giờ" in warning and "40 giờ" in warning
    assert warnings_of(changed(parts=[{**part, "limit": "1wd"} for part in OURS["parts"]])) == []
    assert proposed(changed(parts=parts)).pk


def test_two_persons_say_so_once_and_before_the_day(world: World) -> None:
    nobody = Person(9, "Hoa", frozenset())
    with pytest.raises(Forbidden):
        proposed(by=nobody)
    with pytest.raises(Invalid):
        propose_group(deepcopy(OURS), valid_from=date(2021, 11, 1), reason="x", by=YEN, at=AT)
    with pytest.raises(Invalid):
        propose_group(deepcopy(OURS), valid_from=DAY, reason=" ", by=YEN, at=AT)
    own = proposed(by=QUANG)
    with pytest.raises(Forbidden) as error:
        decide_group(own.pk, approved=True, by=QUANG, at=AT)
    assert error.value.code == "second_person"
    with pytest.raises(Forbidden):
        decide_group(own.pk, approved=True, by=YEN, at=AT)
    made = proposed()
    with pytest.raises(Invalid):
        decide_group(made.pk, approved=False, by=QUANG, at=AT)
    with pytest.raises(Refused):
        decide_group(made.pk, approved=True, by=QUANG, at=moment("2021-12-01 08:00"))
    decide_group(made.pk, approved=False, note="Chưa có quyết định", by=QUANG, at=AT)
    with pytest.raises(Refused):
        decide_group(made.pk, approved=True, by=QUANG, at=AT)
    with pytest.raises(NotThere):
        decide_group(0, approved=True, by=QUANG, at=AT)
    assert publish_due(moment("2021-12-02 08:00")) == []


def test_the_database_refuses_to_change_what_was_published_proposed_or_decided(world: World) -> None:
    made = decide_group(proposed().pk, approved=True, by=QUANG, at=AT)
    (group,) = publish_due(moment("2021-12-01 00:05"))
    wrongs = (
        lambda: InterlinkedGroup.objects.filter(pk=group.pk).update(name="Khác"),
        lambda: InterlinkedGroup.objects.filter(pk=group.pk).delete(),
        lambda: GroupPart.objects.filter(group=group).update(limit=None),
        lambda: GroupPart.objects.filter(group=group).delete(),
        lambda: GroupProposal.objects.filter(pk=made.pk).update(content={}),
        lambda: GroupProposal.objects.filter(pk=made.pk).update(approved=False, note="x"),
        lambda: GroupProposal.objects.filter(pk=made.pk).update(group=None),
    )
    for wrong in wrongs:
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong()

"""A process with its steps at the centre: proposed, approved by another, in force while the list has the procedure."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from motcua.base.errors import Forbidden, Invalid, MotcuaError, Refused
from motcua.catalogue.life import onsite_processes
from motcua.catalogue.life.onsite import approve_list, checked, list_on
from motcua.catalogue.life.rows import OnsiteProcess
from motcua.catalogue.life.tests.made import AT, act, onsite, person, post_at
from motcua.catalogue.models import Process
from motcua.catalogue.offers import forget_offers, offer
from motcua.catalogue.processes import copy_placed, mode_of, place_of, role_of
from tests.world import World

CODE = "9.000001"
DAY = date(2021, 11, 1)
# receiver, head, handler, approver, clerk, receiver
FOUR = ("receiving", "", "onsite", "onsite", "", "receiving")
FIVE = ("receiving", "onsite", "onsite", "onsite", "onsite", "receiving")
BEFORE = datetime(2021, 10, 12, 2, 0, tzinfo=UTC)


def roles(world: World, on: date, *, at_centre: bool = True) -> list[tuple[str, str]]:
    course = offer(world.passport.pk, 1).course_on(on, at_centre=at_centre)
    return [(step.role, step.place) for step in course.steps]


def test_it_holds_from_its_day_on_at_the_centre_and_while_the_list_has_it(world: World) -> None:
    onsite(world.cast, "four", FOUR)
    usual = roles(world, DAY - timedelta(days=1))
    assert [role for role, _place in usual] == ["receiver", "head", "handler", "approver", "clerk", "receiver"]
    assert roles(world, DAY) == [
        ("receiver", "receiving"), ("handler", "onsite"), ("approver", "onsite"), ("receiver", "receiving"),
    ]  # fmt: skip
    assert roles(world, DAY, at_centre=False) == usual
    later = act(world.cast.quang, "7/QĐ-UBND", date(2021, 11, 20))
    approve_list([("9.000002", "four")], act=later, valid_from=date(2021, 12, 1), by=world.cast.quang, at=AT)
    forget_offers()
    assert roles(world, date(2021, 11, 30)) != usual
    assert roles(world, date(2021, 12, 1)) == usual


def test_with_its_people_the_check_passes(world: World) -> None:
    onsite(world.cast, "five", FIVE)
    cast: Any = world.cast
    post_at(cast.center, (cast.hoa, "handler"), (cast.thanh, "head"), (cast.tuan, "approver"))
    current = list_on(DAY)
    assert current is not None
    (found,) = checked(current, cast.center, DAY)
    assert found.violations == ("Trung tâm chưa có người được phân công đóng dấu (Văn thư).",)
    post_at(cast.center, (cast.nga, "clerk"))
    (found,) = checked(current, cast.center, DAY)
    assert found.violations == ()


@pytest.mark.parametrize(
    ("mode", "places", "sentence"),
    [
        ("four", ("receiving", "competent", "onsite", "onsite", "", "receiving"), "Bước 2 (head) không làm tại Trung tâm."),
        ("five", FOUR, "Quy trình không có bước đóng dấu."),
        ("four", ("receiving", "", "", "onsite", "", "receiving"), "Quy trình không có bước thẩm định."),
        ("four", ("receiving", "", "onsite", "onsite", "", ""), "kết thúc bằng trả kết quả"),
        ("four", ("receiving",), "Mỗi bước cần một nơi thực hiện."),
    ],
)  # fmt: skip
def test_what_is_not_done_at_the_centre_is_not_proposed(
    world: World, mode: str, places: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence.replace("(", r"\(").replace(")", r"\)")):
        onsite(world.cast, mode, places)
    assert not OnsiteProcess.objects.exists()
    assert not Process.objects.exclude(is_default=True).exists()


def test_only_of_the_list_in_its_mode_and_from_a_day_to_come(world: World) -> None:
    cast: Any = world.cast
    approve_list([(CODE, "four")], act=act(cast.quang), valid_from=DAY, by=cast.quang, at=BEFORE)
    facts: dict[str, Any] = {
        "base_id": Process.objects.get(is_default=True).pk, "places": FOUR, "document": "5/QĐ-UBND", "reason": "Vì dân",
        "by": person(cast.yen, "administrator"), "at": BEFORE,
    }  # fmt: skip
    wrong: list[tuple[list[str], dict[str, Any], type[MotcuaError]]] = [
        (["9.000002"], {}, Invalid),
        ([], {}, Invalid),
        ([CODE], {"mode": "five", "places": FIVE}, Invalid),
        ([CODE], {"valid_from": date(2021, 10, 12)}, Invalid),
        ([CODE], {"valid_from": date(2021, 10, 30)}, Invalid),
        ([CODE], {"document": " "}, Invalid),
        ([CODE], {"by": person(cast.minh, "receiver")}, Forbidden),
    ]
    for codes, changes, error in wrong:
        with pytest.raises(error):
            onsite_processes.propose(codes, **{"mode": "four", "valid_from": DAY, **facts, **changes})
    assert onsite_processes.propose([CODE], mode="four", valid_from=DAY, **facts).codes == [CODE]


def test_another_person_decides_once_before_its_day(world: World) -> None:
    cast: Any = world.cast
    made = onsite(cast, "four", FOUR)
    control = person(cast.quang, "procedure_control")
    with pytest.raises(Refused):
        onsite_processes.approve(made.pk, by=control, at=BEFORE)
    own = onsite_processes.propose(
        [CODE], base_id=made.base_id, mode="four", places=FOUR, valid_from=date(2021, 11, 9), document="6", reason="x",
        by=control, at=BEFORE,
    )  # fmt: skip
    for by in (control, person(cast.yen, "administrator")):
        with pytest.raises(Forbidden):
            onsite_processes.approve(own.pk, by=by, at=BEFORE)
    other = person(cast.dung, "procedure_control")
    with pytest.raises(Refused, match="không còn ở phía trước"):
        onsite_processes.approve(own.pk, by=other, at=datetime(2021, 11, 9, 2, 0, tzinfo=UTC))
    with pytest.raises(Invalid):
        onsite_processes.reject(own.pk, by=other, at=BEFORE, note=" ")
    assert not onsite_processes.reject(own.pk, by=other, at=BEFORE, note="Chưa đủ người").approved
    forget_offers()
    assert roles(world, date(2021, 11, 9)) == roles(world, DAY)


def test_what_was_proposed_and_decided_stays(world: World) -> None:
    made = onsite(world.cast, "four", FOUR)
    for row in (made, made.decision):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).delete()


def test_the_list_is_grouped_by_mode_and_process(world: World) -> None:
    onsite(world.cast, "four", FOUR)
    (group,) = onsite_processes.groups_on(DAY)
    assert (group.mode, group.codes, group.placed, group.open) == ("four", (CODE,), (CODE,), ())
    assert onsite_processes.groups_on(date(2021, 10, 1)) == []


@pytest.mark.parametrize(
    ("text", "role", "place"),
    [
        ("Lãnh đạo Sở Y tế tại Trung tâm Phục vụ hành chính công tỉnh", "approver", "onsite"),
        ("Công chức thẩm định tại TTPVHCC", "handler", "onsite"),
        ("Văn thư tại chỗ", "clerk", "onsite"),
        # Who receives at the centre; where a result goes; another centre than that of one-stop service.
        ("Bộ phận tiếp nhận và trả kết quả Sở Y tế tại TTPVHCC tỉnh; TTPVHCC các xã, phường", "receiver", "receiving"),
        ("CCMC của Sở tại TTPVHCC/NVBĐ", "receiver", "receiving"),
        ("Lãnh đạo Trung tâm Lưu trữ lịch sử", "approver", "competent"),
        ("Viên chức làm việc tại Trung tâm lưu trữ", "handler", "competent"),
    ],
)
def test_a_printed_cell_says_where_its_step_is_done(text: str, role: str, place: str) -> None:
    assert role_of(text, "") == role
    assert place_of(role, text) == place


def test_a_process_says_how_much_of_it_is_done_at_the_centre(world: World) -> None:
    base = Process.objects.get(is_default=True)
    for places, mode in (
        (FOUR, "four"),
        (FIVE, "five"),
        ((*FIVE[:4], "competent", FIVE[5]), "four"),
        ((*FIVE[:1], "competent", *FIVE[2:]), ""),
    ):
        assert copy_placed(base, places, "test").mode == mode
    assert mode_of([("handler", "onsite"), ("approver", "competent")]) == ""

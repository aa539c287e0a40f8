"""The list of what is done at the centre, held against who is posted there and what the process says."""

from datetime import date
from typing import Any

import pytest

from motcua.base.errors import Invalid
from motcua.catalogue.life.events import Happening, record
from motcua.catalogue.life.onsite import ListShare, approve_list, checked, list_on, modes_on, share_on
from motcua.catalogue.life.tests.made import AT, act, post_at
from motcua.catalogue.models import Procedure, Process, ProcessStep
from motcua.catalogue.processes import place_of
from motcua.offices.models import Delegation, Posting
from tests.cast import Cast
from tests.world import World

CODE = "9.000001"
DAY = date(2021, 11, 1)
FOUR = (("receiver", "Bộ phận TN&TKQ"), ("handler", "Công chức thẩm định tại Trung tâm"),
        ("approver", "Lãnh đạo Sở Tư pháp tại Trung tâm Phục vụ hành chính công"), ("receiver", "Bộ phận TN&TKQ"))  # fmt: skip
FIVE = (*FOUR[:3], ("clerk", "Văn thư tại chỗ"), FOUR[3])


def process(steps: tuple[tuple[str, str], ...]) -> None:
    made = Process.objects.create(
        source_key=f"own {len(steps)} {steps[1][1]}", digest=bytes(32), codes=[CODE], usable=True
    )
    ProcessStep.objects.bulk_create(
        ProcessStep(process=made, seq=seq, role=role, role_text=text, place=place_of(role, text))
        for seq, (role, text) in enumerate(steps, 1)
    )


def post(cast: Cast, *roles: str) -> None:
    """Khang comes to the Department of Justice with these roles, and sits at the centre."""
    post_at(cast.center, (cast.khang, "handler"))
    post_at(cast.justice, *[(cast.khang, role) for role in roles])


def violations(world: World, mode: str, on: date = DAY) -> tuple[str, ...]:
    cast: Any = world.cast
    approve_list([(CODE, mode)], act=act(cast.quang), valid_from=DAY, by=cast.quang, at=AT)
    current = list_on(on)
    assert current is not None
    (found,) = checked(current, cast.center, on)
    return found.violations


def test_a_centre_with_its_people_and_its_process_has_no_violation(world: World) -> None:
    post(world.cast, "handler", "approver", "clerk")
    process(FIVE)
    assert violations(world, "five") == ()


def test_each_thing_that_is_missing_is_a_sentence(world: World) -> None:
    assert violations(world, "five") == (
        "Trung tâm chưa có người được phân công thẩm định (Thụ lý).",
        "Trung tâm chưa có người được phân công phê duyệt (Phê duyệt).",
        "Trung tâm chưa có người được phân công đóng dấu (Văn thư).",
        "Thủ tục chưa có quy trình nội bộ riêng được phê duyệt cho các bước tại Trung tâm.",
    )


def test_five_needs_a_seal_and_every_step_at_the_centre(world: World) -> None:
    post(world.cast, "handler", "approver", "clerk")
    process((FOUR[0], ("handler", "Chuyên viên Sở Tư pháp"), *FOUR[2:]))
    assert violations(world, "five") == (
        "Bước 2 (Chuyên viên Sở Tư pháp) không làm tại Trung tâm.",
        "Quy trình không có bước đóng dấu.",
    )


def test_a_posting_that_ended_does_not_count(world: World) -> None:
    post(world.cast, "handler", "approver")
    process(FOUR)
    assert violations(world, "four") == ()
    Posting.objects.filter(office=world.cast.justice, account=world.cast.khang, role="approver").update(
        valid_to=date(2021, 11, 20)
    )
    assert violations(world, "four", date(2021, 11, 20)) == (
        "Trung tâm chưa có người được phân công phê duyệt (Phê duyệt).",
    )


def test_the_share_of_procedures_counts_no_dossier_and_no_closed_procedure(world: World) -> None:
    quang = world.cast.quang
    assert share_on(DAY) == ListShare(0, 2)
    approve_list([(CODE, "four")], act=act(quang), valid_from=DAY, by=quang, at=AT)
    assert (share_on(DAY), share_on(date(2021, 10, 31))) == (ListShare(1, 2), ListShare(0, 2))
    record(["9.000002"], Happening("abolished", DAY, act=act(quang)), by=quang, at=AT)
    assert str(share_on(DAY).percent) == "100.00"
    approve_list([], act=act(quang, "9/QĐ"), valid_from=date(2021, 12, 1), by=quang, at=AT)
    assert share_on(date(2021, 12, 1)).listed == 0


def test_who_is_only_posted_at_the_centre_is_not_of_the_authority(world: World) -> None:
    cast: Any = world.cast
    post_at(cast.center, (cast.khang, "handler"), (cast.khang, "approver"))
    process(FOUR)
    assert violations(world, "four") == (
        "Trung tâm chưa có người được phân công thẩm định (Thụ lý).",
        "Trung tâm chưa có người được phân công phê duyệt (Phê duyệt).",
    )
    post_at(cast.industry, (cast.khang, "approver"))
    assert len(violations(world, "four")) == 2


def test_of_four_the_seal_may_be_at_the_authority(world: World) -> None:
    post(world.cast, "handler", "approver")
    process((*FOUR[:3], ("clerk", "Văn thư Sở Tư pháp"), FOUR[3]))
    assert violations(world, "four") == ()
    assert violations(world, "five") == (
        "Trung tâm chưa có người được phân công đóng dấu (Văn thư).",
        "Bước 4 (Văn thư Sở Tư pháp) không làm tại Trung tâm.",
    )


def test_a_delegation_to_somebody_at_the_centre_counts_for_what_it_covers(world: World) -> None:
    cast: Any = world.cast
    post(cast, "handler")
    process(FOUR)
    missing = ("Trung tâm chưa có người được phân công phê duyệt (Phê duyệt).",)
    given: dict[str, Any] = {"from_account": cast.tuan, "to_account": cast.khang, "office": cast.justice}
    noted: dict[str, Any] = {"document": "5/UQ-STP", "noted_by": cast.tuan, "noted_at": AT}
    delegation = Delegation.objects.create(**given, **noted, valid_from=date(2021, 1, 1), procedures=["9.000003"])
    assert violations(world, "four") == missing
    Delegation.objects.filter(pk=delegation.pk).update(procedures=[CODE])
    assert violations(world, "four") == ()
    Delegation.objects.filter(pk=delegation.pk).update(valid_to=DAY)
    assert violations(world, "four") == missing


def test_a_suspended_procedure_is_told(world: World) -> None:
    post(world.cast, "handler", "approver")
    process(FOUR)
    record([CODE], Happening("suspended", DAY, act=act(world.cast.quang)), by=world.cast.quang, at=AT)
    assert violations(world, "four") == ("Thủ tục không còn nhận hồ sơ mới: tạm ngừng.",)


def test_a_new_list_replaces_the_one_before_from_its_day_on(world: World) -> None:
    quang = world.cast.quang
    for number, day, mode in (("1/QĐ", date(2021, 1, 1), "four"), ("2/QĐ", date(2021, 11, 15), "five")):
        approve_list([(CODE, mode)], act=act(quang, number, day), valid_from=day, by=quang, at=AT)
    pk = Procedure.objects.get(code=CODE).pk
    assert modes_on(date(2021, 11, 14)) == {pk: "four"}
    assert modes_on(date(2021, 11, 15)) == {pk: "five"}
    assert modes_on(date(2020, 1, 1)) == {}
    for lines in ([(CODE, "six")], [(CODE, "four"), (CODE, "five")], [("0.000000", "four")]):
        with pytest.raises(Invalid):
            approve_list(lines, act=act(quang), valid_from=DAY, by=quang, at=AT)

"""A parcel goes from hand to hand, in both directions, and no hand is left out. Law: QD45-2016 7; TT17-2017 5, 7"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.post.chain import MOVES, Holder, Step, moves_from
from motcua.post.custody import Item, dispatch, pass_on, receive
from motcua.post.day import counts, find_parcel, late_parcels, parcels_of_day, record_of
from motcua.post.limits import due_on, is_late
from motcua.post.models import Custody, Direction, Parcel, PostRule
from tests.world import World, moment

pytestmark = pytest.mark.django_db
MONDAY = moment("2021-11-01 08:00")


def item(world: World, number: str = "EB1VN", **kwargs: Any) -> Item:
    return Item(number, "Nguyễn Văn Bảy", world.cast.center.pk, "Đông Hưng", "Bưu tá Hải", **kwargs)


def sent(world: World, number: str = "EB1VN", **kwargs: Any) -> Parcel:
    return dispatch(item(world, number, **kwargs), actor=world.actor("minh"), at=MONDAY)


def go_on(
    world: World, parcel: Parcel, step: str, to: str, at: str, name: str = "", who: str = "minh", note: str = ""
) -> Custody:
    return pass_on(parcel.pk, step=step, to_holder=to, to_name=name, note=note, actor=world.actor(who), at=moment(at))


def chain(parcel: Parcel) -> list[tuple[str, str, str]]:
    return list(parcel.custody.order_by("seq").values_list("step", "from_name", "to_name"))


def test_a_dossier_comes_from_the_postman_s_hand_into_the_receiver_s(world: World) -> None:
    parcel = receive(
        item(world, papers=[{"name": "Tờ khai", "originals": 1, "copies": 0}]), actor=world.actor("minh"), at=MONDAY
    )
    assert chain(parcel) == [("handed", "Bưu tá Hải", world.cast.minh.full_name)]
    assert (parcel.state, parcel.handed_at, parcel.due_on) == ("arrived", MONDAY, None)
    assert parcel.custody.get().signed_by == world.cast.minh.full_name


def test_an_item_number_is_noted_once_each_way(world: World) -> None:
    sent(world)
    with pytest.raises(Invalid) as known:
        sent(world)
    assert known.value.code == "parcel_known"
    receive(item(world), actor=world.actor("minh"), at=MONDAY)


def test_a_result_goes_on_from_hand_to_hand_until_it_is_delivered(world: World) -> None:
    parcel = sent(world)
    go_on(world, parcel, "handed", "post", "2021-11-02 08:00", "Bưu cục Đông Hưng")
    go_on(world, parcel, "delivered", "recipient", "2021-11-03 08:00", "Nguyễn Văn Bảy")
    assert chain(parcel) == [
        ("handed", world.cast.minh.full_name, "Bưu tá Hải"),
        ("handed", "Bưu tá Hải", "Bưu cục Đông Hưng"),
        ("delivered", "Bưu cục Đông Hưng", "Nguyễn Văn Bảy"),
    ]
    parcel.refresh_from_db()
    assert parcel.state == "delivered"
    with pytest.raises(Refused, match="chuỗi giao nhận sẽ đứt"):
        go_on(world, parcel, "handed", "post", "2021-11-04 08:00", "Ai đó")


def test_a_step_that_would_leave_a_hand_out_is_refused(world: World) -> None:
    parcel = sent(world)
    with pytest.raises(Refused) as gap:
        go_on(world, parcel, "handed", "sender", "2021-11-02 08:00", "Ai đó")
    assert gap.value.code == "custody_gap"
    with pytest.raises(Refused, match="sớm hơn lần giao nhận trước"):
        go_on(world, parcel, "delivered", "recipient", "2021-10-31 08:00", "Nguyễn Văn Bảy")
    with pytest.raises(Invalid, match="tên người nhận"):
        go_on(world, parcel, "delivered", "recipient", "2021-11-02 08:00", " ")


def test_undelivered_only_after_two_invitations_two_working_days_apart(world: World) -> None:
    """Invited on Friday, the second invitation counts from Tuesday on: Saturday and Sunday are no working days."""
    parcel = sent(world)
    for wrong in ("2021-11-05 08:00", "2021-11-08 08:00"):
        go_on(world, parcel, "invited", "post", wrong)
        with pytest.raises(Refused, match="Phải mời nhận 2 lần, cách nhau ít nhất 2 ngày làm việc"):
            go_on(world, parcel, "came_back", "agency", wrong, "Nguyễn Thị Minh")
    go_on(world, parcel, "invited", "post", "2021-11-09 08:00")
    go_on(world, parcel, "came_back", "agency", "2021-11-10 08:00", "Nguyễn Thị Minh")
    parcel.refresh_from_db()
    assert parcel.state == "undelivered"
    # It can be collected at the counter, or sent again; then the invitations begin anew.
    go_on(world, parcel, "handed", "post", "2021-11-11 08:00", "Bưu tá Hải")
    with pytest.raises(Refused, match="Phải mời nhận"):
        go_on(world, parcel, "came_back", "agency", "2021-11-20 08:00", "Nguyễn Thị Minh")


def test_a_lost_parcel_says_why_and_ends(world: World) -> None:
    parcel = sent(world)
    with pytest.raises(Invalid):
        go_on(world, parcel, "lost", "nobody", "2021-11-05 08:00")
    go_on(world, parcel, "lost", "nobody", "2021-11-05 08:00", note="Bưu cục báo mất")
    assert moves_from(Holder.NOBODY, outbound=True) == []
    parcel.refresh_from_db()
    assert parcel.state == "lost"


def test_only_who_receives_at_the_counter_records_and_others_do_not_see_it(world: World) -> None:
    parcel = sent(world)
    for who, error in (("hoa", NotThere), ("hien", NotThere), ("dung", None)):
        if error:
            with pytest.raises(error):
                go_on(world, parcel, "handed", "post", "2021-11-02 08:00", "X", who=who)
        else:
            go_on(world, parcel, "handed", "post", "2021-11-02 08:00", "X", who=who)
    assert not issubclass(NotThere, Forbidden)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE post_custody SET to_name = 'Ai khác'",
        "DELETE FROM post_custody",
        "UPDATE post_parcel SET item_no = 'X'",
        "UPDATE post_parcel SET due_on = due_on + 1",
        "DELETE FROM post_parcel",
        # A hand-over that begins in other hands than the one before ended in, one that skips, and one without a name.
        *(
            "INSERT INTO post_custody (parcel_id, seq, previous_seq, step, from_holder, from_name, to_holder, to_name,"
            f" signed_by, at, note) SELECT parcel_id, {row} , 'x', at, '' FROM post_custody"
            for row in (
                "2, 1, 'handed', to_holder, 'Người khác', 'post', 'Y'",
                "2, 1, 'handed', 'agency', to_name, 'post', 'Y'",
                "3, 2, 'handed', to_holder, to_name, 'post', 'Y'",
                "2, NULL, 'handed', to_holder, to_name, 'post', 'Y'",
                "2, 1, 'handed', to_holder, to_name, 'post', ''",
            )
        ),
    ],
)
def test_the_database_refuses_a_gap(world: World, statement: str) -> None:
    sent(world)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    ("zone", "with_slip", "day"),
    [
        ("district", False, "2021-11-02"),
        ("district", True, "2021-11-03"),
        ("province", False, "2021-11-03"),
        ("province", True, "2021-11-05"),
        ("cities", False, "2021-11-04"),
        ("cities", True, "2021-11-09"),
        ("other", False, "2021-11-05"),
        ("other", True, "2021-11-11"),
    ],
)
def test_the_post_has_so_many_working_days(world: World, zone: str, with_slip: bool, day: str) -> None:
    parcel = sent(world, zone=zone, with_slip=with_slip)
    assert parcel.due_on == date.fromisoformat(day)
    assert not is_late(parcel.due_on, parcel.due_on)


def test_the_days_are_those_in_force_when_it_was_handed_over(world: World) -> None:
    PostRule.objects.create(
        key="province", days=1, valid_from=date(2022, 1, 1), basis="Hợp đồng 2022", confidence="high"
    )
    assert due_on(date(2021, 12, 30), "province", False) == date(2022, 1, 4)
    assert due_on(date(2022, 1, 4), "province", False) == date(2022, 1, 5)
    assert due_on(date(2010, 1, 4), "province", False) is None


def test_reception_and_return_are_counted_apart_and_late_ones_are_listed(world: World) -> None:
    centre = [world.cast.center.pk]
    receive(item(world, "EA1VN"), actor=world.actor("minh"), at=MONDAY)
    done, late, lost = sent(world, "EB1VN"), sent(world, "EB2VN"), sent(world, "EB3VN")
    go_on(world, done, "delivered", "recipient", "2021-11-03 08:00", "Nguyễn Văn Bảy")
    go_on(world, lost, "lost", "nobody", "2021-11-03 08:00", note="mất")
    day = MONDAY.date()
    found = counts(centre, day, day, date(2021, 11, 4))
    assert (found.received, found.sent, found.delivered, found.undelivered, found.lost, found.late) == (
        1,
        3,
        1,
        0,
        1,
        1,
    )
    assert late_parcels(centre, date(2021, 11, 4)) == [late]
    assert late_parcels(centre, date(2021, 11, 3)) == []
    assert [str(parcel) for parcel in parcels_of_day(centre, day, Direction.INBOUND)] == ["EA1VN"]
    assert len(parcels_of_day(centre, day, Direction.OUTBOUND)) == 3
    assert find_parcel(centre, " eb2vn ") == [late]
    assert find_parcel([world.cast.district.pk], "EB2VN") == []
    assert [line.parcel.item_no for line in record_of(centre[0], day, "out")] == ["EB1VN", "EB2VN", "EB3VN"]
    assert [line.parcel.item_no for line in record_of(centre[0], day, "in")] == ["EA1VN"]


def test_every_step_has_a_row() -> None:
    assert {move.step for move in MOVES} == set(Step)
    assert moves_from(Holder.AGENCY, outbound=False) == [
        move
        for move in MOVES
        if move.source == Holder.AGENCY and move.step in (Step.HANDED, Step.LOST) and move.target != Holder.POST
    ]

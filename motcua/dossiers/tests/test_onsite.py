"""Received, appraised, approved, sealed and returned at the centre: the dossier never leaves it.

Law: TT01-2018 6; ND61-2018 11
"""

from datetime import date
from typing import Any

import pytest

from motcua.base.errors import Forbidden, Invalid
from motcua.catalogue.life.tests.made import AT, onsite, post_at
from motcua.dossiers.acts import correction, decision, handover, processing, reception, supplement
from motcua.dossiers.acts.intake import Paper
from motcua.dossiers.kinds import ReturnWay
from motcua.dossiers.models import Dossier, Stay
from motcua.dossiers.waiting import waiting_page
from motcua.offices.models import Absence, Delegation, Posting
from tests.world import World, moment, reread

FOUR = ("receiving", "", "onsite", "onsite", "", "receiving")
FIVE = ("receiving", "", "onsite", "onsite", "onsite", "receiving")


def taken_in(world: World, mode: str = "four", at: str = "2021-11-01 08:00") -> Dossier:
    onsite(world.cast, mode, FIVE if mode == "five" else FOUR)
    dossier = reception.take_in(world.intake(), actor=world.actor("minh"), at=moment(at))
    return processing.forward(dossier.pk, actor=world.actor("minh"), at=moment("2021-11-01 09:00"))


def seat(world: World, *names: str) -> None:
    """These people of the Department of Justice are posted at the centre too."""
    seats = {"hoa": "handler", "thanh": "head", "tuan": "approver", "nga": "clerk"}
    post_at(world.cast.center, *[(getattr(world.cast, name), seats[name]) for name in names])


def waits_for(world: World, name: str) -> list[int]:
    return [row.dossier_id for row in waiting_page(world.actor(name), None, 20)]


@pytest.mark.parametrize("mode", ["four", "five"])
def test_the_whole_life_is_at_the_centre(world: World, mode: str) -> None:
    seat(world, "hoa", "tuan", "nga")
    dossier = taken_in(world, mode)
    assert waits_for(world, "hoa") == [dossier.pk]
    processing.forward(dossier.pk, actor=world.actor("hoa"), at=moment("2021-11-02 09:00"))
    assert waits_for(world, "tuan") == [dossier.pk]
    dossier = decision.approve(dossier.pk, actor=world.actor("tuan"), at=moment("2021-11-03 09:00"))
    assert dossier.state == ("decided" if mode == "five" else "finished")
    if mode == "five":
        assert waits_for(world, "nga") == [dossier.pk]
        decision.finish(dossier.pk, number="1/GP", actor=world.actor("nga"), at=moment("2021-11-03 10:00"))
    done = handover.hand_over(
        dossier.pk, way=ReturnWay.COUNTER, actor=world.actor("minh"), at=moment("2021-11-03 11:00")
    )
    assert done.state == "returned"
    places = set(Stay.objects.filter(dossier=dossier).values_list("office_id", flat=True))
    assert places == {world.cast.center.pk}
    assert done.competent_office_id == world.cast.justice.pk


def test_who_is_of_the_authority_but_not_posted_there_does_not_do_it(world: World) -> None:
    seat(world, "hoa")
    dossier = taken_in(world)
    assert waits_for(world, "tuan") == []
    processing.forward(dossier.pk, actor=world.actor("hoa"), at=moment("2021-11-02 09:00"))
    assert waits_for(world, "tuan") == []
    with pytest.raises(Forbidden, match="đang được phân công tại đó"):
        decision.approve(dossier.pk, actor=world.actor("tuan"), at=moment("2021-11-03 09:00"))
    with pytest.raises(Forbidden):
        decision.refuse_result(
            dossier.pk, reason="x", basis="y", actor=world.actor("tuan"), at=moment("2021-11-03 09:00")
        )


def test_who_is_posted_there_but_not_of_the_authority_does_not_do_it(world: World) -> None:
    post_at(world.cast.center, (world.cast.khang, "handler"), (world.cast.khang, "approver"))
    dossier = taken_in(world)
    assert waits_for(world, "khang") == []
    with pytest.raises(Forbidden):
        processing.forward(dossier.pk, actor=world.actor("khang"), at=moment("2021-11-02 09:00"))


def test_a_delegation_in_force_on_that_day_lets_somebody_there_approve(world: World) -> None:
    cast: Any = world.cast
    seat(world, "hoa")
    dossier = taken_in(world)
    processing.forward(dossier.pk, actor=world.actor("hoa"), at=moment("2021-11-02 09:00"))
    Delegation.objects.create(
        from_account=cast.tuan, to_account=cast.hoa, office=cast.justice, valid_from=date(2021, 11, 3),
        valid_to=date(2021, 11, 5), document="5/UQ-STP", noted_by=cast.tuan, noted_at=AT,
    )  # fmt: skip
    for day in (date(2021, 11, 2), date(2021, 11, 5)):
        with pytest.raises(Forbidden):
            decision.approve(dossier.pk, actor=world.actor("hoa", day), at=moment(f"{day} 10:00"))
    done = decision.approve(dossier.pk, actor=world.actor("hoa", date(2021, 11, 4)), at=moment("2021-11-04 10:00"))
    event = done.events.order_by("-seq").first()
    assert event is not None
    assert event.data["on_behalf_of"]["name"] == cast.tuan.full_name


def test_who_stands_in_for_somebody_there_works_there(world: World) -> None:
    cast: Any = world.cast
    seat(world, "hoa")
    Absence.objects.create(
        account=cast.hoa, stand_in=cast.khang, valid_from=date(2021, 11, 1), valid_to=date(2021, 11, 9), reason="Nghỉ",
        noted_by=cast.hoa, noted_at=AT,
    )  # fmt: skip
    dossier = taken_in(world)
    assert waits_for(world, "khang") == [dossier.pk]
    processing.forward(dossier.pk, actor=world.actor("khang"), at=moment("2021-11-02 09:00"))


def test_a_posting_at_the_centre_counts_on_its_days(world: World) -> None:
    seat(world, "hoa")
    dossier = taken_in(world)
    Posting.objects.filter(account=world.cast.hoa, office=world.cast.center).update(valid_to=date(2021, 11, 2))
    with pytest.raises(Forbidden):
        processing.forward(dossier.pk, actor=world.actor("hoa", date(2021, 11, 2)), at=moment("2021-11-02 09:00"))


def test_it_is_passed_by_name_to_people_of_the_authority_only(world: World) -> None:
    cast: Any = world.cast
    seat(world, "hoa")
    post_at(cast.center, (cast.khang, "handler"))
    onsite(cast, "four", FOUR)
    dossier = reception.take_in(world.intake(), actor=world.actor("minh"), at=moment("2021-11-01 08:00"))
    give: dict[str, Any] = {"actor": world.actor("minh"), "at": moment("2021-11-01 09:00")}
    with pytest.raises(Invalid, match="người của cơ quan giải quyết"):
        processing.forward(dossier.pk, to_account_id=cast.khang.pk, **give)
    with pytest.raises(Invalid, match="không làm việc tại nơi nhận"):
        processing.forward(dossier.pk, to_account_id=cast.tuan.pk, **give)
    found = processing.forward(dossier.pk, to_account_id=cast.hoa.pk, **give)
    assert (found.holder_id, found.at_office_id) == (cast.hoa.pk, cast.center.pk)


def test_after_a_supplement_and_when_it_is_taken_up_again_it_is_still_there(world: World) -> None:
    cast: Any = world.cast
    seat(world, "hoa", "tuan")
    dossier = taken_in(world)
    supplement.ask_supplement(
        dossier.pk, items=[{"name": "Bản sao", "why": "mờ"}], reason="mờ", actor=world.actor("hoa"),
        at=moment("2021-11-02 08:30"),
    )  # fmt: skip
    paper = [Paper(None, "Bản sao", copies=1)]
    back = supplement.receive_supplement(
        dossier.pk, papers=paper, actor=world.actor("minh"), at=moment("2021-11-03 08:30")
    )
    assert (back.at_office_id, back.holder_id) == (cast.center.pk, cast.hoa.pk)
    processing.forward(dossier.pk, actor=world.actor("hoa"), at=moment("2021-11-03 09:00"))
    returned = processing.send_back(
        dossier.pk, reason="xem lại", actor=world.actor("tuan"), at=moment("2021-11-03 10:00")
    )
    assert (returned.step, returned.at_office_id) == (2, cast.center.pk)
    processing.forward(dossier.pk, actor=world.actor("hoa"), at=moment("2021-11-03 14:00"))
    decision.approve(dossier.pk, actor=world.actor("tuan"), at=moment("2021-11-03 15:00"))
    grounds = correction.Grounds("Ghi sai tên", "Nhầm tên", "12/BB", date(2021, 11, 4))
    correction.propose_correction(
        dossier.pk, grounds=grounds, remedy=correction.Again(2), actor=world.actor("hoa"), at=moment("2021-11-04 08:00")
    )
    again = correction.reopen(dossier.pk, actor=world.actor("tuan"), at=moment("2021-11-04 09:00"))
    assert (again.step, again.at_office_id) == (2, cast.center.pk)


def test_received_elsewhere_it_goes_the_usual_way(world: World) -> None:
    onsite(world.cast, "four", FOUR)
    dossier = reception.take_in(
        world.intake(receiving_office_id=world.cast.district.pk, competent_office_id=world.cast.justice.pk),
        actor=world.actor("hien"), at=moment("2021-11-01 08:00"),
    )  # fmt: skip
    found = reread(dossier).process
    assert found is not None
    assert found.is_default

"""An agency puts its part off: in time, with an apology, as often as the whole may be; the whole's promise stays."""

from __future__ import annotations

from datetime import date

import pytest

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.dossiers.acts import delay, parts, processing, supplement
from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.parts import beyond_warning, is_beyond, parts_of, waiting_parts
from motcua.dossiers.states import Act, PartState
from motcua.dossiers.tests.joint import done, opened, part
from motcua.dossiers.waiting import waiting_page
from motcua.law.tests.settling import settle_value
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
MONDAY = moment("2021-11-01 11:00")
WHY = "Chờ xác minh tại địa phương"


def put_off(world: World, dossier: Dossier, number: int, name: str, day: date, at: str = "2021-11-01 11:00") -> Dossier:
    return parts.extend_part(dossier.pk, part=number, new_day=day, reason=WHY, actor=world.actor(name), at=moment(at))


def test_extend_part_sets_a_new_day_and_keeps_the_first_one(world: World) -> None:
    dossier = opened(world)
    put_off(world, dossier, 2, "son", date(2021, 11, 4))
    two, whole = part(dossier, 2), reread(dossier)
    assert two.due_at == moment("2021-11-04 17:00") and two.first_due_at == moment("2021-11-02 17:00")
    assert [one["reason"] for one in two.extensions] == [WHY] and two.state == PartState.READY
    assert (whole.due_at, whole.extensions) == (moment("2021-11-08 17:00"), 0)
    event = Event.objects.get(dossier=dossier, act=Act.EXTEND_PART)
    assert (event.reason, event.data["number"], event.office_id) == (WHY, 1, world.cast.commune.pk)
    assert event.clock is None and event.data["clock"]["law"].endswith("19(9)")
    assert part(dossier, 1).due_at == moment("2021-11-03 17:00")


def test_it_is_judged_by_its_new_day(world: World) -> None:
    dossier = opened(world)
    put_off(world, dossier, 2, "son", date(2021, 11, 4))
    done(world, dossier, 2, "son", "2021-11-04 16:00")
    assert part(dossier, 2).due_at == moment("2021-11-04 17:00")


def test_as_often_as_the_regime_allows_and_the_whole_s_do_not_count(world: World) -> None:
    dossier = opened(world)
    delay.extend(dossier.pk, new_day=date(2021, 11, 12), reason=WHY, actor=world.actor("tuan"), at=MONDAY)
    put_off(world, dossier, 2, "son", date(2021, 11, 4))
    with pytest.raises(Refused, match="Chỉ được hẹn lại 1 lần, phần việc này"):
        put_off(world, dossier, 2, "son", date(2021, 11, 5))
    put_off(world, dossier, 1, "tuan", date(2021, 11, 5))
    settle_value("r1_2018", "max_extensions", 2, on=date(2021, 10, 1))
    put_off(world, dossier, 2, "son", date(2021, 11, 5))
    assert part(dossier, 2).first_due_at == moment("2021-11-02 17:00") and len(part(dossier, 2).extensions) == 2


def test_the_apology_comes_in_time_and_no_part_is_put_off_too_far(world: World) -> None:
    settle_value("r1_2018", "max_extension_days", 2, on=date(2021, 10, 1))
    dossier = opened(world)
    with pytest.raises(Refused, match="trước hạn của phần việc"):
        put_off(world, dossier, 2, "son", date(2021, 11, 4), "2021-11-02 08:00")
    for day in (date(2021, 11, 2), date(2021, 11, 6)):  # the same day; a Saturday
        with pytest.raises(Invalid) as wrong:
            put_off(world, dossier, 2, "son", day)
        assert set(wrong.value.fields) == {"new_day"}
    with pytest.raises(Invalid, match="đến 04/11/2021"):
        put_off(world, dossier, 2, "son", date(2021, 11, 5))
    with pytest.raises(Invalid, match="lý do"):
        parts.extend_part(
            dossier.pk, part=2, new_day=date(2021, 11, 4), reason=" ", actor=world.actor("son"), at=MONDAY
        )
    assert part(dossier, 2).extensions == [] and not Event.objects.filter(act=Act.EXTEND_PART).exists()


@pytest.mark.parametrize(
    ("name", "error"),
    [("tuan", Forbidden), ("hoa", Forbidden), ("khang", Forbidden), ("hanh", Forbidden), ("minh", Forbidden),
     ("hien", NotThere), ("lan", NotThere)],
)  # fmt: skip
def test_it_is_the_leader_s_of_the_agency_itself(world: World, name: str, error: type[Exception]) -> None:
    dossier = opened(world)
    with pytest.raises(error):
        put_off(world, dossier, 2, name, date(2021, 11, 4))


def test_what_has_not_begun_ended_or_waits_for_papers_is_not_put_off(world: World) -> None:
    dossier = opened(world)
    done(world, dossier, 2, "son", "2021-11-01 11:00")
    with pytest.raises(Refused, match="Đã xong"):
        put_off(world, dossier, 2, "son", date(2021, 11, 4))
    items = [{"name": "Bản sao", "why": "mờ"}]
    supplement.ask_supplement(dossier.pk, items=items, reason="Mờ", actor=world.actor("hoa"), at=MONDAY)
    with pytest.raises(Refused, match="Chờ bổ sung"):
        put_off(world, dossier, 1, "tuan", date(2021, 11, 5))


def test_a_part_beyond_the_whole_moves_no_promise_and_is_told_to_whoever_may_extend_it(world: World) -> None:
    dossier, tuan, hoa = opened(world), world.actor("tuan"), world.actor("hoa")
    put_off(world, dossier, 2, "son", date(2021, 11, 8))
    whole = reread(dossier)
    assert not is_beyond(part(dossier, 2), whole.due_at)  # the same day is not after it
    assert 2 not in [one.part for one in waiting_page(tuan, None, 20)]
    settle_value("r1_2018", "max_extensions", 2, on=date(2021, 10, 1))
    put_off(world, dossier, 2, "son", date(2021, 11, 10))
    assert reread(dossier).due_at == moment("2021-11-08 17:00")
    warning = beyond_warning(parts_of(dossier.pk), whole.due_at)
    assert "2 (10/11/2021)" in warning and "08/11/2021" in warning and "cơ quan chủ trì phải xin lỗi" in warning
    for actor, waits in ((tuan, True), (world.actor("thanh"), True), (hoa, False), (world.actor("son"), True)):
        listed = [one.part for one in waiting_page(actor, None, 20)]
        assert listed.count(2) == (1 if waits else 0)
        assert (part(dossier, 2) in waiting_parts(actor)) is waits
    delay.extend(dossier.pk, new_day=date(2021, 11, 12), reason=WHY, actor=tuan, at=moment("2021-11-02 09:00"))
    assert beyond_warning(parts_of(dossier.pk), reread(dossier).due_at) == ""
    assert 2 not in [one.part for one in waiting_page(tuan, None, 20)]


def test_a_whole_that_ends_drops_a_part_that_was_put_off(world: World) -> None:
    dossier = opened(world)
    put_off(world, dossier, 2, "son", date(2021, 11, 10))
    processing.forward(dossier.pk, actor=world.actor("hoa"), at=MONDAY)
    parts.drop_part(dossier.pk, part=2, reason="Đã có", actor=world.actor("tuan"), at=MONDAY)
    assert beyond_warning(parts_of(dossier.pk), reread(dossier).due_at) == ""

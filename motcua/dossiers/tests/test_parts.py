"""Several agencies, one dossier: parts in sequence and at once, each judged by itself, the whole after all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused, Stale
from motcua.calendar.limits import Limit
from motcua.dossiers.acts import confidence, decision, ending, handover, parts, processing, supplement
from motcua.dossiers.journal import acts_open_to
from motcua.dossiers.models import Dossier, Event, Part
from motcua.dossiers.parts import attach, parts_of, too_long
from motcua.dossiers.routing import office_of_part
from motcua.dossiers.states import PART_ACTS, Act, PartState, State
from motcua.dossiers.tests import lives
from motcua.dossiers.tests.joint import both_done, done, handled, joined, ly, opened, part, plans
from motcua.offices.actors import actor_of
from motcua.offices.models import Absence, Office
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
ITEMS = [{"name": "Bản sao căn cước công dân", "why": "mờ"}]
TUESDAY = moment("2021-11-02 09:00")


def open_to(world: World, dossier: Dossier, number: int, name: str) -> set[Act]:
    found = attach(reread(dossier), number)
    return {act for act in acts_open_to(found, world.actor(name), TUESDAY) if act in PART_ACTS}


def test_a_dossier_of_a_group_is_one_dossier_with_one_code_and_its_group_frozen(world: World) -> None:
    dossier = reread(handled(world))
    assert dossier.group is not None and dossier.group.name == "Nhóm thử nghiệm"
    assert Dossier.objects.count() == 1
    assert reread(lives.accepted(world)).group_id == dossier.group_id


def test_what_waits_for_nothing_begins_at_once_each_with_its_own_limit(world: World) -> None:
    dossier = opened(world)
    one, two, three = parts_of(dossier.pk)
    assert (one.state, two.state, three.state) == (PartState.READY, PartState.READY, PartState.WAITING)
    assert one.due_at == moment("2021-11-03 17:00") and two.due_at == moment("2021-11-02 17:00")
    assert three.due_at is None and three.started_at is None
    row = reread(dossier)
    offices = {world.cast.justice.pk, world.cast.commune.pk, world.cast.industry.pk}
    assert set(row.joint_offices or ()) == offices
    assert (row.state, row.holder_id) == (State.PROCESSING, world.cast.hoa.pk)
    assert row.due_at == moment("2021-11-08 17:00")


def test_a_part_begins_when_the_last_one_it_waits_for_is_done(world: World) -> None:
    dossier = opened(world)
    done(world, dossier, 2, "son", "2021-11-02 09:00")
    assert part(dossier, 3).state == PartState.WAITING
    done(world, dossier, 1, "tuan", "2021-11-02 15:00")
    three = part(dossier, 3)
    assert (three.state, three.started_at) == (PartState.READY, moment("2021-11-02 15:00"))
    assert three.due_at == moment("2021-11-04 17:00")


def test_in_sequence_each_waits_for_the_one_before(world: World) -> None:
    one, two, three = plans(world)
    dossier = opened(world, [one, replace(two, waits_for=(1,)), replace(three, waits_for=(2,))])
    assert [row.state for row in parts_of(dossier.pk)] == [PartState.READY, PartState.WAITING, PartState.WAITING]
    done(world, dossier, 1, "tuan", "2021-11-02 09:00")
    assert [row.state for row in parts_of(dossier.pk)] == [PartState.DONE, PartState.READY, PartState.WAITING]
    # Up a level and back: the commune's result goes to the department, the department's to the lead agency.
    done(world, dossier, 2, "son", "2021-11-02 15:00")
    assert part(dossier, 3).state == PartState.READY


def test_an_agency_takes_proposes_and_approves_its_part_and_the_result_is_passed_on(world: World) -> None:
    dossier, at = both_done(world), moment("2021-11-03 08:00")
    khang, chief = world.actor("khang"), actor_of(ly(world), date(2021, 11, 3))
    parts.take_part(dossier.pk, part=3, actor=khang, at=at)
    assert (part(dossier, 3).state, part(dossier, 3).holder_id) == (PartState.HELD, world.cast.khang.pk)
    parts.propose_part(dossier.pk, part=3, summary="Thẻ số 7", paper_no="7/TH", actor=khang, at=at)
    assert (part(dossier, 3).state, part(dossier, 3).holder_id) == (PartState.PROPOSED, None)
    with pytest.raises(Forbidden):
        parts.finish_part(dossier.pk, part=3, actor=khang, at=at)
    parts.finish_part(dossier.pk, part=3, actor=chief, at=at)
    three = part(dossier, 3)
    assert (three.state, three.summary, three.paper_no, three.outcome) == (
        PartState.DONE,
        "Thẻ số 7",
        "7/TH",
        "granted",
    )
    event = Event.objects.get(dossier=dossier, act=Act.FINISH_PART, data__part=3)
    assert event.office_id == world.cast.industry.pk and event.data["summary"] == "Thẻ số 7"


def test_the_whole_cannot_be_approved_while_a_part_is_open(world: World) -> None:
    dossier, tuan = opened(world), world.actor("tuan")
    processing.forward(dossier.pk, actor=world.actor("hoa"), at=moment("2021-11-01 11:00"))
    with pytest.raises(Refused, match="3\\. Cấp thẻ"):
        decision.approve(dossier.pk, actor=tuan, at=TUESDAY)
    done(world, dossier, 2, "son", "2021-11-02 09:00")
    done(world, dossier, 1, "tuan", "2021-11-02 15:00")
    chief = actor_of(ly(world), date(2021, 11, 3))
    parts.finish_part(dossier.pk, part=3, summary="Thẻ", actor=chief, at=moment("2021-11-03 09:00"))
    decision.approve(dossier.pk, actor=tuan, at=moment("2021-11-03 10:00"))
    decision.finish(dossier.pk, number="1", actor=world.actor("nga"), at=moment("2021-11-03 11:00"))
    handover.hand_over(dossier.pk, way="counter", actor=world.actor("minh"), at=moment("2021-11-03 15:00"))
    assert reread(dossier).state == State.RETURNED


def test_the_whole_cannot_be_approved_before_the_parts_are_given_out(world: World) -> None:
    dossier = handled(world)
    processing.forward(dossier.pk, actor=world.actor("hoa"), at=moment("2021-11-01 11:00"))
    with pytest.raises(Refused, match="chưa giao phần việc"):
        decision.approve(dossier.pk, actor=world.actor("tuan"), at=TUESDAY)


def test_a_dossier_of_no_group_has_no_parts(world: World) -> None:
    dossier = lives.handled(world)
    with pytest.raises(Refused, match="không thuộc nhóm"):
        parts.open_parts(dossier.pk, plans=plans(world), actor=world.actor("hoa"), at=TUESDAY)
    assert Act.OPEN_PARTS not in acts_open_to(reread(dossier), world.actor("hoa"), TUESDAY)


def test_parts_are_given_out_once(world: World) -> None:
    dossier = opened(world)
    with pytest.raises(Refused, match="đã được giao"):
        parts.open_parts(dossier.pk, plans=plans(world), actor=world.actor("hoa"), at=TUESDAY)


def test_the_unit_may_give_the_parts_out_as_it_sends_them(world: World) -> None:
    dossier = lives.accepted(joined(world))
    parts.open_parts(dossier.pk, plans=plans(world), actor=world.actor("minh"), at=moment("2021-11-01 09:00"))
    assert reread(dossier).state == State.ACCEPTED
    assert [row.state for row in parts_of(dossier.pk)] == ["ready", "ready", "waiting"]


def test_the_group_proposes_offices_of_every_level(world: World) -> None:
    """The commune that receives leads, the department and the People's Committee of the province come after it."""
    dossier = lives.accepted(world)
    dossier.receiving_office = dossier.competent_office = world.cast.commune
    province = world.cast.commune.province
    offices = list(Office.objects.on(date(2021, 11, 1)).filter(province=province))
    found = {
        key: office_of_part(key, dossier, offices) for key in ("lead", "receiving", "ubnd-xa", "so-tu-phap", "province")
    }
    assert found["lead"] == found["receiving"] == found["ubnd-xa"] == world.cast.commune
    assert found["so-tu-phap"] == world.cast.justice
    assert found["province"] is not None and (found["province"].kind, found["province"].province) == (
        "province",
        province,
    )
    assert office_of_part("khong-co", dossier, offices) is None


# --- contradictions ---


@pytest.mark.parametrize(
    ("waits", "says"),
    [
        (((2,), (3,), (1,)), "1 → 2 → 3 → 1"),
        (((1,), (), ()), "1 → 1"),
        (((), (7,), ()), "Phần việc 2 chờ phần việc không có: 7"),
    ],
)
def test_an_order_that_cannot_begin_is_refused_and_nothing_is_written(
    world: World, waits: tuple[tuple[int, ...], ...], says: str
) -> None:
    dossier = handled(world)
    given = [replace(plan, waits_for=before) for plan, before in zip(plans(world), waits, strict=True)]
    with pytest.raises(Invalid, match=says):
        parts.open_parts(dossier.pk, plans=given, actor=world.actor("hoa"), at=TUESDAY)
    assert not Part.objects.exists() and reread(dossier).joint_offices is None


@pytest.mark.parametrize(
    ("change", "field"),
    [({"office_id": 0}, "office2"), ({"name": " "}, "name2"), ({"limit": Limit.parse("unknown")}, "limit2")],
)
def test_a_part_without_office_name_or_limit_is_refused_beside_its_field(
    world: World, change: dict[str, Any], field: str
) -> None:
    dossier = handled(world)
    one, two, three = plans(world)
    with pytest.raises(Invalid) as refused:
        given = [one, replace(two, **change), three]
        parts.open_parts(dossier.pk, plans=given, actor=world.actor("hoa"), at=TUESDAY)
    assert field in refused.value.fields


def test_numbers_run_from_one_and_there_is_at_least_one_part(world: World) -> None:
    dossier = handled(world)
    for given in ([], [replace(plans(world)[0], number=2)]):
        with pytest.raises(Invalid):
            parts.open_parts(dossier.pk, plans=given, actor=world.actor("hoa"), at=TUESDAY)


def test_parts_that_take_longer_than_the_whole_are_warned_of_with_both_numbers(world: World) -> None:
    dossier = opened(world)
    assert too_long(parts_of(dossier.pk), Limit.parse("5wd")) == ""
    said = too_long(parts_of(dossier.pk), Limit.parse("3wd"))
    assert "32 giờ" in said and "24 giờ" in said
    assert too_long(parts_of(dossier.pk), Limit.parse("1m")) == ""


def test_what_waits_for_a_part_that_came_back_is_summed_without_it(world: World) -> None:
    dossier = opened(world)
    parts.return_part(dossier.pk, part=2, reason="Không thuộc địa bàn", actor=world.actor("son"), at=TUESDAY)
    assert too_long(parts_of(dossier.pk), Limit.parse("5wd")) == ""
    assert "8 giờ" in too_long(parts_of(dossier.pk), Limit.parse("1wd"))


# --- who may ---


def test_each_acts_on_the_part_of_their_own_office_only(world: World) -> None:
    dossier = opened(world)
    taking = {Act.TAKE_PART}
    leading = {Act.TAKE_PART, Act.PROPOSE_PART, Act.RETURN_PART}
    # Nobody puts the commune's part off on its last day: it is due on this very Tuesday.
    assert open_to(world, dossier, 1, "hoa") == taking
    assert open_to(world, dossier, 1, "thanh") == {*leading, Act.DROP_PART, Act.EXTEND_PART}
    assert open_to(world, dossier, 1, "tuan") == {*leading, Act.DROP_PART, Act.FINISH_PART, Act.EXTEND_PART}
    assert open_to(world, dossier, 2, "son") == {*leading, Act.FINISH_PART}
    assert open_to(world, dossier, 2, "tuan") == {Act.DROP_PART}
    for name in ("lan", "bay", "minh", "dung", "nga", "khang", "quang", "yen", "hien", "hanh", "nobody"):
        for number in (1, 2):
            assert open_to(world, dossier, number, name) == set(), (name, number)
    assert open_to(world, dossier, 3, "khang") == set()


def test_whoever_stands_in_for_an_absent_approver_approves_the_part_in_their_place(world: World) -> None:
    dossier, son = opened(world), world.cast.son
    facts = {"stand_in": world.cast.hien, "reason": "Nghỉ phép", "valid_from": date(2021, 11, 1)}
    Absence.objects.create(account=son, valid_to=date(2021, 11, 9), noted_by=son, noted_at=TUESDAY, **facts)
    done(world, dossier, 2, "hien", "2021-11-02 09:00")
    event = Event.objects.get(dossier=dossier, act=Act.FINISH_PART)
    assert event.actor_id == world.cast.hien.pk and event.data["on_behalf_of"]["account"] == son.pk


def test_nobody_does_a_part_in_a_matter_of_their_own(world: World) -> None:
    dossier = opened(world)
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.son)
    assert open_to(world, dossier, 2, "son") == set()
    with pytest.raises(Forbidden, match="của bạn hoặc của người thân"):
        done(world, dossier, 2, "son", "2021-11-02 09:00")


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("hoa", Forbidden), ("tuan", Forbidden), ("khang", Forbidden), ("minh", Forbidden), ("hanh", Forbidden),
        ("quang", Forbidden), ("hien", NotThere), ("yen", NotThere), ("bay", NotThere), ("nobody", NotThere),
        ("lan", NotThere),
    ],
)  # fmt: skip
def test_nobody_else_finishes_the_commune_s_part(world: World, name: str, error: type[Exception]) -> None:
    dossier = opened(world)
    with pytest.raises(error):
        done(world, dossier, 2, name, "2021-11-02 09:00")
    assert part(dossier, 2).state == PartState.READY


def test_a_part_that_is_not_there_is_not_found(world: World) -> None:
    dossier = opened(world)
    for number in (0, 4, 99):
        with pytest.raises(NotThere):
            parts.take_part(dossier.pk, part=number, actor=world.actor("son"), at=TUESDAY)


def test_what_was_given_out_is_seen_by_the_offices_of_the_parts(world: World) -> None:
    dossier = handled(world)
    for name in ("son", "khang"):
        assert not Dossier.objects.visible_to(world.actor(name)).exists()
    parts.open_parts(dossier.pk, plans=plans(world), actor=world.actor("hoa"), at=moment("2021-11-01 10:30"))
    for name in ("son", "khang", "hanh"):
        assert list(Dossier.objects.visible_to(world.actor(name))) == [dossier]
    for name in ("hien", "yen", "bay", "nobody"):
        assert not Dossier.objects.visible_to(world.actor(name)).exists()


def test_a_confidential_dossier_is_seen_by_those_in_charge_of_its_parts_only(world: World) -> None:
    dossier = opened(world)
    confidence.restrict(dossier.pk, reason="Nhạy cảm", actor=world.actor("tuan"), at=moment("2021-11-01 11:00"))
    assert Dossier.objects.visible_to(world.actor("son")).exists()
    assert not Dossier.objects.visible_to(world.actor("khang")).exists()
    assert Dossier.objects.visible_to(actor_of(ly(world), date(2021, 11, 2))).exists()


# --- what stops it ---


def test_a_refused_part_starts_nothing_and_the_lead_decides(world: World) -> None:
    dossier = opened(world)
    done(world, dossier, 2, "son", "2021-11-02 09:00", "refusal")
    done(world, dossier, 1, "tuan", "2021-11-02 10:00")
    assert part(dossier, 3).state == PartState.WAITING
    parts.drop_part(dossier.pk, part=3, reason="Không cần", actor=world.actor("tuan"), at=moment("2021-11-02 11:00"))
    assert part(dossier, 3).state == PartState.DROPPED
    processing.forward(dossier.pk, actor=world.actor("hoa"), at=moment("2021-11-02 15:00"))
    decision.approve(dossier.pk, actor=world.actor("tuan"), at=moment("2021-11-02 16:00"))


def test_what_waited_for_a_dropped_part_begins(world: World) -> None:
    dossier = opened(world)
    done(world, dossier, 1, "tuan", "2021-11-02 10:00")
    parts.drop_part(
        dossier.pk, part=2, reason="Đã có dữ liệu", actor=world.actor("thanh"), at=moment("2021-11-02 11:00")
    )
    assert part(dossier, 3).started_at == moment("2021-11-02 11:00")


def test_a_part_that_came_back_is_given_again_and_its_row_stays(world: World) -> None:
    dossier, at = opened(world), moment("2021-11-02 11:00")
    parts.return_part(dossier.pk, part=2, reason="Không thuộc địa bàn", actor=world.actor("son"), at=TUESDAY)
    assert part(dossier, 2).state == PartState.RETURNED
    with pytest.raises(Invalid):
        again = Plan_of(world)
        parts.assign_part(dossier.pk, part=2, plan=again, reason=" ", actor=world.actor("hoa"), at=at)
    parts.assign_part(dossier.pk, part=2, plan=Plan_of(world), reason="Đúng nơi", actor=world.actor("hoa"), at=at)
    two, three, four = part(dossier, 2), part(dossier, 3), part(dossier, 4)
    assert (two.state, two.ended_at) == (PartState.REPLACED, TUESDAY)
    assert three.waits_for == [1, 4] and four.started_at == at and four.due_at == moment("2021-11-03 17:00")
    with pytest.raises(Refused):
        parts.assign_part(dossier.pk, part=2, plan=Plan_of(world), reason="Lại", actor=world.actor("hoa"), at=at)


def Plan_of(world: World) -> parts.Plan:
    return parts.Plan(1, world.cast.district.pk, "Xác nhận cư trú", Limit.parse("1wd"))


def test_withdrawing_or_stopping_or_refusing_the_whole_drops_what_is_open(world: World) -> None:
    at = moment("2021-11-02 11:00")

    def withdrawn(dossier: Dossier) -> None:
        ending.withdraw(dossier.pk, reason="Đổi ý", actor=world.actor("minh"), at=at)

    def stopped(dossier: Dossier) -> None:
        ending.stop(dossier.pk, reason="x", basis="y", actor=world.actor("tuan"), at=at)

    def refused(dossier: Dossier) -> None:
        processing.forward(dossier.pk, actor=world.actor("hoa"), at=at)
        decision.refuse_result(dossier.pk, reason="x", basis="y", actor=world.actor("tuan"), at=at)

    for ends in (withdrawn, stopped, refused):
        dossier = opened(world)
        done(world, dossier, 2, "son", "2021-11-02 09:00")
        ends(dossier)
        assert [row.state for row in parts_of(dossier.pk)] == ["dropped", "done", "dropped"], ends
        assert {row.ended_at for row in parts_of(dossier.pk)} == {TUESDAY, at}
        with pytest.raises((Refused, Forbidden)):
            parts.take_part(dossier.pk, part=1, actor=world.actor("hoa"), at=at)


# --- time ---


def test_while_the_applicant_is_waited_for_every_part_stands_still(world: World) -> None:
    dossier = opened(world)
    hoa, minh = world.actor("hoa"), world.actor("minh")
    supplement.ask_supplement(dossier.pk, items=ITEMS, reason="Mờ", actor=hoa, at=TUESDAY)
    with pytest.raises(Refused):
        parts.take_part(dossier.pk, part=1, actor=hoa, at=moment("2021-11-03 09:00"))
    supplement.receive_supplement(dossier.pk, papers=[], actor=minh, at=moment("2021-11-10 09:00"))
    # Decree 61 counts from the start again: two working days after Wednesday the 10th, one for the commune.
    assert part(dossier, 1).due_at == moment("2021-11-12 17:00")
    assert part(dossier, 2).due_at == moment("2021-11-11 17:00")
    assert part(dossier, 3).due_at is None


def test_a_part_that_was_done_keeps_its_promise_through_a_supplement(world: World) -> None:
    dossier = opened(world)
    done(world, dossier, 2, "son", "2021-11-02 08:00")
    supplement.ask_supplement(dossier.pk, items=ITEMS, reason="Mờ", actor=world.actor("hoa"), at=TUESDAY)
    supplement.receive_supplement(dossier.pk, papers=[], actor=world.actor("minh"), at=moment("2021-11-10 09:00"))
    assert part(dossier, 2).due_at == moment("2021-11-02 17:00")


# --- two at once ---


def test_another_agency_s_act_makes_nobody_stale_but_the_same_part_s_does(world: World) -> None:
    dossier = opened(world)
    seen = reread(dossier).last_seq
    parts.take_part(dossier.pk, part=1, actor=world.actor("hoa"), at=TUESDAY, seen=seen)
    parts.take_part(dossier.pk, part=2, actor=world.actor("son"), at=TUESDAY, seen=seen)
    with pytest.raises(Stale):
        parts.take_part(dossier.pk, part=1, actor=world.actor("thanh"), at=TUESDAY, seen=seen)
    assert part(dossier, 1).holder_id == world.cast.hoa.pk

"""A petition has an owner and a last day from its first minute, and an answer. Law: ND20-2008 9; QD766-2022"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused, Stale
from motcua.dossiers.tests.lives import finished
from motcua.offices.actors import ANONYMOUS
from motcua.petitions import acts
from motcua.petitions.models import Petition, PetitionCounter, PetitionEvent
from motcua.petitions.permissions import acts_open_to, may_see
from motcua.petitions.story import as_published, lines, published
from motcua.petitions.table import OPEN, TRANSITIONS, PetitionAct
from motcua.petitions.tests.saying import AT, answered, from_outside, handling, received, said
from tests.world import World, moment

pytestmark = pytest.mark.django_db
THIRD_DAY = moment("2021-11-04 08:00")


def again(petition: Petition) -> Petition:
    return Petition.objects.get(pk=petition.pk)


def test_a_petition_has_an_office_and_a_last_day_from_its_first_minute(world: World) -> None:
    petition = received(world)
    assert petition.code == "PA-2021-000001"
    assert (petition.state, petition.owner_office, petition.due_on) == (
        "received",
        world.cast.center,
        date(2021, 11, 22),
    )
    assert from_outside(world).owner_office == world.cast.justice
    assert Petition.objects.order_by("-id")[0].code == "PA-2021-000002"


def test_who_it_is_from_and_how_to_answer_are_asked_for_all_at_once(world: World) -> None:
    with pytest.raises(Invalid) as missing:
        from_outside(world, "", content=" ", person_name="", phone="")
    assert set(missing.value.fields) == {"kind", "content", "person_name", "phone"}
    assert not Petition.objects.exists()


def test_only_the_unit_s_own_receivers_write_one_down_at_its_counter(world: World) -> None:
    with pytest.raises(Forbidden):
        acts.receive(said(world), way="counter", actor=world.actor("hien"), at=AT, owner_office_id=world.cast.center.pk)


def test_it_is_refused_within_two_working_days_and_later_has_to_be_answered(world: World) -> None:
    petition = from_outside(world)
    with pytest.raises(Invalid):
        acts.refuse(petition.pk, text=" ", actor=world.actor("tuan"), at=moment("2021-11-03 16:00"))
    refused = acts.refuse(petition.pk, text="Trùng", actor=world.actor("tuan"), at=moment("2021-11-03 16:00"))
    assert (refused.state, refused.is_late(date(2021, 12, 1))) == ("refused", False)
    other = from_outside(world)
    with pytest.raises(Refused) as late:
        acts.refuse(other.pk, text="Trùng", actor=world.actor("tuan"), at=THIRD_DAY)
    assert late.value.code == "too_late"


def test_more_is_asked_once_within_five_working_days_and_then_the_days_run_anew(world: World) -> None:
    petition = from_outside(world)
    with pytest.raises(Refused):
        acts.ask_more(petition.pk, text="Ngày nào?", actor=world.actor("tuan"), at=moment("2021-11-09 08:00"))
    asked = acts.ask_more(petition.pk, text="Ngày nào?", actor=world.actor("tuan"), at=moment("2021-11-08 08:00"))
    assert (asked.state, asked.due_on) == ("asked", None)
    with pytest.raises(NotThere):
        acts.give_more(petition.pk, text="Hôm qua", actor=ANONYMOUS, at=moment("2021-11-10 08:00"), secret="SAI")
    given = acts.give_more(
        petition.pk, text="Hôm qua", actor=ANONYMOUS, at=moment("2021-11-10 08:00"), secret=petition.secret
    )
    assert (given.state, given.due_on) == ("received", date(2021, 12, 1))
    with pytest.raises(Refused) as twice:
        acts.ask_more(petition.pk, text="Còn gì?", actor=world.actor("tuan"), at=moment("2021-11-11 08:00"))
    assert twice.value.code == "asked_already"


def test_another_office_of_the_province_takes_over_with_the_same_last_day(world: World) -> None:
    petition = received(world)
    with pytest.raises(Invalid):
        acts.move(petition.pk, office_id=world.cast.center.pk, text="x", actor=world.actor("dung"), at=AT)
    moved = acts.move(petition.pk, office_id=world.cast.justice.pk, text="Thuộc Sở", actor=world.actor("dung"), at=AT)
    assert (moved.owner_office, moved.due_on, moved.state) == (world.cast.justice, petition.due_on, "received")
    assert not may_see(world.actor("dung"), again(petition))
    assert may_see(world.actor("tuan"), again(petition))


def test_what_another_agency_answers_is_passed_on_in_five_working_days_or_late(world: World) -> None:
    in_time, late = from_outside(world), from_outside(world)
    for petition, at in ((in_time, "2021-11-08 16:00"), (late, "2021-11-09 08:00")):
        acts.pass_on(
            petition.pk, agency="Thanh tra tỉnh", text="Đúng thẩm quyền", actor=world.actor("tuan"), at=moment(at)
        )
    assert [again(one).is_late(date(2021, 12, 1)) for one in (in_time, late)] == [False, True]
    with pytest.raises(Invalid):
        acts.note_arrival(late.pk, on=date(2021, 11, 8), actor=world.actor("tuan"), at=moment("2021-11-12 08:00"))
    acts.note_arrival(late.pk, on=date(2021, 11, 10), actor=world.actor("tuan"), at=moment("2021-11-12 08:00"))
    assert lines(late, for_person=True)[-1].more == "Nhận ngày 10/11/2021"


def test_a_complaint_has_a_law_of_its_own_and_is_only_passed_on(world: World) -> None:
    petition = from_outside(world, "complaint")
    assert set(acts_open_to(petition, world.actor("tuan"))) == {
        PetitionAct.ASK_MORE,
        PetitionAct.REFUSE,
        PetitionAct.MOVE,
        PetitionAct.PASS_ON,
    }
    with pytest.raises(Refused):
        acts.assign(petition.pk, owner_id=world.cast.thanh.pk, actor=world.actor("tuan"), at=AT)


def test_an_owner_works_at_the_office_and_is_not_whom_it_is_about(world: World) -> None:
    petition = from_outside(world, about_officer_id=world.cast.hoa.pk)
    for wrong in (world.cast.hoa, world.cast.khang):
        with pytest.raises(Invalid) as error:
            acts.assign(petition.pk, owner_id=wrong.pk, actor=world.actor("tuan"), at=AT)
        assert "owner" in error.value.fields
    owned = acts.assign(petition.pk, owner_id=world.cast.thanh.pk, actor=world.actor("tuan"), at=AT)
    assert (owned.owner, owned.state) == (world.cast.thanh, "handling")
    assert world.cast.hoa not in acts.possible_owners(owned, date(2021, 11, 1))


def test_the_answer_is_in_time_on_the_fifteenth_working_day_and_late_after_it(world: World) -> None:
    assert not answered(world, at=moment("2021-11-22 20:00")).is_late(date(2021, 12, 31))
    assert answered(world, at=moment("2021-11-23 00:01")).is_late(date(2021, 12, 31))


def test_the_answer_is_published_without_the_person(world: World) -> None:
    petition = answered(world)
    assert petition.publish_due_on == date(2021, 11, 3)
    with pytest.raises(Invalid) as named:
        acts.publish(petition.pk, question="Ông Nguyễn Văn Bảy hỏi", text="Đã nhắc", actor=world.actor("tuan"), at=AT)
    assert named.value.code == "names_the_person"
    acts.publish(petition.pk, question="Trả lời không rõ?", text="Đã nhắc nhở", actor=world.actor("tuan"), at=AT)
    (shown,) = map(as_published, published())
    assert (shown.question, shown.answer) == ("Trả lời không rõ?", "Đã nhắc nhở")
    acts.reopen(petition.pk, text="Chưa đúng", actor=ANONYMOUS, at=AT, secret=petition.secret)
    assert not list(published())


def test_the_person_opens_it_again_once(world: World) -> None:
    petition = answered(world)
    with pytest.raises(Forbidden):
        acts.reopen(petition.pk, text="Chưa đúng", actor=world.actor("tuan"), at=AT)
    opened = acts.reopen(petition.pk, text="Chưa đúng", actor=ANONYMOUS, at=AT, secret=petition.secret)
    assert (opened.state, opened.owner, opened.closed_at, opened.due_on) == (
        "received",
        None,
        None,
        date(2021, 11, 22),
    )
    acts.assign(petition.pk, owner_id=world.cast.thanh.pk, actor=world.actor("tuan"), at=AT)
    acts.answer(petition.pk, text="Đã xem lại", actor=world.actor("thanh"), at=AT)
    with pytest.raises(Refused):
        acts.reopen(petition.pk, text="Vẫn chưa", actor=ANONYMOUS, at=AT, secret=petition.secret)


def test_whoever_it_is_about_sees_it_only_when_asked_and_then_only_states(world: World) -> None:
    petition = handling(world, about_officer_id=world.cast.hoa.pk)
    hoa = world.actor("hoa")
    assert not may_see(hoa, petition)
    assert petition not in Petition.objects.visible_to(hoa)
    with pytest.raises(NotThere):
        acts.give_statement(petition.pk, text="Tôi", actor=hoa, at=AT)
    acts.ask_statement(
        petition.pk, officer_id=world.cast.hoa.pk, text="Hãy giải trình", actor=world.actor("thanh"), at=AT
    )
    asked = again(petition)
    assert petition in Petition.objects.visible_to(hoa)
    assert acts_open_to(asked, hoa) == [PetitionAct.GIVE_STATEMENT]
    with pytest.raises(Forbidden):
        acts.answer(petition.pk, text="Không có gì", actor=hoa, at=AT)
    acts.give_statement(petition.pk, text="Tôi đã giải thích", actor=hoa, at=AT)
    assert not may_see(hoa, again(petition))
    assert lines(petition, for_person=True)[-1].text == "Tôi đã giải thích"
    assert lines(petition, for_person=True)[-2].text == ""


def test_the_leader_whom_it_is_about_leaves_it_to_whoever_oversees_them(world: World) -> None:
    petition = from_outside(world, about_officer_id=world.cast.tuan.pk)
    assert not may_see(world.actor("tuan"), petition)
    assert may_see(world.actor("quang"), petition)
    assert PetitionAct.ASSIGN in acts_open_to(petition, world.actor("quang"))


def test_where_nobody_is_named_it_is_about_everybody_who_had_a_hand_in_the_dossier(world: World) -> None:
    dossier = finished(world)
    petition = from_outside(world, dossier=dossier)
    acted = set(dossier.events.filter(actor__is_officer=True).values_list("actor_id", flat=True))
    assert acted and set(petition.concerned) == acted
    assert from_outside(world, "regulation", dossier=dossier).concerned == []


@pytest.mark.parametrize("words", ["Hoàng Anh Tuấn", "ông TUẤN", "anh tuan", "Cán bộ Hoàng Anh Tuấn, phòng hành chính"])
def test_whoever_the_person_names_does_not_see_it(world: World, words: str) -> None:
    tuan = world.cast.tuan
    petition = from_outside(world, about_person=words.replace("Hoàng Anh Tuấn", tuan.full_name))
    assert petition.concerned == [tuan.pk]
    assert not may_see(world.actor("tuan"), petition)
    assert from_outside(world, about_person="Ông Không Ai").concerned == []


def test_those_whom_it_is_no_business_of_do_not_see_it(world: World) -> None:
    petition = handling(world)
    for name in ("khang", "hien", "minh", "dung", "hoa", "nga", "lan", "nobody"):
        assert not may_see(world.actor(name), petition), name
    for name in ("lan", "khang"):
        with pytest.raises(NotThere):
            acts.answer(petition.pk, text="x", actor=world.actor(name), at=AT)


def test_whoever_did_not_see_the_last_act_acts_on_nothing(world: World) -> None:
    petition = handling(world)
    with pytest.raises(Stale):
        acts.answer(petition.pk, text="Đã xong", actor=world.actor("thanh"), at=AT, seen=1)


def test_sight_is_the_same_in_sql_and_in_python(world: World) -> None:
    made = [
        received(world), handling(world), answered(world),
        from_outside(world, about_officer_id=world.cast.tuan.pk),
        handling(world, about_officer_id=world.cast.hoa.pk),
    ]  # fmt: skip
    acts.ask_statement(made[-1].pk, officer_id=world.cast.hoa.pk, text="?", actor=world.actor("thanh"), at=AT)
    names = [
        "lan",
        "bay",
        "minh",
        "dung",
        "hoa",
        "thanh",
        "tuan",
        "nga",
        "quang",
        "yen",
        "khang",
        "hien",
        "hanh",
        "son",
        "nobody",
    ]
    for name in names:
        actor = world.actor(name)
        seen = set(Petition.objects.visible_to(actor).values_list("pk", flat=True))
        assert seen == {one.pk for one in Petition.objects.all() if may_see(actor, one)}, name


def test_every_act_leads_where_the_table_says() -> None:
    assert set(TRANSITIONS) == set(PetitionAct)
    for act, row in TRANSITIONS.items():
        assert row.sources or act == PetitionAct.RECEIVE
    assert not set(OPEN) & set(TRANSITIONS[PetitionAct.PUBLISH].sources)


def test_the_database_keeps_what_came_in_and_what_was_done(world: World) -> None:
    petition = received(world)
    for forbidden in (
        lambda: Petition.objects.filter(pk=petition.pk).update(content="Khác"),
        lambda: PetitionEvent.objects.filter(petition=petition).update(text="Khác"),
        lambda: PetitionEvent.objects.filter(petition=petition).delete(),
        lambda: PetitionCounter.objects.update(last=7),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            forbidden()


def test_a_question_has_days_of_its_own_and_is_nobody_s_fault(world: World) -> None:
    dossier = finished(world)
    with pytest.raises(Invalid):
        from_outside(world, "question")
    with pytest.raises(Invalid):
        acts.ask(dossier, " ", actor=ANONYMOUS, at=AT)
    asked = acts.ask(dossier, "Khi nào xong?", actor=ANONYMOUS, at=AT)
    assert (asked.due_on, asked.concerned, asked.owner_office_id) == (date(2021, 11, 4), [], dossier.at_office_id)
    minh = world.actor("dung")
    acts.assign(asked.pk, owner_id=world.cast.minh.pk, actor=minh, at=AT)
    done = acts.answer(asked.pk, text="Ngày mai", actor=world.actor("minh"), at=THIRD_DAY)
    assert done.publish_due_on is None and not done.is_late(date(2021, 12, 1))
    assert PetitionAct.PUBLISH not in acts_open_to(done, minh)
    opened = acts.reopen(asked.pk, text="Chưa rõ", actor=ANONYMOUS, at=THIRD_DAY, secret=asked.secret)
    assert opened.due_on == date(2021, 11, 9)


def test_the_same_sent_twice_at_once_is_one(world: World) -> None:
    first = acts.receive(said(world), way="page", actor=ANONYMOUS, at=AT, once="K7")
    assert acts.receive(said(world), way="page", actor=ANONYMOUS, at=THIRD_DAY, once="K7") == first
    assert acts.receive(said(world), way="page", actor=ANONYMOUS, at=AT, once="K8") != first
    assert acts.receive(said(world), way="page", actor=ANONYMOUS, at=AT) != acts.receive(
        said(world), way="page", actor=ANONYMOUS, at=AT
    )

"""Other offices are asked for their opinion. Law: ND61-2018 19(5)"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.dossiers.acts import confidence, consultation, decision, ending, supplement
from motcua.dossiers.acts.consultation import Question
from motcua.dossiers.journal import acts_open_to
from motcua.dossiers.models import Consultation, Dossier, Event
from motcua.dossiers.permissions import is_evident
from motcua.dossiers.states import Act, State
from motcua.dossiers.telling import told_of
from motcua.dossiers.tests.lives import accepted, at_approval, decided, handled
from motcua.dossiers.visibility import may_see
from motcua.dossiers.waiting import desk_page
from motcua.offices import granting
from motcua.offices.models import Office, Posting
from motcua.people.models import Relative
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
EVERYBODY = ("lan", "bay", "minh", "dung", "hoa", "thanh", "tuan", "nga", "quang", "yen", "khang", "son", "nobody")
AT = moment("2021-11-02 09:00")  # a Tuesday
ITEMS = [{"name": "Bản sao căn cước công dân", "why": "mờ"}]


def asked(
    world: World, dossier: Dossier | None = None, *, who: str = "hoa", at: str = "2021-11-02 09:00", **changes: Any
) -> Consultation:
    """Hoa asks the Department of Industry, three working days, about a dossier in her hand."""
    dossier = dossier or handled(world)
    facts: dict[str, Any] = {
        "office_id": world.cast.industry.pk,
        "question": "Ngành nghề này có điều kiện gì?",
        "days": 3,
    }
    consultation.consult(
        dossier.pk, questions=[Question(**{**facts, **changes})], actor=world.actor(who), at=moment(at)
    )
    return Consultation.objects.latest("id")


def answered(world: World, one: Consultation, at: str = "2021-11-04 16:00", **changes: Any) -> Dossier:
    facts: dict[str, Any] = {"consultation_id": one.pk, "answer": "Không có điều kiện."}
    return consultation.answer_consultation(
        one.dossier_id, actor=world.actor("khang"), at=moment(at), **{**facts, **changes}
    )


def test_consult_asks_several_offices_and_the_dossier_stays_where_it_is(world: World) -> None:
    before = handled(world)
    questions = [
        Question(world.cast.industry.pk, "Ngành nghề?", days=3),
        Question(world.cast.commune.pk, "Cư trú?", due_on=date(2021, 11, 12)),
    ]
    consultation.consult(before.pk, questions=questions, actor=world.actor("hoa"), at=AT)
    dossier = reread(before)
    place = ("state", "at_office_id", "holder_id", "step", "due_at")
    assert [getattr(dossier, name) for name in place] == [getattr(before, name) for name in place]
    assert dossier.stays.count() == before.stays.count()
    assert dossier.asked_offices == sorted([world.cast.industry.pk, world.cast.commune.pk])
    rows = Consultation.objects.order_by("id")
    assert [one.due_at for one in rows] == [moment("2021-11-05 17:00"), moment("2021-11-12 17:00")]
    event = Event.objects.filter(dossier=dossier).latest("seq")
    assert (event.act, event.office_id, event.clock) == ("consult", world.cast.justice.pk, None)
    assert [row["question"] for row in event.data["asked"]] == ["Ngành nghề?", "Cư trú?"]


def test_the_last_day_is_counted_by_the_calendar_of_the_office_that_is_asked(world: World) -> None:
    one = asked(world, days=None, due_on=date(2021, 11, 12))
    assert one.due_at == moment("2021-11-12 17:00")
    # Three working days from Tuesday the 2nd; over the weekend from Thursday.
    other = handled(world)
    consultation.consult(
        other.pk,
        questions=[Question(world.cast.industry.pk, "Gì?", days=3)],
        actor=world.actor("hoa"),
        at=moment("2021-11-04 16:00"),
    )
    assert Consultation.objects.latest("id").due_at == moment("2021-11-09 17:00")


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"days": None, "due_on": date(2021, 11, 1)}, "q1_due_on", "đã qua"),
        ({"days": None, "due_on": date(2021, 11, 6)}, "q1_due_on", "06/11/2021 cơ quan được hỏi nghỉ .Thứ Bảy."),
        ({"days": None, "due_on": date(2099, 11, 6)}, "q1_due_on", "2099"),
        ({"days": None}, "q1_days", "hoặc số ngày làm việc, hoặc ngày cuối"),
        ({"due_on": date(2021, 11, 8)}, "q1_days", "hoặc số ngày làm việc, hoặc ngày cuối"),
        ({"days": 0}, "q1_days", "từ 1 đến 250"),
        ({"days": 251}, "q1_days", "từ 1 đến 250"),
        ({"question": " "}, "q1_question", "Cần nêu nội dung"),
        ({"office_id": 0}, "q1_office", "Không có cơ quan này"),
    ],
)
def test_an_impossible_question_is_refused_with_the_sentence(
    world: World, changes: dict[str, Any], field: str, words: str
) -> None:
    dossier = handled(world)
    with pytest.raises(Invalid, match=words) as error:
        asked(world, dossier, **changes)
    assert list(error.value.fields) == [field]
    assert reread(dossier).last_seq == dossier.last_seq and not Consultation.objects.exists()


def test_after_office_hours_nobody_answers_the_same_day(world: World) -> None:
    dossier, question = handled(world), Question(world.cast.industry.pk, "Gì?", due_on=date(2021, 11, 2))
    hoa = world.actor("hoa")
    with pytest.raises(Invalid, match="hết giờ"):
        consultation.consult(dossier.pk, questions=[question], actor=hoa, at=moment("2021-11-02 17:00"))
    consultation.consult(dossier.pk, questions=[question], actor=hoa, at=moment("2021-11-02 16:59"))


def test_neither_itself_nor_twice_nor_an_office_that_ended_is_asked(world: World) -> None:
    dossier = handled(world)
    with pytest.raises(Invalid, match="chính là cơ quan giải quyết"):
        asked(world, dossier, office_id=world.cast.justice.pk)
    twice = [Question(world.cast.industry.pk, "Một?", days=1), Question(world.cast.industry.pk, "Hai?", days=1)]
    with pytest.raises(Invalid, match="đã có ở dòng trên"):
        consultation.consult(dossier.pk, questions=twice, actor=world.actor("hoa"), at=AT)
    Office.objects.filter(pk=world.cast.commune.pk).update(valid_to=date(2021, 11, 1))
    with pytest.raises(Invalid, match="Không có cơ quan này vào ngày 02/11/2021"):
        asked(world, dossier, office_id=world.cast.commune.pk)
    with pytest.raises(Invalid, match="ít nhất một cơ quan"):
        consultation.consult(dossier.pk, questions=[], actor=world.actor("hoa"), at=AT)
    asked(world, dossier)
    with pytest.raises(Invalid, match="Đang chờ ý kiến"):
        asked(world, dossier)


def test_the_lead_agency_asks_and_drops_and_nobody_else(world: World) -> None:
    dossier = handled(world)
    for act in (Act.CONSULT, Act.PLAN_VERIFICATION):
        assert {name for name in EVERYBODY if act in acts_open_to(dossier, world.actor(name), AT)} == {
            "hoa",
            "thanh",
            "tuan",
        }
    for name in ("minh", "dung", "nga", "quang"):
        with pytest.raises(Forbidden):
            asked(world, dossier, who=name)
    for name in ("khang", "yen", "son"):
        with pytest.raises(NotThere):
            asked(world, dossier, who=name)
    for other in (accepted(world), decided(world)):
        with pytest.raises(Refused) as error:
            asked(world, other, at="2021-11-04 09:00")
        assert error.value.code == "wrong_state"
    assert Act.DROP_CONSULTATION not in acts_open_to(dossier, world.actor("hoa"), AT)
    asked(world, dossier)
    opened = {
        name for name in EVERYBODY if Act.DROP_CONSULTATION in acts_open_to(reread(dossier), world.actor(name), AT)
    }
    assert opened == {"hoa", "thanh", "tuan"}


def test_visibility_opens_and_closes_with_the_consultation(world: World) -> None:
    dossier, khang = handled(world), world.actor("khang")

    def seeing() -> set[str]:
        found = reread(dossier)
        names = {name for name in EVERYBODY if may_see(world.actor(name), found)}
        assert names == {
            name for name in EVERYBODY if Dossier.objects.visible_to(world.actor(name)).filter(pk=found.pk)
        }
        return names

    before = seeing()
    assert "khang" not in before
    one = asked(world, dossier)
    assert seeing() == before | {"khang"}
    assert acts_open_to(reread(dossier), khang, AT) == [Act.ANSWER_CONSULTATION]
    assert is_evident(khang, reread(dossier))
    assert not Dossier.objects.inbox_of(khang).exists()
    answered(world, one)
    assert seeing() == before
    assert reread(dossier).asked_offices is None
    with pytest.raises(NotThere):
        answered(world, one, "2021-11-04 16:05")


def test_a_confidential_dossier_is_shown_to_those_in_charge_of_the_office_asked(world: World) -> None:
    dossier = handled(world)
    confidence.restrict(dossier.pk, reason="Nhạy cảm", actor=world.actor("thanh"), at=AT, readers=[])
    one = asked(world, dossier)
    found, khang = reread(dossier), world.actor("khang")
    assert not may_see(khang, found) and not Dossier.objects.visible_to(khang).exists()
    assert not Consultation.objects.asked_of(khang).exists()
    assert desk_page(khang, None, 9) == ([], 0)
    Posting.objects.filter(account=world.cast.khang).update(role="head")
    khang = world.actor("khang")
    assert may_see(khang, found) and Dossier.objects.visible_to(khang).get() == found
    assert Consultation.objects.asked_of(khang).get() == one
    assert desk_page(khang, None, 9) == ([], 1)
    answered(world, one)
    assert not may_see(khang, reread(dossier)) and not Dossier.objects.visible_to(khang).exists()


def test_answer_consultation_keeps_the_answer_and_whether_it_came_late(world: World) -> None:
    one = asked(world)
    with pytest.raises(Invalid, match="Cần ghi ý kiến"):
        answered(world, one, answer=" ")
    answered(world, one, "2021-11-05 18:30")  # after office hours of the last day: still that day
    event = Event.objects.filter(dossier=one.dossier_id).latest("seq")
    assert event.office_id == world.cast.industry.pk and event.actor_name == "Đặng Minh Khang"
    assert (event.data["opinions"][0]["late"], event.data["opinions"][0]["answer"]) == (False, "Không có điều kiện.")
    late = asked(world)
    answered(world, late, "2021-11-08 07:30")
    late.refresh_from_db()
    assert (late.outcome, late.closed_by_id, late.closed_at) == (
        "answered",
        world.cast.khang.pk,
        moment("2021-11-08 07:30"),
    )
    assert Event.objects.filter(dossier=late.dossier_id).latest("seq").data["opinions"][0]["late"] is True


def test_overdue_counts_vietnamese_days(world: World) -> None:
    one = asked(world)
    assert not Consultation.objects.overdue(moment("2021-11-05 23:59")).exists()
    assert Consultation.objects.overdue(moment("2021-11-06 00:00")).get() == one
    answered(world, one, "2021-11-08 08:00")
    assert not Consultation.objects.overdue(moment("2021-11-09 08:00")).exists()


def test_an_answer_goes_to_one_s_own_question_only(world: World) -> None:
    dossier = handled(world)
    questions = [Question(world.cast.industry.pk, "A?", days=3), Question(world.cast.commune.pk, "B?", days=3)]
    consultation.consult(dossier.pk, questions=questions, actor=world.actor("hoa"), at=AT)
    mine, sons = Consultation.objects.order_by("id")
    with pytest.raises(Forbidden):
        answered(world, sons)
    with pytest.raises(Invalid, match="không có hoặc đã kết thúc"):
        answered(world, mine, consultation_id=0)
    answered(world, mine)
    assert may_see(world.actor("son"), reread(dossier)) and not may_see(world.actor("khang"), reread(dossier))


def test_whoever_stands_in_answers_on_behalf_of_the_absent(world: World) -> None:
    Posting.objects.create(
        account=world.cast.son,
        office=world.cast.industry,
        role="clerk",
        valid_from=date(2021, 1, 1),
        basis="Quyết định 1",
    )
    granting.note_absence(
        account_id=world.cast.khang.pk,
        stand_in_id=world.cast.son.pk,
        valid_from=date(2021, 11, 1),
        valid_to=date(2021, 11, 30),
        reason="Nghỉ phép",
        actor=world.actor("khang"),
        at=moment("2021-11-01 08:00"),
    )
    dossier = handled(world)
    questions = [Question(world.cast.industry.pk, "A?", days=3), Question(world.cast.commune.pk, "B?", days=3)]
    consultation.consult(dossier.pk, questions=questions, actor=world.actor("hoa"), at=AT)
    for one, behalf in zip(Consultation.objects.order_by("id"), ("Đặng Minh Khang", ""), strict=True):
        consultation.answer_consultation(
            dossier.pk, consultation_id=one.pk, answer="Được.", actor=world.actor("son"), at=moment("2021-11-03 09:00")
        )
        assert told_of(dossier.pk)[-1].on_behalf_of == behalf


def test_nobody_answers_in_a_matter_of_their_own(world: World) -> None:
    one = asked(world)
    Relative.objects.create(
        account=world.cast.khang, full_name="Trần Thị Lan", relation="vợ", id_no="000190000001", declared_at=AT
    )
    with pytest.raises(Forbidden, match="của bạn hoặc của người thân"):
        answered(world, one)


def test_drop_consultation_needs_a_reason_and_ends_the_view(world: World) -> None:
    one = asked(world)
    hoa, later = world.actor("hoa"), moment("2021-11-03 09:00")
    with pytest.raises(Invalid, match="Cần nêu lý do"):
        consultation.drop_consultation(one.dossier_id, consultation_id=one.pk, reason=" ", actor=hoa, at=later)
    consultation.drop_consultation(one.dossier_id, consultation_id=one.pk, reason="Hỏi nhầm", actor=hoa, at=later)
    one.refresh_from_db()
    assert (one.outcome, one.reason, one.answer) == ("dropped", "Hỏi nhầm", "")
    assert not may_see(world.actor("khang"), reread(one.dossier))
    with pytest.raises(Refused, match="Không có ý kiến nào đang chờ"):
        consultation.drop_consultation(one.dossier_id, consultation_id=one.pk, reason="Nữa", actor=hoa, at=later)


def test_while_papers_are_missing_an_answer_may_come_and_nothing_new_is_asked(world: World) -> None:
    one = asked(world)
    supplement.ask_supplement(one.dossier_id, items=ITEMS, reason="Mờ", actor=world.actor("hoa"), at=AT)
    with pytest.raises(Refused):
        asked(world, reread(one.dossier), office_id=world.cast.commune.pk)
    answered(world, one)
    assert reread(one.dossier).state == State.SUPPLEMENT
    assert Event.objects.filter(dossier=one.dossier_id).latest("seq").to_state == State.SUPPLEMENT


@pytest.mark.parametrize("end", ["approve", "refuse", "stop", "withdraw"])
def test_no_answer_does_not_hold_the_lead_agency_up(world: World, end: str) -> None:
    one = asked(world, at_approval(world), at="2021-11-02 11:00")
    tuan, later = world.actor("tuan"), moment("2021-11-09 09:00")
    if end == "approve":
        decision.approve(one.dossier_id, actor=tuan, at=later)
    elif end == "refuse":
        decision.refuse_result(one.dossier_id, reason="Không đủ", basis="Luật", actor=tuan, at=later)
    elif end == "stop":
        ending.stop(one.dossier_id, reason="Không thể", basis="Luật", actor=tuan, at=later)
    else:
        ending.withdraw(one.dossier_id, reason="Đổi ý", actor=world.actor("minh"), at=later)
    one.refresh_from_db()
    assert (one.outcome, one.closed_at) == ("overtaken", later)
    assert Event.objects.filter(dossier=one.dossier_id).latest("seq").data["opinions"][0]["late"] is True
    assert reread(one.dossier).asked_offices is None
    assert not may_see(world.actor("khang"), reread(one.dossier))


def test_what_was_asked_and_what_was_answered_can_not_be_changed(world: World) -> None:
    one = asked(world)
    closed = asked(world)
    answered(world, closed)
    for change in (
        f"UPDATE dossiers_consultation SET question = 'khác' WHERE id = {one.pk}",
        f"UPDATE dossiers_consultation SET due_at = due_at + interval '1 day' WHERE id = {one.pk}",
        f"UPDATE dossiers_consultation SET answer = 'khác' WHERE id = {closed.pk}",
        f"DELETE FROM dossiers_consultation WHERE id = {closed.pk}",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_the_applicant_reads_who_is_asked_and_until_when_but_not_what(world: World) -> None:
    one = asked(world)
    consultation.drop_consultation(
        one.dossier_id, consultation_id=one.pk, reason="Nội bộ", actor=world.actor("hoa"), at=moment("2021-11-03 09:00")
    )
    event = told_of(one.dossier_id)[-1]
    assert (event.reason_for(applicant=True), event.reason_for(applicant=False)) == ("", "Nội bộ")


def test_each_office_has_the_list_of_what_it_is_asked(world: World) -> None:
    one = asked(world)
    listed = {name for name in EVERYBODY if one in Consultation.objects.asked_of(world.actor(name))}
    assert listed == {"khang"}

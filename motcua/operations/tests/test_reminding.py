"""Who reminds whom, of what, until when; what is kept for ever; how often it was answered in time. Law: ND61-2018 8"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.dossiers.acts import confidence
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import lives
from motcua.operations.counts import REMINDERS, reminders_behind, reminders_counted
from motcua.operations.late import late_by
from motcua.operations.models import Addressee, Reminder, ReminderAnswer
from motcua.operations.reminding import answer, late_of, remind_of_dossier, remind_office, reminders_of
from motcua.reports.periods import parse_period
from motcua.reports.scope import Scope
from tests.house.access import OFFICERS
from tests.world import World, moment

pytestmark = pytest.mark.django_db
NOVEMBER = parse_period("2021-11")
AT = moment("2021-11-04 09:00")
LATE = moment("2021-11-10 09:00")
BY = date(2021, 11, 12)


def sent(world: World, dossier: Dossier, who: str = "dung", by: date = BY) -> Reminder:
    return remind_of_dossier(dossier.pk, words="Trả lời người dân ngay", answer_by=by, actor=world.actor(who), at=AT)


def test_the_holder_is_reminded_and_answers_once(world: World) -> None:
    dossier = lives.handled(world)
    made = sent(world, dossier)
    assert (made.addressee, made.holder, made.office) == (Addressee.HOLDER, world.cast.hoa, world.cast.justice)
    assert list(Reminder.objects.for_person(world.actor("hoa"))) == [made]
    assert list(Reminder.objects.for_person(world.actor("khang"))) == []
    answer(made.pk, words="Mai trình lãnh đạo", actor=world.actor("hoa"), at=LATE)
    assert ReminderAnswer.objects.get().is_in_time
    with pytest.raises(Refused):
        answer(made.pk, words="Lần thứ hai", actor=world.actor("thanh"), at=LATE)
    (told,) = reminders_of(dossier.pk)
    assert told.answer.words == "Mai trình lãnh đạo"


def test_what_nobody_holds_goes_to_the_leaders_where_it_lies(world: World) -> None:
    made = sent(world, lives.assigned(world))
    assert (made.addressee, made.office, made.holder) == (Addressee.LEADERS, world.cast.justice, None)
    assert list(Reminder.objects.for_person(world.actor("thanh"))) == [made]
    assert list(Reminder.objects.for_person(world.actor("hoa"))) == []


@pytest.mark.parametrize("who", ["minh", "hoa", "thanh", "tuan", "nga"])
def test_who_serves_without_reporting_does_not_remind(who: str, world: World) -> None:
    dossier = lives.handled(world)
    with pytest.raises(Forbidden):
        sent(world, dossier, who)
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("who", ["lan", "bay", "khang", "yen", "hanh", "son", "nobody"])
def test_for_strangers_there_is_no_such_dossier(who: str, world: World) -> None:
    dossier = lives.handled(world)
    with pytest.raises((NotThere, Forbidden)):
        sent(world, dossier, who)
    assert not Reminder.objects.exists()


def test_only_what_is_open_is_hurried_and_only_with_words_and_a_day_ahead(world: World) -> None:
    dossier = lives.handled(world)
    for words, by in (("", BY), ("ngay", BY), ("Làm ngay đi", None), ("Làm ngay đi", date(2021, 11, 3)),
                      ("Làm ngay đi", date(2022, 11, 3)), ("x" * 1001, BY)):  # fmt: skip
        with pytest.raises(Invalid) as wrong:
            remind_of_dossier(dossier.pk, words=words, answer_by=by, actor=world.actor("quang"), at=AT)
        assert wrong.value.fields
    over = lives.finished(world)
    with pytest.raises(Refused):
        sent(world, over)


def test_an_office_is_reminded_of_its_late_list_as_it_is_now(world: World) -> None:
    dossier = lives.handled(world)
    justice = world.cast.justice.pk
    with pytest.raises(Refused):
        remind_office(justice, words="Giải quyết dứt điểm", answer_by=BY, actor=world.actor("quang"), at=AT)
    assert late_of(justice, LATE) == [dossier.pk]
    made = remind_office(justice, words="Giải quyết dứt điểm", answer_by=BY, actor=world.actor("quang"), at=LATE)
    assert made.late == [dossier.pk]
    assert list(Reminder.objects.for_person(world.actor("tuan"))) == [made]
    with pytest.raises(NotThere):
        answer(made.pk, words="Không phải của tôi", actor=world.actor("hoa"), at=LATE)
    with pytest.raises(NotThere):
        remind_office(justice, words="Giải quyết dứt điểm", answer_by=BY, actor=world.actor("hien"), at=LATE)


def test_what_lies_at_an_office_is_its_late_list_too_whoever_decides(world: World) -> None:
    """The list of what is late offers to remind the office where a dossier lies: then it must have something to remind of."""
    dossier = lives.accepted(world)
    assert dossier.at_office_id != dossier.competent_office_id
    assert late_of(dossier.at_office_id, LATE) == late_of(dossier.competent_office_id, LATE) == [dossier.pk]
    (group,) = late_by(LATE, Scope(), days=1, by="office")
    assert group.key == str(dossier.at_office_id)
    assert remind_office(
        dossier.at_office_id, words="Giải quyết dứt điểm", answer_by=BY, actor=world.actor("quang"), at=LATE
    ).late == [dossier.pk]


def test_whose_answer_it_is_is_one_rule_for_rows_and_in_hand(world: World) -> None:
    sent(world, lives.handled(world))
    sent(world, lives.assigned(world))
    remind_office(world.cast.justice.pk, words="Giải quyết dứt điểm", answer_by=BY, actor=world.actor("quang"), at=LATE)
    every = list(Reminder.objects.order_by("id"))
    assert {one.addressee for one in every} >= {Addressee.HOLDER, Addressee.LEADERS}
    told = {name: set(Reminder.objects.for_person(world.actor(name))) for name in OFFICERS.split()}
    assert told == {name: {one for one in every if one.is_for(world.actor(name))} for name in told}
    assert any(told.values()) and not all(told.values())


def test_a_confidential_dossier_is_not_told_of_through_its_reminders(world: World) -> None:
    dossier = lives.handled(world)
    made = sent(world, dossier, "quang")
    confidence.restrict(dossier.pk, reason="Nhạy cảm", actor=world.actor("thanh"), at=AT)
    assert list(Reminder.objects.for_person(world.actor("hoa"))) == [made]
    assert list(Reminder.objects.seen_by(world.actor("quang"), date(2021, 11, 4))) == []
    assert reminders_counted(world.actor("quang"), NOVEMBER, BY).total["sent"] == 0


def test_the_database_keeps_what_was_sent_and_said(world: World) -> None:
    made = sent(world, lives.handled(world))
    answer(made.pk, words="Mai trình lãnh đạo", actor=world.actor("hoa"), at=AT)
    for statement in (
        "UPDATE operations_reminder SET answer_by = '2022-01-01'",
        "DELETE FROM operations_reminderanswer",
        "UPDATE operations_reminderanswer SET words = 'khác'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_figures_say_who_answered_in_time_and_open_their_lists(world: World) -> None:
    quang = world.actor("quang")
    answer(sent(world, lives.handled(world)).pk, words="Mai trình lãnh đạo", actor=world.actor("hoa"), at=LATE)
    late = sent(world, lives.handled(world), by=date(2021, 11, 9))
    answer(late.pk, words="Đã trình lãnh đạo", actor=world.actor("hoa"), at=LATE)
    sent(world, lives.handled(world), by=date(2021, 11, 5))
    sent(world, lives.handled(world))
    made = reminders_counted(quang, NOVEMBER, BY)
    total = made.total
    assert [total[key] for key in ("sent", "in_time", "answered_late", "unanswered", "expected")] == [4, 1, 1, 1, 1]
    assert str(made.in_time_rate) == "33.33"
    for key in REMINDERS:
        assert reminders_behind(quang, NOVEMBER, BY, key).count() == total[key], key
    assert reminders_counted(quang, parse_period("2021-10"), BY).in_time_rate is None
    with pytest.raises(NotThere):
        reminders_counted(world.actor("hoa"), NOVEMBER, BY)
    with pytest.raises(NotThere):
        reminders_behind(quang, NOVEMBER, BY, "x")

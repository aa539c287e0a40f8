"""The program reminds the holder, then the unit's head, then the overseer: each once of a promised day.

Law: ND61-2018 8
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections

from motcua.dossiers.acts import delay, supplement
from motcua.dossiers.tests import lives
from motcua.law.tests.settling import settle_value
from motcua.operations.escalation import Sent, remind
from motcua.operations.models import Reason, Reminder
from tests.world import World, moment

# Accepted on Monday 1 November with 5 working days: due on Monday the 8th.
BEFORE = "2021-11-05 07:00"
AFTER = "2021-11-09 07:00"
LONG_AFTER = "2021-11-16 07:00"


def run(at: str) -> list[int]:
    return [one.now for one in remind(moment(at)).values()]


@pytest.mark.django_db
def test_each_rung_is_told_once_to_whom_it_is_for(world: World) -> None:
    dossier = lives.handled(world)
    assert run("2021-11-04 07:00") == [0, 0, 0]
    assert run(BEFORE) == [1, 0, 0]
    assert run(BEFORE) == run("2021-11-08 07:00") == [0, 0, 0]
    assert run(AFTER) == [0, 1, 0]
    # Late by more than 5 working days on the 16th: the 9th to the 16th are six.
    assert run("2021-11-15 07:00") == [0, 0, 0]
    assert run(LONG_AFTER) == [0, 0, 1]
    assert run(LONG_AFTER) == [0, 0, 0]
    told = {one.reason: one for one in Reminder.objects.filter(dossier=dossier)}
    assert told[Reason.DUE_SOON].holder == world.cast.hoa
    assert (told[Reason.LATE].office, told[Reason.LONG_LATE].office) == (world.cast.center, world.cast.justice)
    assert {one.due_on for one in told.values()} == {date(2021, 11, 8)}
    for name, reason in (("hoa", Reason.DUE_SOON), ("dung", Reason.LATE), ("quang", Reason.LONG_LATE)):
        assert list(Reminder.objects.for_person(world.actor(name)).values_list("reason", flat=True)) == [reason], name
    for name in ("minh", "khang", "hanh", "lan", "nga"):
        assert not Reminder.objects.for_person(world.actor(name)).exists(), name


@pytest.mark.django_db
def test_a_first_run_late_tells_the_rungs_that_hold_and_a_new_promise_is_told_anew(world: World) -> None:
    late, other = lives.handled(world), lives.handled(world)
    delay.extend(
        other.pk, new_day=date(2021, 11, 12), reason="Chờ", actor=world.actor("thanh"), at=moment("2021-11-05 08:00")
    )
    assert run(AFTER) == [0, 1, 0]
    assert run("2021-11-11 07:00") == [1, 0, 0]
    assert set(Reminder.objects.filter(dossier=other).values_list("due_on", flat=True)) == {date(2021, 11, 12)}
    assert Reminder.objects.filter(dossier=late).count() == 1


@pytest.mark.django_db
def test_nobody_is_reminded_of_what_waits_for_the_applicant_or_is_done(world: World) -> None:
    waiting = lives.handled(world)
    supplement.ask_supplement(
        waiting.pk,
        items=[{"name": "Ảnh", "why": "Mờ"}],
        reason="Mờ",
        actor=world.actor("hoa"),
        at=moment("2021-11-02 08:00"),
    )
    lives.finished(world)
    lives.submitted(world)
    assert run(LONG_AFTER) == [0, 0, 0]


@pytest.mark.django_db
def test_the_province_says_after_how_many_days_the_overseer_is_told(world: World) -> None:
    lives.handled(world)
    settle_value("r1_2018", "escalate_late_days", 1, on=date(2021, 11, 1))
    assert run(AFTER) == [0, 1, 0]
    assert run("2021-11-10 07:00") == [0, 0, 1]


@pytest.mark.django_db
def test_a_first_run_tells_an_office_so_many_a_day_the_worst_first_and_how_many_wait(world: World) -> None:
    settle_value("r1_2018", "late_reminders_most", 2, on=date(2021, 11, 1))
    late = [lives.handled(world) for _ in range(5)]
    delay.extend(
        late[0].pk, new_day=date(2021, 11, 12), reason="Chờ", actor=world.actor("thanh"), at=moment("2021-11-05 08:00")
    )
    others = [one.pk for one in late[1:]]
    assert run(BEFORE) == [4, 0, 0], "before the promise everybody is told"
    told = remind(moment(AFTER))
    assert (told["late"].now, told["late"].waiting) == (2, 2)
    assert remind(moment("2021-11-09 15:00"))["late"].now == 0, "the day has no more room"
    reminded = Reminder.objects.filter(reason=Reason.LATE).order_by("dossier_id")
    assert list(reminded.values_list("dossier_id", "waiting")) == [(others[0], 2), (others[1], 2)]
    assert remind(moment("2021-11-10 07:00"))["late"] == Sent(2, 0)
    assert remind(moment("2021-11-11 07:00"))["late"] == Sent(0, 0)
    # The one with a later promise is the least overdue: on the 16th the oldest of the overseer's rung come first.
    assert remind(moment(LONG_AFTER))["long_late"] == Sent(2, 2)
    first = Reminder.objects.filter(reason=Reason.LONG_LATE).values_list("dossier_id", flat=True)
    assert set(first) == set(others[:2])
    said = StringIO()
    call_command("remind", at="2021-11-16 09:00", stdout=said)
    assert "còn chờ ngày sau 2" in said.getvalue()


@pytest.mark.django_db
def test_the_command_says_what_it_sent_and_refuses_nonsense(world: World) -> None:
    lives.handled(world)
    said = StringIO()
    call_command("remind", at="2021-11-09 07:00", stdout=said)
    assert said.getvalue().split() == ["due_soon", "0", "late", "1", "long_late", "0"]
    with pytest.raises(SystemExit) as stopped:
        call_command("remind", at="hôm nay", stderr=StringIO())
    assert stopped.value.code == 2


@pytest.fixture
def at_once() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_tell_everything_once(world: World, at_once: ThreadPoolExecutor) -> None:
    for _ in range(20):
        lives.handled(world)

    def one_run(at: datetime) -> int:
        try:
            return sum(one.now for one in remind(at).values())
        finally:
            connections.close_all()

    sent = list(at_once.map(one_run, [moment(LONG_AFTER)] * 2))
    assert sum(sent) == 40 == Reminder.objects.count()

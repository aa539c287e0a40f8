"""The agency's system was out of order: two persons say so, and the limits that ran then get the time back."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from motcua.base.errors import Forbidden, Invalid, Refused
from motcua.dossiers.acts import decision, outage, supplement
from motcua.dossiers.clock_days import story
from motcua.dossiers.clock_words import summary
from motcua.dossiers.journal import acts_open_to
from motcua.dossiers.models import Dossier, Event, Outage
from motcua.dossiers.outages import apply_all, decide, record
from motcua.dossiers.rulebook import clock_events_of
from motcua.dossiers.states import Act
from motcua.dossiers.tests.lives import accepted, assigned, at_approval
from motcua.launcher import daily
from motcua.law.proposals import Person
from motcua.law.tests.settling import QUANG, YEN, settle_value
from motcua.offices.actors import SYSTEM
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
GROUNDS: dict[str, Any] = {"what": "Hỏng máy chủ", "document": "BB 3/BB-TTDL"}
AT = moment("2021-09-08 10:00")


def entered(began: str = "2021-09-01 09:00", ended: str = "2021-09-08 09:00") -> Outage:
    return record(began_at=moment(began), ended_at=moment(ended), **GROUNDS, by=YEN, at=AT)


def approved(began: str = "2021-09-01 09:00", ended: str = "2021-09-08 09:00") -> Outage:
    return decide(entered(began, ended).pk, approved=True, by=QUANG, at=AT)


def running(world: World) -> Dossier:
    """Accepted on Tuesday 31/8/2021 16:10 for 5 working days; 2 and 3 September are days off."""
    return assigned(world, "2021-08-31 16:10", "2021-09-01 07:30")


def test_allow_for_outage_moves_the_day_by_what_the_limit_lost(world: World) -> None:
    dossier = running(world)
    assert dossier.due_at == moment("2021-09-09 17:00")
    approved()
    (applied,) = apply_all(AT)
    dossier = reread(dossier)
    # Three working days (6, 7 and 8 September), as after any pause.
    assert (dossier.due_at, dossier.original_due_at) == (moment("2021-09-14 17:00"), moment("2021-09-09 17:00"))
    assert (applied.moved, applied.applied_at, dossier.stands_still) == (1, AT, False)
    event = dossier.events.latest("seq")
    assert (event.act, event.actor_id, event.data["document"]) == (Act.ALLOW_FOR_OUTAGE, None, "BB 3/BB-TTDL")
    told = summary(story(clock_events_of(dossier)))
    assert "3 ngày tạm dừng (hệ thống của cơ quan ngừng hoạt động)" in told
    assert "hẹn trả 17:00 ngày 14/09/2021" in told


def test_twice_or_broken_off_it_is_given_once(world: World) -> None:
    first, second = running(world), running(world)
    made = approved()
    outage.allow_for_outage(first.pk, outage_id=made.pk, actor=SYSTEM, at=AT)  # here the run was broken off
    (applied,) = apply_all(AT)
    assert applied.moved == 2
    assert apply_all(AT) == []
    with pytest.raises(Refused):
        outage.allow_for_outage(second.pk, outage_id=made.pk, actor=SYSTEM, at=AT)
    assert Event.objects.filter(act=Act.ALLOW_FOR_OUTAGE).count() == 2
    assert reread(first).due_at == reread(second).due_at == moment("2021-09-14 17:00")


def test_what_did_not_run_or_lost_no_day_is_left_alone(world: World) -> None:
    waiting, later = running(world), accepted(world, "2021-09-08 09:30")
    items = [{"name": "Bản sao", "why": "mờ"}]
    supplement.ask_supplement(
        waiting.pk, items=items, reason="Mờ", actor=world.actor("hoa"), at=moment("2021-09-01 08:00")
    )
    approved()
    decide(entered("2021-08-31 18:00", "2021-08-31 22:00").pk, approved=True, by=QUANG, at=AT)
    running(world)
    night, week = apply_all(AT)
    assert (night.moved, week.moved) == (0, 1)
    assert reread(later).due_at == later.due_at
    assert Event.objects.filter(act=Act.ALLOW_FOR_OUTAGE).count() == 1


def test_a_dossier_accepted_during_it_gets_the_rest(world: World) -> None:
    dossier = accepted(world, "2021-09-07 16:00")
    assert dossier.due_at == moment("2021-09-14 17:00")
    approved()
    apply_all(AT)
    assert reread(dossier).due_at == moment("2021-09-15 17:00")


def test_where_the_regime_charges_outages_nothing_moves(world: World) -> None:
    settle_value("r1_2018", "outage_charged_to_applicant", True, on=date(2021, 8, 31))
    dossier = running(world)
    approved()
    (applied,) = apply_all(AT)
    assert (applied.moved, reread(dossier).due_at) == (0, moment("2021-09-09 17:00"))


def test_what_is_resolved_keeps_its_day(world: World) -> None:
    dossier = at_approval(world)
    decision.approve(dossier.pk, actor=world.actor("tuan"), at=moment("2021-11-03 10:00"))
    decision.finish(dossier.pk, actor=world.actor("nga"), at=moment("2021-11-03 15:00"))
    made = decide(entered("2021-11-02 08:00", "2021-11-03 09:00").pk, approved=True, by=QUANG, at=AT)
    (applied,) = apply_all(moment("2021-11-04 08:00"))
    assert (applied.pk, applied.moved) == (made.pk, 0)


def test_nobody_does_it_by_hand(world: World) -> None:
    dossier, made = running(world), approved()
    for name in ("minh", "hoa", "thanh", "tuan", "dung"):
        with pytest.raises(Forbidden):
            outage.allow_for_outage(dossier.pk, outage_id=made.pk, actor=world.actor(name), at=AT)
        assert Act.ALLOW_FOR_OUTAGE not in acts_open_to(dossier, world.actor(name), AT)


def test_two_persons_say_so(world: World) -> None:
    made = entered()
    with pytest.raises(Forbidden):
        decide(made.pk, approved=True, by=YEN, at=AT)
    own = Person(QUANG.account_id, QUANG.name, QUANG.roles)
    mine = record(began_at=moment("2021-10-01 08:00"), ended_at=moment("2021-10-01 09:00"), **GROUNDS, by=own, at=AT)
    with pytest.raises(Forbidden) as error:
        decide(mine.pk, approved=True, by=own, at=AT)
    assert error.value.code == "second_person"
    with pytest.raises(Forbidden):
        record(began_at=AT, ended_at=moment("2021-09-09 08:00"), **GROUNDS, by=Person(9, "Hoa", frozenset()), at=AT)
    with pytest.raises(Invalid):
        decide(made.pk, approved=False, by=QUANG, at=AT)
    decide(made.pk, approved=False, note="Không phải sự cố của cơ quan", by=QUANG, at=AT)
    with pytest.raises(Refused):
        decide(made.pk, approved=True, by=QUANG, at=AT)
    assert apply_all(AT) == []


def test_what_is_entered_makes_sense_and_overlaps_nothing(world: World) -> None:
    made = entered()
    for began, ended, field in (
        ("2021-09-08 09:00", "2021-09-08 09:00", "ended_at"),
        ("2021-09-08 08:00", "2021-09-08 12:00", "began_at"),
    ):
        with pytest.raises(Invalid) as error:
            entered(began, ended)
        assert list(error.value.fields) == [field]
    with pytest.raises(Invalid) as error:
        record(began_at=AT, ended_at=moment("2021-09-09 08:00"), what=" ", document="", by=YEN, at=AT)
    assert set(error.value.fields) == {"what", "document"}
    decide(made.pk, approved=False, note="Nhầm", by=QUANG, at=AT)
    assert entered("2021-09-08 08:00", "2021-09-08 12:00").pk


def test_a_planned_outage_waits_until_it_is_over(world: World) -> None:
    dossier = running(world)
    decide(entered("2021-09-07 08:00", "2021-09-08 12:00").pk, approved=True, by=QUANG, at=AT)
    assert apply_all(AT) == []
    assert len(apply_all(moment("2021-09-08 12:00"))) == 1
    assert reread(dossier).due_at == moment("2021-09-10 17:00")


def test_the_daily_command_applies_what_waits(world: World) -> None:
    dossier, made, told = running(world), approved(), StringIO()
    call_command("apply_outages", stdout=told)
    assert told.getvalue().startswith(f"{made.pk} ") and told.getvalue().endswith(" 1\n")
    assert reread(dossier).due_at == moment("2021-09-14 17:00")
    assert "apply_outages" in daily.COMMANDS

"""An outage gives the time back to whatever ran: late told, while papers were waited for, and to each part by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from motcua.calendar.limits import Limit
from motcua.dossiers.acts import delay, financial, parts, supplement
from motcua.dossiers.clock_days import story
from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.outages import apply_all, decide, record
from motcua.dossiers.rulebook import clock_events_of
from motcua.dossiers.states import Act
from motcua.dossiers.tests.joint import done, opened, part, plans
from motcua.dossiers.tests.lives import assigned
from motcua.law.proposals import Person
from motcua.law.tests.settling import QUANG, YEN, settle_value
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
ITEMS = [{"name": "Bản sao", "why": "mờ"}]
GROUNDS: dict[str, Any] = {"what": "Hỏng máy chủ", "document": "BB 3/BB-TTDL"}


def given_back(began: str, ended: str, at: str, by: Person = QUANG) -> int:
    """The outage entered, approved and applied at that moment; how many dossiers it moved."""
    made = record(began_at=moment(began), ended_at=moment(ended), **GROUNDS, by=YEN, at=moment(at))
    decide(made.pk, approved=True, by=by, at=moment(at))
    (applied,) = apply_all(moment(at))
    return applied.moved


def running(world: World) -> Dossier:
    """Five working days from Tuesday 31/8/2021: due on 9/9, as 2 and 3 September are days off."""
    return assigned(world, "2021-08-31 16:10", "2021-09-01 07:30")


def supplemented(world: World, dossier: Dossier, asked: str, received: str) -> None:
    hoa, minh = world.actor("hoa"), world.actor("minh")
    supplement.ask_supplement(dossier.pk, items=ITEMS, reason="Mờ", actor=hoa, at=moment(asked))
    supplement.receive_supplement(dossier.pk, papers=[], actor=minh, at=moment(received))


def test_what_was_lost_before_the_clock_stood_still_is_given_back_where_it_goes_on(world: World) -> None:
    settle_value("r1_2018", "supplement_clock", "resume", on=date(2021, 8, 1))
    dossier = running(world)
    supplemented(world, dossier, "2021-09-06 09:00", "2021-09-07 09:00")
    assert reread(dossier).due_at == moment("2021-09-10 17:00")
    # The morning of the 1st until the next office hours on the 6th: one working day, told on the 8th.
    assert given_back("2021-09-01 09:00", "2021-09-06 08:00", "2021-09-08 10:00") == 1
    assert reread(dossier).due_at == moment("2021-09-13 17:00")
    told = story(clock_events_of(dossier))
    assert told.reading.due_at == moment("2021-09-13 17:00") and told.days[-1].day == date(2021, 9, 13)


def test_a_limit_that_was_counted_again_has_lost_nothing_before(world: World) -> None:
    dossier = running(world)
    supplemented(world, dossier, "2021-09-06 09:00", "2021-09-07 09:00")
    due = reread(dossier).due_at
    assert given_back("2021-09-01 09:00", "2021-09-06 08:00", "2021-09-08 10:00") == 0
    assert reread(dossier).due_at == due


def test_one_that_stands_still_when_the_outage_is_told_is_given_it_all_the_same(world: World) -> None:
    settle_value("r1_2018", "pause_on_financial", True, on=date(2021, 8, 1))
    dossier, hoa, minh = running(world), world.actor("hoa"), world.actor("minh")
    duty: dict[str, Any] = {"content": "Nộp thuế", "document_no": "1/TB", "payee": "Thuế"}
    financial.ask_financial_duty(dossier.pk, **duty, actor=hoa, at=moment("2021-09-07 09:00"))
    # Since Monday the 6th at 8:00 until Tuesday at 10:00, when the clock had already stood still for an hour.
    assert given_back("2021-09-06 08:00", "2021-09-07 10:00", "2021-09-07 11:00") == 1
    assert reread(dossier).stands_still
    paid: dict[str, Any] = {"proof_no": "9", "paid_on": date(2021, 9, 8)}
    financial.record_financial_duty(dossier.pk, **paid, actor=minh, at=moment("2021-09-08 09:00"))
    # Stood still from the 6th to the 8th, once, whatever it waited for.
    assert reread(dossier).due_at == moment("2021-09-13 17:00")


def test_a_new_day_that_somebody_promised_holds_from_when_it_was_promised(world: World) -> None:
    dossier = running(world)
    delay.extend(
        dossier.pk, new_day=date(2021, 9, 15), reason="x", actor=world.actor("tuan"), at=moment("2021-09-07 15:00")
    )
    assert given_back("2021-09-06 08:00", "2021-09-08 09:00", "2021-09-08 10:00") == 1
    assert reread(dossier).due_at == moment("2021-09-16 17:00")


def test_two_outages_are_given_back_in_whatever_order_they_are_told(world: World) -> None:
    first, second = ("2021-09-01 08:00", "2021-09-06 08:00"), ("2021-09-07 08:00", "2021-09-08 09:00")
    dossier = running(world)
    assert given_back(*second, "2021-09-08 10:00") == 1
    assert given_back(*first, "2021-09-08 11:00") == 1
    assert reread(dossier).due_at == moment("2021-09-13 17:00")


# --- parts ---


def test_a_part_that_runs_and_one_that_begins_during_it_are_given_what_each_lost(world: World) -> None:
    dossier = opened(world)  # on Monday 1/11 at 10:30
    done(world, dossier, 2, "son", "2021-11-02 08:00")
    done(world, dossier, 1, "tuan", "2021-11-03 09:00")  # on paper: the system is down
    other = opened(world)
    assert given_back("2021-11-02 09:00", "2021-11-04 09:00", "2021-11-04 10:00") == 2
    # Begun on the 3rd: the 4th is given back, and no more. The other part lost the 3rd and the 4th.
    assert part(dossier, 3).due_at == moment("2021-11-08 17:00")
    assert part(other, 1).due_at == moment("2021-11-05 17:00")
    # What was done is judged by the promise it had then, whatever was told of that time afterwards.
    assert part(dossier, 1).due_at == moment("2021-11-03 17:00")


def test_a_part_in_hours_is_given_back_hours_that_cost_the_whole_no_day(world: World) -> None:
    one, two, three = plans(world)
    dossier = opened(world, [replace(one, limit=Limit.parse("4wh")), two, three])
    assert part(dossier, 1).due_at == moment("2021-11-01 16:30")
    assert given_back("2021-11-01 14:00", "2021-11-01 15:00", "2021-11-01 15:30") == 1
    assert part(dossier, 1).due_at == moment("2021-11-02 07:30")
    assert reread(dossier).due_at == moment("2021-11-08 17:00")
    event = Event.objects.get(dossier=dossier, act=Act.ALLOW_FOR_OUTAGE)
    assert event.due_at == moment("2021-11-08 17:00")


def test_a_part_that_was_put_off_is_given_back_what_was_lost_since(world: World) -> None:
    dossier = opened(world)
    parts.extend_part(
        dossier.pk,
        part=2,
        new_day=date(2021, 11, 5),
        reason="x",
        actor=world.actor("son"),
        at=moment("2021-11-01 15:00"),
    )
    assert given_back("2021-11-01 08:00", "2021-11-02 08:00", "2021-11-02 09:00") == 1
    assert part(dossier, 2).due_at == moment("2021-11-08 17:00")
    assert part(dossier, 1).due_at == moment("2021-11-04 17:00")

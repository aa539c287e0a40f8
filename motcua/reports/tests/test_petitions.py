"""Petitions of a period: what came in is done or still open, as it stood at the end, whatever happened later.

Law: TT01-2020 2; QD766-2022
"""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest

from motcua.base.errors import MotcuaError
from motcua.base.times import day_of
from motcua.dossiers.tests.lives import finished
from motcua.offices.actors import ANONYMOUS
from motcua.petitions import acts
from motcua.petitions.models import Petition
from motcua.petitions.table import CLOSED, OPEN, PETITIONS, Kind
from motcua.petitions.tests.saying import AT, answered, from_outside, handling
from motcua.reports.periods import Period, between, parse_period
from motcua.reports.petitions import (
    COUNTED,
    PETITION_MEASURES,
    as_json,
    form_05a,
    petition_report,
    petitions_behind,
)
from motcua.reports.scope import Scope
from tests.world import World, moment

pytestmark = pytest.mark.django_db
NOVEMBER = parse_period("2021-11")
DECEMBER = parse_period("2021-12")


def slow_reading(period: Period) -> dict[str, int]:
    """Every petition by itself, event after event."""
    found = dict.fromkeys(COUNTED, 0)
    for petition in Petition.objects.filter(kind__in=PETITIONS):
        events = [one for one in petition.events.order_by("seq") if one.at < period.end]
        if not events:
            continue
        earlier = [one for one in events if one.at < period.start]
        inside = [one for one in events if one.at >= period.start]
        if publishings := [one for one in inside if one.act == "publish"]:
            last = publishings[-1]
            assert last.publish_due_on
            found["published_late" if day_of(last.at) > last.publish_due_on else "published_in_time"] += 1
        if not earlier:
            found["new"] += 1
        elif earlier[-1].state in OPEN:
            found["carried_over"] += 1
        elif any(one.act == "reopen" for one in inside):
            found["reopened"] += 1
        else:
            continue
        now = events[-1]
        if now.state in CLOSED:
            assert now.closed_at and now.due_on
            found["done_late" if day_of(now.closed_at) > now.due_on else "done_in_time"] += 1
            found["answered" if now.state in ("answered", "published") else now.state] += 1
        elif now.due_on is None:
            found["open_waiting"] += 1
        else:
            found["open_late" if now.due_on < period.last else "open_within"] += 1
    return found


def live_at_random(world: World, chance: random.Random) -> None:
    """Petitions that anything happens to, through the real acts, on days of November and December."""
    tuan, thanh = world.actor("tuan"), world.actor("thanh")
    ways = {
        "ask": lambda p, at: acts.ask_more(p, text="Rõ hơn", actor=tuan, at=at),
        "give": lambda p, at: acts.give_more(p, text="Đây", actor=tuan, at=at),
        "refuse": lambda p, at: acts.refuse(p, text="Trùng", actor=tuan, at=at),
        "pass": lambda p, at: acts.pass_on(p, agency="Thanh tra", text="Đúng nơi", actor=tuan, at=at),
        "assign": lambda p, at: acts.assign(p, owner_id=world.cast.thanh.pk, actor=tuan, at=at),
        "answer": lambda p, at: acts.answer(p, text="Đã xem", actor=thanh, at=at),
        "publish": lambda p, at: acts.publish(p, question="Hỏi", text="Đáp", actor=tuan, at=at),
        "reopen": lambda p, at: acts.reopen(
            p, text="Chưa", actor=ANONYMOUS, at=at, secret=Petition.objects.get(pk=p).secret
        ),
    }
    usual = ["assign", "answer", "publish", "reopen", "assign", "answer"]
    kinds = [kind for kind in Kind if kind != Kind.QUESTION]  # a question is about a dossier
    for _number in range(25):
        at = AT + timedelta(days=chance.randrange(40), hours=chance.randrange(9))
        petition = from_outside(world, chance.choice(kinds), at)
        for step in range(chance.randrange(8)):
            at += timedelta(days=chance.choice((0, 1, 2, 9, 20)), minutes=1)
            name = usual[step % 6] if chance.random() < 0.7 else chance.choice(sorted(ways))
            if at.year == 2021:
                with suppress(MotcuaError):
                    ways[name](petition.pk, at)


@pytest.mark.parametrize("seed", range(4))
def test_what_came_in_is_done_or_open_and_the_slow_reading_says_the_same(seed: int, world: World) -> None:
    chance = random.Random(seed)
    live_at_random(world, chance)
    periods = [NOVEMBER, DECEMBER, parse_period("2021"), parse_period("2021-10")]
    for _number in range(12):
        first = date(2021, 11, 1) + timedelta(days=chance.randrange(55))
        periods.append(between(first, first + timedelta(days=chance.randrange(20))))
    for period in periods:
        made = petition_report(period, Scope())
        counted = {key: made.total[key] for key in COUNTED}
        assert counted == slow_reading(period), period
        total = made.total
        assert total["carried_over"] + total["new"] + total["reopened"] == total["done"] + total["open"]
        assert total["done"] == total["answered"] + total["refused"] + total["passed_on"]
        for measure in PETITION_MEASURES:
            behind = petitions_behind(period, Scope(), measure)
            assert len(behind) == total[measure], (period, measure)


def test_what_happens_later_changes_no_past_month(world: World) -> None:
    petition = handling(world)
    before = petition_report(NOVEMBER, Scope())
    acts.answer(petition.pk, text="Đã xong", actor=world.actor("thanh"), at=moment("2021-12-02 08:00"))
    acts.reopen(petition.pk, text="Chưa", actor=ANONYMOUS, at=moment("2021-12-03 08:00"), secret=petition.secret)
    assert petition_report(NOVEMBER, Scope()).total == before.total
    assert before.total["open_late"] == 1
    december = petition_report(DECEMBER, Scope()).total
    assert (december["carried_over"], december["new"], december["open_late"]) == (1, 0, 1)


def test_answered_before_and_opened_again_is_neither_new_nor_carried_over(world: World) -> None:
    petition = answered(world)
    acts.reopen(petition.pk, text="Chưa", actor=ANONYMOUS, at=moment("2021-12-03 08:00"), secret=petition.secret)
    made = petition_report(DECEMBER, Scope())
    assert (made.total["carried_over"], made.total["new"], made.total["reopened"]) == (0, 0, 1)
    assert form_05a(made) | {"new": 1, "total": 1, "open": 1} == form_05a(made)


def test_form_05a_counts_what_the_law_calls_petitions(world: World) -> None:
    for kind in ("conduct", "regulation", "both", "complaint", "dissatisfied"):
        from_outside(world, kind)
    made = petition_report(NOVEMBER, Scope())
    form = form_05a(made)
    assert (form["total"], form["conduct"], form["regulation"], form["both"]) == (3, 1, 1, 1)
    assert form["total"] == form["carried_over"] + form["new"] == form["done"] + form["open"]
    assert [row.figures["new"] for row in made.kinds] == [1, 1, 1, 1, 1, 0]


def test_each_sees_the_petitions_of_their_own_offices(world: World) -> None:
    from_outside(world)
    center = Scope(allowed=frozenset({world.cast.center.pk}))
    assert petition_report(NOVEMBER, center).total["new"] == 0
    assert petition_report(NOVEMBER, Scope(allowed=frozenset({world.cast.justice.pk}))).total["new"] == 1


def test_where_nothing_was_done_there_is_no_rate(world: World) -> None:
    made = petition_report(NOVEMBER, Scope())
    assert made.in_time_rate is None
    assert as_json(made)["in_time_rate"] is None


def test_late_or_in_time_is_told_by_days(world: World) -> None:
    def done(at: datetime) -> tuple[int, int]:
        answered(world, at=at)
        total = petition_report(parse_period("2021"), Scope()).total
        return total["done_in_time"], total["done_late"]

    assert done(moment("2021-11-22 23:59")) == (1, 0)
    assert done(moment("2021-11-23 00:01")) == (1, 1)


def test_a_question_has_a_line_of_its_own_and_is_no_petition(world: World) -> None:
    dossier = finished(world)
    from_outside(world)
    before = petition_report(NOVEMBER, Scope())
    asked = acts.ask(dossier, "Khi nào xong?", actor=ANONYMOUS, at=AT)
    late = acts.ask(dossier, "Còn thiếu gì?", actor=ANONYMOUS, at=AT)
    for one, day in ((asked, "2021-11-04 09:00"), (late, "2021-11-05 09:00")):
        acts.assign(one.pk, owner_id=world.cast.minh.pk, actor=world.actor("dung"), at=AT)
        acts.answer(one.pk, text="Ngày mai", actor=world.actor("minh"), at=moment(day))
    made = petition_report(NOVEMBER, Scope())
    assert (made.total, made.offices, form_05a(made)) == (before.total, before.offices, form_05a(before))
    (row,) = [row for row in made.kinds if row.key == Kind.QUESTION]
    assert {key: row.figures[key] for key in ("new", "done_in_time", "done_late", "answered", "open")} == {
        "new": 2, "done_in_time": 1, "done_late": 1, "answered": 2, "open": 0,
    }  # fmt: skip
    assert {one.pk for one in petitions_behind(NOVEMBER, Scope(), "new", kind=Kind.QUESTION)} == {asked.pk, late.pk}
    assert not {asked.pk, late.pk} & {one.pk for one in petitions_behind(NOVEMBER, Scope(), "new")}

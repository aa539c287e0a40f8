"""The index of decision 766 on hand-made ledgers: every set counted, listed and explained. Law: QD766-2022"""

from __future__ import annotations

import random
from datetime import timedelta
from decimal import Decimal as D
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.base.errors import Invalid, NotThere
from motcua.base.times import day_of
from motcua.catalogue.models import Procedure
from motcua.dossiers.models import GivenPaper, Result, SupplementRequest
from motcua.dossiers.states import State as S
from motcua.files.store import store
from motcua.indices.failing import by_office, everything_failing, failing, row_of
from motcua.indices.quality import Component, quality
from motcua.indices.tests.made import dossier, open_since, resolved, table
from motcua.petitions.tests.saying import answered
from motcua.ratings.tests.voting import vote
from motcua.reports.month import report
from motcua.reports.periods import parse_period
from motcua.reports.scope import Scope, subtree
from motcua.reports.tests.ledger import History, clock, procedure, write
from tests.cast import office
from tests.papers import A_PDF as PDF
from tests.world import World, moment

pytestmark = pytest.mark.django_db
NOVEMBER = parse_period("2021-11")


def component(code: str, scope: Scope | None = None, **changes: Any) -> Component:
    made = quality(NOVEMBER, scope or Scope(), table(**changes))
    return next(one for one in made.components if one.row.code == code)


def listed(formula: str, scope: Scope | None = None) -> set[int]:
    return {one.pk for one in everything_failing(NOVEMBER, scope or Scope(), formula)}


def request(one: int, number: int, *, at: str = "2021-11-03 08:00", stage: str = "appraisal", **facts: object) -> None:
    from motcua.people.models import Account

    SupplementRequest.objects.create(
        dossier_id=one, stage=stage, number=number, reason="Thiếu", asked_by=Account.objects.get(login__startswith="hoa"),
        asked_at=clock(at), **facts,
    )  # fmt: skip


def test_in_time_counts_what_ended_and_what_is_late_and_open(world: World) -> None:
    early, on_day = resolved(world, "2021-11-03 10:00"), resolved(world, "2021-11-08 18:00")
    late, still_late = resolved(world, "2021-11-09 08:00"), open_since(world)
    withdrawn_late = dossier(
        world, ("2021-11-01 08:00", S.SUBMITTED), ("2021-11-01 08:00", S.ACCEPTED), ("2021-11-20 08:00", S.WITHDRAWN)
    )
    open_since(world, due="2021-12-20 17:00")
    found = component("2.1")
    assert (found.part, found.whole, found.rate, found.points) == (2, 5, D("40.00"), D("8.00"))
    assert listed("resolved_in_time") == {late.pk, still_late.pk, withdrawn_late.pk}
    assert {early.pk, on_day.pk}.isdisjoint(listed("resolved_in_time"))
    days = component("2.2")
    assert days.days is not None and days.points is None


def test_without_lateness_all_twenty_points(world: World) -> None:
    resolved(world, "2021-11-08 10:00")
    assert component("2.1").points == D("20.00")


def test_asked_for_more_than_once_counts_as_late_open_or_ended(world: World) -> None:
    asked_twice, asked_once, at_intake, beyond = (resolved(world, "2021-11-03 10:00") for _ in range(4))
    open_asked = open_since(world, due="2021-12-20 17:00")
    for one in (asked_twice, open_asked):
        request(one.pk, 1)
        request(one.pk, 2)
    request(asked_once.pk, 1)
    request(at_intake.pk, 2, stage="intake")
    request(beyond.pk, 1, beyond=True)
    later = resolved(world, "2021-11-03 10:00")
    request(later.pk, 2, at="2021-12-01 08:00")
    assert listed("resolved_in_time") == {asked_twice.pk, open_asked.pk, beyond.pk}
    assert (component("2.1").part, component("2.1").whole) == (3, 6)


def test_online_papers_results_and_satisfaction(world: World) -> None:
    at = moment("2021-11-02 08:00")
    file = store("kq.pdf", [PDF], at, world.cast.hoa.pk)
    good = resolved(world, "2021-11-03 10:00", channel=2)
    bad = resolved(world, "2021-11-04 10:00", channel=1)
    late = resolved(world, "2021-11-10 10:00", channel=3)
    Result.objects.create(dossier=good, kind="granted", file=file, decided_by=world.cast.tuan, decided_at=at)
    Result.objects.create(dossier=bad, kind="granted", decided_by=world.cast.tuan, decided_at=at)
    GivenPaper.objects.create(dossier=good, name="Tờ khai", file=file, given_at=at)
    GivenPaper.objects.create(dossier=bad, name="Tờ khai", text="khai trên màn hình", given_at=at)
    vote(bad, "satisfied", at=moment("2021-11-05 08:00"))
    vote(bad, "not_satisfied", at=moment("2021-11-06 08:00"))
    # Late counts without any vote.
    assert (component("5.4").part, component("5.4").whole, component("5.4").failing) == (1, 3, 2)
    vote(late, "not_satisfied", at=moment("2021-11-12 08:00"))
    online = component("3.3")
    assert (online.part, online.whole, online.points) == (1, 3, D("4.00"))
    assert listed("dossiers_online") == {bad.pk, late.pk}
    assert (component("4.1").part, component("4.1").whole) == (1, 3)
    assert listed("results_electronic") == {bad.pk, late.pk}
    assert (component("4.2").part, component("4.2").whole) == (2, 3)
    # One is late and disliked: both rates are taken off.
    satisfied = component("5.4")
    assert (satisfied.part, satisfied.whole, satisfied.failing) == (0, 3, 2)
    assert listed("dossiers_satisfied") == {bad.pk, late.pk}


def test_procedures_online_full_and_used(world: World) -> None:
    empty = procedure("1.000001")
    Procedure.objects.filter(pk=empty.version.procedure_id).update(current=None)
    offered = component("3.1")
    assert (offered.part, offered.whole) == (3, 3)  # the three of the world, by every channel
    resolved(world, "2021-11-03 10:00", channel=2, case=world.passport)
    used = component("3.2")
    assert (used.part, used.whole, used.points) == (1, 3, D("1.33"))
    assert world.passport.version.procedure_id not in listed("services_used")
    assert len(listed("services_used")) == 2
    full = component("1.3")
    assert (full.part, full.whole) == (0, 3)  # the world's procedures have no steps in words
    # Who oversees the whole province sees every procedure, also those whose authority nobody has named.
    Procedure.objects.filter(pk=world.doubtful.version.procedure_id).update(competent_key=None)
    overseer = Scope(allowed=subtree([office("tinh-thai-binh").pk], NOVEMBER.last))
    assert component("3.1", overseer).whole == 3
    assert component("3.1", Scope(offices=frozenset({world.cast.justice.pk}))).whole == 1
    of_commune = Scope(offices=subtree([world.cast.commune.pk], NOVEMBER.last))
    assert component("3.1", of_commune).whole == 1


def test_petitions_in_time_and_satisfied(world: World) -> None:
    answered(world)
    assert (component("5.2").part, component("5.2").whole, component("5.2").points) == (1, 1, D("6.00"))
    assert component("5.3").points == D("6.00")
    assert (component("5.1").whole, component("5.1").points) == (1, None)


def test_what_is_not_there_is_said_and_not_made_up(world: World) -> None:
    made = quality(NOVEMBER, Scope(), table())
    sync = next(one for one in made.components if one.row.code == "1.4")
    assert (sync.status, sync.part, sync.points) == ("missing", None, D("0.00"))
    assert sync.reason.startswith("Chưa kết nối")
    assert next(one for one in made.components if one.row.code == "2.1").status == "empty"
    assert made.counted_max == 100 and made.missing_max == 22
    left_out = quality(NOVEMBER, Scope(), table(parameters={"missing": "left_out", "empty": "left_out"}))
    assert left_out.counted_max == sum(
        one.row.rule.max_points for one in left_out.components if one.status == "counted"
    )
    assert all(one.points is None for one in left_out.components if one.status in ("missing", "empty"))


def test_left_out_rows_can_scale_the_rest(world: World) -> None:
    resolved(world, "2021-11-03 10:00", channel=2)
    wanted = {"missing": "left_out", "empty": "left_out", "scale": "proportional"}
    made = quality(NOVEMBER, Scope(), table(parameters=wanted))
    assert made.counted_max < 100
    assert made.result == (made.points * 100 / made.counted_max).quantize(D("0.01"))
    assert quality(NOVEMBER, Scope(), table(parameters={**wanted, "scale": "none"})).result == made.points


def test_a_scope_counts_its_own_only(world: World) -> None:
    resolved(world, "2021-11-03 10:00")
    late = resolved(world, "2021-11-10 10:00", competent=world.cast.commune, receiving=world.cast.commune)
    district = Scope(offices=subtree([world.cast.district.pk], NOVEMBER.last))
    assert (component("2.1", district).part, component("2.1", district).whole) == (0, 1)
    assert listed("resolved_in_time", district) == {late.pk}
    outsider = Scope(allowed=frozenset({world.cast.industry.pk}))
    assert component("2.1", outsider).status == "empty" and listed("resolved_in_time", outsider) == set()


def test_what_raises_the_index_the_greatest_first(world: World) -> None:
    resolved(world, "2021-11-03 10:00")
    resolved(world, "2021-11-10 10:00")
    made = quality(NOVEMBER, Scope(), table())
    gains = [one.all_mended for one in made.raises]
    assert gains == sorted(gains, reverse=True) and all(gain > 0 for gain in gains)
    first = made.raises[0]
    assert (first.row.code, first.all_mended, first.to_target) == ("2.1", D("10.00"), 1)
    assert sum(gains) + made.points <= 100


def test_the_past_stays_as_it_was(world: World) -> None:
    resolved(world, "2021-11-03 10:00")
    before = component("2.1")
    dossier(world, ("2021-12-01 08:00", S.SUBMITTED), ("2021-12-01 08:00", S.ACCEPTED), due="2021-12-02 17:00")
    assert component("2.1") == before


def test_pages_of_a_list_and_bad_questions(world: World) -> None:
    known = {resolved(world, "2021-11-10 10:00").pk for _ in range(3)}
    page = failing(NOVEMBER, Scope(), "resolved_in_time", limit=2)
    rest = failing(NOVEMBER, Scope(), "resolved_in_time", after=page.next, limit=2)
    assert {one.pk for one in (*page.members, *rest.members)} == known and rest.next == ""
    with pytest.raises(Invalid):
        failing(NOVEMBER, Scope(), "resolved_in_time", after="1; DROP")
    for code in ("1.4", "9.9"):
        with pytest.raises(NotThere):
            row_of(table(), code)


def test_whose_members_fail(world: World) -> None:
    resolved(world, "2021-11-03 10:00")
    late = resolved(world, "2021-11-10 10:00", competent=world.cast.commune, receiving=world.cast.commune)
    shares = by_office(NOVEMBER, Scope(), "resolved_in_time")
    assert [(one.pk, one.whole, one.failing) for one in shares] == [
        (world.cast.commune.pk, 1, 1),
        (world.cast.justice.pk, 1, 0),
    ]
    for one in shares:
        found = list(everything_failing(NOVEMBER, Scope(), "resolved_in_time", one.pk))
        assert [row.pk for row in found] == ([late.pk] if one.failing else [])
    answered(world)
    assert [one.whole for one in by_office(NOVEMBER, Scope(), "petitions_in_time")] == [1]
    assert by_office(NOVEMBER, Scope(), "content_full") == []
    assert by_office(NOVEMBER, Scope(allowed=frozenset({world.cast.industry.pk})), "resolved_in_time") == []


def test_few_statements_however_many_dossiers(world: World) -> None:
    wanted = table()

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            quality(NOVEMBER, Scope(), wanted)
        return len(seen)

    resolved(world, "2021-11-03 10:00")
    first = statements()
    for _ in range(20):
        resolved(world, "2021-11-10 10:00", channel=2)
    assert statements() == first <= 8


def test_any_ledger_agrees_with_the_report_dossier_by_dossier(world: World) -> None:
    """Random lives, the same in every run: the sets of the index are those of the report, and what ended late is told slowly."""
    lots = random.Random(766)
    late_ends = 0
    for _ in range(60):
        accepted = clock(f"2021-{lots.choice(('10', '11'))}-{lots.randint(1, 28):02d} 08:00")
        due = accepted + timedelta(days=lots.randint(0, 12), hours=9)
        moments = [(accepted, S.SUBMITTED), (accepted, S.ACCEPTED)]
        if lots.random() < 0.8:
            end = accepted + timedelta(days=lots.randint(0, 20), hours=lots.randint(0, 15))
            state = lots.choice((S.FINISHED, S.FINISHED, S.WITHDRAWN, S.STOPPED))
            moments.append((end, state))
            late_ends += NOVEMBER.start <= end < NOVEMBER.end and day_of(end) > day_of(due)
        channel, justice, center = lots.choice((1, 2, 3)), world.cast.justice, world.cast.center
        life = History(moments, due=due, channel=channel, competent=justice, receiving=center)
        write(life, procedure("1.001193"))
    figures = report(NOVEMBER, Scope()).total
    in_time, online, results = component("2.1"), component("3.3"), component("4.1")
    assert in_time.whole == figures["resolved"] + figures["ended"] + figures["open_late"]
    assert in_time.failing == late_ends + figures["open_late"] > 5
    assert (online.whole, online.part) == (figures["new"], figures["new_online_self"])
    assert results.whole == figures["resolved"]
    assert len(listed("resolved_in_time")) == in_time.failing and component("5.4").failing == in_time.failing

"""A small synthetic province: the audit accepts all of it, its reports add up, and no load is ever half."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from motcua.base.times import day_of
from motcua.calendar.store import calendar_for, current_edition
from motcua.dossiers.kinds import Origin
from motcua.dossiers.models import Dossier, Event, NumberCounter, Seal, Stay
from motcua.dossiers.seals import seal_past_days
from motcua.dossiers.states import Act, State
from motcua.offices.demo import make_synthetic_officers
from motcua.replays.company import ensure_applicant
from motcua.replays.demo import load_demo_dossiers
from motcua.replays.year.indexes import WORTH_IT, make_missing, take_away, without_indexes
from motcua.replays.year.loading import job_of, load_days
from motcua.replays.year.plan import Plan
from motcua.replays.year.settling import settle
from motcua.reports.measures import IN, OUT
from motcua.reports.month import report
from motcua.reports.periods import parse_period
from motcua.reports.scope import Scope
from tests.world import World, moment

pytestmark = pytest.mark.django_db
LAST = date(2026, 11, 20)
MANY = 700


@pytest.fixture(autouse=True)
def _people(world: World) -> None:
    make_synthetic_officers(moment("2026-11-22 08:00"))


def year(*words: str, many: int = MANY) -> dict[str, Any]:
    out = StringIO()
    options = ("--dossiers", str(many), "--last", LAST.isoformat(), "--workers", "1", "--json")
    call_command("year", *options, *words, stdout=out)
    return json.loads(out.getvalue())


def findings() -> list[Any]:
    out = StringIO()
    with contextlib.suppress(SystemExit):
        call_command("audit", "--json", stdout=out)
    return json.loads(out.getvalue())["findings"]


def test_a_year_is_whole_marked_and_accepted_by_the_audit() -> None:
    told = year()
    assert told["dossiers"] == told["new"] == Dossier.objects.count() == MANY
    assert set(Dossier.objects.values_list("origin", flat=True)) == {Origin.SYNTHETIC}
    assert all("(tổng hợp " in name for name in Dossier.objects.values_list("owner_name", flat=True))
    assert findings() == []
    assert Seal.objects.count() == told["seals"] > 100
    assert not Event.objects.filter(at__gte=moment("2026-11-21 00:00")).exists()


def test_lives_end_in_every_way_and_some_have_not_ended() -> None:
    year(many=3000)
    assert {state.value for state in State} - {"pre_supplement", "payment", "decided"} <= set(
        Dossier.objects.values_list("state", flat=True)
    )
    wanted = {Act.EXTEND, Act.RECEIVE_SUPPLEMENT, Act.END_UNANSWERED, Act.REFUSE_RESULT, Act.WITHDRAW}
    assert wanted <= set(Event.objects.values_list("act", flat=True))
    assert findings() == []


@pytest.mark.parametrize("by", ["office", "branch", "field", "procedure"])
@pytest.mark.parametrize("place", ["competent", "receiving"])
def test_every_month_adds_up_and_follows_the_one_before(by: str, place: Any) -> None:
    year()
    open_at_the_end = 0
    for month in [f"2025-{n:02d}" for n in (11, 12)] + [f"2026-{n:02d}" for n in range(1, 12)]:
        total = report(parse_period(month), Scope(place=place), by).total
        assert total["carried_over"] == open_at_the_end
        assert sum(total[key] for key in IN) == sum(total[key] for key in OUT)
        open_at_the_end = total["open"] + total["waiting_supplement"]
    assert open_at_the_end == Dossier.objects.in_hand().count() > 0


def test_days_weekdays_offices_and_channels_are_not_alike() -> None:
    year(many=3000)
    rows = list(Dossier.objects.exclude(accepted_at=None).values_list("accepted_at", "receiving_office_id", "channel"))
    weekdays = [day_of(at).weekday() for at, _, _ in rows if at]
    assert weekdays.count(0) > 1.2 * weekdays.count(4)
    offices = sorted(sum(office == one for _, office, _ in rows) for one in {office for _, office, _ in rows})
    assert offices[-1] > 5 * offices[0]
    channels = [channel for _, _, channel in rows]
    assert channels.count(1) > channels.count(2) > channels.count(3) > 0


def test_a_second_run_finds_everything_there() -> None:
    year()
    before = Event.objects.count()
    told = year()
    assert (told["new"], told["seals"], Event.objects.count()) == (0, 0, before)


def test_an_interrupted_load_goes_on_and_ends_like_any_other() -> None:
    ensure_applicant(moment("2026-11-22 08:00"))
    job = job_of(MANY, 1, LAST)
    load_days(replace(job, days=job.days[10:60]), 0, 1, lambda many: None)
    there = Dossier.objects.count()
    assert 0 < there < MANY
    told = year()
    assert (told["dossiers"], told["new"]) == (MANY, MANY - there)
    assert Dossier.objects.count() == MANY
    assert findings() == []


def test_a_day_that_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from motcua.replays.year.rows import HANDOVERS

    def fail(rows: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(HANDOVERS, "copy_in", fail)
    with pytest.raises(OSError, match="disk"):
        year()
    assert not Dossier.objects.exists()
    assert not Stay.objects.exists()
    assert not NumberCounter.objects.exists()


def test_it_keeps_away_from_live_dossiers(world: World) -> None:
    from motcua.dossiers.acts import reception

    reception.take_in(world.intake(), actor=world.actor("minh"), at=moment("2021-11-01 08:00"))
    with pytest.raises(CommandError, match="hồ sơ thật"):
        year()
    assert Dossier.objects.count() == 1


def test_the_demo_may_be_there_and_keeps_its_numbers() -> None:
    load_demo_dossiers(moment("2026-11-22 09:00"))
    year()
    assert Dossier.objects.count() == MANY + 63
    assert findings() == []


def test_another_plan_is_refused_where_one_is_there() -> None:
    year()
    with pytest.raises(CommandError, match="--dossiers 700 --years 1"):
        year(many=800)


def test_a_sealed_journal_is_not_added_to() -> None:
    ensure_applicant(moment("2026-11-22 08:00"))
    job = job_of(MANY, 1, LAST)
    load_days(replace(job, days=job.days[10:12]), 0, 1, lambda many: None)
    seal_past_days(moment("2026-11-22 08:00"))
    with pytest.raises(CommandError, match="niêm phong"):
        year()


def test_more_years_than_the_province_has_are_refused() -> None:
    with pytest.raises(CommandError, match="nhiều nhất 8 năm"):
        year("--years", "9")


@pytest.mark.parametrize(("dossiers", "years"), [(1, 1), (10, 8), (1_150_343, 1)])
def test_a_plan_gives_every_number_to_one_day(dossiers: int, years: int) -> None:
    plan = Plan(dossiers, years, LAST, calendar_for(current_edition()))
    numbers = [number for day in sorted(plan.days) for number in plan.days[day]]
    assert numbers == list(range(dossiers * years))
    assert all(plan.calendar.is_working(day) for day in plan.days)
    assert min(plan.days) >= plan.first and max(plan.days) <= plan.last + timedelta(days=14)


@pytest.mark.django_db(transaction=True)
def test_indexes_that_a_load_does_without_are_made_again_as_they_were() -> None:
    before = index_definitions()
    take_away()
    assert {name for name in before if name.startswith("stay_lies_over")} and len(index_definitions()) < len(before)
    make_missing()
    assert index_definitions() == before
    with pytest.raises(ZeroDivisionError), without_indexes(WORTH_IT):
        raise ZeroDivisionError
    assert index_definitions() == before


def index_definitions() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'dossiers\\_%'")
        return dict(cursor.fetchall())


def test_a_row_that_points_nowhere_is_found_when_a_load_settles() -> None:
    year(many=60)
    settle()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE dossiers_stay SET office_id = -1 WHERE id = (SELECT min(id) FROM dossiers_stay)")
        cursor.execute("SET LOCAL session_replication_role = origin")
    with pytest.raises(AssertionError, match=r"dossiers_stay \(office_id\): 1 rows point nowhere"):
        settle()

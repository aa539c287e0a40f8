"""No dossier stays silent: officer, head, centre are told one after the other; the applicant gets a message meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, InternalError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from motcua.base.errors import Forbidden, Invalid
from motcua.base.times import day_of
from motcua.dossiers.acts import confidence, processing, supplement
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import lives
from motcua.law.tests.settling import settle_value
from motcua.notices.kinds import Kind
from motcua.notices.models import Notice
from motcua.operations.days import working_days_ago
from motcua.operations.models import Alarm, SilenceLimit, Step
from motcua.operations.watching import alarms_of, set_limit, watch
from tests.world import World, moment

# The last event is on Monday 1 November; five working days of silence are over on Monday the 8th.
FIRST = moment("2021-11-08 07:00")
SECOND = moment("2021-11-15 07:00")
THIRD = moment("2021-11-22 07:00")


def steps(at: datetime) -> list[int]:
    return list(watch(at).raised.values())


@pytest.mark.django_db
def test_officer_then_head_then_centre_each_once(world: World) -> None:
    dossier = lives.handled(world)
    assert steps(FIRST - timedelta(days=3)) == [0, 0, 0]
    assert steps(FIRST) == [1, 0, 0]
    assert steps(FIRST) == steps(SECOND - timedelta(days=3)) == [0, 0, 0]
    assert steps(SECOND) == [0, 1, 0] and steps(SECOND) == [0, 0, 0]
    assert steps(THIRD) == [0, 0, 1] and steps(THIRD + timedelta(days=60)) == [0, 0, 0]
    told = {one.step: set(one.told) for one in alarms_of(dossier.pk)}
    cast = world.cast
    assert told[Step.HOLDER] == {cast.hoa.pk}
    assert told[Step.HEADS] == {cast.thanh.pk, cast.tuan.pk}
    assert told[Step.UNIT] == {cast.dung.pk, cast.quang.pk}
    for name, kind in (("hoa", Kind.SILENT), ("thanh", Kind.SILENT_OFFICE), ("quang", Kind.SILENT_UNIT)):
        (notice,) = Notice.objects.of(getattr(cast, name).pk)
        assert notice.kind == kind and dossier.code in notice.facts["codes"]
    for name in ("khang", "hanh", "son", "yen", "nga"):
        assert not Notice.objects.of(getattr(cast, name).pk).exists(), name


@pytest.mark.django_db
def test_a_first_look_after_weeks_takes_one_step_a_day(world: World) -> None:
    lives.handled(world)
    assert steps(THIRD) == [1, 0, 0] and steps(THIRD + timedelta(hours=9)) == [0, 0, 0]
    assert steps(THIRD + timedelta(days=1)) == [0, 1, 0]
    assert steps(THIRD + timedelta(days=2)) == [0, 0, 1]


@pytest.mark.django_db
def test_an_event_ends_the_silence_and_a_new_one_begins_anew(world: World) -> None:
    dossier = lives.handled(world)
    watch(FIRST)
    processing.forward(dossier.pk, actor=world.actor("hoa"), at=FIRST + timedelta(hours=2))
    assert steps(SECOND - timedelta(days=3)) == [0, 0, 0]
    assert steps(SECOND) == [1, 0, 0]
    assert set(Alarm.objects.values_list("step", flat=True)) == {Step.HOLDER}


@pytest.mark.django_db
def test_an_officer_with_many_gets_one_notice(world: World) -> None:
    for _ in range(12):
        lives.handled(world)
    assert steps(FIRST) == [12, 0, 0]
    (notice,) = Notice.objects.of(world.cast.hoa.pk)
    assert notice.facts["count"] == 12 and notice.facts["codes"].endswith("…")
    assert Alarm.objects.count() == 12


@pytest.mark.django_db
def test_what_waits_for_the_applicant_reminds_the_applicant_and_no_officer(world: World) -> None:
    dossier = lives.handled(world)
    items = [{"name": "Ảnh", "why": "Mờ"}]
    supplement.ask_supplement(
        dossier.pk, items=items, reason="Mờ", actor=world.actor("hoa"), at=moment("2021-11-01 11:00")
    )
    done = watch(FIRST)
    assert (list(done.raised.values()), done.applicants) == ([0, 0, 0], 1)
    assert Notice.objects.get(dossier=dossier).kind == Kind.STILL_WAITING


@pytest.mark.django_db
def test_the_applicant_hears_at_least_once_in_every_limit(world: World) -> None:
    """The promise of the watch: after each day's round nobody waits longer than the limit without event or message."""
    dossiers = [lives.handled(world), lives.submitted(world), lives.assigned(world)]
    at = moment("2021-11-01 23:00")
    for _day in range(40):
        at += timedelta(days=1)
        watch(at)
        limit = working_days_ago(day_of(at), 5)
        for dossier in dossiers:
            dossier.refresh_from_db()
            notices = Notice.objects.filter(dossier=dossier).values_list("made_at", flat=True)
            assert day_of(max([dossier.last_event_at, *notices])) > limit, (dossier, at)
    assert 4 <= Notice.objects.filter(dossier=dossiers[0]).count() <= 8, "and not every day"


@pytest.mark.django_db
def test_of_a_confidential_one_only_those_who_may_know_are_told(world: World) -> None:
    dossier = lives.handled(world)
    confidence.restrict(dossier.pk, reason="Nhạy cảm", actor=world.actor("thanh"), at=moment("2021-11-01 11:00"))
    for at in (FIRST, SECOND, THIRD):
        watch(at)
    readers = set(Dossier.objects.get(pk=dossier.pk).confidential_to or ())
    told = {account for one in alarms_of(dossier.pk) for account in one.told}
    assert told and told <= readers | {world.cast.hoa.pk} and world.cast.quang.pk not in told


@pytest.mark.django_db
def test_where_nobody_is_there_to_be_told_the_next_step_comes_on_the_next_day(world: World) -> None:
    dossier = lives.handled(world)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_account SET is_active = false WHERE id = ANY(%s)",
            [[world.cast.hoa.pk, world.cast.thanh.pk, world.cast.tuan.pk]],
        )
    assert watch(FIRST).unheard == 1
    assert steps(FIRST + timedelta(days=1)) == [0, 1, 0] and steps(FIRST + timedelta(days=2)) == [0, 0, 1]
    assert [one.told for one in alarms_of(dossier.pk)][1:] == [[], []]
    assert Notice.objects.of(world.cast.quang.pk).exists()


@pytest.mark.django_db
def test_an_office_has_its_own_limit_from_a_day_on(world: World) -> None:
    lives.handled(world)
    limit: dict[str, Any] = {"valid_from": date(2021, 11, 3), "reason": "Việc gấp", "at": moment("2021-11-01 08:00")}
    with pytest.raises(Forbidden):
        set_limit(world.cast.justice.pk, days=2, **limit, actor=world.actor("thanh"))
    wrong: dict[str, Any]
    for wrong in ({"days": 0}, {"days": 2, "reason": ""}, {"days": 2, "valid_from": date(2021, 11, 1)}):
        with pytest.raises(Invalid):
            set_limit(world.cast.justice.pk, **{**limit, **wrong}, actor=world.actor("quang"))
    set_limit(world.cast.justice.pk, days=2, **limit, actor=world.actor("quang"))
    set_limit(world.cast.industry.pk, days=1, **limit, actor=world.actor("quang"))
    assert steps(moment("2021-11-02 09:00")) == [0, 0, 0]
    assert steps(moment("2021-11-03 09:00")) == [1, 0, 0]
    assert steps(moment("2021-11-05 09:00")) == [0, 1, 0]


@pytest.mark.django_db
def test_the_province_says_how_long_silence_is(world: World) -> None:
    lives.handled(world)
    settle_value("r1_2018", "silent_days", 2, on=date(2021, 11, 1))
    assert steps(moment("2021-11-03 09:00")) == [1, 0, 0]


@pytest.mark.django_db
def test_a_hundred_silent_dossiers_cost_as_many_statements_as_one(world: World) -> None:
    def asked(at: datetime) -> int:
        with CaptureQueriesContext(connection) as queries:
            watch(at)
        return len(queries)

    lives.handled(world)
    asked(FIRST)  # regimes and calendar are read
    one = asked(FIRST + timedelta(days=30))
    for _ in range(20):
        lives.handled(world)
    assert asked(FIRST + timedelta(days=31)) <= one + 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    "bent",
    ["UPDATE operations_alarm SET step = 2", "DELETE FROM operations_alarm", "DELETE FROM operations_silencelimit"],
)
def test_an_alarm_can_t_be_taken_back_by_sql(bent: str, world: World) -> None:
    lives.handled(world)
    watch(FIRST)
    facts = {"days": 3, "valid_from": date(2022, 1, 1), "reason": "x", "set_by_name": "y", "set_at": FIRST}
    SilenceLimit.objects.create(office=world.cast.justice, **facts)
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(bent)


@pytest.mark.django_db
def test_the_command_says_what_it_did_and_refuses_nonsense(world: World) -> None:
    lives.handled(world)
    said = StringIO()
    call_command("watch", at="2021-11-08 07:00", stdout=said)
    assert said.getvalue().split() == [
        "step_1",
        "1",
        "step_2",
        "0",
        "step_3",
        "0",
        "applicants",
        "1",
        "unheard",
        "0",
        "petitions",
        "0",
    ]
    with pytest.raises(SystemExit) as stopped:
        call_command("watch", at="hôm nay", stderr=StringIO())
    assert stopped.value.code == 2


@pytest.fixture
def at_once() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once_tell_everything_once(world: World, at_once: ThreadPoolExecutor) -> None:
    for _ in range(10):
        lives.handled(world)

    def one_round(at: datetime) -> int:
        try:
            return sum(watch(at).raised.values())
        finally:
            connections.close_all()

    assert sum(at_once.map(one_round, [FIRST, FIRST])) == 10 == Alarm.objects.count()
    assert Notice.objects.of(world.cast.hoa.pk).count() == 1

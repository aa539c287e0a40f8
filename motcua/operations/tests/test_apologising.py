"""What is past its promised day is apologised for, once of each day, and counted apart from form 04. Law: ND61-2018 19(9)"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.acts import supplement
from motcua.dossiers.models import Dossier, Event, Extension
from motcua.dossiers.tests import lives
from motcua.notices.kinds import Kind
from motcua.notices.models import Delivery, Notice
from motcua.notices.sending import send_due
from motcua.notices.tests.conftest import sms
from motcua.notices.tests.servers import Gateway
from motcua.operations import apologising
from motcua.operations.apologies import apologies, apology_lines
from motcua.operations.apologising import apologise, said_sorry
from motcua.operations.models import Apology
from motcua.operations.public_apologies import public_month
from motcua.operations.tests.test_apologies import NOVEMBER, crowd, done_on, told_sorry
from motcua.operations.watching import watch
from motcua.reports.models import LateCause
from motcua.reports.month import report
from motcua.reports.scope import Scope
from motcua.reports.statutory.causes import say_cause
from tests.world import World, moment

__all__ = ["sms"]
# Promised for Monday 8 November.
NIGHT = moment("2021-11-09 00:05")


@pytest.mark.django_db
def test_the_day_after_the_promised_one_and_once(world: World) -> None:
    dossier = lives.handled(world)
    assert apologise(moment("2021-11-08 23:59")) == 0, "the promised day is not over"
    events = Event.objects.filter(dossier=dossier).count()
    assert [apologise(NIGHT), apologise(NIGHT), apologise(NIGHT + timedelta(days=30))] == [1, 0, 0]
    (said,) = Apology.objects.all()
    assert (said.dossier_id, said.due_on, said.office_id) == (dossier.pk, date(2021, 11, 8), world.cast.justice.pk)
    (told,) = Notice.objects.filter(kind=Kind.LATE)
    assert told.dossier_id == dossier.pk and told.facts["office"] == world.cast.justice.name
    assert Event.objects.filter(dossier=dossier).count() == events, "the silence of the office is not broken by it"
    assert watch(moment("2021-11-09 07:00")).raised[1] == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        said.delete()


@pytest.mark.django_db
def test_a_new_day_that_is_missed_too_is_apologised_for_again(world: World) -> None:
    dossier = told_sorry(world, lives.handled(world))
    assert apologise(NIGHT) == 0, "a leader asked for patience until the 12th"
    assert apologise(moment("2021-11-13 00:05")) == 1
    assert Apology.objects.get().due_on == date(2021, 11, 12)
    assert Extension.objects.filter(dossier=dossier).count() == 1


@pytest.mark.django_db
def test_nothing_is_said_while_the_clock_stands_still_nor_of_what_is_done(world: World) -> None:
    still, done = lives.handled(world), lives.handled(world)
    items = [{"name": "Ảnh", "why": "Mờ"}]
    supplement.ask_supplement(
        still.pk, items=items, reason="Mờ", actor=world.actor("hoa"), at=moment("2021-11-02 08:00")
    )
    done_on(world, done, "2021-11-08")
    assert apologise(NIGHT) == 0 and apologise(moment("2021-12-09 00:05")) == 0
    assert not Notice.objects.filter(kind=Kind.LATE).exists()


@pytest.mark.django_db
def test_the_reports_count_no_apology_of_the_program_as_a_letter(world: World) -> None:
    crowd(world)
    before, letters = report(NOVEMBER, Scope()).total, apologies(NOVEMBER, Scope()).total
    assert apologise(moment("2021-11-13 00:05")) == 2
    assert report(NOVEMBER, Scope()).total == before
    after = apologies(NOVEMBER, Scope())
    assert after.total == {**letters, "told": 2} and letters["told"] == 0
    assert len(apology_lines(NOVEMBER, Scope(), "told", NIGHT).rows) == 2
    assert apologies(NOVEMBER, Scope(allowed=frozenset({world.cast.commune.pk}))).total["told"] == 0
    month = public_month("2021-11", moment("2021-12-01 08:00"))
    assert month.made.total["told"] == 2 and len(month.listed()) == letters["late"]


@pytest.mark.django_db
def test_whoever_follows_it_reads_who_is_sorry_and_why(world: World) -> None:
    dossier = lives.handled(world)
    assert said_sorry(dossier.pk) is None
    apologise(NIGHT)
    said = said_sorry(dossier.pk)
    assert said is not None
    assert (said.due_on, said.office, said.why) == (date(2021, 11, 8), world.cast.justice.name, "")
    say_cause(dossier.pk, cause="workload", words="Nghỉ ốm: ông A", actor=world.actor("tuan"), at=NIGHT)
    said = said_sorry(dossier.pk)
    assert said is not None and said.why == LateCause.Cause.WORKLOAD.label, (
        "the named cause, not an officer's own words"
    )


@pytest.mark.django_db
def test_a_thousand_old_ones_ring_no_telephone_and_no_telephone_rings_at_night(
    world: World, sms: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apologising, "BATCH", 2)
    for _number in range(5):
        lives.handled(world)
    Dossier.objects.update(owner_phone="0912345678")
    old = list(Dossier.objects.order_by("id").values_list("pk", flat=True)[:3])
    Dossier.objects.filter(pk__in=old).update(due_at=moment("2021-10-08 17:00"))
    with CaptureQueriesContext(connection) as asked:
        assert apologise(NIGHT) == 5
    assert len(asked) <= 3 * 9 + 4, "so many statements a batch, however many dossiers"
    assert Notice.objects.filter(kind=Kind.LATE).count() == 5
    assert Delivery.objects.filter(way="sms").count() == 2, (
        "older promises are told in the portal and on the page alone"
    )
    assert send_due(NIGHT)["sent"] == 0 and send_due(moment("2021-11-09 07:00"))["sent"] == 2
    assert all("Xin loi" in body["text"] and "08/11/2021" in body["text"] for _key, body in sms.asked)


@pytest.mark.django_db
def test_the_command_says_how_many(world: World) -> None:
    lives.handled(world)
    out = StringIO()
    call_command("apologise", "--at", "2021-11-09 00:05", stdout=out)
    assert out.getvalue() == "apologised 1\n"
    with pytest.raises(SystemExit):
        call_command("apologise", "--at", "mai", stderr=StringIO())


@pytest.fixture
def three_late(world: World, transactional_db: Any) -> Iterator[datetime]:
    for _number in range(3):
        lives.handled(world)
    yield NIGHT


def test_two_workers_at_once_say_it_once(three_late: datetime) -> None:
    def run(_worker: int) -> int:
        try:
            return apologise(three_late)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(run, range(4))) == 3
    assert Apology.objects.count() == Notice.objects.filter(kind=Kind.LATE).count() == 3

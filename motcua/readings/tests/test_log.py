"""Every reading is noted, cannot be changed, and is told to the person whose dossier it is."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.base.errors import Forbidden, Invalid
from motcua.dossiers.tests.lives import finished, handled, submitted
from motcua.readings import log
from motcua.readings.models import Purpose, Reading, Through
from tests.world import World, moment

pytestmark = pytest.mark.django_db
AT = moment("2021-11-02 09:00")
NEXT_DAY = moment("2021-11-03 09:00")


def test_who_is_at_their_step_reads_without_saying_why(world: World) -> None:
    dossier = handled(world)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        log.read(world.actor("hoa"), dossier, Through.PAGE, at=AT)
    written = [query["sql"] for query in asked if "readings_reading" in query["sql"]]
    assert len(written) == 1
    row = Reading.objects.get()
    assert (row.account_name, row.role, row.office, row.purpose, row.reason) == (
        "Vũ Thị Hoa",
        "handler",
        world.cast.justice,
        Purpose.TASK,
        "",
    )


def test_an_overseer_says_why_first_and_once_a_day(world: World) -> None:
    dossier, quang = handled(world), world.actor("quang")
    with pytest.raises(Forbidden, match="nêu lý do"):
        log.read(quang, dossier, Through.FILE, at=AT)
    with pytest.raises(Invalid):
        log.say_why(quang, dossier, reason=" x ", at=AT)
    assert not Reading.objects.exists()
    log.say_why(quang, dossier, reason="Kiểm tra phản ánh số 12", at=AT)
    log.read(quang, dossier, Through.FILE, at=AT)
    assert [(row.through, row.purpose, row.reason) for row in Reading.objects.order_by("id")] == [
        ("page", "oversight", "Kiểm tra phản ánh số 12"),
        ("file", "oversight", "Kiểm tra phản ánh số 12"),
    ]
    with pytest.raises(Forbidden):
        log.read(quang, dossier, Through.PAGE, at=NEXT_DAY)


def test_whoever_had_a_hand_in_it_needs_no_reason(world: World) -> None:
    dossier = finished(world)
    for name in ("hoa", "nga"):
        log.read(world.actor(name), dossier, Through.PAGE, at=AT)
    assert set(Reading.objects.values_list("reason", flat=True)) == {""}


def test_taking_a_list_away_is_noted_for_each_dossier_and_opens_none_of_them(world: World) -> None:
    one, two, quang = handled(world), finished(world), world.actor("quang")
    log.export(quang, [two.pk, one.pk, one.pk], reason="Báo cáo tháng 11", at=AT)
    assert list(Reading.objects.order_by("dossier_id").values_list("dossier_id", "through", "reason")) == [
        (one.pk, "export", "Báo cáo tháng 11"),
        (two.pk, "export", "Báo cáo tháng 11"),
    ]
    with pytest.raises(Forbidden):
        log.read(quang, one, Through.PAGE, at=AT)


def test_the_owner_s_own_reading_is_not_noted(world: World) -> None:
    log.read(world.actor("lan"), submitted(world), Through.API, at=AT)
    assert not Reading.objects.exists()


def test_the_owner_is_told_office_role_time_and_reason_of_a_person_s_day(world: World) -> None:
    dossier = handled(world)
    for at in (AT, moment("2021-11-02 15:00"), NEXT_DAY):
        log.read(world.actor("hoa"), dossier, Through.PAGE, at=at)
    assert [(row.office, row.role, row.first_at, row.times) for row in log.told_of(dossier.pk)] == [
        (world.cast.justice.name, "handler", NEXT_DAY, 1),
        (world.cast.justice.name, "handler", AT, 2),
    ]


@pytest.mark.parametrize("statement", ["UPDATE readings_reading SET reason = 'khác'", "DELETE FROM readings_reading"])
def test_the_database_refuses_to_change_the_log(world: World, statement: str) -> None:
    log.read(world.actor("hoa"), handled(world), Through.PAGE, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

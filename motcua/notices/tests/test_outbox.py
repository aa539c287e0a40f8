"""No event is missed and none is told twice, also when transactions commit in another order than they drew their ids."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.acts import supplement
from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.tests import lives
from motcua.notices.kinds import OF_ACT, Kind
from motcua.notices.models import Delivery, Horizon, Notice
from motcua.notices.outbox import BATCH, look, take, take_all
from motcua.notices.tests.conftest import open_way
from tests.house.test_daily import own_url
from tests.world import World, moment

NOW = moment("2021-11-01 12:00")

pytestmark = pytest.mark.alone


def kinds() -> list[str]:
    return list(Notice.objects.order_by("id").values_list("kind", flat=True))


@pytest.mark.django_db
def test_what_concerns_the_applicant_is_told_once_and_the_rest_is_not(world: World) -> None:
    dossier = lives.handled(world)
    assert take_all(NOW) == 1  # taken in; the two forwardings are nobody's business
    supplement.ask_supplement(
        dossier.pk,
        items=[{"name": "Ảnh", "why": "Mờ"}],
        reason="Mờ",
        actor=world.actor("hoa"),
        at=moment("2021-11-02 08:00"),
    )
    assert take_all(NOW) == 1 and take_all(NOW) == 0
    assert kinds() == [Kind.ACCEPTED, Kind.SUPPLEMENT]
    first = Notice.objects.order_by("id").first()
    assert first is not None and first.account is None and first.key == f"{dossier.submission_no}-1"
    assert "Mờ" not in str(list(Notice.objects.values_list("facts"))), "a reason is read behind the login only"


@pytest.mark.django_db
def test_a_whole_life_is_told_in_order_to_its_owner(world: World) -> None:
    lives.submitted(world)
    take_all(NOW)
    assert kinds() == [Kind.SUBMITTED]
    assert Notice.objects.get().account == world.cast.lan
    lives.finished(world)
    take_all(NOW)
    assert kinds() == [Kind.SUBMITTED, Kind.ACCEPTED, Kind.READY], "approved is not issued"


@pytest.mark.django_db
@pytest.mark.parametrize(("origin", "notices", "deliveries"), [("live", 1, 1), ("demo", 1, 0), ("replay", 0, 0)])
def test_only_real_life_leaves_the_house(origin: str, notices: int, deliveries: int, world: World) -> None:
    open_way("sms", "http://127.0.0.1:9/")
    dossier = lives.accepted(world)
    Dossier.objects.filter(pk=dossier.pk).update(origin=origin, owner_phone="0912 345 678")
    take_all(NOW)
    assert (Notice.objects.count(), Delivery.objects.count()) == (notices, deliveries)


@pytest.mark.django_db
def test_what_is_a_week_old_is_told_in_the_portal_alone(world: World) -> None:
    open_way("sms", "http://127.0.0.1:9/")
    dossier = lives.accepted(world)
    Dossier.objects.filter(pk=dossier.pk).update(owner_phone="0912345678")
    take_all(NOW + timedelta(days=8))
    assert (Notice.objects.count(), Delivery.objects.count()) == (1, 0)


def many_events(dossier: Dossier, count: int) -> None:
    """As if so many requests had come to it: past the acts, because they would take minutes."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO dossiers_event (dossier_id, seq, act, from_state, to_state, actor_name, office_id, at, reason,
                data, previous_hash, hash)
            SELECT dossier_id, 100 + n, 'redirect', '', 'submitted', '', office_id, at, '', '{}', hash, hash
            FROM dossiers_event, generate_series(1, %s) n WHERE dossier_id = %s AND seq = 1""",
            [count, dossier.pk],
        )


@pytest.mark.django_db
def test_a_batch_of_a_thousand_costs_a_handful_of_statements(world: World) -> None:
    open_way("sms", "http://127.0.0.1:9/")
    dossier = lives.submitted(world)
    Dossier.objects.filter(pk=dossier.pk).update(owner_phone="0912345678")
    take_all(NOW)
    many_events(dossier, BATCH)
    with CaptureQueriesContext(connection) as asked:
        assert take(NOW) == BATCH
    assert len(asked) <= 15, [one["sql"][:90] for one in asked]  # with the savepoint of the test
    assert Notice.objects.count() == BATCH + 1 == Delivery.objects.count()
    many_more = Event.objects.count()
    assert take(NOW) == 0 and Event.objects.count() == many_more


@pytest.mark.django_db
def test_more_than_a_batch_is_taken_in_several(world: World) -> None:
    dossier = lives.submitted(world)
    many_events(dossier, 2 * BATCH + 5)
    assert take_all(NOW) == 2 * BATCH + 6 == Notice.objects.count()


@pytest.mark.django_db
def test_every_act_that_is_told_is_one_of_the_house(world: World) -> None:
    assert {kind for kind in OF_ACT.values()} <= set(Kind)


# --- out of order ------------------------------------------------------------------------------------------------


@pytest.fixture
def other() -> Iterator[psycopg.Connection]:
    """Another connection, as another worker's."""
    with psycopg.connect(own_url(connection.settings_dict["NAME"])) as one:
        yield one
        one.rollback()


def write_event(line: psycopg.Connection, dossier: Dossier, seq: int) -> int:
    """An act on another connection, as the journal does it: the row is locked, then the event is written."""
    line.execute("SELECT id FROM dossiers_dossier WHERE id = %s FOR UPDATE", [dossier.pk])
    row = line.execute(
        """INSERT INTO dossiers_event (dossier_id, seq, act, from_state, to_state, actor_name, office_id, at, reason, data,
            previous_hash, hash)
        SELECT dossier_id, %s, 'redirect', '', 'submitted', '', office_id, at, '', '{}', hash, hash FROM dossiers_event
        WHERE dossier_id = %s AND seq = 1 RETURNING id""",
        [seq, dossier.pk],
    ).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.django_db(transaction=True)
def test_an_event_that_commits_after_a_later_one_is_told_all_the_same(world: World, other: psycopg.Connection) -> None:
    slow, quick = lives.submitted(world), lives.submitted(world)
    take_all(NOW)
    told = Notice.objects.count()
    early = write_event(other, slow, 50)  # its id is drawn, its transaction stays open
    with psycopg.connect(own_url(connection.settings_dict["NAME"])) as second:
        late = write_event(second, quick, 50)
    assert early < late
    # The later one is visible, the earlier one is not: nothing beyond it is taken, however often one looks.
    for _ in range(3):
        assert take(NOW) == 0
    assert Horizon.objects.get().taken_to < early
    other.commit()
    assert take_all(NOW) == 2
    assert Notice.objects.filter(event_id__in=[early, late]).count() == 2 == Notice.objects.count() - told


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_event_holds_up_nothing(world: World, other: psycopg.Connection) -> None:
    slow, quick = lives.submitted(world), lives.submitted(world)
    take_all(NOW)
    gone = write_event(other, slow, 50)
    with psycopg.connect(own_url(connection.settings_dict["NAME"])) as second:
        late = write_event(second, quick, 50)
    assert take(NOW) == 0
    other.rollback()
    assert take_all(NOW) == 1
    assert Notice.objects.filter(event_id=late).exists() and not Event.objects.filter(pk=gone).exists()


@pytest.mark.django_db(transaction=True)
def test_the_one_under_way_may_have_the_higher_number(world: World, other: psycopg.Connection) -> None:
    """The one that ends has the older number and the later id: no snapshot lists the other as under way."""
    slow, quick = lives.submitted(world), lives.submitted(world)
    take_all(NOW)
    with psycopg.connect(own_url(connection.settings_dict["NAME"])) as second:
        second.execute("SELECT FROM dossiers_dossier WHERE id = %s FOR UPDATE", [quick.pk])  # draws the older number
        early = write_event(other, slow, 50)
        late = write_event(second, quick, 50)
    assert early < late
    for _ in range(3):
        assert take(NOW) == 0
    other.commit()
    assert take_all(NOW) == 2
    assert Notice.objects.filter(event_id__in=[early, late]).count() == 2


@pytest.mark.django_db(transaction=True)
def test_somebody_who_always_writes_does_not_starve_the_others(world: World, other: psycopg.Connection) -> None:
    """There is always a transaction under way, but never the same one for long: everything is taken in a few looks."""
    one, two = lives.submitted(world), lives.submitted(world)
    take_all(NOW)
    told: list[int] = []
    with psycopg.connect(own_url(connection.settings_dict["NAME"])) as second:
        told.append(write_event(other, one, 50))
        for seq in range(51, 57):
            told.append(write_event(second if seq % 2 else other, two if seq % 2 else one, seq))
            (other if seq % 2 else second).commit()  # the one that began before; the other is under way at the look
            take(NOW)
        assert Notice.objects.filter(event_id__in=told).count() >= 4
    other.commit()
    take_all(NOW)
    assert Notice.objects.filter(event_id__in=told).count() == len(told)


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_takes(world: World, other: psycopg.Connection) -> None:
    lives.submitted(world)
    look()
    other.execute("SELECT FROM notices_horizon WHERE id = 1 FOR UPDATE")
    assert take(NOW) == 0 and Notice.objects.count() == 0
    other.rollback()
    assert take_all(NOW) == 1


@pytest.mark.django_db(transaction=True)
def test_an_act_under_way_on_a_dossier_is_not_waited_for(world: World, other: psycopg.Connection) -> None:
    """Nor does the worker hold a row that an act needs: both would make acts wait for notices."""
    dossier = lives.submitted(world)
    look()
    other.execute("SET lock_timeout = '5s'")
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '5s'")
    other.execute("SELECT FROM dossiers_dossier WHERE id = %s FOR UPDATE", [dossier.pk])
    Horizon.objects.update(seen_to=Event.objects.latest("id").pk, seen_before=0)
    assert take(NOW) == 1
    other.rollback()

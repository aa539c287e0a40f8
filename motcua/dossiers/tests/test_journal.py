"""The frame: nothing happens without its event and its stay, and what happened stays as it was."""

import threading
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.base.errors import Refused, Stale
from motcua.dossiers.acts import processing, reception
from motcua.dossiers.journal import event_hash
from motcua.dossiers.models import Dossier, Event, Stay
from motcua.dossiers.tests.lives import accepted, finished
from tests.world import World, moment, reread


@pytest.mark.django_db
def test_every_act_leaves_one_event_that_chains_to_the_one_before(world: World) -> None:
    dossier = reread(finished(world))
    events = list(Event.objects.filter(dossier=dossier).order_by("seq"))
    assert [event.act for event in events] == ["take_in", "forward", "forward", "forward", "approve", "finish"]
    previous = bytes(32)
    for event in events:
        assert bytes(event.previous_hash) == previous
        assert bytes(event.hash) == event_hash(dossier.submission_no, event)
        previous = bytes(event.hash)
    assert bytes(dossier.last_hash) == previous
    assert dossier.last_seq == len(events)


@pytest.mark.django_db
def test_stays_touch_end_to_end_and_the_last_is_where_the_dossier_is(world: World) -> None:
    dossier = reread(finished(world))
    stays = list(Stay.objects.filter(dossier=dossier).order_by("seq"))
    assert [stay.left_at for stay in stays[:-1]] == [stay.entered_at for stay in stays[1:]]
    assert stays[-1].left_at is None
    assert (stays[-1].state, stays[-1].office_id) == (dossier.state, dossier.at_office_id)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dossiers_event SET reason = 'khác'",
        "DELETE FROM dossiers_event",
        "UPDATE dossiers_stay SET state = 'returned'",
        "UPDATE dossiers_stay SET entered_at = entered_at - interval '1 day'",
        "DELETE FROM dossiers_stay",
        "INSERT INTO dossiers_stay (dossier_id, seq, previous_seq, state, office_id, entered_at)"
        " SELECT dossier_id, seq + 5, seq + 4, state, office_id, entered_at FROM dossiers_stay",
        "INSERT INTO dossiers_stay (dossier_id, seq, previous_seq, state, office_id, entered_at)"
        " SELECT dossier_id, seq + 1, seq, state, office_id, entered_at + interval '1 hour' FROM dossiers_stay",
        "INSERT INTO dossiers_stay (dossier_id, seq, previous_seq, state, office_id, entered_at)"
        " SELECT dossier_id, seq + 5, null, state, office_id, entered_at FROM dossiers_stay",
    ],
)
def test_the_database_refuses_to_bend_the_past(world: World, statement: str) -> None:
    accepted(world)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_an_act_before_the_last_event_is_refused(world: World) -> None:
    dossier = accepted(world, "2021-11-01 08:00")
    with pytest.raises(Refused) as error:
        processing.forward(dossier.pk, actor=world.actor("minh"), at=moment("2021-11-01 07:00"))
    assert error.value.code == "out_of_order"


@pytest.mark.django_db
def test_an_act_that_waited_for_the_lock_a_moment_takes_the_later_instant(world: World) -> None:
    dossier = accepted(world, "2021-11-01 08:00")
    processing.forward(dossier.pk, actor=world.actor("minh"), at=moment("2021-11-01 07:59"))
    assert reread(dossier).last_event_at == moment("2021-11-01 08:00")


def in_threads(count: int, work: Callable[[int], object]) -> list[object]:
    """What each thread got, or the error it met; each has its own connection, as each server worker does."""
    results: list[object] = [None] * count
    gate = threading.Barrier(count)

    def run(number: int) -> None:
        gate.wait()
        try:
            results[number] = work(number)
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_once_one_wins_and_the_other_is_told(world: World) -> None:
    dossier = accepted(world)
    actor = world.actor("minh")
    at = moment("2021-11-01 09:00")
    results = in_threads(2, lambda _: processing.forward(dossier.pk, actor=actor, at=at, seen=1))
    assert sorted(type(result).__name__ for result in results) == [Dossier.__name__, Stale.__name__]
    assert Event.objects.filter(dossier=dossier).count() == 2


@pytest.mark.django_db(transaction=True)
def test_numbers_given_at_once_are_never_given_twice(world: World) -> None:
    actor = world.actor("minh")

    def take_five(_: int) -> list[str | None]:
        at = moment("2021-11-01 08:00")
        return [reception.take_in(world.intake(), actor=actor, at=at).code for _ in range(5)]

    codes = [code for result in in_threads(4, take_five) for code in result]  # type: ignore[attr-defined]
    assert len(codes) == len(set(codes)) == 20
    assert {code[-4:] for code in codes} == {f"{number:04d}" for number in range(1, 21)}

"""A batch goes on, what can't go stays; two different people stand under the list, once."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.dossiers import transfers
from motcua.dossiers.acts import reception
from motcua.dossiers.models import Dossier, Transfer
from motcua.dossiers.states import State
from tests.world import World, moment

pytestmark = pytest.mark.django_db
AT = moment("2021-11-01 14:00")


def accepted(world: World, count: int = 1) -> list[Dossier]:
    return [
        reception.take_in(world.intake(), actor=world.actor("minh"), at=moment("2021-11-01 08:00"))
        for _ in range(count)
    ]


def given(world: World, rows: list[Dossier]) -> Transfer:
    (made,) = transfers.give([one.pk for one in rows], actor=world.actor("minh"), at=AT).transfers
    return made


def test_a_batch_goes_on_and_what_cannot_stays_with_its_reason(world: World) -> None:
    first, second, third = accepted(world, 3)
    reception_gone = transfers.give([third.pk], actor=world.actor("minh"), at=moment("2021-11-01 13:00"))
    assert len(reception_gone.transfers) == 1
    came = transfers.give([first.pk, second.pk, third.pk, first.pk], actor=world.actor("minh"), at=AT)
    (made,) = came.transfers
    assert [why for _name, why in came.stayed] == ["Hồ sơ không còn chờ chuyển ở đây."]
    assert list(made.lines.order_by("id").values_list("dossier_id", flat=True)) == [first.pk, second.pk]
    assert (made.to_office, made.from_office) == (world.cast.justice, world.cast.center)
    first.refresh_from_db()
    assert (first.state, first.at_office) == (State.PROCESSING, world.cast.justice)
    assert not transfers.to_give(world.actor("minh")).exists()


def test_nothing_of_another_unit_is_given(world: World) -> None:
    rows = accepted(world)
    came = transfers.give([rows[0].pk], actor=world.actor("hien"), at=AT)
    assert came.transfers == () and len(came.stayed) == 1
    for ids in ([], list(range(1, 300))):
        with pytest.raises(Invalid):
            transfers.give(ids, actor=world.actor("minh"), at=AT)


def test_whoever_takes_it_signs_once_and_says_what_was_not_there(world: World) -> None:
    rows = accepted(world, 2)
    made = given(world, rows)
    assert list(transfers.waiting_for(world.actor("thanh"))) == [made]
    thanh = world.actor("thanh")
    with pytest.raises(Invalid):
        transfers.take(made.pk, missing=[rows[0].pk], actor=thanh, at=AT)
    with pytest.raises(Invalid):
        transfers.take(made.pk, missing=[999_999], note="Thiếu", actor=thanh, at=AT)
    taken = transfers.take(made.pk, missing=[rows[0].pk], note="Thiếu tờ khai", actor=thanh, at=AT)
    assert (taken.taken_by, taken.missing) == (world.cast.thanh, [rows[0].pk])
    with pytest.raises(Refused):
        transfers.take(made.pk, actor=world.actor("hoa"), at=AT)
    assert not transfers.waiting_for(thanh).exists()


def test_the_giver_and_strangers_do_not_sign(world: World) -> None:
    made = given(world, accepted(world))
    with pytest.raises(Forbidden):
        transfers.take(made.pk, actor=world.actor("minh"), at=AT)
    for name in ("khang", "hien", "lan", "yen"):
        with pytest.raises(NotThere):
            transfers.take(made.pk, actor=world.actor(name), at=AT)


def test_the_database_keeps_a_list_as_it_was_signed(world: World) -> None:
    made = given(world, accepted(world))
    wrong = (
        ("update dossiers_transfer set taken_by_id = given_by_id, taken_by_name = 'x', taken_at = now() where id = %s", IntegrityError),
        ("update dossiers_transfer set given_by_name = 'x' where id = %s", DatabaseError),
        ("delete from dossiers_transferline where transfer_id = %s", DatabaseError),
    )  # fmt: skip
    for sql, error in wrong:
        with pytest.raises(error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [made.pk])
    transfers.take(made.pk, actor=world.actor("thanh"), at=AT)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update dossiers_transfer set note = 'x' where id = %s", [made.pk])

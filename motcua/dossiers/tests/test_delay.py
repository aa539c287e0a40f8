"""It will be late: an apology in time, once, with a new date. Law: ND61-2018 19(9)"""

from datetime import date

import pytest

from motcua.base.errors import Forbidden, Invalid, Refused
from motcua.dossiers.acts import delay
from motcua.dossiers.tests.lives import handled
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
IN_TIME = moment("2021-11-05 09:00")  # promised for Monday the 8th


def test_extend_moves_the_promise_and_keeps_the_first_one(world: World) -> None:
    dossier = handled(world)
    delay.extend(dossier.pk, new_day=date(2021, 11, 12), reason="Chờ ý kiến", actor=world.actor("tuan"), at=IN_TIME)
    dossier = reread(dossier)
    assert dossier.due_at == moment("2021-11-12 17:00")
    assert dossier.original_due_at == moment("2021-11-08 17:00")
    assert dossier.extensions == 1


def test_extend_on_the_promised_day_is_too_late(world: World) -> None:
    dossier = handled(world)
    with pytest.raises(Refused):
        delay.extend(
            dossier.pk,
            new_day=date(2021, 11, 12),
            reason="x",
            actor=world.actor("tuan"),
            at=moment("2021-11-08 08:00"),
        )


def test_extend_a_second_time_is_refused(world: World) -> None:
    dossier = handled(world)
    delay.extend(dossier.pk, new_day=date(2021, 11, 12), reason="x", actor=world.actor("tuan"), at=IN_TIME)
    with pytest.raises(Refused):
        delay.extend(
            dossier.pk,
            new_day=date(2021, 11, 19),
            reason="y",
            actor=world.actor("tuan"),
            at=moment("2021-11-10 08:00"),
        )


@pytest.mark.parametrize("day", [date(2021, 11, 8), date(2021, 11, 5), date(2021, 11, 13), date(2021, 11, 14)])
def test_extend_needs_a_later_working_day(world: World, day: date) -> None:
    dossier = handled(world)
    with pytest.raises(Invalid):
        delay.extend(dossier.pk, new_day=day, reason="x", actor=world.actor("tuan"), at=IN_TIME)
    assert reread(dossier).extensions == 0


def test_extend_is_the_leader_s(world: World) -> None:
    dossier = handled(world)
    with pytest.raises(Forbidden):
        delay.extend(dossier.pk, new_day=date(2021, 11, 12), reason="x", actor=world.actor("hoa"), at=IN_TIME)

"""It will be late: an apology in time, once, with a new date. Law: ND61-2018 19(9)"""

from datetime import date

import pytest

from motcua.base.errors import Forbidden, Invalid, Refused
from motcua.dossiers.acts import delay
from motcua.dossiers.tests.lives import handled
from motcua.law.tests.settling import settle_value
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


def test_extend_adds_at_most_the_days_that_the_province_set(world: World) -> None:
    settle_value("r1_2018", "max_extension_days", 3, on=date(2021, 10, 1))
    dossier = handled(world)
    tuan = world.actor("tuan")
    with pytest.raises(Invalid, match="đến 11/11/2021"):
        delay.extend(dossier.pk, new_day=date(2021, 11, 12), reason="x", actor=tuan, at=IN_TIME)
    delay.extend(dossier.pk, new_day=date(2021, 11, 11), reason="x", actor=tuan, at=IN_TIME)
    assert reread(dossier).due_at == moment("2021-11-11 17:00")


def test_extend_twice_where_this_procedure_may_and_no_other(world: World) -> None:
    settle_value("r1_2018", "max_extensions", 2, on=date(2021, 10, 1), scope="procedure", target="9.000001")
    dossier, tuan = handled(world), world.actor("tuan")
    delay.extend(dossier.pk, new_day=date(2021, 11, 12), reason="x", actor=tuan, at=IN_TIME)
    delay.extend(dossier.pk, new_day=date(2021, 11, 19), reason="y", actor=tuan, at=moment("2021-11-10 08:00"))
    with pytest.raises(Refused, match="2 lần"):
        delay.extend(dossier.pk, new_day=date(2021, 11, 26), reason="z", actor=tuan, at=moment("2021-11-17 08:00"))


def test_a_dossier_accepted_before_the_new_rule_keeps_the_old_one(world: World) -> None:
    dossier, tuan = handled(world), world.actor("tuan")
    settle_value("r1_2018", "extension_notice_days", 5, on=date(2021, 11, 2))
    delay.extend(dossier.pk, new_day=date(2021, 11, 12), reason="x", actor=tuan, at=IN_TIME)
    assert reread(dossier).extensions == 1


def test_the_apology_comes_as_early_as_the_province_set(world: World) -> None:
    settle_value("r1_2018", "extension_notice_days", 5, on=date(2021, 10, 1))
    dossier, tuan = handled(world), world.actor("tuan")
    with pytest.raises(Refused, match="ít nhất 05 ngày"):
        delay.extend(dossier.pk, new_day=date(2021, 11, 12), reason="x", actor=tuan, at=IN_TIME)


def test_extend_is_the_leader_s(world: World) -> None:
    dossier = handled(world)
    with pytest.raises(Forbidden):
        delay.extend(dossier.pk, new_day=date(2021, 11, 12), reason="x", actor=world.actor("hoa"), at=IN_TIME)

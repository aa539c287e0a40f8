"""What was decided about a procedure reaches its dossiers: no new ones when it is closed, the promised limit on receipts."""

from datetime import date

import pytest

from motcua.base.errors import Invalid
from motcua.base.times import day_of
from motcua.calendar.limits import Limit
from motcua.catalogue.life.commitments import Promise, commit
from motcua.catalogue.life.events import Happening, record
from motcua.catalogue.life.tests.made import AT, act
from motcua.catalogue.offers import forget_offers
from motcua.dossiers.acts import reception, submission
from motcua.dossiers.states import State
from motcua.law.models import RegimeParameter
from motcua.law.tests.settling import settle_value
from tests.world import World, moment, reread

CODE = "9.000001"


def test_a_suspended_procedure_takes_no_new_dossier_and_those_in_hand_go_on(world: World) -> None:
    quang = world.cast.quang
    earlier = submission.submit(world.online(), actor=world.actor("lan"), at=moment("2021-11-09 16:00"))
    record([CODE], Happening("suspended", date(2021, 11, 10), act=act(quang)), by=quang, at=AT)
    forget_offers()
    with pytest.raises(Invalid) as error:
        reception.take_in(world.intake(), actor=world.actor("minh"), at=moment("2021-11-10 08:00"))
    assert error.value.fields == {"case": "Thủ tục này không nhận hồ sơ mới: tạm ngừng."}
    with pytest.raises(Invalid):
        submission.submit(world.online(), actor=world.actor("lan"), at=moment("2021-11-10 08:00"))
    reception.accept(earlier.pk, actor=world.actor("minh"), at=moment("2021-11-10 09:00"))
    assert reread(earlier).state == State.ACCEPTED
    reception.take_in(world.intake(), actor=world.actor("minh"), at=moment("2021-11-09 16:00"))


def test_receipt_and_clock_go_by_the_promised_limit(world: World) -> None:
    quang = world.cast.quang
    three = Limit.working_days(3)
    commit([Promise(CODE, three)], act=act(quang), valid_from=date(2021, 11, 1), by=quang, at=AT)
    forget_offers()
    before = reception.take_in(world.intake(), actor=world.actor("minh"), at=moment("2021-10-29 08:00"))
    after = reception.take_in(world.intake(), actor=world.actor("minh"), at=moment("2021-11-01 08:00"))
    assert [day_of(one.due_at) for one in (before, after) if one.due_at] == [date(2021, 11, 5), date(2021, 11, 4)]
    said = after.events.get().data
    assert (said["limit"], said["statutory_limit"]) == (three.to_json(), Limit.working_days(5).to_json())
    assert "statutory_limit" not in before.events.get().data


def test_a_regime_may_say_that_the_statutory_limit_binds(world: World) -> None:

    quang = world.cast.quang
    commit([Promise(CODE, Limit.working_days(3))], act=act(quang), valid_from=date(2021, 11, 1), by=quang, at=AT)
    assert RegimeParameter.objects.filter(regime__code="r1_2018", key="binding_limit").exists()
    settle_value("r1_2018", "binding_limit", "statutory", on=date(2021, 11, 1))
    forget_offers()
    dossier = reception.take_in(world.intake(), actor=world.actor("minh"), at=moment("2021-11-01 08:00"))
    assert dossier.due_at
    assert day_of(dossier.due_at) == date(2021, 11, 8)

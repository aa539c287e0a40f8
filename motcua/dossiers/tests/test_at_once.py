"""A procedure with an immediate result: accepted, answered and returned in one breath. Law: ND61-2018 17"""

from datetime import date

import pytest

from motcua.base.errors import Forbidden, Refused
from motcua.catalogue.models import Process, ProcessStep
from motcua.dossiers.acts import decision, handover, reception
from motcua.dossiers.journal import acts_open_to
from motcua.dossiers.models import Dossier
from motcua.dossiers.permissions import has_right
from motcua.dossiers.states import Act, State
from motcua.offices import granting
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
AT = moment("2021-11-01 09:00")


def accepted(world: World, at: str = "2021-11-01 09:00") -> Dossier:
    return reception.take_in(world.intake(world.immediate()), actor=world.actor("minh"), at=moment(at))


def let_minh_decide(world: World) -> None:
    """Tuấn delegates his decisions on this procedure to the officer at the counter."""
    granting.delegate(
        from_account_id=world.cast.tuan.pk,
        to_account_id=world.cast.minh.pk,
        office_id=world.cast.justice.pk,
        valid_from=date(2021, 11, 1),
        valid_to=date(2021, 11, 30),
        document="Giấy ủy quyền 02/GUQ-STP",
        procedures=["9.000004"],
        actor=world.actor("tuan"),
        at=moment("2021-11-01 07:30"),
    )


def given(world: World) -> Dossier:
    """Taken in, answered and handed over by Minh at the same moment."""
    let_minh_decide(world)
    dossier, minh = accepted(world), world.actor("minh")
    decision.give_at_once(dossier.pk, number="7/BS", summary="Bản sao", actor=minh, at=AT)
    handover.hand_over(dossier.pk, way="counter", actor=minh, at=AT)
    return reread(dossier)


def test_give_at_once_starts_and_ends_on_the_same_day(world: World) -> None:
    dossier = given(world)
    assert dossier.code and dossier.state == State.RETURNED
    assert dossier.accepted_at == dossier.finished_at == dossier.returned_at == AT
    assert dossier.due_at == moment("2021-11-01 17:00")
    assert (dossier.result.number, dossier.result.decided_by_id) == ("7/BS", world.cast.minh.pk)
    event = dossier.events.get(act=Act.GIVE_AT_ONCE)
    assert event.data["on_behalf_of"]["name"] == "Hoàng Anh Tuấn"


def test_only_who_may_decide(world: World) -> None:
    dossier = accepted(world)
    for name in ("minh", "hoa", "thanh", "nga"):
        with pytest.raises(Forbidden):
            decision.give_at_once(dossier.pk, actor=world.actor(name), at=AT)
    assert Act.GIVE_AT_ONCE in acts_open_to(dossier, world.actor("tuan"), AT)
    decision.give_at_once(dossier.pk, actor=world.actor("tuan"), at=AT)
    assert reread(dossier).state == State.FINISHED


def test_only_where_the_limit_is_immediate(world: World) -> None:
    dossier = reception.take_in(world.intake(), actor=world.actor("minh"), at=AT)
    with pytest.raises(Refused, match="không phải loại trả kết quả ngay"):
        decision.give_at_once(dossier.pk, actor=world.actor("tuan"), at=AT)
    assert Act.GIVE_AT_ONCE not in acts_open_to(dossier, world.actor("tuan"), AT)


def test_where_nothing_is_decided_the_receiver_may(world: World) -> None:
    dossier = accepted(world)
    assert not has_right(Act.GIVE_AT_ONCE, world.actor("minh"), dossier)
    plain = Process.objects.create(source_key="plain", digest=bytes(32), usable=True, title="Cấp ngay")
    ProcessStep.objects.create(process=plain, seq=1, role="receiver", place="receiving", role_text="Tiếp nhận")
    Dossier.objects.filter(pk=dossier.pk).update(process=plain)
    assert has_right(Act.GIVE_AT_ONCE, world.actor("minh"), reread(dossier))
    assert not has_right(Act.GIVE_AT_ONCE, world.actor("hoa"), reread(dossier))


def test_a_process_that_is_not_known_lets_no_receiver_decide(world: World) -> None:
    dossier = accepted(world)
    Dossier.objects.filter(pk=dossier.pk).update(process=None)
    assert not has_right(Act.GIVE_AT_ONCE, world.actor("minh"), reread(dossier))

"""The result goes back. Law: ND61-2018 20"""

import pytest

from motcua.base.errors import Invalid, Refused
from motcua.dossiers.acts import handover
from motcua.dossiers.states import State
from motcua.dossiers.tests.lives import finished, handled
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
AT = moment("2021-11-04 08:00")


def test_hand_over_to_the_owner_at_the_counter(world: World) -> None:
    dossier = finished(world)
    handover.hand_over(dossier.pk, way="counter", actor=world.actor("minh"), at=AT)
    dossier = reread(dossier)
    assert dossier.state == State.RETURNED
    assert dossier.returned_at == AT
    assert dossier.handovers.get().taken_by == "Trần Thị Lan"


def test_hand_over_to_somebody_else_needs_an_authorisation(world: World) -> None:
    dossier = finished(world)
    with pytest.raises(Invalid) as error:
        handover.hand_over(dossier.pk, way="counter", taken_by="Nguyễn Văn Bảy", actor=world.actor("minh"), at=AT)
    assert "authorisation" in error.value.fields
    assert reread(dossier).state == State.FINISHED
    handover.hand_over(
        dossier.pk,
        way="counter",
        taken_by="Nguyễn Văn Bảy",
        taken_by_id_no="000150000007",
        authorisation="Giấy uỷ quyền 01",
        actor=world.actor("minh"),
        at=AT,
    )


def test_hand_over_by_post_keeps_the_item_number(world: World) -> None:
    dossier = finished(world)
    with pytest.raises(Invalid):
        handover.hand_over(dossier.pk, way="post", actor=world.actor("minh"), at=AT)
    handover.hand_over(dossier.pk, way="post", parcel_no="EB1VN", actor=world.actor("minh"), at=AT)
    assert str(reread(dossier).parcel_out) == "EB1VN"


def test_hand_over_online_needs_an_account(world: World) -> None:
    dossier = finished(world)
    with pytest.raises(Invalid):
        handover.hand_over(dossier.pk, way="online", actor=world.actor("minh"), at=AT)


def test_hand_over_before_the_result_is_refused(world: World) -> None:
    dossier = handled(world)
    with pytest.raises(Refused):
        handover.hand_over(dossier.pk, way="counter", actor=world.actor("minh"), at=AT)

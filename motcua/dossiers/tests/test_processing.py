"""Along the steps of the process. Law: ND61-2018 18; ND61-2018 19"""

import pytest

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused, Stale
from motcua.dossiers.acts import processing
from motcua.dossiers.states import State
from motcua.dossiers.tests.lives import accepted, assigned, at_approval, handled
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
TEN = moment("2021-11-01 10:00")


def test_forward_brings_the_dossier_to_the_authority(world: World) -> None:
    dossier = reread(assigned(world))
    assert dossier.state == State.PROCESSING
    assert dossier.at_office_id == world.cast.justice.pk
    assert dossier.step == 2
    assert dossier.holder_id is None


def test_forward_to_a_named_officer_of_the_next_office(world: World) -> None:
    dossier = assigned(world)
    with pytest.raises(Invalid):
        processing.forward(dossier.pk, to_account_id=world.cast.khang.pk, actor=world.actor("thanh"), at=TEN)
    assert reread(dossier).step == 2
    dossier = processing.forward(dossier.pk, to_account_id=world.cast.hoa.pk, actor=world.actor("thanh"), at=TEN)
    assert reread(dossier).holder_id == world.cast.hoa.pk


def test_what_somebody_holds_nobody_else_forwards_but_the_head(world: World) -> None:
    dossier = handled(world)
    with pytest.raises(Forbidden):
        processing.forward(dossier.pk, actor=world.actor("nga"), at=moment("2021-11-02 08:00"))
    processing.forward(dossier.pk, actor=world.actor("thanh"), at=moment("2021-11-02 08:00"))


def test_forward_stops_at_the_decision(world: World) -> None:
    dossier = at_approval(world)
    with pytest.raises(Refused) as error:
        processing.forward(dossier.pk, actor=world.actor("tuan"), at=moment("2021-11-03 08:00"))
    assert error.value.code == "guarded"
    assert "approve" in error.value.possible


def test_forward_by_an_outsider_finds_nothing(world: World) -> None:
    dossier = accepted(world)
    with pytest.raises(NotThere):
        processing.forward(dossier.pk, actor=world.actor("khang"), at=TEN)


def test_forward_on_an_old_page_is_told_that_somebody_was_faster(world: World) -> None:
    dossier = accepted(world)
    seen = dossier.last_seq
    processing.forward(dossier.pk, actor=world.actor("minh"), at=TEN, seen=seen)
    with pytest.raises(Stale):
        processing.forward(dossier.pk, actor=world.actor("thanh"), at=TEN, seen=seen)


def test_send_back_goes_to_the_step_before_with_a_reason(world: World) -> None:
    dossier = handled(world)
    with pytest.raises(Invalid):
        processing.send_back(dossier.pk, reason="", actor=world.actor("hoa"), at=moment("2021-11-02 08:00"))
    processing.send_back(
        dossier.pk, reason="Chưa phân công đúng", actor=world.actor("hoa"), at=moment("2021-11-02 08:00")
    )
    dossier = reread(dossier)
    assert dossier.step == 2
    assert dossier.holder_id is None


def test_send_back_from_the_first_step_of_the_authority_is_refused(world: World) -> None:
    dossier = assigned(world)
    with pytest.raises(Refused):
        processing.send_back(dossier.pk, reason="x", actor=world.actor("thanh"), at=TEN)

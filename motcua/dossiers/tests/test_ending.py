"""Ends before a result: withdrawn or stopped."""

import pytest

from motcua.base.errors import Forbidden, Invalid, Refused
from motcua.dossiers.acts import ending
from motcua.dossiers.states import State
from motcua.dossiers.tests.lives import decided, handled, submitted
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db


def test_withdraw_before_acceptance_leaves_no_end_in_the_statistics(world: World) -> None:
    dossier = submitted(world)
    ending.withdraw(dossier.pk, reason="Nộp nhầm", actor=world.actor("lan"), at=moment("2021-11-01 09:00"))
    dossier = reread(dossier)
    assert dossier.state == State.WITHDRAWN
    assert dossier.finished_at is None


def test_withdraw_during_handling_stops_the_clock(world: World) -> None:
    dossier = handled(world)
    ending.withdraw(dossier.pk, reason="Đơn xin rút", actor=world.actor("minh"), at=moment("2021-11-02 09:00"))
    dossier = reread(dossier)
    assert dossier.state == State.WITHDRAWN
    assert dossier.finished_at == moment("2021-11-02 09:00")
    assert dossier.at_office_id == world.cast.center.pk


def test_withdraw_after_the_decision_is_refused(world: World) -> None:
    dossier = decided(world)
    with pytest.raises(Refused):
        ending.withdraw(dossier.pk, reason="x", actor=world.actor("minh"), at=moment("2021-11-03 11:00"))


def test_stop_needs_basis_and_a_leader(world: World) -> None:
    dossier = handled(world)
    at = moment("2021-11-02 09:00")
    with pytest.raises(Invalid):
        ending.stop(dossier.pk, reason="x", basis="", actor=world.actor("tuan"), at=at)
    with pytest.raises(Forbidden):
        ending.stop(dossier.pk, reason="x", basis="y", actor=world.actor("hoa"), at=at)
    ending.stop(dossier.pk, reason="x", basis="y", actor=world.actor("tuan"), at=at)
    assert reread(dossier).state == State.STOPPED

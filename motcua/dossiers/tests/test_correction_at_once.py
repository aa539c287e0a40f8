"""Several decide the same correction at the same moment: one decides, the others are told. Law: ND61-2018 21"""

from __future__ import annotations

import pytest

from motcua.base.errors import MotcuaError
from motcua.dossiers.acts import correction
from motcua.dossiers.models import FormerResult
from motcua.dossiers.tests.lives import finished
from motcua.dossiers.tests.test_journal import in_threads
from motcua.dossiers.tests.wrongs import APPROVED, proposed
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_approvals_and_a_refusal_at_once_are_one_decision(world: World) -> None:
    dossier = finished(world)
    proposed(world, dossier)
    tuan, at = world.actor("tuan"), moment(APPROVED)

    def work(number: int) -> object:
        if number == 2:
            return correction.refuse_correction(dossier.pk, reason="Không", actor=tuan, at=at)
        return correction.correct_result(dossier.pk, actor=tuan, at=at)

    results = in_threads(3, work)
    assert sum(isinstance(result, MotcuaError) for result in results) == 2
    decided = reread(dossier).corrections.get()
    assert decided.decided_at == at
    assert FormerResult.objects.count() == int(bool(decided.is_approved))


def test_two_proposals_at_once_are_one(world: World) -> None:
    dossier = finished(world)
    results = in_threads(2, lambda number: proposed(world, dossier, by=("thanh", "dung")[number]))
    assert sum(isinstance(result, MotcuaError) for result in results) == 1
    assert reread(dossier).corrections.count() == 1

"""A unit that only helped to file is counted nowhere: three places of a dossier are one dossier."""

import pytest

from motcua.dossiers.acts import reception
from motcua.reports.month import report
from motcua.reports.periods import parse_period
from motcua.reports.scope import Scope
from tests.world import World, moment

pytestmark = pytest.mark.django_db


def test_a_dossier_with_a_support_place_is_counted_once_and_not_there(world: World) -> None:
    intake = world.intake(support_office_id=world.cast.commune.pk)
    reception.take_in(intake, actor=world.actor("minh"), at=moment("2021-11-01 08:00"))
    told = report(parse_period("2021-11"), Scope())
    assert told.total["new_counter"] == 1
    assert [row.key for row in told.rows] == [world.cast.justice.pk]
    by_branch = report(parse_period("2021-11"), Scope(), "branch")
    assert sum(row.figures["new_counter"] for row in by_branch.rows) == 1

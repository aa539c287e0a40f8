"""What was handed in online with help raises no index; how much there was stands beside. Our own definition (0047)."""

from __future__ import annotations

import pytest
from django.db import connection

from motcua.indices import procedure_sets
from motcua.indices.dossier_sets import HELPED, dossier_members
from motcua.indices.failing import everything_failing
from motcua.indices.nine_sets import ONLINE as NINE_ONLINE
from motcua.indices.quality import count_sets, quality
from motcua.indices.tests.made import table
from motcua.reports.month import bounds
from motcua.reports.periods import parse_period
from motcua.reports.scope import Scope
from motcua.reports.tests.test_helped import autumn, some
from tests.world import World

__all__ = ["autumn"]
pytestmark = pytest.mark.django_db
NOVEMBER = parse_period("2021-11")


def test_the_index_counts_no_help_as_online_and_says_how_many_there_were(autumn: World) -> None:
    made = quality(NOVEMBER, Scope(), table())
    online = next(one for one in made.components if one.row.formula == "dossiers_online")
    assert (online.part, online.whole, online.helped) == (6, 30, 8)
    assert "8" in online.beside
    assert len(list(everything_failing(NOVEMBER, Scope(), "dossiers_online"))) == online.failing == 24
    assert "dossiers_helped" not in dossier_members(frozenset({"dossiers_online"}))


def test_help_alone_is_counted_too(autumn: World) -> None:
    """In whichever order a set of formulas is gone through: help is none of them."""
    assert count_sets(NOVEMBER, Scope(), frozenset({HELPED}))[HELPED].whole == 8


def test_a_service_that_only_helpers_use_is_not_used(world: World) -> None:
    some(world, 8, with_help=True)
    used = procedure_sets._USED.format(condition="true")
    with connection.cursor() as cursor:
        cursor.execute(used, procedure_sets.values(NOVEMBER))
        assert cursor.fetchall() == []
        some(world, 1)
        cursor.execute(used, procedure_sets.values(NOVEMBER))
        assert len(cursor.fetchall()) == 1


def test_index_nine_counts_no_help_as_online(autumn: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(NINE_ONLINE, bounds(NOVEMBER))
        assert cursor.fetchall() == [(autumn.cast.justice.pk, 30, 6, 0)]

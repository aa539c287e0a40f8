"""The petitions of a published month live again through the real acts, once."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from motcua.petitions.models import Petition
from motcua.replays.petitions import planned_petitions, tell_petitions, told
from motcua.replays.plans import PLANS
from motcua.replays.stage import Stage
from motcua.reports.periods import between
from motcua.reports.petitions import petition_report
from motcua.reports.scope import Scope, subtree
from tests.world import World

# Each act of a petition is a transaction of its own.
pytestmark = pytest.mark.django_db
SEPTEMBER = PLANS["thanh-hoa-2021-09"]


def test_three_petitions_came_two_were_answered_and_one_was_passed_on(world: World) -> None:
    call_command("replay", SEPTEMBER.name, "--scale", "3000", "--workers", "1")
    assert not Petition.objects.exists()
    assert tell_petitions(SEPTEMBER, 1) == 3
    assert tell_petitions(SEPTEMBER, 1) == 0
    here = Scope(place="receiving", offices=subtree([Stage(SEPTEMBER).unit.pk], SEPTEMBER.last))
    figures = petition_report(between(SEPTEMBER.first, SEPTEMBER.last), here).total
    assert {key: figures[key] for key in ("new", "answered", "passed_on", "refused", "open", "done_late")} == {
        "new": 3, "answered": 2, "passed_on": 1, "refused": 0, "open": 0, "done_late": 0,
    }  # fmt: skip
    assert told(SEPTEMBER, figures, "pakn.resolved") == planned_petitions(SEPTEMBER, 1)["answered"] == 2


def test_where_nothing_of_petitions_was_printed_none_are_told(world: World) -> None:
    november = PLANS["thai-binh-2021-11"]
    assert told(november, {"new": 7}, "pakn.received") is None
    assert planned_petitions(november, 1) == {}
    assert planned_petitions(SEPTEMBER, 10) == {"new": 0, "answered": 0, "passed_on": 0}

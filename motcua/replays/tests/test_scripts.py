"""Lives are written in exactly the published numbers, and their days make their fates true."""

from collections import Counter

import pytest

from motcua.calendar.store import calendar_for, current_edition
from motcua.replays.plans import PLANS, RESOLVED_FATES, Fate
from motcua.replays.scripts import ONLINE, POST, Ware, every_nth, write_scripts
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", list(PLANS))
def test_counts_are_those_of_the_plan(world: World, name: str) -> None:
    plan = PLANS[name]
    calendar = calendar_for(current_edition())
    wares = {key: [Ware(1, key, 3, ()), Ware(2, key, 10, ())] for key in [*plan.agencies, *plan.others]}
    scripts = write_scripts(plan, name, calendar, wares, wares)
    assert len({script.ref for script in scripts}) == len(scripts) == plan.total
    assert Counter(script.fate for script in scripts) == Counter(
        {fate: count for fate, count in plan.fates.items() if count}
    )
    new = [script for script in scripts if script.accepted_on >= plan.first]
    assert len(new) == plan.new
    assert sum(script.channel == ONLINE for script in new) == plan.online
    assert sum(script.channel == POST for script in new) == plan.post
    assert sum(script.by_post for script in scripts) == plan.returned_by_post
    there = plan.onsite
    assert sum(script.onsite for script in scripts) == (
        there.of_departments + there.of_others + sum(there.by_fate.values()) if there else 0
    )
    of_offices = Counter(script.office_key for script in new)
    assert {key: of_offices[key] for key in plan.agencies} == dict(plan.agencies)
    for script in scripts:
        due = calendar.add_working_days(script.accepted_on, script.ware.limit_days)
        if script.fate in RESOLVED_FATES:
            assert script.ended_on is not None
            assert plan.first <= script.ended_on <= plan.last
            assert (script.ended_on > due) - (script.ended_on < due) == {"early": -1, "on_time": 0, "late": 1}[
                script.fate
            ]
        elif script.fate is Fate.OPEN_WITHIN:
            assert due > plan.last
        elif script.fate is Fate.OPEN_LATE:
            assert due < plan.last


def test_the_same_plan_gives_the_same_lives(world: World) -> None:
    plan = PLANS["thanh-hoa-2021-09"]
    calendar = calendar_for(current_edition())
    wares = {key: [Ware(1, key, 5, ())] for key in [*plan.agencies, *plan.others]}
    assert write_scripts(plan, "x", calendar, wares) == write_scripts(plan, "x", calendar, wares)


def test_a_scaled_run_is_an_even_part_of_the_whole(world: World) -> None:
    plan = PLANS["thanh-hoa-2021-09"]
    calendar = calendar_for(current_edition())
    wares = {key: [Ware(1, key, 5, ())] for key in [*plan.agencies, *plan.others]}
    whole = write_scripts(plan, "x", calendar, wares)
    part = every_nth(whole, 50, plan.first)
    assert set(part) < set(whole)
    assert len(part) == 213
    assert abs(sum(script.channel == ONLINE for script in part) - plan.online / 50) < 8
    assert every_nth(whole, 1, plan.first) == whole

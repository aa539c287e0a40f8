"""What is late by so many days, in groups; and to what nothing happened for days. Law: ND61-2018 8"""

from __future__ import annotations

import pytest

from motcua.base.errors import Invalid, NotThere
from motcua.dossiers.acts import supplement
from motcua.dossiers.tests import lives
from motcua.law.tests.settling import settle_value
from motcua.operations.late import BYS, late_by, late_lines
from motcua.operations.silent import SILENT, silence, silent_lines
from motcua.reports.scope import Scope
from tests.world import World, moment

pytestmark = pytest.mark.django_db
# Due on Monday 8 November, so three days late on Thursday the 11th.
THURSDAY = moment("2021-11-11 09:00")


@pytest.mark.parametrize("by", BYS)
def test_every_group_opens_what_it_counts(by: str, world: World) -> None:
    lives.handled(world)
    lives.assigned(world)
    lives.at_approval(world)
    lives.finished(world)
    groups = late_by(THURSDAY, Scope(), days=3, by=by)
    assert sum(one.count for one in groups) == 3 and {one.longest for one in groups} == {3}
    for one in groups:
        listed = late_lines(THURSDAY, Scope(), days=3, by=by, key=one.key or "-").rows
        assert len(listed) == one.count and {line.days_late for line in listed} == {3}
    assert late_by(THURSDAY, Scope(), days=4, by=by) == []
    assert late_lines(THURSDAY, Scope(), days=4, by=by).rows == ()
    elsewhere = Scope(allowed=frozenset({world.cast.commune.pk}))
    assert late_by(THURSDAY, elsewhere, days=1, by=by) == []


def test_steps_and_holders_have_their_names(world: World) -> None:
    lives.handled(world)
    (holder,) = late_by(THURSDAY, Scope(), days=1, by="holder")
    (step,) = late_by(THURSDAY, Scope(), days=1, by="step")
    assert (holder.name, step.name) == (world.cast.hoa.full_name, "Thụ lý")


@pytest.mark.parametrize(("days", "by"), [(0, "office"), (9999, "office"), (1, "person")])
def test_nonsense_is_refused(days: int, by: str) -> None:
    with pytest.raises(Invalid):
        late_by(THURSDAY, Scope(), days=days, by=by)


def test_a_dossier_is_silent_after_five_working_days_without_any_event(world: World) -> None:
    lives.handled(world)  # last event on Monday the 1st
    assert silence(moment("2021-11-05 09:00"), Scope()).total == {"silent": 0, "waiting": 0}
    made = silence(moment("2021-11-08 00:00"), Scope())
    assert (made.days, made.total["silent"], str(made.last_day)) == (5, 1, "2021-11-01")
    (row,) = made.rows
    assert row.key == world.cast.justice.pk
    assert silence(moment("2021-11-07 23:59"), Scope()).total["silent"] == 0, "Saturday and Sunday are no working days"


def test_who_waits_for_the_applicant_is_told_apart_and_what_is_over_is_not_counted(world: World) -> None:
    waiting = lives.handled(world)
    supplement.ask_supplement(
        waiting.pk,
        items=[{"name": "Ảnh", "why": "Mờ"}],
        reason="Mờ",
        actor=world.actor("hoa"),
        at=moment("2021-11-02 08:00"),
    )
    lives.finished(world)
    lives.submitted(world)
    at = moment("2021-12-01 09:00")
    assert silence(at, Scope()).total == {"silent": 1, "waiting": 1}
    for key in SILENT:
        assert len(silent_lines(at, Scope(), key).rows) == 1
    assert silent_lines(at, Scope(), "silent", office=world.cast.justice.pk).rows == ()
    with pytest.raises(NotThere):
        silent_lines(at, Scope(), "x")


def test_the_province_says_how_many_days_silence_is(world: World) -> None:
    lives.handled(world)
    settle_value("r1_2018", "silent_days", 2, on=moment("2021-11-01 08:00").date())
    assert silence(moment("2021-11-03 09:00"), Scope()).total["silent"] == 1

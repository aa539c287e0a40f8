"""Votes of a period, by place and level, and how many of those who could answered. Law: ND61-2018 27, 29, 31"""

from __future__ import annotations

from decimal import Decimal

import pytest

from motcua.dossiers.acts import handover
from motcua.dossiers.tests.lives import finished, handled
from motcua.ratings.casting import Opinion, enter_slip
from motcua.ratings.tests.voting import AT, vote
from motcua.reports.periods import parse_period
from motcua.reports.scope import Scope
from motcua.reports.votes import VOTE_MEASURES, as_json, ratable_behind, vote_report, votes_behind
from tests.world import World, moment

pytestmark = pytest.mark.django_db
NOVEMBER = parse_period("2021-11")


def test_votes_are_told_apart_by_place_and_level_and_counted_once(world: World) -> None:
    vote(finished(world), "very_satisfied", place="kiosk")
    vote(finished(world), "satisfied", place="counter")
    changed = finished(world)
    vote(changed, "satisfied")
    vote(changed, "not_satisfied")
    enter_slip(finished(world).pk, slip_no="P1", opinion=Opinion("satisfied"), actor=world.actor("minh"), at=AT)
    finished(world)
    handled(world)
    made = vote_report(NOVEMBER, Scope())
    total = made.total
    assert (total["votes"], total["very_satisfied"], total["satisfied"], total["not_satisfied"]) == (4, 1, 2, 1)
    assert [total[f"at_{place}"] for place in ("home", "counter", "kiosk", "paper")] == [1, 1, 1, 1]
    assert (total["ratable"], total["answered"], total["unanswered"]) == (5, 4, 1)
    assert made.response_rate == Decimal("80.00")
    assert made.satisfaction.percent == Decimal("75.00")
    assert as_json(made)["satisfaction"]["percent"] == "75.00"
    for key in VOTE_MEASURES:
        if key not in ("ratable", "answered", "unanswered"):
            assert len(votes_behind(NOVEMBER, Scope(), key)) == total[key], key


def test_where_nobody_answered_nothing_is_claimed(world: World) -> None:
    made = vote_report(NOVEMBER, Scope())
    assert (made.satisfaction.percent, made.satisfaction.low, made.response_rate) == (None, None, None)


def test_changing_one_s_mind_next_month_moves_no_past_figure(world: World) -> None:
    dossier = finished(world)
    vote(dossier, "satisfied", at=moment("2021-11-30 09:00"))
    before = vote_report(NOVEMBER, Scope()).total
    vote(dossier, "not_satisfied", at=moment("2021-12-01 09:00"))
    assert vote_report(NOVEMBER, Scope()).total == before
    assert vote_report(parse_period("2021-12"), Scope()).total["votes"] == 0
    assert vote_report(parse_period("2021"), Scope()).total["not_satisfied"] == 1


def test_a_result_that_is_handed_over_next_month_could_be_rated_this_month_only(world: World) -> None:
    dossier = finished(world)
    handover.hand_over(dossier.pk, way="counter", actor=world.actor("minh"), at=moment("2021-12-01 08:00"))
    assert vote_report(NOVEMBER, Scope()).total["ratable"] == 1
    assert vote_report(parse_period("2021-12"), Scope()).total["ratable"] == 0


def test_a_vote_is_seen_without_its_dossier_and_by_those_above_only(world: World) -> None:
    vote(finished(world), "satisfied", words="Tốt")
    (seen,) = votes_behind(NOVEMBER, Scope(), "votes")
    assert not hasattr(seen, "dossier_id")
    assert seen.words == "Tốt"
    elsewhere = Scope(allowed=frozenset({world.cast.district.pk}))
    assert votes_behind(NOVEMBER, elsewhere, "votes") == []
    assert vote_report(NOVEMBER, elsewhere).total["votes"] == 0


def test_what_could_be_rated_is_listed_without_saying_what_was(world: World) -> None:
    rated = finished(world)
    vote(rated, "satisfied")
    other = finished(world)
    handled(world)
    found, following = ratable_behind(NOVEMBER, Scope())
    assert [one.dossier_id for one in found] == [rated.pk, other.pk] and following is None
    assert len(found) == vote_report(NOVEMBER, Scope()).total["ratable"]
    assert {one.code for one in found} == {rated.code, other.code} and "satisfied" not in repr(found)
    first, following = ratable_behind(NOVEMBER, Scope(), limit=1)
    assert [one.dossier_id for one in first] == [rated.pk] == [following]
    assert [one.dossier_id for one in ratable_behind(NOVEMBER, Scope(), after=rated.pk)[0]] == [other.pk]
    elsewhere = Scope(allowed=frozenset({world.cast.district.pk}))
    assert ratable_behind(NOVEMBER, elsewhere)[0] == ratable_behind(NOVEMBER, Scope(), office=1)[0] == []

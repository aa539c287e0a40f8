"""A period that is over is counted once; whatever comes to light later is counted anew, and never hidden by what was kept."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.acts import reception
from motcua.dossiers.tests.lives import finished, handled
from motcua.offices.models import Office
from motcua.ratings.tests.voting import vote
from motcua.reports.audit.findings import Kind
from motcua.reports.audit.run import audit
from motcua.reports.keeping import keep, keep_past_periods, past_periods
from motcua.reports.kept import kept_figures, kept_votes
from motcua.reports.models import KeptCount
from motcua.reports.month import count_anew, count_figures, report
from motcua.reports.periods import parse_period
from motcua.reports.scope import Scope
from motcua.reports.votes import COUNTED, vote_report
from tests.world import World, moment

pytestmark = pytest.mark.django_db
NOVEMBER = parse_period("2021-11")


def settled() -> None:
    """As if what was kept had been counted long after everything that is there now was recorded."""
    KeptCount.objects.update(made_at=moment("2100-01-01 00:00"))


def asked(period: object = NOVEMBER, scope: Scope | None = None, by: str = "office") -> list[str]:
    """The statements of a count."""
    with CaptureQueriesContext(connection) as statements:
        count_figures(period, scope or Scope(), by)  # type: ignore[arg-type]
    return [one["sql"] for one in statements.captured_queries]


@pytest.fixture
def kept_world(world: World) -> World:
    finished(world)
    handled(world)
    for place in ("competent", "receiving"):
        keep(NOVEMBER, place)
    settled()
    return world


@pytest.mark.parametrize("place", ["competent", "receiving"])
@pytest.mark.parametrize("by", ["office", "branch"])
def test_what_is_kept_says_what_counting_says_and_is_one_look(kept_world: World, place: str, by: str) -> None:
    scope = Scope(place=place)  # type: ignore[arg-type]
    statements = asked(scope=scope, by=by)
    assert len(statements) == 1 and "reports_keptcount" in statements[0] and "dossiers_stay" not in statements[0]
    assert count_figures(NOVEMBER, scope, by) == count_anew(NOVEMBER, scope, by)
    assert report(NOVEMBER, scope, by).total["new"] == 2


@pytest.mark.parametrize("place", ["competent", "receiving"])
def test_votes_are_kept_beside_and_say_what_counting_says(world: World, place: str) -> None:
    for level in ("very_satisfied", "satisfied", "not_satisfied"):
        vote(finished(world), level)
    finished(world)
    assert kept_votes(NOVEMBER, place) is None, "nobody counted them yet"
    for each in ("competent", "receiving"):
        keep(NOVEMBER, each)
    settled()
    rows = vote_report(NOVEMBER, Scope(place=place)).rows  # type: ignore[arg-type]
    anew = {(row.key, measure): row.figures[measure] for row in rows for measure in COUNTED if row.figures[measure]}
    kept = kept_votes(NOVEMBER, place)
    assert kept is not None and {(office, measure): many for office, measure, many in kept} == anew
    assert sum(anew.values()) == 3 + 4
    KeptCount.objects.filter(place=place).update(votes=None)  # kept before votes were
    assert kept_votes(NOVEMBER, place) is None and kept_figures(NOVEMBER, place) is not None
    assert keep_past_periods(moment("2021-12-02 00:00")) == 1
    settled()
    assert kept_votes(NOVEMBER, place) == kept


def test_a_branch_is_told_from_what_is_kept_of_all(kept_world: World) -> None:
    office = next(iter(count_anew(NOVEMBER, Scope(), "office")[0]))
    for offices in (frozenset({int(office)}), frozenset({-1}), frozenset[int]()):
        scope = Scope(offices=offices)
        assert len(asked(scope=scope)) == 1
        assert count_figures(NOVEMBER, scope, "office") == count_anew(NOVEMBER, scope, "office")


def test_who_may_see_every_office_reads_what_is_kept_and_who_misses_one_is_counted_for(kept_world: World) -> None:
    every = frozenset(Office.objects.values_list("pk", flat=True))
    assert len(asked(scope=Scope(allowed=every))) == 1
    assert count_figures(NOVEMBER, Scope(allowed=every), "office") == count_anew(NOVEMBER, Scope(), "office")
    for office in every:
        scope = Scope(allowed=every - {office})
        assert "dossiers_stay" in asked(scope=scope)[-1]
        assert count_figures(NOVEMBER, scope, "office") == count_anew(NOVEMBER, scope, "office")


@pytest.mark.parametrize(
    ("scope", "by"),
    [
        (Scope(allowed=frozenset({1})), "office"),  # who may see less is counted for what they may see
        (Scope(), "procedure"),
        (Scope(), "field"),
        (Scope(place="receiving"), "agency"),
    ],
)
def test_what_is_not_kept_is_counted(kept_world: World, scope: Scope, by: str) -> None:
    assert "dossiers_stay" in asked(scope=scope, by=by)[-1]
    assert count_figures(NOVEMBER, scope, by) == count_anew(NOVEMBER, scope, by)


def test_what_comes_to_light_later_is_counted_at_once(kept_world: World) -> None:
    KeptCount.objects.update(made_at=moment("2021-12-02 00:00"))
    reception.take_in(kept_world.intake(), actor=kept_world.actor("minh"), at=moment("2021-11-15 09:00"))
    assert kept_figures(NOVEMBER, "competent") is None
    assert report(NOVEMBER, Scope()).total["new"] == 3
    before = parse_period("2021-10")
    keep(before, "competent")
    KeptCount.objects.filter(first=before.first).update(made_at=moment("2021-12-02 00:00"))
    assert kept_figures(before, "competent") is not None  # it belongs before no end of October


def test_another_meaning_of_the_sets_is_counted_anew(kept_world: World) -> None:
    KeptCount.objects.update(meaning=0)
    assert kept_figures(NOVEMBER, "competent") is None and kept_figures(NOVEMBER, "receiving") is None


def test_every_period_that_is_over_for_a_day_is_kept_and_nothing_twice(world: World) -> None:
    assert keep_past_periods(moment("2022-01-02 00:00")) == 0
    finished(world)
    assert [period.key for period in past_periods(moment("2021-12-01 23:59"))] == []
    assert [period.key for period in past_periods(moment("2021-12-02 00:00"))] == ["2021-11"]
    keys = [period.key for period in past_periods(moment("2022-01-02 00:00"))]
    assert keys == ["2021-11", "2021-12", "2021-Q4", "2021-H2", "2021"]
    assert keep_past_periods(moment("2022-01-02 00:00")) == 2 * len(keys)
    settled()
    assert keep_past_periods(moment("2022-01-02 00:00")) == 0
    assert audit().checked["kept_counts"] == 2 * len(keys) and audit().ok


@pytest.mark.parametrize(
    "bent",
    [
        "figures = jsonb_set(figures, '{0,2}', '7')",
        "figures = figures - 0",
        "figures = figures || '[[1, \"new_post\", 1]]'",
        "votes = votes || '[[1, \"home_satisfied\", 1]]'",
    ],
)
def test_a_bent_count_is_found(kept_world: World, bent: str) -> None:
    assert audit().ok
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE reports_keptcount SET {bent} WHERE place = 'competent'")
    assert {finding.kind for finding in audit().findings} == {Kind.KEPT_COUNT}

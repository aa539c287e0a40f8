"""The nine indices on hand-made ledgers and through the real acts. Law: TT01-2018 13; TT01-2018 15"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.base.errors import Invalid, NotThere
from motcua.dossiers.models import Consultation, Dossier, SupplementRequest
from motcua.dossiers.tests import lives
from motcua.indices.nine import Sheet, agencies, fields_of, officers
from motcua.indices.nine_lists import Wanted, every_scored_dossier, scored_dossiers
from motcua.indices.tests.made import resolved, table
from motcua.offices.models import Posting
from motcua.petitions.tests.saying import answered, from_outside
from motcua.ratings.tests.voting import vote
from motcua.reports.periods import parse_period
from motcua.reports.scope import Scope, subtree
from motcua.reports.tests.ledger import clock
from tests.world import World, moment

pytestmark = pytest.mark.django_db
QUARTER = parse_period("2021-Q4")


def asked_of_others(world: World, one: Dossier, *, due: str, closed: str) -> None:
    Consultation.objects.create(
        dossier=one, office=world.cast.industry, question="?", asked_by=world.cast.hoa, asked_at=clock("2021-11-01 09:00"),
        due_at=clock(due), outcome="answered", closed_by=world.cast.khang, closed_at=clock(closed), answer="Đồng ý",
    )  # fmt: skip


def three(world: World) -> list[Dossier]:
    """Early and online; early with an opinion on its last day; late, asked for once, with an opinion on its last day."""
    first = resolved(world, "2021-11-03 10:00", channel=2)
    Dossier.objects.filter(pk=first.pk).update(return_way="online")
    second, third = resolved(world, "2021-11-03 11:00"), resolved(world, "2021-11-09 10:00")
    for one in (second, third):
        asked_of_others(world, one, due="2021-11-03 17:00", closed="2021-11-03 08:00")
    SupplementRequest.objects.create(
        dossier=third,
        stage="appraisal",
        number=1,
        reason="Thiếu",
        asked_by=world.cast.hoa,
        asked_at=clock("2021-11-02 08:00"),
    )
    return [first, second, third]


def of_justice(world: World, **changes: object) -> Sheet:
    return next(one for one in agencies(QUARTER, Scope(), table("nine", **changes)) if one.key == world.cast.justice.pk)


def test_points_of_three_dossiers(world: World) -> None:
    three(world)
    sheet = of_justice(world)
    assert sheet.dossiers == 3
    wanted = {"1": ("1.3", (2, 0, 1)), "2": ("1.3", (1, 2, 0)), "3": ("1.7", (2, 1, 0)), "4": ("1.3", (1, 2, 0)),
              "7": ("1.3", (2, 0, 1))}  # fmt: skip
    for score in sheet.scores:
        if score.row.code in wanted:
            assert (str(score.value), score.counts) == wanted[score.row.code], score.row.code
    # All received at the centre; no petition; one of three online (33 %), none of them late; nothing posted on the boards.
    assert [sheet.score(code) for code in ("5", "8")] == [D("1.0"), D("2.0")]
    assert sheet.total == sum((score.value or D(0) for score in sheet.scores), D(0))
    assert sheet.most == 2 * sum(score.value is not None for score in sheet.scores)


def test_every_point_opens_its_dossiers(world: World) -> None:
    known = three(world)
    sheet = of_justice(world)
    for score in sheet.scores:
        for points, count in zip((2, 1, 0), score.counts or (), strict=False):
            wanted = Wanted(office_id=world.cast.justice.pk, formula=score.row.formula, points=points)
            assert len(list(every_scored_dossier(QUARTER, Scope(), wanted))) == count, (score.row.code, points)
    page = scored_dossiers(QUARTER, Scope(), Wanted(office_id=world.cast.justice.pk), limit=2)
    rest = scored_dossiers(QUARTER, Scope(), Wanted(office_id=world.cast.justice.pk), after=page.next)
    assert [one.pk for one in (*page.members, *rest.members)] == sorted(one.pk for one in known)
    with pytest.raises(NotThere):
        scored_dossiers(QUARTER, Scope(), Wanted(office_id=1, formula="at_the_unit"))
    with pytest.raises(Invalid):
        scored_dossiers(QUARTER, Scope(), Wanted(office_id=1), after="x")


def test_complaints_cost_the_conduct_and_false_ones_don_t(world: World) -> None:
    one, two, three_ = (lives.finished(world) for _ in range(3))
    assert from_outside(world, dossier=one).dossier_id == one.pk
    vote(two, "not_satisfied", reasons=("attitude",))
    vote(three_, "not_satisfied", reasons=("offices",))
    listed = {
        row.pk: row.points for row in every_scored_dossier(QUARTER, Scope(), Wanted(office_id=world.cast.justice.pk))
    }
    assert [listed[row.pk]["conduct"] for row in (one, two, three_)] == [0, 0, 2]
    assert [listed[row.pk]["offices_contacted"] for row in (one, two, three_)] == [1, 1, 0]


def test_a_dossier_without_a_due_day_says_nothing_of_time(world: World) -> None:
    one = resolved(world, "2021-11-03 10:00")
    connection.cursor().execute(
        "UPDATE dossiers_dossier SET due_at = NULL, original_due_at = NULL WHERE id = %s", [one.pk]
    )
    sheet = of_justice(world)
    assert (sheet.score("1"), sheet.score("2"), sheet.score("7")) == (None, None, D("1.0"))
    assert sheet.most == 2 * sum(score.value is not None for score in sheet.scores) < 18


def test_thresholds_scale_only_by_the_table_s_word(world: World) -> None:
    one = resolved(world, "2021-11-03 10:00", channel=2)
    Dossier.objects.filter(pk=one.pk).update(return_way="online")
    connection.cursor().execute(
        "UPDATE dossiers_dossier SET due_at = NULL, original_due_at = NULL WHERE id = %s", [one.pk]
    )
    plain, scaled = of_justice(world), of_justice(world, parameters={"scale": "proportional"})
    assert plain.total == scaled.total and plain.most == 14
    assert (plain.class_name, scaled.class_name) == ("fair", "good")


def test_by_field_the_dossiers_add_up(world: World) -> None:
    three(world)
    lives.finished(world)
    found = fields_of(QUARTER, Scope(), table("nine"), world.cast.justice.pk)
    assert sum(one.dossiers for one in found) == of_justice(world).dossiers == 4
    assert all(score.row.formula not in ("at_the_unit", "petitions_answered") for one in found for score in one.scores)


def test_officers_are_those_who_had_a_hand_in_it(world: World) -> None:
    one = lives.finished(world)
    found = {sheet.name: sheet for sheet in officers(QUARTER, Scope(), table("nine"))}
    hands = {getattr(world.cast, name).full_name for name in ("minh", "thanh", "hoa", "tuan", "nga")}
    assert set(found) == hands
    hoa = found[world.cast.hoa.full_name]
    assert [score.row.code for score in hoa.scores] == ["1", "2", "3", "4", "7"]
    assert (hoa.total, hoa.most, hoa.class_name) == (D("9.0"), 10, "full")
    wanted = Wanted(account_id=world.cast.hoa.pk, formula="time_of_all", points=2)
    assert [row.pk for row in every_scored_dossier(QUARTER, Scope(), wanted)] == [one.pk]


def test_a_leader_sees_the_officers_of_his_offices_only(world: World) -> None:
    lives.finished(world)
    of_centre = Scope(allowed=subtree([world.cast.center.pk], QUARTER.last))
    assert [one.name for one in officers(QUARTER, of_centre, table("nine"))] == [world.cast.minh.full_name]
    assert agencies(QUARTER, of_centre, table("nine")) == []
    elsewhere = Scope(allowed=frozenset({world.cast.industry.pk}))
    assert officers(QUARTER, elsewhere, table("nine"), only=world.cast.hoa.pk) == []
    assert not list(every_scored_dossier(QUARTER, elsewhere, Wanted(account_id=world.cast.hoa.pk)))
    assert not list(every_scored_dossier(QUARTER, elsewhere, Wanted(office_id=world.cast.justice.pk)))


def test_who_left_before_the_quarter_is_no_officer_of_the_office(world: World) -> None:
    lives.finished(world)
    justice = Scope(offices=frozenset({world.cast.justice.pk}))
    assert world.cast.hoa.full_name in {one.name for one in officers(QUARTER, justice, table("nine"))}
    Posting.objects.filter(account=world.cast.hoa).update(valid_to=QUARTER.first - timedelta(days=1))
    assert world.cast.hoa.full_name not in {one.name for one in officers(QUARTER, justice, table("nine"))}


def test_an_open_late_petition_is_prolonged(world: World) -> None:
    three(world)
    answered(world, at=moment("2021-11-02 09:00"))
    assert of_justice(world).score("8") is not None


def test_nobody_did_anything(world: World) -> None:
    assert agencies(parse_period("2020-Q1"), Scope(), table("nine")) == []
    assert officers(parse_period("2020-Q1"), Scope(), table("nine")) == []


def test_statements_do_not_grow_with_dossiers(world: World) -> None:
    wanted = table("nine")

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            agencies(QUARTER, Scope(), wanted)
            officers(QUARTER, Scope(), wanted)
        return len(seen)

    three(world)
    first = statements()
    three(world)
    assert statements() == first <= 10

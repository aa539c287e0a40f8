"""The board counts each thing once, adds up along the tree, opens every figure, and agrees with the report."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.base.errors import Invalid, NotThere
from motcua.dossiers.acts import confidence, handover, supplement
from motcua.dossiers.tests import lives
from motcua.operations.board import Board, Node, behind, board, parcels_behind
from motcua.operations.sets import BOARD, OF_PARCELS
from motcua.post.custody import Item, dispatch
from motcua.reports.month import report
from motcua.reports.periods import between
from motcua.reports.scope import Scope, scope_for
from tests.world import World, moment

pytestmark = pytest.mark.django_db
# Due on Monday 8 November.
MONDAY = moment("2021-11-08 10:00")
TUESDAY = moment("2021-11-09 10:00")


def crowd(world: World) -> None:
    """One in each state that the board tells apart."""
    lives.submitted(world, "2021-11-08 09:00")
    lives.submitted(world, "2021-11-05 09:00")
    lives.accepted(world, "2021-11-08 09:00")
    lives.handled(world)
    waiting = lives.handled(world)
    supplement.ask_supplement(
        waiting.pk,
        items=[{"name": "Ảnh", "why": "Mờ"}],
        reason="Mờ",
        actor=world.actor("hoa"),
        at=moment("2021-11-02 08:00"),
    )
    lives.finished(world)
    done = lives.finished(world)
    handover.hand_over(done.pk, way="counter", actor=world.actor("minh"), at=moment("2021-11-08 09:30"))
    item = Item("EB1VN", "Trần Thị Lan", world.cast.center.pk)
    dispatch(item, actor=world.actor("minh"), at=moment("2021-11-03 08:00"))


def nodes(made: Board) -> list[Node]:
    found = list(made.tops)
    for node in found:
        found += node.children
    return found


def test_monday_s_figures(world: World) -> None:
    crowd(world)
    total = board(MONDAY, Scope()).total
    assert total == {
        "taken_in": 1, "resolved": 0, "returned": 1, "waiting": 2, "ack_today": 0, "ack_late": 1, "in_hand": 3,
        "due_today": 1, "late": 0, "again": 0, "to_return": 1, "post_to_send": 0, "post_under_way": 1, "post_late": 1,
    }  # fmt: skip
    assert board(TUESDAY, Scope()).total["late"] == 1
    assert board(moment("2021-11-08 11:00"), Scope()).total["ack_today"] == 0
    assert board(moment("2021-11-09 07:30"), Scope()).total["ack_today"] == 1


@pytest.mark.parametrize("place", ["competent", "receiving"])
def test_every_figure_of_every_branch_opens_what_it_counts(place: str, world: World) -> None:
    crowd(world)
    scope = Scope(place=place)  # type: ignore[arg-type]
    made = board(TUESDAY, scope)
    listed = 0
    for node in nodes(made):
        for key in BOARD:
            for alone, figures in ((False, node.figures), (True, node.own)):
                if not figures[key]:
                    continue
                if key in OF_PARCELS:
                    found = len(parcels_behind(TUESDAY, scope, key, office=node.office, alone=alone))
                else:
                    found = len(behind(TUESDAY, scope, key, office=node.office, alone=alone).rows)
                assert found == figures[key], (node.office, key, alone)
                listed += 1
    assert listed > 20


def test_the_board_and_the_report_say_the_same_of_what_is_in_hand(world: World) -> None:
    crowd(world)
    for at in (MONDAY, TUESDAY, moment("2021-11-12 16:59")):
        day = at.date()
        said, shown = report(between(date(2021, 11, 1), day), Scope()).total, board(at, Scope()).total
        assert shown["late"] == said["open_late"]
        assert shown["in_hand"] == said["open_late"] + said["open_within"] + said["waiting_supplement"]
        assert shown["waiting"] == said["waiting_acceptance"]


def test_nobody_counts_more_than_they_may_see(world: World) -> None:
    crowd(world)
    day = date(2021, 11, 8)
    dung = board(MONDAY, scope_for(world.actor("dung"), day))
    assert dung.total["in_hand"] == 3, "received at her centre"
    hers = scope_for(world.actor("dung"), day, office_code=world.cast.center.code, place="receiving")
    assert board(MONDAY, hers).total["in_hand"] == 3
    elsewhere = Scope(allowed=frozenset({world.cast.commune.pk}))
    made = board(MONDAY, elsewhere)
    assert not any(made.total.values())
    assert behind(MONDAY, elsewhere, "in_hand").rows == ()
    assert parcels_behind(MONDAY, elsewhere, "post_under_way") == []
    assert {node.office.pk for node in nodes(made)} <= {world.cast.commune.pk, *_above(world)}


def _above(world: World) -> set[int]:
    office, found = world.cast.commune, set()
    while office.parent is not None:
        office = office.parent
        found.add(office.pk)
    return found


def test_a_confidential_dossier_is_counted_and_names_nobody(world: World) -> None:
    dossier = lives.handled(world)
    confidence.restrict(dossier.pk, reason="Nhạy cảm", actor=world.actor("thanh"), at=moment("2021-11-02 08:00"))
    (line,) = behind(MONDAY, Scope(), "in_hand").rows
    assert "Lan" not in repr(line)


def test_pages_follow_each_other_without_a_gap(world: World) -> None:
    wanted = {lives.handled(world).pk for _ in range(5)} | {lives.submitted(world).pk}
    for measure, ids in (("in_hand", 5), ("waiting", 1)):
        seen: list[int] = []
        page = behind(MONDAY, Scope(), measure)
        seen = [row.dossier_id for row in page.rows]
        assert len(seen) == ids and set(seen) <= wanted
        assert not page.next
    first = behind(MONDAY, Scope(), "in_hand").rows[2]
    later = behind(MONDAY, Scope(), "in_hand", after=str(first.dossier_id)).rows
    assert len(later) == 2
    with pytest.raises(Invalid):
        behind(MONDAY, Scope(), "in_hand", after="x")
    with pytest.raises(NotThere):
        behind(MONDAY, Scope(), "post_late")


def test_the_whole_province_is_counted_in_one_statement(world: World) -> None:
    crowd(world)
    with CaptureQueriesContext(connection) as asked:
        board(MONDAY, Scope())
    assert len(asked) == 2, "the figures, and the offices"

"""What waits for an officer: one rule, the same for the list read page by page and for the question that is narrowed."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.acts import confidence, parts
from motcua.dossiers.models import Dossier
from motcua.dossiers.parts import waiting_parts
from motcua.dossiers.permissions import may_pick_up
from motcua.dossiers.states import CLOSED, IN_HAND
from motcua.dossiers.tests import joint, lives
from motcua.dossiers.waiting import AT_THE_UNIT, UNIT_ROLES, Waiting, waiting_page
from motcua.offices.actors import Actor, actor_of
from tests.world import World, moment

pytestmark = pytest.mark.django_db
OFFICERS = ("minh", "dung", "hoa", "thanh", "tuan", "nga", "quang", "yen", "khang", "hien", "hanh", "son")


@pytest.fixture
def many(world: World) -> list[Dossier]:
    """One dossier at every point of its way, and some more at the busiest ones."""
    points = (lives.submitted, lives.accepted, lives.assigned, lives.handled, lives.at_approval, lives.decided)
    made = [point(world) for point in (*points, lives.finished)]
    made += [lives.assigned(world, "2021-11-02 08:00", "2021-11-02 09:00") for _ in range(3)]
    return made + [lives.submitted(world, "2021-11-02 08:00") for _ in range(2)]


def waits_for(actor: Actor, dossier: Dossier) -> bool:
    """The rule said in words of permissions."""
    if dossier.state in CLOSED:
        return False
    if dossier.holder_id is not None:
        return dossier.holder_id == actor.account_id
    at_unit = dossier.state in AT_THE_UNIT and dossier.at_office_id in actor.offices(*UNIT_ROLES)
    return at_unit or (dossier.state in IN_HAND and may_pick_up(actor, dossier))


@pytest.mark.parametrize("name", OFFICERS)
def test_the_list_the_narrowed_question_and_the_rule_agree(world: World, many: list[Dossier], name: str) -> None:
    actor = world.actor(name)
    expected = {dossier.pk for dossier in Dossier.objects.all() if waits_for(actor, dossier)}
    listed = [row.pk for row in waiting_page(actor, None, 100)]
    assert set(listed) == expected and len(listed) == len(expected)
    assert listed == [dossier.pk for dossier in Dossier.objects.inbox_of(actor)]


def test_somebody_waits_for_something(world: World, many: list[Dossier]) -> None:
    assert all(waiting_page(world.actor(name), None, 100) for name in ("minh", "hoa", "thanh", "tuan", "nga"))
    assert waiting_page(world.actor("khang"), None, 100) == []
    assert waiting_page(world.actor("nobody"), None, 100) == []


@pytest.mark.parametrize("name", ["minh", "thanh"])
def test_read_page_by_page_every_row_comes_once_and_those_without_a_due_day_last(
    world: World, many: list[Dossier], name: str
) -> None:
    actor, seen, after = world.actor(name), list[Waiting](), None
    while page := waiting_page(actor, after, 2):
        seen += page
        after = (page[-1].due_at, page[-1].pk)
    assert seen == waiting_page(actor, None, 100)
    order = [(row.due_at is None, row.due_at or moment("2021-11-01 00:00"), row.pk) for row in seen]
    assert order == sorted(order)


def test_a_row_tells_what_the_dossier_is(world: World, many: list[Dossier]) -> None:
    held = many[3]
    row = next(row for row in waiting_page(world.actor("hoa"), None, 100) if row.pk == held.pk)
    assert str(row) == str(held) and row.state == held.state and row.due_at == held.due_at
    assert (row.owner_name, row.content) == (held.owner_name, held.content)
    assert row.office in {world.cast.justice.short_name, world.cast.justice.name}
    assert (row.holder_id, row.holder) == (world.cast.hoa.pk, world.cast.hoa.full_name)


@pytest.fixture
def shared(world: World) -> list[Dossier]:
    """Interlinked dossiers whose parts are ready, held, proposed, come back, and one that is confidential."""
    son, khang = world.actor("son"), world.actor("khang")
    at = moment("2021-11-02 16:00")
    openings = (joint.opened, joint.both_done, joint.both_done, joint.opened, joint.both_done)
    made = [opening(world) for opening in openings]
    _ready, held, proposed, back, secret = made
    for dossier in (held, proposed):
        parts.take_part(dossier.pk, part=3, actor=khang, at=at)
    parts.propose_part(proposed.pk, part=3, summary="Thẻ", actor=khang, at=at)
    parts.return_part(back.pk, part=2, reason="Sai nơi", actor=son, at=at)
    confidence.restrict(secret.pk, reason="Nhạy cảm", actor=world.actor("tuan"), at=at)
    return made


@pytest.mark.parametrize("name", [*OFFICERS, "lan", "ly"])
def test_parts_stand_among_the_dossiers_as_the_question_for_parts_says(
    world: World, shared: list[Dossier], name: str
) -> None:
    actor = actor_of(joint.ly(world), date(2021, 11, 3)) if name == "ly" else world.actor(name)
    page = waiting_page(actor, None, 100)
    listed = {(row.dossier_id, row.part) for row in page if row.part is not None}
    assert listed == {(part.dossier_id, part.number) for part in waiting_parts(actor)}
    assert [row.pk for row in page if row.part is None] == [row.pk for row in Dossier.objects.inbox_of(actor)]
    seen, after = list[Waiting](), None
    while few := waiting_page(actor, after, 2):
        seen += few
        after = (few[-1].due_at, few[-1].pk)
    assert seen == page
    may_see = set(Dossier.objects.visible_to(actor).values_list("pk", flat=True))
    assert {row.dossier_id for row in page} <= may_see and (name != "khang" or shared[4].pk not in may_see)
    only = waiting_page(actor, None, 100, Dossier.objects.filter(pk=shared[0].pk))
    assert {row.dossier_id for row in only} <= {shared[0].pk}


def test_a_part_tells_its_own_day_hand_and_place(world: World, shared: list[Dossier]) -> None:
    row = next(row for row in waiting_page(world.actor("khang"), None, 100) if row.part == 3)
    part = joint.part(shared[1], 3)
    assert (row.dossier_id, row.due_at, row.holder, row.part_state) == (
        shared[1].pk, part.due_at, "Đặng Minh Khang", "held",
    )  # fmt: skip
    assert row.office in {world.cast.industry.short_name, world.cast.industry.name} and row.part_name == "Cấp thẻ"
    assert sum(bool(waiting_page(world.actor(name), None, 9)) for name in ("hoa", "thanh", "tuan", "son", "khang")) == 5


def test_a_page_is_one_statement_also_when_it_is_narrowed(world: World, many: list[Dossier]) -> None:
    narrowed, minh = Dossier.objects.filter(state="submitted"), world.actor("minh")
    with CaptureQueriesContext(connection) as asked:
        waiting_page(minh, None, 3)
        among = waiting_page(minh, None, 100, narrowed)
    assert len(asked) == 2
    assert {row.state for row in among} == {"submitted"} and len(among) == 3

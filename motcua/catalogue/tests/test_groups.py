"""Groups of several agencies: an order that can begin, the longest way through it, and the bundled file."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.errors import Invalid
from motcua.calendar.limits import Limit
from motcua.catalogue.groups import check_order, circle, groups_in_use, load_groups, longest_path, path_warning
from motcua.catalogue.models import InterlinkedGroup
from motcua.catalogue.offers import offer
from tests.world import World, moment

AT = moment("2021-01-04 08:00")
FILE = Path(settings.DATA_DIR) / "procedures" / "groups.json"
ROW: dict[str, Any] = {
    "key": "one",
    "codes": ["9.000001"],
    "name": "Nhóm",
    "decision": "",
    "decided_on": "",
    "province": "",
    "lead": "",
    "source": "",
    "confidence": "low",
    "parts": [
        {"number": 1, "name": "A", "code": "", "office": "lead", "agency": "", "task": "", "waits_for": [], "limit": "2wd",
         "limit_source": ""},
        {"number": 2, "name": "B", "code": "", "office": "lead", "agency": "", "task": "", "waits_for": [1], "limit": "",
         "limit_source": ""},
    ],
}  # fmt: skip
ORDERS = st.dictionaries(st.integers(1, 5), st.lists(st.integers(1, 5), max_size=3), min_size=1).map(
    lambda waits: {number: [other for other in before if other in waits] for number, before in waits.items()}
)


@pytest.mark.property
@given(ORDERS)
def test_a_circle_is_found_exactly_where_no_order_of_all_parts_begins(waits: dict[int, list[int]]) -> None:
    orders = [
        order
        for order in permutations(waits)
        if all(order.index(other) < order.index(number) for number, before in waits.items() for other in before)
    ]
    found = circle(waits)
    assert bool(found) != bool(orders)
    for number, other in zip(found, [*found[1:], *found[:1]], strict=True):
        assert other in waits[number]


@pytest.mark.property
@given(ORDERS, st.lists(st.integers(1, 9), min_size=5, max_size=5))
def test_the_longest_way_is_the_latest_end_of_all(waits: dict[int, list[int]], days: list[int]) -> None:
    if circle(waits):
        return
    limits = {number: Limit.working_days(days[number - 1]) for number in waits}
    ends: dict[int, int] = {}
    while len(ends) < len(waits):  # each begins once all before it ended
        for number, before in waits.items():
            if number not in ends and all(other in ends for other in before):
                ends[number] = max((ends[other] for other in before), default=0) + days[number - 1]
    path = longest_path(limits, waits, Limit.working_days(10))
    assert path is not None and path.hours == 8 * max(ends.values())
    assert bool(path_warning(path)) == (max(ends.values()) > 10)


def test_at_once_the_longest_counts_and_in_sequence_the_sum() -> None:
    limits = {1: Limit.parse("2wd"), 2: Limit.parse("4wh"), 3: Limit.parse("1.5wd")}
    whole = Limit.parse("3wd")
    at_once = longest_path(limits, {1: [], 2: [], 3: []}, whole)
    in_turn = longest_path(limits, {1: [], 2: [1], 3: [2]}, whole)
    assert at_once is not None and (at_once.hours, path_warning(at_once)) == (16, "")
    assert in_turn is not None and in_turn.hours == 32
    assert "32 giờ" in path_warning(in_turn) and "24 giờ" in path_warning(in_turn)


@pytest.mark.parametrize("limit", ["1m", "3d", "none"])
def test_what_is_no_working_time_is_not_compared(limit: str) -> None:
    assert longest_path({1: Limit.parse(limit)}, {1: []}, Limit.parse("3wd")) is None
    assert longest_path({1: Limit.parse("1wd")}, {1: []}, Limit.parse(limit)) is None
    assert longest_path({1: Limit.parse("1wd")}, {1: []}, None) is None


@pytest.mark.parametrize(
    ("waits", "says"),
    [({1: [1]}, "1 → 1"), ({1: [2], 2: [3], 3: [2]}, "2 → 3 → 2"), ({1: [], 2: [5, 4]}, "không có: 4, 5")],
)
def test_what_is_wrong_with_an_order_is_named(waits: dict[int, list[int]], says: str) -> None:
    with pytest.raises(Invalid, match=says):
        check_order(waits)


@pytest.mark.django_db
def test_a_group_that_changed_is_a_new_row_and_new_dossiers_go_by_it(world: World) -> None:
    assert offer(world.passport.pk, 1).group_id is None
    assert load_groups([ROW], AT) == 1
    first = offer(world.passport.pk, 1).group_id
    assert load_groups([ROW], AT) == 0 and offer(world.passport.pk, 1).group_id == first
    assert load_groups([{**ROW, "name": "Nhóm mới"}], AT) == 1
    assert offer(world.passport.pk, 1).group_id != first
    assert InterlinkedGroup.objects.get(pk=first or 0).retired_at == AT
    assert [group.name for group in groups_in_use()] == ["Nhóm mới"]
    assert offer(world.commune.pk, 1).group_id is None


@pytest.mark.django_db
def test_a_group_in_a_circle_is_not_loaded(world: World) -> None:
    one, two = ROW["parts"]
    with pytest.raises(Invalid, match="vòng"):
        load_groups([ROW, {**ROW, "key": "two", "parts": [{**one, "waits_for": [2]}, two]}], AT)
    assert not InterlinkedGroup.objects.exists()


@pytest.mark.django_db
def test_the_bundled_groups_say_where_they_are_from_and_none_is_too_sure(world: World, tmp_path: Path) -> None:
    call_command("load_groups", verbosity=0)
    groups = groups_in_use()
    assert len(groups) == len(json.loads(FILE.read_text(encoding="utf-8"))) == 5
    for group in groups:
        assert group.source and group.lead
        assert (group.confidence == "found") == (group.decided_on is not None)
        assert all(part.limit_source for part in group.parts.all())
    with pytest.raises(CommandError):
        call_command("load_groups", str(tmp_path / "none.json"))
    broken = tmp_path / "broken.json"
    broken.write_text('[{"key": "x"}]', encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("load_groups", str(broken))

"""Lists come in pages that hold still while rows arrive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from motcua.api.tests.conftest import Caller
from motcua.dossiers.acts.reception import take_in
from tests.world import World, moment

Call = Callable[..., Caller]


def codes(world: World, number: int, first: int = 0) -> list[str]:
    return [
        str(take_in(world.intake(), actor=world.actor("minh"), at=moment(f"2021-11-{1 + first + n:02} 08:00")).code)
        for n in range(number)
    ]


def walk(caller: Caller, address: str, between: Callable[[], Any] = lambda: None, **query: Any) -> list[str]:
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = caller.get(address, **query, **cursor).json()
        seen += [row["code"] for row in page["rows"]]
        if page["next"] is None:
            return seen
        between()
        cursor = {"cursor": page["next"]}


def test_new_rows_move_nothing_on_the_later_pages(world: World, call: Call) -> None:
    made = codes(world, 5)
    assert walk(call("minh"), "/dossiers", lambda: codes(world, 1, 7), limit=2) == made[::-1]


def test_the_inbox_is_in_order_of_urgency_over_all_pages(world: World, call: Call) -> None:
    made = codes(world, 5)
    assert walk(call("minh"), "/dossiers/inbox", limit=2) == made
    assert walk(call("tuan"), "/dossiers/inbox", limit=2) == []


def test_filters_narrow_what_is_seen_and_never_widen_it(world: World, call: Call) -> None:
    made = codes(world, 3)
    minh = call("minh")
    assert walk(minh, "/dossiers", state="accepted") == made[::-1]
    assert walk(minh, "/dossiers", state="returned") == []
    assert walk(minh, "/dossiers", text="tran lan") == made[::-1]
    assert walk(minh, "/dossiers", text=made[0]) == [made[0]]
    assert walk(minh, "/dossiers", office=world.cast.center.code, overdue="true") == made[::-1]
    assert walk(call("khang"), "/dossiers", text="lan") == []
    assert minh.get("/dossiers", office="H99.99").json()["fields"].keys() == {"office"}


def test_due_on_a_day(world: World, call: Call) -> None:
    """Taken in on Monday 1, Tuesday 2 and Wednesday 3 November 2021; five working days are the 8th, 9th and 10th."""
    made = codes(world, 3)
    assert walk(call("minh"), "/dossiers", due_on="2021-11-09") == [made[1]]

"""How many statements each request costs, from the token to the commit: a budget that may only be lowered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.api.tests.conftest import Caller
from motcua.base.times import day_of, now
from motcua.offices.actors import actor_of, actor_of_token
from motcua.people.tokens import issue
from tests.world import World

Call = Callable[..., Caller]
Intake = Callable[..., dict[str, Any]]

# SAVEPOINT and RELEASE stand here for BEGIN and COMMIT of a real request, and are counted.
BUDGETS = {
    "take_in": 9,
    "submit": 9,
    "accept": 7,
    "forward": 5,
    "approve": 6,
    "finish": 7,
    "hand_over": 6,
    "track": 3,
    "list": 2,
    "inbox": 2,
    "detail": 5,  # the fifth notes the reading
}


class Counter:
    """Statements by request; the first life of a process fills its memory, the second is counted."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def of(self, name: str, request: Callable[[], Any]) -> Any:
        with CaptureQueriesContext(connection) as seen:
            answer = request()
        assert answer.status_code < 300, answer.content.decode()
        self.counts[name] = max(len(seen), self.counts.get(name, 0))
        return answer.json()


def live(call: Call, intake: Intake, world: World) -> dict[str, int]:
    """A life, counted."""
    minh, lan, thanh, hoa, tuan, nga = (call(name) for name in ("minh", "lan", "thanh", "hoa", "tuan", "nga"))
    at_counter, online, counter = intake(), intake(act="submit"), Counter()
    ref = counter.of("take_in", lambda: minh.post("/dossiers", at_counter))["code"]
    sub = counter.of("submit", lambda: lan.post("/dossiers", online))
    counter.of("accept", lambda: minh.post(f"/dossiers/{sub['submission_no']}/accept"))
    counter.of("forward", lambda: minh.post(f"/dossiers/{ref}/forward"))
    counter.of("forward", lambda: thanh.post(f"/dossiers/{ref}/forward"))
    counter.of("forward", lambda: hoa.post(f"/dossiers/{ref}/forward"))
    counter.of("approve", lambda: tuan.post(f"/dossiers/{ref}/approve", {"number": "1"}))
    counter.of("finish", lambda: nga.post(f"/dossiers/{ref}/finish"))
    counter.of("hand_over", lambda: minh.post(f"/dossiers/{ref}/hand_over", {"way": "counter"}))
    counter.of("track", lambda: minh.post("/track", {"code": sub["submission_no"], "secret": sub["secret"]}))
    counter.of("list", lambda: minh.get("/dossiers"))
    counter.of("inbox", lambda: minh.get("/dossiers/inbox"))
    counter.of("detail", lambda: minh.get(f"/dossiers/{ref}"))
    return counter.counts


def test_no_request_costs_more_statements_than_its_budget(world: World, call: Call, intake: Intake) -> None:
    live(call, intake, world)
    assert live(call, intake, world) == BUDGETS


def test_a_token_speaks_for_the_same_actor_as_its_account(world: World) -> None:
    at = now()
    for account in (world.cast.lan, world.cast.minh, world.cast.quang, world.cast.dung, world.cast.yen):
        found = actor_of_token(issue(account, "test", ["dossiers:read"], at), at)
        assert found == (actor_of(account, day_of(at)), frozenset({"dossiers:read"}))


def test_a_closed_account_has_no_token(world: World) -> None:
    secret = issue(world.cast.minh, "test", ["dossiers:read"], now())
    type(world.cast.minh).objects.filter(pk=world.cast.minh.pk).update(is_active=False)
    assert actor_of_token(secret, now()) is None

"""How many statements each act costs, from the token to the commit: a budget that may only be lowered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.api.tests.conftest import Caller
from tests.world import World

Call = Callable[..., Caller]
Intake = Callable[..., dict[str, Any]]

# Statements of one request; SAVEPOINT and RELEASE stand here for BEGIN and COMMIT of a real request.
BUDGETS = {
    "take_in": 12,
    "forward": 9,
    "approve": 12,
    "finish": 12,
    "hand_over": 9,
    "track": 5,
    "submit": 12,
    "accept": 12,
    "list": 5,
    "inbox": 5,
    "detail": 8,
}


class Counter:
    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.statements: dict[str, list[str]] = {}

    def of(self, name: str, request: Callable[[], Any]) -> Any:
        with CaptureQueriesContext(connection, ) as seen:
            answer = request()
        assert answer.status_code < 300, answer.content.decode()
        self.counts[name] = len(seen)
        self.statements[name] = [row["sql"] for row in seen]
        return answer.json()


def live(call: Call, intake: Intake, world: World) -> Counter:
    """A life, counted."""
    minh, lan, thanh, hoa, tuan, nga = (call(name) for name in ("minh", "lan", "thanh", "hoa", "tuan", "nga"))
    counter = Counter()
    ref = counter.of("take_in", lambda: minh.post("/dossiers", intake()))["code"]
    sub = counter.of("submit", lambda: lan.post("/dossiers", intake(act="submit")))
    counter.of("accept", lambda: minh.post(f"/dossiers/{sub['submission_no']}/accept"))
    counter.of("forward", lambda: minh.post(f"/dossiers/{ref}/forward"))
    counter.of("forward", lambda: thanh.post(f"/dossiers/{ref}/forward", {"to_account_id": world.cast.hoa.pk}))
    counter.of("forward", lambda: hoa.post(f"/dossiers/{ref}/forward"))
    counter.of("approve", lambda: tuan.post(f"/dossiers/{ref}/approve", {"number": "1"}))
    counter.of("finish", lambda: nga.post(f"/dossiers/{ref}/finish"))
    counter.of("hand_over", lambda: minh.post(f"/dossiers/{ref}/hand_over", {"way": "counter"}))
    counter.of("track", lambda: minh.post("/track", {"code": sub["submission_no"], "secret": sub["secret"]}))
    counter.of("list", lambda: minh.get("/dossiers"))
    counter.of("inbox", lambda: minh.get("/dossiers/inbox"))
    counter.of("detail", lambda: minh.get(f"/dossiers/{ref}"))
    return counter


def test_no_act_costs_more_statements_than_its_budget(world: World, call: Call, intake: Intake) -> None:
    live(call, intake, world)
    counter = live(call, intake, world)
    for name, rows in counter.statements.items():
        print("==", name, len(rows))
        for row in rows: print("   ", row[:160])
    assert {name: count for name, count in counter.counts.items() if count > BUDGETS[name]} == {}

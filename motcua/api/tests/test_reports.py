"""The report of a period over the API says what the report says, to whom it says it."""

from __future__ import annotations

from collections.abc import Callable

from motcua.api.tests.conftest import Caller
from motcua.dossiers.acts.reception import take_in
from tests.world import World, moment

Call = Callable[..., Caller]


def test_the_month_and_what_is_behind_it(world: World, call: Call) -> None:
    """One dossier taken in on Monday 1 November 2021, five working days: on the 30th it is late."""
    code = take_in(world.intake(), actor=world.actor("minh"), at=moment("2021-11-01 08:00")).code
    quang = call("quang")
    answer = quang.get("/reports", period="2021-11")
    assert answer.status_code == 200, answer.content.decode()
    figures = answer.json()["total"]["figures"]
    assert figures["open_late"] == 1
    behind = quang.get("/reports/dossiers", period="2021-11", measure="open_late").json()
    assert [row["code"] for row in behind["dossiers"]] == [code] and behind["next"] is None


def test_who_may_ask_for_a_report(world: World, call: Call) -> None:
    assert call("lan").get("/reports", period="2021-11").status_code == 404
    assert call("nobody").get("/reports", period="2021-11").status_code == 401
    assert call("quang", scopes=("dossiers:read",)).get("/reports", period="2021-11").status_code == 403


def test_a_period_that_is_none(world: World, call: Call) -> None:
    quang = call("quang")
    for query in ({}, {"period": "2021-13"}, {"period": "x"}, {"first": "2021-11-02", "last": "2021-11-01"}):
        assert quang.get("/reports", **query).status_code == 422
    assert quang.get("/reports/dossiers", period="2021-11", measure="x").status_code == 404
    assert quang.get("/reports/dossiers", period="2021-11", measure="open_late", after="x").status_code == 422

"""A statutory form over the API says what the form says, to whom it says it."""

from __future__ import annotations

from collections.abc import Callable

from motcua.api.tests.conftest import Caller
from motcua.dossiers.acts.reception import take_in
from tests.world import World, moment

Call = Callable[..., Caller]


def test_a_form_of_a_month(world: World, call: Call) -> None:
    take_in(world.intake(), actor=world.actor("minh"), at=moment("2021-11-01 08:00"))
    answer = call("quang").get("/statutory/II.06a", period="2021-11")
    assert answer.status_code == 200, answer.content.decode()
    said = answer.json()
    assert (said["form"]["number"], said["total"]["3"], said["total"]["11"]) == ("II.06a/VPCP/KSTT", 1, 1)
    assert "3 = 7 + 11" in said["identities"] and said["checks"][0]["holds"]


def test_who_may_ask_and_what_is_no_form(world: World, call: Call) -> None:
    assert call("lan").get("/statutory/II.06a", period="2021-11").status_code == 404
    assert call("nobody").get("/statutory/II.06a", period="2021-11").status_code == 401
    assert call("quang", scopes=("dossiers:read",)).get("/statutory/II.06a", period="2021-11").status_code == 403
    quang = call("quang")
    assert quang.get("/statutory/II.99", period="2021-11").status_code == 404
    assert quang.get("/statutory/II.06a").status_code == 422
    assert quang.get("/statutory/II.06a", period="2021-11", by="level").status_code == 422
    assert call("dung").get("/statutory/07a", period="2021-11").json()["limited"]

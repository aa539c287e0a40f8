"""What the owner must do next, told by the API to the owner alone and to whoever has the secret."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from motcua.api.tests.conftest import Caller
from tests.world import World


def test_the_owner_and_the_holder_of_the_secret_are_told(
    world: World, call: Callable[..., Caller], intake: Callable[..., dict[str, Any]]
) -> None:
    lan, minh = call("lan"), call("minh")
    made = lan.post("/dossiers", intake(act="submit")).json()
    step = lan.get(f"/dossiers/{made['submission_no']}").json()["next_step"]
    assert (step["need"], step["is_owners"]) == ("wait", False) and "Bạn không phải làm gì" in step["sentence"]
    given = {"code": made["submission_no"], "secret": made["secret"]}
    assert minh.post("/track", given).json()["next_step"] == step
    assert minh.get(f"/dossiers/{made['submission_no']}").json()["next_step"] is None

"""A session that ends while a form is filled in: on every page that wants a login, what was typed is there again."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import resolve

from motcua.pages.conftest import WallClock, clock
from motcua.pages.layout.typed import WHO_COOKIE
from tests.house.access import PAGES, QUESTIONS, rows
from tests.house.forms import Sendable, forms_in
from tests.house.stage import NOW, routes, set_stage
from tests.house.test_public import PUBLIC
from tests.world import World

__all__ = ["clock"]
pytestmark = pytest.mark.django_db
ADDRESSES = dict(routes())
TABLE = {route: row for route, row in rows(PAGES).items() if row[1] and "nobody" not in row[1].split()}
GOALS = sorted({goal for goal, *_people in TABLE.values()} - {"POST", "OFF"})
# Nothing of these waits: what is looked for is looked for again.
LOOKED_FOR = {"counter:find_procedure"}


def lost(client: Client, account: Any, address: str, form: Sendable) -> list[str]:
    """The fields whose words are not there again, when the browser has dropped the cookie of the session."""
    typed = {name: f"Lời thứ {place} trong {name}" for place, name in enumerate(form.free)}
    ended = Client()
    ended.cookies[WHO_COOKIE] = client.cookies[WHO_COOKIE].value
    answer = ended.post(
        form.action or address, {**form.holds, **typed}, headers={"Referer": f"http://testserver{address}"}
    )
    wanted = f"/dang-nhap/?{urlencode({'next': address}, safe='/')}"
    if (answer.status_code, answer.headers.get("Location")) != (302, wanted):
        return [f"{answer.status_code} to {answer.headers.get('Location')}, not {wanted}"]
    ended.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    html = ended.get(address).content.decode()
    return [name for name, words in typed.items() if words not in html]


@pytest.mark.parametrize("goal", GOALS)
def test_what_was_typed_is_there_again(
    goal: str, world: World, clock: WallClock, settings: Any, tmp_path: Path
) -> None:
    clock(NOW)
    settings.FILES_ROOT = tmp_path
    stage = set_stage(world, goal)
    wrong, tried = [], 0
    for route, (of, gets, _told) in TABLE.items():
        if of != goal or route in LOOKED_FOR:
            continue
        account = getattr(world.cast, gets.split()[0])
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        address = stage.address(ADDRESSES[route]) + QUESTIONS.get(route, "")
        answer = client.get(address)
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        for form in forms_in(answer.content.decode()):
            if form.action and resolve(form.action).view_name in PUBLIC:
                continue  # nobody has to be logged in to send it
            tried += 1
            wrong += [f"{route} {form.action}: {name}" for name in lost(client, account, address, form)]
    assert wrong == [], "\n".join(wrong)
    assert tried or goal not in {"handled", "supplement", "finished"}

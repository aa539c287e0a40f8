"""A script typed into every text field of every form stays text: in the form that comes back, and on the pages that show it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from motcua.pages.conftest import WallClock, clock
from tests.house.access import PAGES, QUESTIONS, rows
from tests.house.forms import Sendable, forms_in
from tests.house.pages import faults_of
from tests.house.sent import SENT
from tests.house.stage import NOW, Stage, routes, set_stage
from tests.world import World

__all__ = ["clock"]
pytestmark = pytest.mark.django_db
SCRIPT = "\"'><script>x()</script><img src=x onerror=x()>"
AS_TEXT = "&lt;script&gt;x()&lt;/script&gt;"
ADDRESSES = dict(routes())
TABLE = {route: row for route, row in rows(PAGES).items() if row[1]}
GOALS = sorted({goal for goal, *_people in TABLE.values()})
# Who reads what was written into a dossier, whoever wrote it.
READERS = (("lan", "portal:dossier"), ("thanh", "desk:dossier"), ("dung", "desk:dossier"))


class Sweep:
    """The browsers of the cast, what was wrong on any page they saw, and on how many the script stood as text."""

    def __init__(self, world: World, stage: Stage) -> None:
        self.world, self.stage = world, stage
        self.wrong: list[str] = []
        self.as_text = 0
        self.clients: dict[str, Client] = {}

    def client(self, name: str) -> Client:
        if name not in self.clients:
            self.clients[name] = Client(raise_request_exception=False)
            if name != "nobody":
                account = getattr(self.world.cast, name)
                self.clients[name].force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return self.clients[name]

    def look(self, where: str, answer: Any) -> str:
        """The page, after it was judged. A fragment or a file is none."""
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            return ""
        html: str = answer.content.decode()
        is_whole = answer.status_code < 300 and "<html" in html
        if answer.status_code == 500 or (is_whole and faults_of(html)):
            self.wrong.append(f"{where}: {answer.status_code} {faults_of(html)[:3]}")
        if "<script>x()" in html or "<img src=x" in html:
            self.wrong.append(f"{where}: the script runs")
        self.as_text += AS_TEXT in html
        return html

    def send(self, name: str, route: str, address: str, form: Sendable) -> None:
        """The script into every text field; where one takes no such words, what it takes; then whoever reads it reads it."""
        known = {field: words.format(**self.stage.values) for field, words in SENT.get(route, {}).items()}
        body = {**form.holds, **known, **dict.fromkeys(form.free, SCRIPT)}
        client, where = self.client(name), f"{name} {route} {form.action}"
        here = transaction.savepoint()
        answer = client.post(form.action or address, body)
        html = self.look(where, answer)
        if answer.status_code == 422:
            # Fields of which something is said take no such words.
            said_of = set(re.findall(r'id="id_(\w+)_error"', html)) & set(form.free)
            body |= {field: known.get(field, form.holds.get(field, "")) for field in said_of}
            answer = client.post(form.action or address, body)
            self.look(where, answer)
        if answer.status_code == 302:
            self.look(f"{where} →", client.get(answer.headers["Location"]))
            for reader, page in READERS:
                seen = self.client(reader).get(self.stage.address(ADDRESSES[page]))
                self.look(f"{where}, read by {reader}", seen)
        transaction.savepoint_rollback(here)


@pytest.mark.parametrize("goal", GOALS)
def test_a_script_is_text_wherever_it_is_typed(
    goal: str, world: World, clock: WallClock, settings: Any, tmp_path: Path
) -> None:
    clock(NOW)
    settings.FILES_ROOT = tmp_path
    sweep = Sweep(world, set_stage(world, goal))
    for route, (of, gets, _told) in TABLE.items():
        if of != goal:
            continue
        name = next((one for one in gets.split() if one != "nobody"), "nobody")
        address = sweep.stage.address(ADDRESSES[route]) + QUESTIONS.get(route, "")
        for form in forms_in(sweep.look(route, sweep.client(name).get(address))):
            sweep.send(name, route, address, form)
    assert sweep.wrong == []
    assert sweep.as_text or goal not in {"handled", "submitted", "supplement", "finished"}


def test_a_script_that_runs_is_found() -> None:
    page = f'<html lang="vi"><title>a</title><h1>a</h1><p>{SCRIPT}</p>'
    assert {"inline script on script", "inline script on img"} <= set(faults_of(page))

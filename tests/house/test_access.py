"""Every route × every person of the cast (and nobody): who reaches what, and who may do what."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.models import Event
from motcua.pages.conftest import WallClock, clock
from tests.house.access import EVERYBODY, LOGGED_IN, PAGES, QUESTIONS, rows
from tests.house.access_api import API, API_ACTS, API_ASKED
from tests.house.pages import faults_of
from tests.house.sent import SENT
from tests.house.stage import NOW, routes, set_stage
from tests.world import World

__all__ = ["clock"]
ADDRESSES = dict(routes())
TABLE = rows(PAGES)
API_TABLE = rows(API)
GOALS = sorted({goal for goal, *_people in TABLE.values()} - {"POST", "OFF"})
# Statements that a page may ask of the database once the process has learnt what it keeps, and before.
STATEMENTS, COLD = 12, 16
# Those that may ask more, and why.
MORE = {
    "portal:own_data_file": 23,  # all that the house keeps of somebody: a statement for each table
    "oversight:series": 19,  # a statement for each month, here eleven
    "oversight:series_xlsx": 18,
    "oversight:series_json": 18,
    "oversight:catalogue_procedure": 17,  # all that was ever decided of one procedure: a statement for each kind of decision
    "oversight:statutory_register": 15,  # the office is named in words here, and its numbers are looked for gaps
    "oversight:indices": 15,  # a statement for each kind of thing that is counted: dossiers, procedures, petitions, duties
    "oversight:indices_xlsx": 15,
    "oversight:indices_json": 15,
    "oversight:index_agencies": 14,  # the same for agencies, with votes
    "oversight:index_agencies_xlsx": 14,
    "oversight:index_agencies_json": 14,
    "oversight:index_sheet": 18,  # the nine indices of an agency and of each of its officers
    "counter:bill": 15,  # every kind of thing that happened to its money, and the bar of the hall above it
    "oversight:report": 14,  # the report, who closed it, and the rates on site
}
# What anybody may send to, though nobody reads it: the gateway has no account, who leaves a kiosk may have none.
OPEN_TO_ALL = {
    "layout:preferences",
    "portal:gateway_notice",
    "portal:kiosk_done",
    "portal:leave_ticket",
    "portal:ask_question",
    "portal:rate_article",
    "portal:passkey_login",
    "portal:passkey_challenge",
}
# Pieces of a page, for the script that asks as one types or looks whether it is still true.
FRAGMENTS = {
    "oversight:offices",
    "portal:suggest",
    "portal:suggest_units",
    "portal:ticket_now",
    "counter:queue_now",
    "counter:queue_bar",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def browsers(world: World, clock: WallClock, settings: Any, tmp_path: Path) -> Callable[[str], Client]:
    """A browser for each person, kept for the whole test."""
    clock(NOW)
    settings.FILES_ROOT = tmp_path
    known: dict[str, Client] = {}

    def of(name: str) -> Client:
        if name not in known:
            known[name] = Client(raise_request_exception=False)
            if name != "nobody":
                account = getattr(world.cast, name)
                known[name].force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return known[name]

    return of


def expected(route: str, name: str) -> int:
    """The status that the table says."""
    goal, gets, told = TABLE[route]
    if goal == "OFF":
        return 404
    if goal == "POST":
        return 302 if name == "nobody" and route not in OPEN_TO_ALL else 405
    if name in gets.split():
        return 200
    if name in told.split():
        return 403
    return 302 if name == "nobody" else 404


def asked(browser: Client, address: str) -> tuple[Any, int]:
    """The answer, whole, and how many statements it took."""
    with CaptureQueriesContext(connection) as statements:
        answer = browser.get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return answer, len(statements)


def too_many(route: str, browser: Client, address: str, first: int) -> str:
    """What is wrong where a page asks more than it may: the first time in a process, or again."""
    most = MORE.get(route, STATEMENTS)
    if first <= most:
        return ""
    _answer, again = asked(browser, address)
    if again > most:
        return f"{again} statements, may ask {most}"
    return f"{first} statements the first time" if first > max(COLD, most) else ""


def is_page(answer: Any) -> bool:
    """Something that a person reads; a refused method is not met by clicking."""
    return answer.headers.get("Content-Type", "").startswith("text/html") and answer.status_code not in (302, 405)


def test_every_route_is_in_the_table() -> None:
    ours = set(TABLE) | set(API_TABLE) | API_ASKED | {f"v1:{name}" for name in API_ACTS.split()}
    assert set(ADDRESSES) - ours == set(), "say in tests/house/access.py who reaches it"
    assert ours - set(ADDRESSES) == set(), "no such route any more"
    assert set(EVERYBODY.split()) == {"nobody", *LOGGED_IN.split()}


def test_every_person_of_the_cast_is_asked(world: World) -> None:
    assert set(LOGGED_IN.split()) == {name for name, value in vars(world.cast).items() if hasattr(value, "login")}


@pytest.mark.parametrize("goal", [*GOALS, "POST", "OFF"])
def test_who_reaches_which_page(goal: str, world: World, browsers: Callable[[str], Client]) -> None:
    """By everybody; and each page that is shown is well made, asks few statements and writes nothing."""
    stage = set_stage(world, "handled" if goal in ("POST", "OFF") else goal)
    wrong = []
    for route in (route for route, row in TABLE.items() if row[0] == goal):
        address = stage.address(ADDRESSES[route]) + QUESTIONS.get(route, "")
        for name in EVERYBODY.split():
            browser = browsers(name)
            answer, statements = asked(browser, address)
            if answer.status_code != expected(route, name):
                wrong.append(f"{name} {route}: {answer.status_code}, table says {expected(route, name)}")
            if name == "nobody" and answer.status_code == 302 and not answer.url.startswith("/dang-nhap/?next="):
                wrong.append(f"{route} sends nobody to {answer.url}")
            if answer.status_code == 200 and (fault := too_many(route, browser, address, statements)):
                wrong.append(f"{name} {route}: {fault}")
            if is_page(answer) and route not in FRAGMENTS:
                wrong += [f"{name} {route}: {fault}" for fault in faults_of(answer.content.decode())]
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("route", SENT)
def test_an_act_is_done_by_those_who_see_its_page_and_by_nobody_else(
    route: str, world: World, browsers: Callable[[str], Client]
) -> None:
    goal, gets, _told = TABLE[route]
    stage = set_stage(world, goal)
    address, dossier = stage.address(ADDRESSES[route]), stage.dossier
    words = {name: value.format(**stage.values) for name, value in SENT[route].items()}
    body = {"seen": dossier.last_seq, **words}
    journal = Event.objects.filter(dossier=dossier)
    before = journal.count()
    for name in EVERYBODY.split():
        if name not in gets.split():
            answer = browsers(name).post(address, body)
            assert (name, answer.status_code) == (name, expected(route, name))
    assert journal.count() == before
    for name in gets.split():
        here = transaction.savepoint()
        answer = browsers(name).post(address, body)
        assert (name, answer.status_code) == (name, 302), answer.content.decode()[-3000:]
        assert journal.count() == before + 1
        transaction.savepoint_rollback(here)


def test_the_api_knows_the_same_people(world: World, browsers: Callable[[str], Client]) -> None:
    stage = set_stage(world, "handled")
    wrong = []
    for route, (_goal, gets, told) in API_TABLE.items():
        for name in EVERYBODY.split():
            asked_in_vain = 404 if name != "nobody" or route == "v1:unknown" else 401
            right = 200 if name in gets.split() else 403 if name in told.split() else asked_in_vain
            status = browsers(name).get(stage.address(ADDRESSES[route])).status_code
            if status != right:
                wrong.append(f"{name} {route}: {status}, table says {right}")
    assert wrong == []


@pytest.mark.parametrize(
    ("act", "page", "body"),
    [
        ("v1:forward", "desk:forward", {}),
        ("v1:send_back", "desk:send_back", {"reason": "Thiếu"}),
        ("v1:approve", "desk:approve", {}),
        ("v1:stop", "desk:stop", {"reason": "Không thể", "basis": "Điều 19"}),
    ],
)
def test_the_api_s_acts_ask_the_rights_of_the_pages(
    act: str, page: str, body: dict[str, str], world: World, browsers: Callable[[str], Client]
) -> None:
    goal, gets, _told = TABLE[page]
    stage = set_stage(world, goal)
    address = stage.address(ADDRESSES[act])
    before = Event.objects.filter(dossier=stage.dossier).count()
    for name in EVERYBODY.split():
        if name in gets.split():
            continue
        # Lan sees her own dossier through the API, so she is told that the act is not hers.
        right = {"nobody": 401, "lan": 403}.get(name, expected(page, name))
        answer = browsers(name).post(address, body, content_type="application/json")
        assert (name, answer.status_code) == (name, right), answer.content
    assert Event.objects.filter(dossier=stage.dossier).count() == before

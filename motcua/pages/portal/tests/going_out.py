"""A browser that goes to the provider and comes back, for the tests of signing in with a digital identity."""

from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from motcua.pages.conftest import WallClock
from motcua.people import openid
from motcua.people.models import Account
from tests.house.pages import assert_good_page
from tests.identity_provider import CLIENT, SECRET, IdentityProvider, running
from tests.world import World, moment

NOW = moment("2021-11-01 11:00")
START, BACK, CHOICE = "/dang-nhap/dinh-danh/", "/dang-nhap/dinh-danh/ve/", "/tai-khoan/dinh-danh/"


@pytest.fixture
def vneid(world: World, clock: WallClock, settings: Any) -> Iterator[IdentityProvider]:
    with running(IdentityProvider(NOW)) as one:
        settings.IDENTITY_ISSUER, settings.IDENTITY_CLIENT, settings.IDENTITY_SECRET = one.address, CLIENT, SECRET
        openid._discovered.cache_clear()
        openid._silent_since.clear()
        yield one


def visit(address: str) -> str:
    """The browser at the provider: where it is sent back to, as a path of ours."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port)
    connection.request("GET", f"{parts.path}?{parts.query}")
    answer = connection.getresponse()
    back = urlsplit(answer.headers["Location"])
    connection.close()
    assert (back.scheme, back.netloc) == ("http", "testserver")
    return f"{back.path}?{back.query}"


def out(client: Client, question: str = "") -> str:
    answer = client.get(START + question)
    assert answer.status_code == 302, answer.content
    return str(answer.headers["Location"])


def through(client: Client, question: str = "") -> Any:
    return client.get(visit(out(client, question)))


def who(client: Client) -> Account | None:
    key = client.session.get("_auth_user_id")
    return Account.objects.get(pk=key) if key else None


def words(answer: Any, status: int) -> str:
    """Nobody got in, and the login page says why and keeps where they wanted to go."""
    html = assert_good_page(answer, status)
    assert 'role="alert"' in html
    assert 'name="password"' in html
    return html


def new_lan(client: Client) -> Account:
    assert through(client).headers["Location"] == CHOICE
    client.post(CHOICE)
    account = who(client)
    assert account is not None
    return account

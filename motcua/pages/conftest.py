"""For tests of pages: what time it is on the wall, and a browser in which somebody of the cast is logged in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.pages.layout import middleware
from tests.world import World, moment

WallClock = Callable[[str], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> WallClock:
    """Set the wall clock that every request reads; 1 November 2021, 11:00, unless a test says otherwise."""

    def set_to(text: str) -> None:
        monkeypatch.setattr(middleware, "now", lambda: moment(text))

    set_to("2021-11-01 11:00")
    return set_to


@pytest.fixture
def logged_in(world: World, clock: WallClock) -> Callable[[str], Client]:
    """A browser in which somebody of the cast is logged in."""

    def log_in(name: str) -> Client:
        client = Client()
        client.force_login(getattr(world.cast, name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in

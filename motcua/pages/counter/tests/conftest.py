"""A counter on a Monday: the world, somebody logged in, and what time it is on the wall."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.pages.layout import middleware
from tests.world import World, moment

pytest_plugins: list[str] = []
WallClock = Callable[[str], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> WallClock:
    """Set the wall clock that every request reads; 1 November 2021, 09:00, unless a test says otherwise."""

    def set_to(text: str) -> None:
        monkeypatch.setattr(middleware, "now", lambda: moment(text))

    set_to("2021-11-01 09:00")
    return set_to


@pytest.fixture
def at_counter(world: World, clock: WallClock) -> Callable[[str], Client]:
    """A browser in which somebody of the cast is logged in."""

    def log_in(name: str) -> Client:
        client = Client()
        client.force_login(getattr(world.cast, name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in

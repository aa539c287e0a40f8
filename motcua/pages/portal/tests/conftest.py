"""The portal on a morning of the test world, files in a folder of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from motcua.pages.layout import middleware
from tests.papers import A_PDF
from tests.world import World, moment

PDF = A_PDF


class Watch:
    """The time of day that pages see."""

    def __init__(self, text: str) -> None:
        self.set(text)

    def set(self, text: str) -> None:
        self.at = moment(text)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Watch:
    """Monday, 1 November 2021, 09:00."""
    settings.FILES_ROOT = tmp_path / "files"
    watch = Watch("2021-11-01 09:00")
    monkeypatch.setattr(middleware, "now", lambda: watch.at)
    return watch


@pytest.fixture
def lan(world: World, watch: Watch) -> Client:
    """Lan's browser, logged in."""
    client = Client()
    client.force_login(world.cast.lan)
    return client


@pytest.fixture
def bay(world: World) -> Client:
    """Bảy's browser: a citizen, but not the owner."""
    client = Client()
    client.force_login(world.cast.bay)
    return client

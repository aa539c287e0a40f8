"""A real Chromium over the running pages, at 4 November 2021, with somebody of the cast logged in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from motcua.pages.conftest import WallClock, clock
from tests.house.stage import NOW
from tests.world import World

__all__ = ["clock"]

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

PATIENCE = (
    120_000  # milliseconds after which a wait is given up, on however busy a machine; nothing here is a measurement
)

expect.set_options(timeout=PATIENCE)
OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the tests of a file; Playwright's event loop would make Django take them for asynchronous."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS, timeout=PATIENCE)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(
    browser: Browser, live_server: Any, world: World, clock: WallClock, settings: Any, tmp_path: Path
) -> Iterator[OpenPage]:
    """open_page("minh", width=390, language="en", contrast="high", theme="dark"): a page in the browser of a person."""
    clock(NOW)
    settings.FILES_ROOT = tmp_path
    contexts: list[BrowserContext] = []

    def open_for(
        name: str = "nobody",
        *,
        width: int = 1280,
        language: str = "vi",
        contrast: str = "normal",
        theme: str = "auto",
        script: bool = True,
    ) -> Page:
        cookies = {"django_language": language, "tuong-phan": contrast, "nen": theme}
        if name != "nobody":
            client = Client()
            client.force_login(getattr(world.cast, name), backend="django.contrib.auth.backends.ModelBackend")
            cookies["sessionid"] = client.cookies["sessionid"].value
        screen: Any = {"width": width, "height": 900}
        context = browser.new_context(viewport=screen, base_url=live_server.url, java_script_enabled=script)
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": key, "value": value, "url": live_server.url} for key, value in cookies.items()])
        contexts.append(context)
        return context.new_page()

    yield open_for
    for context in contexts:
        context.close()

"""In a real browser: a phone's width, the keyboard, reading aids with and without JavaScript, search as one types."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

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
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine (apt-get install chromium)"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright runs an event loop in this thread; Django would take the test for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.mark.parametrize("address", ["/", "/tim-thu-tuc/", "/dang-nhap/", "/ho-so/tra-cuu/"])
def test_nothing_is_wider_than_a_phone_even_in_large_text(browser: Browser, live_server: Any, address: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.context.add_cookies([{"name": "co-chu", "value": "double", "url": live_server.url}])
    page.goto(live_server.url + address)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_the_keyboard_comes_to_the_content_first_and_then_everywhere(browser: Browser, live_server: Any) -> None:
    page = browser.new_page()
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    seen = set()
    for _press in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.preferences summary')"):
            page.keyboard.press("Enter")
        seen.add(page.evaluate("document.activeElement.value || document.activeElement.getAttribute('href')"))
    assert {"small", "double", "dark", "high", "en", "/tim-thu-tuc/", "/dang-nhap/"} <= seen


def test_a_larger_text_loses_nothing_typed(browser: Browser, live_server: Any) -> None:
    page = browser.new_page()
    page.goto(f"{live_server.url}/dang-ky/")
    page.fill("[name=full_name]", "Lan")
    page.click(".preferences summary")
    with page.expect_response("**/tuy-chon/"):
        page.click("button[value=large]")
    assert page.input_value("[name=full_name]") == "Lan"
    page.reload()
    assert page.get_attribute("html", "data-text") == "large"


def test_reading_aids_work_without_javascript(browser: Browser, live_server: Any) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/dang-ky/")
    page.click(".preferences summary")
    page.click("button[name=contrast]")
    assert page.get_attribute("html", "data-contrast") == "high"
    assert page.url.endswith("/dang-ky/")


def test_nothing_on_a_page_offends_its_own_policy(browser: Browser, live_server: Any) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(f"{live_server.url}/tim-thu-tuc/")
    with page.expect_response("**tim=ho**"):
        page.type("#tim", "ho")
    assert said == []

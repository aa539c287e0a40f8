"""Somebody who goes through the pages in a story: whatever they come to is read by axe and is no wider than their screen."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Download, Locator, Page, expect

from tests.browser.conftest import CHROMIUM
from tests.browser.test_everyone_can_use_it import ASK_AXE, AXE, RULES

PICTURES = os.environ.get("MOTCUA_PICTURES", "")
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
of_stories = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine (apt-get install chromium)"),
    pytest.mark.skipif(not AXE.exists(), reason="axe-core isn't there: python3 run.py setup"),
    pytest.mark.django_db(transaction=True),
]


def faults_here(page: Page) -> list[str]:
    """What axe finds on the page as it stands, and how much wider than the screen it is."""
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    found: list[str] = page.evaluate(ASK_AXE, RULES)
    wider = page.evaluate(WIDER)
    return found + ([f"{wider} px wider than the screen"] if wider > 0 else [])


class Reader:
    """A person with their page. `wrong`: what stood in the way of somebody on any page they saw; `seen`: its headings."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name = page, name
        self.main = page.get_by_role("main")
        self.wrong: list[str] = []
        self.seen: list[str] = []

    def goes_to(self, address: str, heading: str) -> None:
        """To an address that somebody typed or was given; pages of a way through are reached by links."""
        self.page.goto(address)
        self.sees(heading)

    def sees(self, heading: str) -> None:
        """The page with this heading has come; axe reads it."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)
        self.page.wait_for_load_state("load")
        self.looks(heading)

    def looks(self, at: str) -> None:
        """What there is now is read: a list that opened, a sentence that came."""
        self.wrong += [f"{at} ({self.page.url}): {fault}" for fault in faults_here(self.page)]
        self.seen.append(at)
        if PICTURES:
            self.page.screenshot(
                path=str(Path(PICTURES) / f"{self.name}-{len(self.seen):02d}.png"), full_page=True, scale="css"
            )

    def reads(self, *words: str) -> None:
        """The page says so."""
        for one in words:
            expect(self.main).to_contain_text(one)

    def link(self, name: str) -> Locator:
        """The first link of the page with these words."""
        return self.main.get_by_role("link", name=name).first

    def follows(self, name: str, to: str) -> None:
        """A link of the page, and the page it leads to."""
        self.link(name).click()
        self.sees(to)

    def presses(self, name: str, to: str) -> None:
        """A button, and the page that comes then."""
        self.main.get_by_role("button", name=name, exact=True).click()
        self.sees(to)

    def types(self, label: str, words: str) -> None:
        """Into the field with exactly this label."""
        self.main.get_by_label(label, exact=True).fill(words)

    def takes(self, link: Locator) -> tuple[Download, bytes]:
        """A file that a link hands over."""
        with self.page.expect_download() as coming:
            link.click()
        return coming.value, Path(coming.value.path()).read_bytes()

    def fact(self, name: str) -> str:
        """What stands beside a word in a list of facts."""
        term = self.main.locator("dt", has_text=name).first
        return term.locator("xpath=following-sibling::dd[1]").inner_text().strip()

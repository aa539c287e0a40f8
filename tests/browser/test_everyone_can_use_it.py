"""Every page, as axe reads it (WCAG 2.2 AA), on a phone and on a desk, in both languages and in high contrast."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from motcua.launcher.places import CHECKOUT
from tests.browser.conftest import CHROMIUM, OpenPage
from tests.house.access import EVERYBODY, PAGES, QUESTIONS, rows
from tests.house.stage import SHARED_GOALS, routes, set_stage
from tests.world import World

AXE: Path = CHECKOUT / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NO_PAGES = {
    "healthz",
    "counter:find",
    "desk:paper",
    "desk:result",
    "desk:proposed_result",
    "desk:former_result",
    "desk:opinion",
    "desk:minutes",
    "portal:paper",
    "portal:result",
    "portal:former_result",
    "portal:part_file",
    "portal:open_data_file",
    "desk:part_file",
    "oversight:offices",
    "portal:suggest",
    "portal:suggest_units",
    "portal:ticket_now",
    "counter:queue_now",
    "counter:queue_bar",
}
FILES = (".pdf", ".xlsx", ".docx", ".json")
ASK_AXE = """async (rules) => (await axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']}))
    .violations.map(one => one.id + ': ' + one.nodes.slice(0, 3).map(node => node.html.slice(0, 140)).join(' | '))"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine (apt-get install chromium)"),
    pytest.mark.skipif(not AXE.exists(), reason="axe-core isn't there: python3 run.py setup"),
    pytest.mark.django_db(transaction=True),
]


def faults_of(page: Page, address: str) -> list[str]:
    """What is wrong with a page for somebody who can't see, can't use a mouse or holds a phone."""
    answer: Any = page.goto(address)
    if answer.status != 200:
        return [f"{answer.status}"]
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    found: list[str] = page.evaluate(ASK_AXE, RULES)
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found + ([f"{wider} px wider than the screen"] if wider > 0 else [])


@pytest.mark.parametrize(("width", "language", "contrast"), [(390, "vi", "normal"), (1280, "en", "high")])
def test_every_page(width: int, language: str, contrast: str, world: World, open_page: OpenPage) -> None:
    table = {
        route: row for route, row in rows(PAGES).items() if row[0] not in ("POST", "OFF") and route not in NO_PAGES
    }
    addresses, wrong, pages = dict(routes()), [], dict[str, Page]()
    # What several agencies share comes last: from then on the procedure of all the others is interlinked.
    for goal in sorted({row[0] for row in table.values()}, key=lambda goal: (goal in SHARED_GOALS, goal)):
        stage = set_stage(world, goal)
        for route, (where, gets, _told) in table.items():
            if where != goal:
                continue
            name = "nobody" if gets == EVERYBODY else gets.split()[0]
            if name not in pages:
                pages[name] = open_page(name, width=width, language=language, contrast=contrast)
            address = stage.address(addresses[route])
            if address.endswith(FILES):
                continue
            wrong += [f"{route}: {fault}" for fault in faults_of(pages[name], address + QUESTIONS.get(route, ""))]
    assert wrong == []

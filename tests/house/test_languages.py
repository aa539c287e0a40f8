"""On an English page what the catalogue says is Vietnamese, and marked so: a screen reader speaks each in its own language."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from motcua.catalogue.models import Component, ProcedureVersion
from motcua.pages.conftest import WallClock, clock
from tests.house.access import PAGES, QUESTIONS, rows
from tests.house.pages import VOID
from tests.house.stage import NOW, routes, set_stage
from tests.world import World

__all__ = ["clock"]
pytestmark = pytest.mark.django_db
ADDRESSES = dict(routes())
# Pages of the portal, by where the dossier stands; those of officers are not marked yet.
PORTAL = {route: row for route, row in rows(PAGES).items() if route.startswith("portal:") and row[1]}
GOALS = sorted({goal for goal, *_people in PORTAL.values()})
NOT_SPOKEN = {"title", "script", "style"}  # a title has no part in another language


class Unmarked(HTMLParser):
    """The texts of a page that hold one of these words where the page says they are English."""

    def __init__(self, words: set[str]) -> None:
        super().__init__()
        self.words, self.open, self.found = words, [("", "")], list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("lang") or self.open[-1][1]))

    def handle_endtag(self, tag: str) -> None:
        while len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, language = self.open[-1]
        if language != "vi" and tag not in NOT_SPOKEN and any(word in data for word in self.words):
            self.found.append(data.strip()[:80])


def catalogue() -> set[str]:
    """The words of the procedures, as far as a page shows them before it cuts them off."""
    texts = {
        *ProcedureVersion.objects.values_list("name", flat=True),
        *Component.objects.values_list("name", flat=True),
    }
    return {text[:40] for text in texts if text}


@pytest.mark.parametrize("goal", GOALS)
def test_words_of_the_catalogue_are_marked_as_vietnamese(
    goal: str, world: World, clock: WallClock, settings: Any, tmp_path: Path
) -> None:
    clock(NOW)
    settings.FILES_ROOT = tmp_path
    stage = set_stage(world, goal)
    words, wrong, seen = catalogue(), [], 0
    for route, (_goal, gets, _told) in PORTAL.items():
        if _goal != goal:
            continue
        client = Client()
        name = next(one for one in gets.split() if one != "nobody")
        client.force_login(getattr(world.cast, name), backend="django.contrib.auth.backends.ModelBackend")
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        answer = client.get(stage.address(ADDRESSES[route]) + QUESTIONS.get(route, ""))
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        html = answer.content.decode()
        seen += any(word in html for word in words)
        page = Unmarked(words)
        page.feed(html)
        wrong += [f"{route}: {text}" for text in page.found]
    assert wrong == [], "\n".join(wrong)
    assert seen or goal != "handled"


def test_an_unmarked_word_is_found() -> None:
    page = Unmarked({"Cấp hộ chiếu"})
    page.feed(
        '<html lang="en"><p lang="vi">Cấp hộ chiếu</p><p>Fee: Cấp hộ chiếu<br></p><p><b lang="vi">Cấp hộ chiếu</b></p>'
    )
    assert page.found == ["Fee: Cấp hộ chiếu"]

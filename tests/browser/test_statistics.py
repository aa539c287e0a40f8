"""The tables of the public statistics fit a desk without being pushed sideways, and are cards on a phone."""

from __future__ import annotations

import pytest

from motcua.pages.conftest import WallClock
from motcua.reports.models import OpenMonth
from motcua.reports.public_statistics import forget_statistics
from motcua.reports.tests.test_open_data import november
from tests.browser.conftest import CHROMIUM, OpenPage

__all__ = ["november"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine (apt-get install chromium)"),
    pytest.mark.django_db(transaction=True),
]
# By how many pixels each frame has to be pushed to see the whole of its table, and how its rows stand.
FRAMES = """() => [...document.querySelectorAll('.wide:has(> table)')].map(one => [
    one.scrollWidth - one.clientWidth, getComputedStyle(one.querySelector('tbody tr')).display])"""


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_figure_is_seen_at_once(
    language: str, open_page: OpenPage, november: OpenMonth, clock: WallClock
) -> None:
    forget_statistics()
    clock("2022-01-05 09:00")
    page = open_page(language=language)
    page.goto("/thong-ke/")
    shown = {}
    for width in (390, 768, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        shown[width] = page.evaluate(FRAMES)
    forget_statistics()
    assert {width: [over for over, _how in frames] for width, frames in shown.items()} == {
        width: [0, 0] for width in shown
    }
    assert [how for _over, how in shown[390]] == ["grid", "grid"]
    assert [how for _over, how in shown[1024]] == ["table-row", "table-row"]

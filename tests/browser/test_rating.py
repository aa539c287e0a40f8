"""Rating on a phone in two taps, without JavaScript and without an account; the counter's form by keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from motcua.dossiers.tests import lives
from motcua.pages.layout.voices import rating_address
from motcua.petitions.models import Petition
from motcua.ratings.models import Vote
from tests.browser.conftest import CHROMIUM, OpenPage
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine (apt-get install chromium)"),
    pytest.mark.django_db(transaction=True),
]


def test_two_taps_on_a_phone_without_javascript(
    world: World, browser: Browser, live_server: Any, open_page: OpenPage
) -> None:
    dossier = lives.finished(world)
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + rating_address(dossier.submission_no, dossier.secret))
    page.get_by_text("Rất hài lòng").click()
    page.get_by_role("button", name="Gửi đánh giá").click()
    expect(page.get_by_text("Cảm ơn bạn")).to_be_visible()
    context.close()
    assert Vote.objects.get().level == "very_satisfied"


def test_a_petition_is_written_down_by_keyboard_alone(world: World, open_page: OpenPage) -> None:
    page = open_page("minh")
    page.goto("/quay/phan-anh/")
    page.locator("#id_unit").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for words in ("Nguyễn Văn Bảy", "0912345678", "", "", "so tu phap", "", "", "Trả lời không rõ"):
        page.keyboard.press("Tab")
        page.keyboard.type(words)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Đã tiếp nhận phản ánh")).to_be_visible()
    assert Petition.objects.get().kind == "conduct"

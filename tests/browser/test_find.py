"""Finding by keyboard as one types, as axe reads it; and the same way without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import CHROMIUM, OpenPage
from tests.browser.test_everyone_can_use_it import ASK_AXE, AXE, RULES
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine (apt-get install chromium)"),
    pytest.mark.skipif(not AXE.exists(), reason="axe-core isn't there: python3 run.py setup"),
    pytest.mark.django_db(transaction=True),
]


@pytest.mark.parametrize("width", [390, 1280])
def test_answers_as_one_types_and_the_keyboard_walks_through_them(open_page: OpenPage, width: int) -> None:
    page = open_page(width=width)
    page.goto("/")
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("chung thuc", delay=20)
    option = page.get_by_role("option", name="Chứng thực tại xã")
    expect(option).to_be_visible()
    expect(page.locator("#goi-y-noi")).to_contain_text("thủ tục")  # said aloud
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", option.get_attribute("id") or "")
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    assert page.evaluate(ASK_AXE, RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    box.press("Escape")
    expect(option).to_be_hidden()
    expect(box).to_be_focused()
    box.press("ArrowDown")  # opens the list again
    expect(option).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    page.wait_for_url("**/thu-tuc/9.000003/")


def test_enter_without_a_choice_asks_the_whole_page(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("ho chieu", delay=20)
    box.press("Enter")
    page.wait_for_url("**/tim-thu-tuc/?tim=ho+chieu")
    expect(page.get_by_role("link", name="Cấp hộ chiếu thử nghiệm")).to_be_visible()


def test_all_of_it_works_without_javascript(browser: Browser, live_server: Any, world: World) -> None:
    page = browser.new_context(java_script_enabled=False, base_url=live_server.url).new_page()
    page.goto("/")
    page.fill("#tim", "ho chieu")
    page.click("button:text('Tìm thủ tục')")
    page.click("text=Cấp hộ chiếu thử nghiệm")
    page.click("text=Tôi cần giấy tờ gì?")
    page.check("text=Bưu chính công ích")
    page.click("text=Xem giấy tờ của tôi")
    assert "cach=3" in page.url
    assert page.locator("#cua-toi .papers li").count() == 2
    page.goto("/su-kien/sinh-con/")
    assert page.locator("h1").inner_text() == "Sinh con"

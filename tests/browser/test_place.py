"""Choosing the place where one hands in: by keyboard as one types, as axe reads it; and the same without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import CHROMIUM, OpenPage
from tests.browser.test_everyone_can_use_it import ASK_AXE, AXE, RULES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine (apt-get install chromium)"),
    pytest.mark.skipif(not AXE.exists(), reason="axe-core isn't there: python3 run.py setup"),
    pytest.mark.django_db(transaction=True),
]
PAGE = "/thu-tuc/9.000003/nop/"
DONG_CAC = "Ủy ban nhân dân xã Đông Các, huyện Đông Hưng"


@pytest.mark.parametrize("width", [320, 1280])
def test_a_commune_is_chosen_by_keyboard_alone(open_page: OpenPage, width: int) -> None:
    page = open_page("lan", width=width)
    page.goto(PAGE)
    box, place = page.get_by_role("combobox", name="Nộp tại xã"), page.locator("#unit")
    expect(place).to_be_hidden()  # the list of all is there for those who want it
    box.press_sequentially("dong cac", delay=20)
    option = page.get_by_role("listbox").get_by_role("option", name=DONG_CAC)
    expect(option).to_be_visible()
    expect(page.locator("#noi-goi-y-noi")).to_contain_text("nơi nộp")  # said aloud
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", option.get_attribute("id") or "")
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    assert page.evaluate(ASK_AXE, RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    box.press("Enter")
    expect(box).to_have_value(DONG_CAC)
    expect(option).to_be_hidden()
    assert page.url.endswith(PAGE), "choosing fills in; going on is another key"
    assert place.locator("option:checked").text_content() == DONG_CAC
    box.press("Backspace")
    assert place.input_value() == "", "another text is another place"
    box.press("Enter")  # one place has a name that begins so
    page.wait_for_url("**/thong-tin/")
    assert DONG_CAC in page.get_by_role("main").inner_text()


def test_a_wrong_name_says_so_beside_what_was_typed(open_page: OpenPage) -> None:
    page = open_page("lan", width=390)
    page.goto(PAGE)
    box = page.get_by_role("combobox", name="Nộp tại xã")
    box.press_sequentially("atlantis")
    box.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Không thấy nơi nộp nào")
    expect(box).to_have_value("atlantis")
    page.get_by_text("Chọn từ danh sách 260 nơi").click()
    page.locator("#unit").select_option(label=DONG_CAC)
    expect(box).to_have_value(DONG_CAC)
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_url("**/thong-tin/")


def test_without_javascript_a_name_or_the_list_will_do(open_page: OpenPage) -> None:
    page = open_page("lan", width=390, script=False)
    page.goto(PAGE)
    page.fill("#noi-nop", "quang trung")
    page.get_by_role("button", name="Tiếp tục").click()
    assert page.locator("#unit option").count() == 3 and page.input_value("#noi-nop") == "quang trung"
    page.locator("#unit").select_option(label="Ủy ban nhân dân xã Quang Trung, huyện Kiến Xương")
    page.get_by_role("button", name="Tiếp tục").click()
    assert "xã Quang Trung, huyện Kiến Xương" in page.get_by_role("main").inner_text()

"""The design of the house in a real browser: no theme, width or size of text breaks a page; the menus need no script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from motcua.dossiers.models import Dossier
from tests.browser.conftest import CHROMIUM, OpenPage
from tests.browser.test_everyone_can_use_it import ASK_AXE, AXE, RULES
from tests.house.stage import lead
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine (apt-get install chromium)"),
    pytest.mark.skipif(not AXE.exists(), reason="axe-core isn't there: python3 run.py setup"),
    pytest.mark.django_db(transaction=True),
]
THEMES = {
    "light": {"theme": "light"},
    "dark": {"theme": "dark"},
    "contrast": {"theme": "light", "contrast": "high"},
    "dark contrast": {"theme": "dark", "contrast": "high"},
}
WIDTHS = (320, 768, 1280, 1920)
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Who reads what; `tracked` is the page that code and secret lead to.
GROUPS = {
    "nobody": ("/", "/tim-thu-tuc/", "/thu-tuc/9.000001/", "/dang-nhap/", "/ho-so/tra-cuu/", "tracked"),
    "lan": ("/ho-so/", "/tai-khoan/"),
    "minh": ("/quay/", "/ban-lam-viec/"),
    "hoa": ("/ban-lam-viec/", "dossier"),
    "quang": ("/dieu-hanh/", "/dieu-hanh/bao-cao/?ky=2021-11", "/van-hanh/"),
}


def axe(page: Page) -> list[str]:
    """What axe finds on the page as it stands."""
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    found: list[str] = page.evaluate(ASK_AXE, RULES)
    return found


def go(page: Page, address: str, dossier: Dossier) -> None:
    """To an address, or to where the dossier is seen."""
    if address == "tracked":
        page.goto("/ho-so/tra-cuu/")
        page.fill("main [name=code]", dossier.code or "")
        page.fill("main [name=secret]", dossier.secret)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        return
    answer = page.goto(f"/ban-lam-viec/ho-so/{dossier.pk}/" if address == "dossier" else address)
    assert answer is not None and answer.status == 200, f"{address}: {answer and answer.status}"


def overflows(page: Page) -> list[str]:
    """Widths and sizes of text at which the page is wider than the screen."""
    found = []
    for size in ("normal", "double"):
        page.evaluate("size => { document.documentElement.dataset.text = size }", size)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if (wider := page.evaluate(WIDER)) > 0:
                found.append(f"{wider} px too wide at {width} px, text {size}")
    return found


@pytest.mark.parametrize("name", GROUPS)
def test_no_theme_width_or_size_breaks_a_page(name: str, world: World, open_page: OpenPage) -> None:
    dossier = lead(world, "handled")
    wrong = []
    for at, (theme, chosen) in enumerate(THEMES.items()):
        page = open_page(name, width=(320, 1280)[at % 2], **chosen)
        for address in GROUPS[name]:
            go(page, address, dossier)
            faults = axe(page)
            if theme == "light":  # a width does not ask for the colours
                faults += overflows(page)
                page.set_viewport_size({"width": 320, "height": 900})
            wrong += [f"{address} ({theme}): {fault}" for fault in faults]
    assert wrong == []


def test_the_living_page_shows_everything_in_every_theme(open_page: OpenPage) -> None:
    wrong = []
    for theme, chosen in THEMES.items():
        page = open_page(**chosen)
        page.goto("/thiet-ke/")
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            wrong += [f"{theme} at {width}: {fault}" for fault in axe(page)]
        wrong += overflows(page)
    assert wrong == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"  # the last theme holds
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_dark_comes_with_the_device_until_somebody_chooses(open_page: OpenPage) -> None:
    page = open_page()
    page.emulate_media(color_scheme="dark")
    page.goto("/dang-nhap/")
    ground = "getComputedStyle(document.documentElement).getPropertyValue('--paper')"
    assert page.evaluate(ground) == "#1f2126"
    page.get_by_text("Cách đọc").first.click()
    with page.expect_response("**/tuy-chon/"):
        page.click("button[name=theme][value=light]")
    assert page.evaluate(ground) == "#ffffff"
    page.reload()
    assert page.evaluate(ground) == "#ffffff"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_ways_of_an_officer_are_one_line_on_a_phone(script: bool, world: World, open_page: OpenPage) -> None:
    page = open_page("minh", width=390, script=script)
    page.goto("/quay/")
    box = page.locator("nav.ways").bounding_box()
    assert box is not None and box["height"] < 60, "one line"
    ways = page.locator("nav.ways details a")
    summary = page.locator("nav.ways summary")
    expect(ways.first).not_to_be_visible()
    summary.focus()
    page.keyboard.press("Enter")
    expect(ways).to_have_count(6)
    page.keyboard.press("Tab")
    expect(ways.first).to_be_focused()
    if script:
        page.keyboard.press("Escape")
        expect(ways.first).not_to_be_visible()
        expect(summary).to_be_focused()
    else:
        with page.expect_navigation():
            page.locator("nav.ways details a", has_text="Bàn làm việc").click()
        expect(page.locator("h1")).to_have_text("Hồ sơ chờ tôi xử lý")


def test_a_dialog_and_a_notice_open_and_close_without_script(open_page: OpenPage) -> None:
    page = open_page(script=False)
    page.goto("/thiet-ke/")
    page.get_by_role("button", name="Phím tắt").press("Enter")
    expect(page.get_by_role("dialog", name="Phím tắt")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Phím tắt")).not_to_be_visible()
    page.get_by_role("button", name="Đóng thông báo").press("Enter")
    expect(page.locator(".told")).not_to_be_visible()

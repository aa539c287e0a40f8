"""One life of a dossier through the four faces, by keyboard only: nothing here ever touches a mouse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.pages.conftest import WallClock
from tests.browser.conftest import CHROMIUM, OpenPage
from tests.papers import A_PDF as PDF
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine (apt-get install chromium)"),
    pytest.mark.django_db(transaction=True),
]
MOST_TABS = 120
IS_IT = """([selector, text]) => {
    const here = document.activeElement;
    return here.matches(selector) && (here.innerText || here.value || '').includes(text);
}"""


def tab_to(page: Page, selector: str, text: str = "") -> None:
    """Press Tab until the element has the focus, as somebody without a mouse does."""
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(IS_IT, [selector, text]):
            return
    raise AssertionError(f"the keyboard never comes to {selector} “{text}” on {page.url}")


def press(page: Page, selector: str, text: str = "") -> None:
    """Come to a link or button by Tab and press Enter; the next page is there afterwards."""
    tab_to(page, selector, text)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, selector: str, words: str) -> None:
    """Come to a field by Tab and type over what is there."""
    tab_to(page, selector)
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def submit_online(lan: Page, scan: Path) -> Dossier:
    """Lan finds the procedure without marks, logs in on the way, and submits with a file for each paper."""
    lan.goto("/")
    write(lan, "#tim", "cap ho chieu thu nghiem")
    with lan.expect_navigation():
        lan.keyboard.press("Enter")
    press(lan, "main a", "Cấp hộ chiếu thử nghiệm")
    press(lan, "main a", "Nộp trực tuyến")
    expect(lan.locator("h1")).to_contain_text("Đăng nhập")
    write(lan, "main [name=login]", "0900000001")
    write(lan, "main [name=password]", "mot cua mot lan")
    with lan.expect_navigation():
        lan.keyboard.press("Enter")
    press(lan, "main button", "Tiếp tục")
    write(lan, "[name=owner_address]", "Xã Đông Các")
    press(lan, "main button:not([name=later])", "Tiếp")
    for field in lan.locator("input[type=file]:not([name=file-more])").all():
        field.set_input_files(scan)
    press(lan, "button[name=next]")
    tab_to(lan, "input[type=checkbox]")
    lan.keyboard.press("Space")
    press(lan, "main button[type=submit]", "Nộp")
    assert lan.url.endswith("/da-nop/"), lan.inner_text("main")
    dossier = Dossier.objects.get()
    expect(lan.locator("main")).to_contain_text(dossier.submission_no)
    expect(lan.locator("main")).to_contain_text(dossier.secret)
    return dossier


def track(anybody: Page, dossier: Dossier) -> None:
    """Anybody with code and secret sees how it went."""
    anybody.goto("/ho-so/tra-cuu/")
    write(anybody, "main [name=code]", dossier.code or "")
    write(anybody, "main [name=secret]", dossier.secret)
    with anybody.expect_navigation():
        anybody.keyboard.press("Enter")
    expect(anybody.locator("main")).to_contain_text("Đã trả kết quả")


def read_report(quang: Page, dossier: Dossier) -> None:
    """The month's report has it, and its figure leads to it."""
    quang.goto("/dieu-hanh/bao-cao/")
    write(quang, "main [name=ky]", "2021-11")
    with quang.expect_navigation():
        quang.keyboard.press("Enter")
    expect(quang.locator("main")).to_contain_text(re.compile("Sở Tư pháp"))
    press(quang, "main table a", "1")
    expect(quang.locator("main")).to_contain_text(dossier.code or "")


def test_a_dossier_lives_by_keyboard(world: World, open_page: OpenPage, clock: WallClock, tmp_path: Path) -> None:
    clock("2021-11-01 08:00")
    world.cast.lan.set_password("mot cua mot lan")
    world.cast.lan.save(update_fields=["password"])
    scan = tmp_path / "to-khai.pdf"
    scan.write_bytes(PDF)

    dossier = submit_online(open_page("nobody", width=390), scan)

    # Every officer opens the dossier from their own list and does what is theirs.
    def act(name: str, at: str, label: str, **typed: str) -> None:
        clock(at)
        page = open_page(name)
        page.goto(f"/ban-lam-viec/ho-so/{dossier.pk}/")
        press(page, "main .btn", label)
        for field, words in typed.items():
            write(page, f"main [name={field}]", words)
        if label != "Tiếp nhận":  # to accept is one key; the other acts ask something
            press(page, "main button[type=submit]", label)
        expect(page.locator("main .alert").first).to_contain_text(label)

    act("minh", "2021-11-01 09:00", "Tiếp nhận")
    act("minh", "2021-11-01 10:00", "Chuyển bước tiếp theo")
    act("thanh", "2021-11-01 11:00", "Chuyển bước tiếp theo", note="Giao Hoa")
    act("hoa", "2021-11-02 09:00", "Chuyển bước tiếp theo", note="Đủ điều kiện")
    act("tuan", "2021-11-03 09:00", "Phê duyệt", summary="Cấp hộ chiếu")
    act("nga", "2021-11-03 10:00", "Phát hành kết quả", number="12/GP-STP")
    act("minh", "2021-11-04 08:30", "Trả kết quả", taken_by="Trần Thị Lan")
    dossier.refresh_from_db()
    assert dossier.state == State.RETURNED

    track(open_page("nobody", width=390), dossier)
    clock("2021-12-01 08:00")
    read_report(open_page("quang"), dossier)

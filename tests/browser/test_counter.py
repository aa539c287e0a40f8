"""A day at the counter without the mouse: the card that is scanned anywhere, one dossier in a few keys, a lost network."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from motcua.dossiers.models import Dossier, Handover
from tests.browser.conftest import OpenPage
from tests.browser.reading import Reader, faults_here, of_stories
from tests.house.stage import lead
from tests.world import World

pytestmark = of_stories
CARD = "034190000001|151234567|Hương|1990|Nữ|Thôn Đồi, xã Đông Các|25042021"
# A browser that reads codes: this one does not, so the two doors to the machine are set in its place.
CAMERA = """window.BarcodeDetector = class { static getSupportedFormats() { return Promise.resolve(['qr_code']) }
    detect() { return Promise.resolve([{rawValue: 'CARD'}]) } };
navigator.mediaDevices.getUserMedia = () => {
    const canvas = document.createElement('canvas'), pen = canvas.getContext('2d');
    setInterval(() => pen.fillRect(0, 0, 9, 9), 50); return Promise.resolve(canvas.captureStream()) };"""
# Everything on the page that may have the focus when a card comes: what it is, what stands in it before.
WRONG = (
    ("owner_name", "Vũ Thị"),
    ("owner_phone", "0912"),
    ("owner_kind", "2"),
    ("content", "Gấp"),
    ("return_way", "post"),
    ("all_papers", ""),
)


class Keys:
    """A keyboard that counts what is pressed beyond the person's own data; a chord counts each of its keys."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, key: str) -> None:
        self.count += key.count("+") + 1
        self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.count += len(words)
        self.page.keyboard.type(words, delay=90)


def scan(page: Page, card: str = CARD) -> None:
    page.keyboard.type(f"{card}\n")


def take_in(page: Page, world: World) -> None:
    page.goto(f"/quay/tiep-nhan/{world.passport.pk}/")


def value(page: Page, name: str) -> Any:
    return page.locator(f"[name={name}]").input_value()


def test_a_walk_in_dossier_takes_at_most_twelve_keys_beyond_the_person_s_own_data(
    world: World, open_page: OpenPage
) -> None:
    page = open_page("minh")
    wrong: list[str] = []
    # The first is found by words, from then on it is usual here; somebody else comes each time.
    for said, number in (("ho chieu", "034190000002"), ("1", "034190000001")):
        keys = Keys(page)
        page.goto("/quay/tiep-nhan/")
        keys.type(said)
        keys.press("Enter")
        page.wait_for_url(f"**/quay/tiep-nhan/{world.passport.pk}/")
        wrong += faults_here(page)
        scan(page, CARD.replace("034190000001", number))
        expect(page.locator("[name=owner_phone]")).to_be_focused()
        assert (value(page, "owner_name"), value(page, "owner_id_no")) == ("Hương", number)
        page.keyboard.type("0912345678", delay=90)
        keys.press("Enter")
        expect(page.locator("[name=all_papers]")).to_be_focused()
        keys.press("Space")
        keys.press("Control+Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Đã tiếp nhận")
        wrong += faults_here(page)
        with page.expect_popup():
            keys.press("Enter")
    assert keys.count <= 12
    assert wrong == []
    one = Dossier.objects.order_by("-id")[0]
    assert (one.owner_name, one.owner_address, one.papers.count()) == ("Hương", "Thôn Đồi, xã Đông Các", 2)
    assert Dossier.objects.count() == 2


def test_enter_goes_through_the_page_and_never_hands_in_too_early(world: World, open_page: OpenPage) -> None:
    page = open_page("minh")
    take_in(page, world)
    for name in ("owner_id_no", "owner_name", "owner_phone", "owner_address", "all_papers"):
        expect(page.locator(f"[name={name}]")).to_be_focused()
        page.keyboard.press("Enter")
    expect(page.locator("button[name=take_in].btn")).to_be_focused()
    page.keyboard.press("Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert).to_contain_text("Họ tên")
    assert faults_here(page) == []
    assert not Dossier.objects.exists()


def test_a_card_that_is_scanned_into_the_wrong_field_is_undone_there_and_fills_the_person(
    world: World, open_page: OpenPage
) -> None:
    page = open_page("minh")
    for name, before in WRONG:
        take_in(page, world)
        field = page.locator(f"[name={name}]")
        if name in ("owner_kind", "return_way"):
            field.select_option(before)
        elif before:
            field.fill(before)
        field.focus()
        scan(page)
        expect(page.locator("#person")).to_contain_text("sinh 1990")
        assert value(page, "owner_id_no") == "034190000001"
        assert value(page, "owner_name") == "Hương"
        if name == "all_papers":
            assert not field.is_checked()
        elif name not in ("owner_name", "owner_kind"):
            assert field.input_value() == before, name
    take_in(page, world)
    page.locator("button[name=register]").focus()
    scan(page)
    expect(page.locator("[name=owner_name]")).to_have_value("Hương")
    page.get_by_label("Người được ủy quyền, đại diện").check()
    page.locator("[name=submitter_name]").focus()
    scan(page, "034090000009||Vũ Văn Bảy|01021990|Nam|Xã B|25042021")
    expect(page.locator("[name=submitter_id_no]")).to_have_value("034090000009")
    assert (value(page, "owner_name"), value(page, "submitter_name")) == ("Hương", "Vũ Văn Bảy")
    assert not Dossier.objects.exists()


def test_a_card_is_pasted_too_and_a_number_typed_by_hand_is_no_scanner(world: World, open_page: OpenPage) -> None:
    page = open_page("minh")
    take_in(page, world)
    page.locator("[name=content]").focus()
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData('text', text);
        document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})) }""",
        CARD,
    )
    expect(page.locator("[name=owner_name]")).to_have_value("Hương")
    take_in(page, world)
    page.locator("[name=owner_name]").focus()
    page.keyboard.type("034190000001 a|")
    assert value(page, "owner_name") == "034190000001 a|"


def test_the_network_is_gone_for_a_while_and_the_dossier_is_sent_once(world: World, open_page: OpenPage) -> None:
    page = open_page("minh")
    take_in(page, world)
    page.locator("[name=owner_name]").fill("Trần Thị Lan")
    page.locator("[name=all_papers]").check()
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Mất kết nối")
    assert value(page, "owner_name") == "Trần Thị Lan"
    assert not Dossier.objects.exists()
    assert faults_here(page) == []
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã tiếp nhận")
    assert Dossier.objects.count() == 1


def test_a_session_that_ends_keeps_the_page_until_somebody_has_logged_in_again(
    world: World, open_page: OpenPage
) -> None:
    page = open_page("minh")
    take_in(page, world)
    page.locator("[name=owner_name]").fill("Trần Thị Lan")
    page.locator("[name=all_papers]").check()
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Phiên làm việc đã hết")
    assert value(page, "owner_name") == "Trần Thị Lan"
    again = Client()
    again.force_login(world.cast.minh, backend="django.contrib.auth.backends.ModelBackend")
    page.context.clear_cookies(name="sessionid")  # the nameless one, in which what was typed waits
    page.context.add_cookies([{"name": "sessionid", "value": again.cookies["sessionid"].value, "url": page.url}])
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã tiếp nhận")
    assert Dossier.objects.get().owner_name == "Trần Thị Lan"


def test_a_camera_reads_the_card_where_the_browser_can(world: World, open_page: OpenPage) -> None:
    page = open_page("minh")
    take_in(page, world)
    expect(page.locator("[data-camera]")).to_be_hidden()  # this Chromium reads no codes
    page.add_init_script(CAMERA.replace("CARD", CARD))
    take_in(page, world)
    page.locator("[data-camera]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[name=owner_name]")).to_have_value("Hương")
    expect(page.locator("video")).to_have_count(0)


@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")])
def test_the_pages_of_a_visit_are_for_everybody(width: int, theme: str, world: World, open_page: OpenPage) -> None:
    finished = lead(world, "finished")
    minh = Reader(open_page("minh", width=width, theme=theme), f"counter-{width}-{theme}")
    page = minh.page
    minh.goes_to("/quay/tiep-nhan/", "Tiếp nhận hồ sơ mới")
    minh.goes_to(f"/quay/tiep-nhan/{world.passport.pk}/", "Cấp hộ chiếu thử nghiệm")
    scan(page, CARD.replace("034190000001", "000190000001"))
    expect(page.locator("#person[data-card]")).to_be_attached()
    minh.looks("card scanned")
    page.locator("[name=all_papers]").check()
    page.keyboard.press("Control+Enter")
    minh.sees("Đã tiếp nhận")
    one = Dossier.objects.latest("id")
    minh.goes_to(f"/quay/tiep-nhan/?cung={one.pk}", "Tiếp nhận hồ sơ mới")
    minh.goes_to("/quay/luot-nay/", "Hồ sơ của lượt này")
    minh.goes_to("/quay/in/", "Giấy cần in")
    minh.goes_to("/quay/ban-giao/", "Hồ sơ chờ chuyển")
    page.keyboard.press("Enter")
    minh.sees("Phiếu bàn giao")
    minh.goes_to(f"/quay/ho-so/{finished.pk}/tra-ket-qua/", "Trả kết quả")
    thanh = Reader(open_page("thanh", width=width, theme=theme), f"authority-{width}-{theme}")
    thanh.goes_to("/quay/ban-giao/nhan/", "Phiếu bàn giao chờ ký nhận")
    thanh.follows("BG-", "Phiếu bàn giao")
    expect(thanh.page.get_by_role("button", name="Ký nhận", exact=True)).to_be_focused()
    thanh.page.keyboard.press("Enter")
    expect(thanh.main.get_by_text("Đã ký nhận:")).to_be_visible()
    assert minh.wrong + thanh.wrong == []


def test_whoever_takes_a_result_signs_on_the_screen(world: World, open_page: OpenPage) -> None:
    finished = lead(world, "finished")
    page = open_page("minh")
    page.goto(f"/quay/ho-so/{finished.pk}/tra-ket-qua/")
    page.locator("canvas").scroll_into_view_if_needed()
    frame = page.locator("canvas").bounding_box()
    assert frame is not None
    page.mouse.move(frame["x"] + 40, frame["y"] + 60)
    page.mouse.down()
    for x, y in ((120, 30), (200, 90), (300, 40)):
        page.mouse.move(frame["x"] + x, frame["y"] + y)
    page.mouse.up()
    page.get_by_role("button", name="Trả kết quả", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(finished.owner_name)
    signature = Handover.objects.get().signature
    assert signature is not None and signature.size_bytes > 500

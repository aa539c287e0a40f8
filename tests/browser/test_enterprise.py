"""An enterprise on the portal: Bảy represents it by a paper, names Lan; Lan chooses it in the head, files, follows, and is out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from motcua.dossiers.models import Dossier
from motcua.people.mandate_rows import Mandate
from tests.browser.conftest import OpenPage
from tests.browser.test_everyone_can_use_it import ASK_AXE, AXE, RULES
from tests.browser.test_everyone_can_use_it import pytestmark as of_browsers
from tests.papers import A_PDF
from tests.world import World

pytestmark = [*of_browsers, pytest.mark.alone]
PICTURES = os.environ.get("MOTCUA_PICTURES", "")
NAME, NUMBER = "Công ty TNHH Gốm Trà Lý", "0100109106"


def good(page: Page, name: str) -> None:
    """As axe reads it, and no wider than the screen."""
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    assert page.evaluate(ASK_AXE, RULES) == [], name
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, name
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def press(page: Page, name: str) -> None:
    """A button by keyboard."""
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")


def registered(open_page: OpenPage) -> Page:
    """Bảy asks on his phone, Yến compares the paper at the counter; back comes Bảy's page of the organisation."""
    bay, yen = open_page("bay", width=390), open_page("yen")
    bay.goto("/tai-khoan/to-chuc/")
    good(bay, "organisations-empty-390")
    bay.get_by_role("link", name="Đề nghị đăng ký tổ chức").click()
    good(bay, "ask-organisation-390")
    for label, words in (
        ("Tên tổ chức", NAME),
        ("Mã số doanh nghiệp hoặc mã số thuế", NUMBER),
        ("Chức danh của bạn", "Giám đốc"),
        ("Giấy tờ chứng minh, số", "GCN ĐKDN 12/2019"),
        ("Ngày của giấy tờ", "2019-05-06"),
    ):
        bay.get_by_label(label).fill(words)
    press(bay, "Gửi đề nghị")
    expect(bay.locator("main")).to_contain_text("Đang chờ.")
    yen.goto("/thiet-lap/to-chuc/")
    good(yen, "organisation-requests-1280")
    yen.get_by_role("link", name="Xem và trả lời").click()
    yen.get_by_label("Trả lời").fill("Đã đối chiếu bản chính")
    good(yen, "organisation-request-1280")
    press(yen, "Đăng ký")
    expect(yen.locator("main")).to_contain_text("Đã trả lời đề nghị.")
    bay.goto("/tai-khoan/to-chuc/")
    good(bay, "organisations-390")
    bay.get_by_role("link", name="Người làm thay " + NAME).click()
    return bay


def named(bay: Page) -> None:
    bay.get_by_label("Họ và tên").fill("Trần Thị Lan")
    bay.get_by_label("Tên đăng nhập hoặc số định danh").fill("0900000001")
    bay.get_by_label("Nộp, bổ sung và rút hồ sơ").check()
    good(bay, "organisation-390")
    press(bay, "Phân công")
    expect(bay.get_by_role("row", name="Trần Thị Lan")).to_be_visible()
    good(bay, "organisation-named-390")


def handed_in(lan: Page) -> Dossier:
    """Lan acts for it, and hands in."""
    lan.goto("/thu-tuc/9.000001/nop/")
    lan.locator(".acting-as summary").focus()
    lan.keyboard.press("Enter")
    press(lan, NAME)
    expect(lan.locator(".acting-for")).to_contain_text(f"Bạn đang làm việc thay mặt {NAME}")
    good(lan, "draft-start-for")
    lan.locator("main form button").get_by_text("Tiếp tục").last.click()
    expect(lan.locator("[name=owner_name]")).to_have_value(NAME)
    expect(lan.locator("[name=submitter_name]")).to_have_value("Trần Thị Lan")
    lan.fill("[name=owner_phone]", "02273123456")
    lan.fill("[name=owner_address]", "Cụm công nghiệp Đông Các")
    good(lan, "draft-owner-for")
    lan.locator("main button:not([name=later])", has_text="Tiếp").last.click()
    lan.wait_for_url("**/giay-to/")
    for field in lan.locator("main input[type=file]:not([name=file-more])").all():
        field.set_input_files({"name": "to-khai.pdf", "mimeType": "application/pdf", "buffer": A_PDF})
    lan.click("button[name=next]")
    lan.wait_for_url("**/xem-lai/")
    lan.check("input[type=checkbox]")
    lan.locator("main button[type=submit]", has_text="Nộp hồ sơ").click()
    lan.wait_for_url("**/da-nop/")
    good(lan, "submitted-for")
    return Dossier.objects.get()


@pytest.mark.parametrize("script", [True, False])
def test_the_switch_needs_no_script(script: bool, world: World, open_page: OpenPage) -> None:
    from motcua.people.tests.made import member, organisation
    from tests.house.stage import NOW

    member(organisation(world.cast, NOW), world.cast.lan, world.cast.bay, NOW)
    lan = open_page("lan", width=320, theme="dark", script=script)
    lan.goto("/ho-so/")
    lan.locator(".acting-as summary").click()
    lan.get_by_role("button", name=NAME, exact=True).click()
    expect(lan.locator("h1")).to_have_text(f"Hồ sơ của {NAME}")
    if script:
        good(lan, "acting-for-320-dark")
    press(lan, "Trở về chính tôi")
    expect(lan.locator("h1")).to_have_text("Hồ sơ của tôi")


def test_a_member_files_and_follows_until_it_is_taken_away(world: World, open_page: OpenPage) -> None:
    bay = registered(open_page)
    named(bay)
    lan = open_page("lan")
    dossier = handed_in(lan)
    one = Mandate.objects.get(agent=world.cast.lan)
    assert (dossier.owner_account_id, dossier.submitter_name) == (one.principal_id, "Trần Thị Lan")
    lan.get_by_role("link", name="Theo dõi hồ sơ này").click()
    expect(lan.locator("main")).to_contain_text(f"Trần Thị Lan thay mặt {NAME}")
    good(lan, "dossier-for")
    lan.goto("/ho-so/")
    good(lan, "dossiers-for")

    bay.get_by_role("link", name="Kết thúc Trần Thị Lan").click()
    bay.get_by_label("Lý do").fill("Nghỉ việc từ hôm nay")
    good(bay, "end-mandate-390")
    press(bay, "Kết thúc")
    expect(bay.get_by_role("row", name="Trần Thị Lan")).to_contain_text("Nghỉ việc từ hôm nay")
    lan.reload()
    expect(lan.locator(".acting-for")).to_contain_text(f"Bạn không còn quyền thay mặt {NAME}")
    expect(lan.locator("main")).not_to_contain_text(dossier.submission_no)
    good(lan, "dossiers-over")
    assert lan.goto(f"/ho-so/{dossier.submission_no}/").status == 404  # type: ignore[union-attr]
    good(lan, "dossier-over")


def test_a_person_authorises_another(world: World, open_page: OpenPage) -> None:
    lan = open_page("lan", width=390)
    lan.goto("/tai-khoan/uy-quyen/")
    for label, words in (
        ("Họ và tên", "Nguyễn Văn Bảy"),
        ("Tên đăng nhập hoặc số định danh", "0900000007"),
        ("Giấy ủy quyền, số", "UQ 5/2021"),
        ("Ngày của văn bản", "2021-11-01"),
    ):
        lan.get_by_label(label).fill(words)
    lan.get_by_label("Bổ sung hồ sơ").check()
    good(lan, "authorised-390")
    press(lan, "Ủy quyền")
    expect(lan.get_by_role("row", name="Nguyễn Văn Bảy")).to_contain_text("UQ 5/2021")
    good(lan, "authorised-named-390")

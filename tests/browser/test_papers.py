"""Three phone photos become one upright PDF on a phone, by keyboard; a lost connection and a dead session lose nothing."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from motcua.dossiers.acts import submission, supplement
from motcua.dossiers.models import Dossier, Draft, DraftPaper
from motcua.dossiers.tests.lives import handled
from motcua.files.store import path_of
from tests.browser.conftest import CHROMIUM, OpenPage
from tests.browser.test_everyone_can_use_it import ASK_AXE, AXE, RULES
from tests.browser.test_life import tab_to
from tests.papers import A_PDF, photo
from tests.world import World, moment

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine (apt-get install chromium)"),
    pytest.mark.skipif(not AXE.exists(), reason="axe-core isn't there: python3 run.py setup"),
    pytest.mark.django_db(transaction=True),
]


def key(page: Page, selector: str, text: str = "") -> None:
    """Come to a button by Tab and press Enter; the page stays."""
    tab_to(page, selector, text)
    page.keyboard.press("Enter")


def faults(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    found: list[str] = page.evaluate(ASK_AXE, RULES)
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found + ([f"{wider} px wider than the screen"] if wider > 0 else [])


def draft_of(world: World) -> Draft:
    data = {"office": world.cast.center.pk}
    lan = world.actor("lan")
    return submission.save_draft(world.passport.pk, data, actor=lan, at=moment("2021-11-04 08:00"))


def pages_of(paper: DraftPaper, folder: Path) -> list[Image.Image]:
    """The PDF as another program draws it."""
    subprocess.run(["pdftoppm", "-r", "60", "-png", path_of(paper.file.sha256), folder / "page"], check=True)
    return [Image.open(path).convert("L") for path in sorted(folder.glob("page-*.png"))]


def has_bar_below(picture: Image.Image) -> bool:
    """The black bar that the page has along its bottom; as drawn, the photo may leave a margin on the sheet."""
    dark = picture.point(lambda value: 255 if value < 60 else 0)
    box = dark.crop((picture.width // 4, 0, 3 * picture.width // 4, picture.height)).getbbox()
    low = dark.crop((picture.width // 4, int(picture.height * 0.95), 3 * picture.width // 4, picture.height))
    return box is not None and low.getbbox() is not None and picture.height > picture.width


def test_photos_become_one_upright_pdf(world: World, open_page: OpenPage, tmp_path: Path) -> None:
    draft = draft_of(world)
    first = world.passport.components.order_by("seq")[0]
    names = []
    for number in (1, 2, 3):
        names.append(tmp_path / f"IMG_{number}.jpg")
        names[-1].write_bytes(photo(f"TRANG {number}", turned=number == 2))
    page = open_page("lan", width=390)
    page.goto(f"/nop-ho-so/{draft.pk}/giay-to/")
    sheet = page.locator(f"[data-paper=file-{first.pk}]")
    page.locator(f"#file-{first.pk}").set_input_files(names)
    expect(sheet.locator(".tray-pages li")).to_have_count(3)
    assert faults(page) == []
    key(page, "[data-do=down]", "Trang 1")  # 2, 1, 3
    expect(sheet.locator(".tray-pages li").first).to_contain_text("IMG_2.jpg")
    key(page, "[data-send]")
    expect(sheet.locator("[data-line]")).to_contain_text("Đã nhận và lưu: IMG_2.pdf")
    expect(sheet.locator("[data-files] li")).to_have_count(1)
    expect(sheet.locator("[data-files] li")).to_contain_text("3 trang")
    paper = draft.papers.select_related("file").get()
    assert (paper.component_id, paper.file.pages, paper.file.media_type) == (first.pk, 3, "application/pdf")
    drawn = pages_of(paper, tmp_path)
    assert len(drawn) == 3 and all(map(has_bar_below, drawn))
    assert paper.file.size_bytes < 3 * 900_000
    assert faults(page) == []


def test_nothing_is_lost_with_the_connection_or_the_session(world: World, open_page: OpenPage, tmp_path: Path) -> None:
    draft = draft_of(world)
    picture, paper, video = (tmp_path / name for name in ("a.jpg", "b.pdf", "c.mp4"))
    picture.write_bytes(photo())
    paper.write_bytes(A_PDF)
    video.write_bytes(b"\x00\x00\x00\x18ftypmp42" + bytes(100))
    page = open_page("lan", width=390, language="en")
    page.goto(f"/nop-ho-so/{draft.pk}/giay-to/")
    sheet, field = page.locator("[data-paper=file-more]"), page.locator("#file-more")
    line, again = sheet.locator("[data-line]"), "[data-line] button"
    field.set_input_files(video)
    expect(line).to_contain_text("this is a video")
    field.set_input_files(picture)
    expect(sheet.locator(".tray-pages li")).to_have_count(1)
    page.context.set_offline(True)
    key(page, "[data-send]")
    expect(line).to_contain_text("The connection is lost")
    assert faults(page) == []
    page.context.set_offline(False)
    key(page, again, "Send again")
    expect(line).to_contain_text("Received and saved: a.pdf")

    session: Any = next(one for one in page.context.cookies() if one["name"] == "sessionid")
    page.context.clear_cookies(name="sessionid")
    field.set_input_files(paper)
    expect(line).to_contain_text("Your session has ended")
    assert faults(page) == []
    page.context.add_cookies([session])  # logged in again in another tab
    key(page, again, "Send again")
    expect(sheet.locator("[data-files] li")).to_have_count(2)
    assert draft.papers.count() == 2


def test_a_supplement_is_sent_from_the_phone(world: World, open_page: OpenPage, tmp_path: Path) -> None:
    """Photographed, lost on the way, sent again, left and come back to, then sent as a whole."""
    dossier = handled(world)
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.lan)
    items = [{"name": "Bản sao căn cước công dân", "why": "Ảnh mờ"}]
    at = moment("2021-11-02 10:00")
    supplement.ask_supplement(dossier.pk, items=items, reason="Ảnh không đọc được", actor=world.actor("hoa"), at=at)
    picture = tmp_path / "a.jpg"
    picture.write_bytes(photo())
    page = open_page("lan", width=390)
    page.goto(f"/ho-so/{dossier.submission_no}/bo-sung/")
    sheet = page.locator("[data-paper=file-0]")
    line = sheet.locator("[data-line]")
    page.locator("#file-0").set_input_files(picture)
    expect(sheet.locator(".tray-pages li")).to_have_count(1)
    assert faults(page) == []
    page.context.set_offline(True)
    key(page, "[data-send]")
    expect(line).to_contain_text("Mất kết nối")
    page.context.set_offline(False)
    key(page, "[data-line] button", "Gửi lại")
    expect(line).to_contain_text("Đã nhận và lưu: a.pdf")
    page.locator("[name=note]").fill("Ảnh mới, rõ hơn")
    with page.expect_response(lambda answer: answer.status == 204):
        page.locator("[name=note]").blur()
    page.goto("/")
    page.goto(f"/ho-so/{dossier.submission_no}/bo-sung/")
    expect(page.locator("[data-paper=file-0] [data-files] li")).to_contain_text("a.pdf")
    expect(page.locator("[name=note]")).to_have_value("Ảnh mới, rõ hơn")
    assert dossier.supplement_requests.get().answered_at is None
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.locator("main")).to_contain_text("Đã gửi")
    assert dossier.supplement_requests.get().answered_at is not None
    assert dossier.papers.filter(file__name="a.pdf", file__media_type="application/pdf").count() == 1

"""Handing in for somebody, on a narrow phone and on a desk, as axe reads it; and without script."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.tests.helping import BAY, helped
from tests.browser.conftest import CHROMIUM, OpenPage
from tests.browser.test_everyone_can_use_it import AXE, faults_of
from tests.papers import A_PDF
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine (apt-get install chromium)"),
    pytest.mark.skipif(not AXE.exists(), reason="axe-core isn't there: python3 run.py setup"),
    pytest.mark.django_db(transaction=True),
]


def picture(page: Page, name: str) -> None:
    """For whoever wants to look: only where MOTCUA_PICTURES names a folder."""
    if folder := os.environ.get("MOTCUA_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize(("width", "theme", "language"), [(320, "dark", "vi"), (1280, "light", "en")])
def test_every_page_of_helping_can_be_used(
    width: int, theme: str, language: str, world: World, open_page: OpenPage
) -> None:
    made = helped(world, at="2021-11-04 08:00")
    page = open_page("minh", width=width, theme=theme, language=language)
    assert faults_of(page, "/giup-nop/") == []
    picture(page, f"helping-{width}")
    assert faults_of(page, f"/giup-nop/{made.submission_no}/") == []
    picture(page, f"helped-{width}")
    assert faults_of(page, f"/giup-nop/{made.submission_no}/da-nop/") == []
    assert faults_of(page, "/thu-tuc/9.000001/nop/") == []
    picture(page, f"start-{width}")
    page.locator(f"#for-{world.cast.center.pk}").check()
    page.locator("form.sheet button[type=submit]").last.click()
    assert faults_of(page, page.url) == []
    picture(page, f"person-{width}")
    assert not page.locator('[name="help_witness_name"]').is_visible(), "only where a witness is chosen"
    page.locator('[name="help_way"][value="witness"]').check()
    assert page.locator('[name="help_witness_name"]').is_visible()
    assert faults_of(page, f"/nop-ho-so/{Draft.objects.get().pk}/giay-to/") == []
    picture(page, f"papers-{width}")


def test_somebody_is_helped_without_script(world: World, open_page: OpenPage) -> None:
    page = open_page("minh", width=390, script=False)
    page.goto("/thu-tuc/9.000001/nop/")
    page.get_by_label("Giúp người không tự nộp được", exact=False).check()
    page.get_by_label("Nơi nộp hồ sơ").select_option(str(world.cast.center.pk))
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Nghe đọc lại và đồng ý trước người làm chứng").check()
    page.get_by_label("Họ tên người làm chứng").fill("Trần Văn Tám")
    page.get_by_label("Số định danh hoặc hộ chiếu của người làm chứng").fill("000090000077")
    page.get_by_label("Họ và tên của người được giúp").fill("Nguyễn Văn Bảy")
    page.get_by_label("Số định danh cá nhân của người được giúp").fill(BAY)
    page.get_by_label("Số điện thoại").fill("0912345678")
    page.get_by_label("Địa chỉ").fill("Thôn Bắc, xã Đông Các")
    page.get_by_role("button", name="Tiếp: giấy tờ").click()
    for component in world.passport.components.all():
        file = {"name": "giay.pdf", "mimeType": "application/pdf", "buffer": A_PDF}
        page.locator(f"#file-{component.pk}").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Tiếp: xem lại").click()
    assert "Trần Văn Tám" in page.content()
    page.get_by_label("Tôi đã đọc lại toàn bộ nội dung", exact=False).check()
    page.get_by_role("button", name="Nộp hồ sơ").click()
    dossier = Dossier.objects.get()
    assert page.url.endswith(f"/giup-nop/{dossier.submission_no}/da-nop/")
    assert dossier.secret in page.content()

"""News on a phone and on a desk, as axe reads them: reading, rating with the keyboard, writing and publishing."""

from __future__ import annotations

from typing import Any

import pytest

from motcua.news.models import Article, ArticleVote
from motcua.news.tests.made import ENGLISH, article
from tests.browser.conftest import CHROMIUM, OpenPage
from tests.browser.test_everyone_can_use_it import AXE, faults_of
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine (apt-get install chromium)"),
    pytest.mark.skipif(not AXE.exists(), reason="axe-core isn't there: python3 run.py setup"),
    pytest.mark.django_db(transaction=True),
]


@pytest.mark.parametrize("width", [320, 1280])
def test_a_reader_finds_reads_and_rates(world: World, clock: Any, open_page: OpenPage, width: int) -> None:
    clock("2021-11-02 09:00")
    one = article(world.cast, ENGLISH)
    page = open_page(width=width)
    assert faults_of(page, "/") == []
    page.get_by_role("link", name="Xem tất cả tin").click()
    assert faults_of(page, "/tin-tuc/") == []
    page.get_by_role("link", name=one.title).click()
    assert faults_of(page, f"/tin-tuc/{one.pk}/") == []
    page.get_by_label("5: rất có ích").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Gửi đánh giá").press("Enter")
    page.get_by_text("Bạn đã đánh giá: 5 trên 5").wait_for()
    assert ArticleVote.objects.get().stars == 5
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [320, 1280])
def test_an_editor_writes_and_publishes(world: World, clock: Any, open_page: OpenPage, width: int) -> None:
    clock("2021-11-02 09:00")
    page = open_page("dung", width=width)
    assert faults_of(page, "/thiet-lap/tin-tuc/moi/") == []
    page.get_by_label("Cơ quan đăng tin").fill("Trung tâm Phục vụ hành chính công tỉnh")
    page.get_by_label("Tên bài", exact=True).fill("Mở thêm giờ")
    page.get_by_label("Nội dung", exact=True).fill("Sáng thứ Bảy.")
    page.get_by_role("button", name="Lưu bản nháp").click()
    made = Article.objects.get()
    assert faults_of(page, f"/thiet-lap/tin-tuc/{made.pk}/") == []
    page.get_by_role("button", name="Đăng", exact=True).click()
    page.get_by_text("Đã đăng.").wait_for()
    assert faults_of(page, "/thiet-lap/tin-tuc/") == [] and faults_of(page, f"/thiet-lap/tin-tuc/{made.pk}/go/") == []
    made.refresh_from_db()
    assert made.state == "published"

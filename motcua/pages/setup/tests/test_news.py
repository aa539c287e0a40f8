"""The editor's pages: from a draft to news and back, with bad input answered in words and nothing typed lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.news.models import Article
from motcua.news.tests.made import TEXT, article, draft
from motcua.pages.conftest import WallClock
from tests.house.pages import assert_good_page
from tests.world import World, moment

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
PAGE = "/thiet-lap/tin-tuc/"
WORDS = {"office": "Trung tâm Phục vụ hành chính công tỉnh", "title": TEXT.title, "body": TEXT.body}


@pytest.fixture
def dung(world: World, logged_in: LogIn, clock: WallClock) -> Client:
    clock("2021-11-02 09:00")
    return logged_in("dung")


def test_from_a_draft_to_news_and_back(dung: Client, world: World) -> None:
    assert "Chưa có bài nào." in assert_good_page(dung.get(PAGE))
    assert_good_page(dung.get(f"{PAGE}moi/"))
    html = assert_good_page(dung.post(f"{PAGE}moi/", WORDS, follow=True))
    one = Article.objects.get()
    assert "Đã lưu bản nháp" in html and one.office == world.cast.center and one.state == "draft"
    assert Client().get(f"/tin-tuc/{one.pk}/").status_code == 404
    changed = {**WORDS, "title_en": "Hours", "body_en": "Longer", "seen": "1"}
    assert "Đã lưu." in assert_good_page(dung.post(f"{PAGE}{one.pk}/", changed, follow=True))
    html = assert_good_page(dung.post(f"{PAGE}{one.pk}/dang/", {"seen": "2"}, follow=True))
    assert "Đã đăng." in html and TEXT.title in assert_good_page(Client().get("/"))
    html = assert_good_page(dung.post(f"{PAGE}{one.pk}/", {**changed, "seen": "3"}), 422)
    assert "Lý do sửa" in html and TEXT.title in html
    assert_good_page(dung.post(f"{PAGE}{one.pk}/", {**changed, "seen": "3", "reason": "Thêm ý"}, follow=True))
    assert_good_page(dung.get(f"{PAGE}{one.pk}/go/"))
    assert_good_page(dung.post(f"{PAGE}{one.pk}/go/", {"seen": "4", "reason": " "}), 422)
    html = assert_good_page(dung.post(f"{PAGE}{one.pk}/go/", {"seen": "4", "reason": "Hết hạn"}, follow=True))
    assert "Hết hạn" in html and "Thêm ý" in html and Client().get(f"/tin-tuc/{one.pk}/").status_code == 404
    assert_good_page(dung.post(f"{PAGE}{one.pk}/go/", {"seen": "5", "reason": "Lại"}), 409)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": ""}, "Tên bài"),
        ({"body": "\x00"}, "Nội dung"),
        ({"office": "không có nơi này"}, "Không tìm thấy cơ quan nào"),
        ({"office": "Sở Tư pháp"}, "không viết tin cho cơ quan này"),
        ({"title_en": "Only the title"}, "Bản tiếng Anh cần cả"),
        ({"title": "x" * 201}, "200"),
        ({"body": "x" * 20_001}, "20000"),
    ],
)
def test_bad_input_loses_nothing(dung: Client, wrong: dict[str, str], says: str) -> None:
    html = assert_good_page(dung.post(f"{PAGE}moi/", {**WORDS, "body_en": "", **wrong}), 422)
    assert says in html and not Article.objects.exists()
    kept = [value for name, value in WORDS.items() if name not in wrong and name != "body"]
    assert all(value in html for value in kept) and ("body" in wrong or "sáng thứ Bảy" in html)


def test_a_day_ahead_and_days_that_are_over(dung: Client, world: World) -> None:
    one = draft(world.cast)
    for day in ("2021-11-01", "0001-01-01", "9999-12-31", "32/13/2021", "hôm qua", "\x00"):
        html = assert_good_page(dung.post(f"{PAGE}{one.pk}/dang/", {"seen": "1", "on": day}), 422)
        assert TEXT.body.splitlines()[0] in html
    for seen in ("", "x", "-1", "9" * 30):
        assert_good_page(dung.post(f"{PAGE}{one.pk}/dang/", {"seen": seen}), 422)
    assert "hiện từ" not in assert_good_page(dung.get(PAGE))
    dung.post(f"{PAGE}{one.pk}/dang/", {"seen": "1", "on": "2021-11-05"})
    assert Article.objects.get().published_at == moment("2021-11-05 00:00")
    assert "hiện từ" in assert_good_page(dung.get(PAGE))


def test_the_later_of_two_editors_is_told_and_keeps_what_they_typed(
    dung: Client, world: World, logged_in: LogIn
) -> None:
    one = draft(world.cast)
    logged_in("yen").post(f"{PAGE}{one.pk}/", {**WORDS, "title": "Của Yến", "seen": "1"})
    html = assert_good_page(dung.post(f"{PAGE}{one.pk}/", {**WORDS, "title": "Của Dung", "seen": "1"}), 409)
    assert "Vừa có người khác sửa" in html and "Của Dung" in html and Article.objects.get().title == "Của Yến"


def test_it_exists_for_editors_of_its_office_only(dung: Client, world: World, logged_in: LogIn) -> None:
    theirs, mine = article(world.cast, by="yen", office=world.cast.justice), article(world.cast)
    for name in ("lan", "minh", "hoa", "quang", "khang", "hien", "hanh"):
        for address in (PAGE, f"{PAGE}moi/", f"{PAGE}{mine.pk}/", f"{PAGE}{mine.pk}/go/"):
            assert logged_in(name).get(address).status_code == 404, (name, address)
        assert logged_in(name).post(f"{PAGE}{mine.pk}/dang/", {"seen": "1"}).status_code == 404
        assert logged_in(name).post(f"{PAGE}moi/", WORDS).status_code == 404
    for address in (f"{PAGE}{theirs.pk}/", f"{PAGE}{theirs.pk}/go/", f"{PAGE}999999999/"):
        assert_good_page(dung.get(address), 404)
    assert Article.objects.count() == 2
    assert TEXT.title in assert_good_page(logged_in("yen").get(f"{PAGE}{theirs.pk}/"))


def test_the_list_asks_few_statements_however_long(dung: Client, world: World) -> None:
    for number in range(30):
        draft(world.cast) if number % 2 else article(world.cast)
    dung.get(PAGE)
    with CaptureQueriesContext(connection) as asked:
        html = assert_good_page(dung.get(PAGE))
    assert len(asked) <= 6 and 'rel="next"' in html
    assert "Tin tức" in assert_good_page(dung.get("/thiet-lap/quyen-han/"))

"""News as readers meet it: the list by cursor, an article as plain text, visits, votes, and the home page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.news import acts
from motcua.news.acts import Text
from motcua.news.models import Article, ArticleVote, VisitCount
from motcua.news.reading import Tally, tallies
from motcua.news.tests.made import ENGLISH, TEXT, article, draft
from motcua.pages.conftest import WallClock
from motcua.pages.layout.paging import PAGE_SIZE
from motcua.pages.portal.news import MOST_SEEN, SEEN_COOKIE
from tests.house.pages import assert_good_page
from tests.world import World, moment

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
LIST = "/tin-tuc/"


@pytest.fixture(autouse=True)
def tuesday(clock: WallClock) -> None:
    clock("2021-11-02 09:00")


def address(one: Article, more: str = "") -> str:
    return f"{LIST}{one.pk}/{more}"


def tally(one: Article) -> Tally:
    return tallies([one.pk])[one.pk]


def test_without_news_it_says_so_and_home_is_silent(world: World) -> None:
    assert "Chưa có tin nào." in assert_good_page(Client().get(LIST))
    assert "Tin mới" not in assert_good_page(Client().get("/"))


def test_home_has_the_latest_three_and_the_list_is_read_page_by_page(world: World) -> None:
    for number in range(PAGE_SIZE + 2):
        article(world.cast, Text(f"Tin số {number:02d}", TEXT.body), at=f"2021-11-01 08:{number:02d}")
    draft(world.cast, Text("Còn đang viết", "Chưa xong"))
    browser = Client()
    with CaptureQueriesContext(connection) as asked:
        home = assert_good_page(browser.get("/"))
    assert len(asked) <= 12
    assert [f"Tin số {number}" in home for number in (23, 24, 25, 26)] == [False, True, True, True]
    with CaptureQueriesContext(connection) as asked:
        first = assert_good_page(browser.get(LIST))
    assert len(asked) <= 4, "however many lines there are"
    assert "Tin số 26" in first and "Tin số 02" in first and "Tin số 01" not in first and "Còn đang viết" not in first
    following = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = assert_good_page(browser.get(LIST + following))
    assert "Tin số 01" in second and "Tin số 00" in second and "Tin số 02" not in second
    assert_good_page(browser.get(f"{LIST}?sau=khong-phai"), 422)


def test_what_is_typed_is_shown_as_it_was_typed(world: World) -> None:
    evil = "<script>alert(1)</script> & <b onclick=x>đậm</b>\n<img src=x onerror=y>\n\n[a](javascript:b) {{ 7|add:7 }}"
    one = article(world.cast, Text("<i>Tên</i> & co", evil))
    for page in (address(one), LIST, "/"):
        html = assert_good_page(Client().get(page))
        for raw in ("<script>alert", "<b onclick", "<img src=x", "<i>Tên", 'href="javascript'):
            assert raw not in html
    html = assert_good_page(Client().get(address(one)))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in html and "{{ 7|add:7 }}" in html
    assert html.count("<p>&lt;script") == 1 and "<br>&lt;img src=x" in html


def test_in_english_where_somebody_wrote_it(world: World) -> None:
    both, one = article(world.cast, ENGLISH), article(world.cast)
    browser = Client()
    browser.cookies["django_language"] = "en"
    html = assert_good_page(browser.get(address(both)))
    assert "Longer opening hours" in html and TEXT.title not in html and "not one yet" not in html
    html = assert_good_page(browser.get(address(one)))
    assert f'<h1 lang="vi">{TEXT.title}' in html
    assert TEXT.title in assert_good_page(Client().get(address(both)))


def test_drafts_are_for_editors_only(world: World, logged_in: LogIn) -> None:
    one = draft(world.cast)
    soon = article(world.cast, on=date(2021, 11, 3), at="2021-11-02 08:00")
    gone = article(world.cast)
    acts.withdraw(gone.pk, reason="Sai", seen=2, actor=world.actor("dung"), at=moment("2021-11-02 08:00"))
    for each, words in ((one, "Bản nháp: chỉ"), (soon, "Chưa đến ngày đăng"), (gone, "Đã gỡ: chỉ")):
        for browser in (Client(), logged_in("lan"), logged_in("minh"), logged_in("quang"), logged_in("hien")):
            assert_good_page(browser.get(address(each)), 404)
            assert browser.post(address(each, "danh-gia/"), {"stars": "5"}).status_code == 404
        html = assert_good_page(logged_in("dung").get(address(each)))
        assert words in html and 'name="stars"' not in html
    assert_good_page(Client().get(f"{LIST}999999999/"), 404)
    assert VisitCount.objects.count() == ArticleVote.objects.count() == 0


def test_a_visit_is_counted_once_a_day_for_a_browser_and_keeps_nobody(world: World, clock: WallClock) -> None:
    one, other, browser = article(world.cast), article(world.cast), Client()
    for _time in range(3):
        assert_good_page(browser.get(address(one)))
    browser.get(address(other))
    assert (tally(one).visits, tally(other).visits) == (1, 1)
    assert browser.cookies[SEEN_COOKIE]["httponly"] and set(browser.cookies) == {SEEN_COOKIE, "csrftoken"}
    browser.head(address(one))
    Client().head(address(one))
    Client().get(address(one), headers={"Sec-Purpose": "prefetch"})
    assert tally(one).visits == 1
    clock("2021-11-03 09:00")
    browser.get(address(one))
    Client().get(address(one))
    assert tally(one).visits == 3
    assert "Lượt xem: <span" in assert_good_page(browser.get(LIST))


@pytest.mark.parametrize(
    "cookie", ["", "20211102", "20211102.", "20211102.x.-1.²." + "9" * 40, "x" * 4000, "20211102." + "1." * 900]
)
def test_a_cookie_that_somebody_wrote_harms_nothing(world: World, cookie: str) -> None:
    one, browser = article(world.cast), Client()
    browser.cookies[SEEN_COOKIE] = cookie
    assert_good_page(browser.get(address(one)))
    assert tally(one).visits == 1
    assert browser.cookies[SEEN_COOKIE].value.count(".") <= MOST_SEEN


def test_its_own_editors_are_no_visitors(world: World, logged_in: LogIn) -> None:
    one = article(world.cast)
    for name in ("dung", "yen"):
        html = assert_good_page(logged_in(name).get(address(one)))
        assert "Biên tập bài này" in html and 'name="stars"' not in html
        assert_good_page(logged_in(name).post(address(one, "danh-gia/"), {"stars": "5"}), 403)
    assert tally(one) == Tally()


def test_one_vote_for_a_browser_and_one_for_an_account(world: World, logged_in: LogIn) -> None:
    one, browser = article(world.cast), Client()
    assert "– (chưa có lượt nào)" in assert_good_page(browser.get(address(one)))
    answer = browser.post(address(one, "danh-gia/"), {"stars": "4"}, follow=True)
    html = assert_good_page(answer)
    assert "Bạn đã đánh giá: 4 trên 5" in html and 'name="stars"' not in html and "4,0" in html
    again = assert_good_page(browser.post(address(one, "danh-gia/"), {"stars": "1"}), 409)
    assert "Mỗi người một lần" in again and tally(one).stars == 4
    for _session in range(2):
        logged_in("lan").post(address(one, "danh-gia/"), {"stars": "5"})
    assert (tally(one).votes, tally(one).mean_words) == (2, "4,5")
    assert "(2 lượt)" in assert_good_page(Client().get(LIST))


@pytest.mark.parametrize("stars", ["", "0", "6", "-1", "4.5", "năm", "9" * 400, "\x00"])
def test_a_vote_that_is_none_is_answered_in_words(world: World, stars: str) -> None:
    one = article(world.cast)
    html = assert_good_page(Client().post(address(one, "danh-gia/"), {"stars": stars}), 422)
    assert "Chưa thực hiện được" in html and TEXT.title in html
    assert_good_page(Client().post(address(one, "danh-gia/"), {}), 422)
    assert not ArticleVote.objects.exists()


def test_an_article_asks_few_statements(world: World, logged_in: LogIn) -> None:
    one, browser = article(world.cast), logged_in("lan")
    browser.get(address(one))
    with CaptureQueriesContext(connection) as asked:
        browser.get(address(one))
    assert len(asked) <= 6


def test_a_correction_is_told(world: World) -> None:
    one = article(world.cast)
    other = Text(TEXT.title, "Từ tháng 12.")
    acts.change(
        one.pk,
        world.cast.center,
        other,
        reason="Sai tháng",
        seen=2,
        actor=world.actor("dung"),
        at=moment("2021-11-02 08:30"),
    )
    html = assert_good_page(Client().get(address(one)))
    assert "Đã sửa lúc" in html and "Sai tháng" in html and "Từ tháng 12." in html

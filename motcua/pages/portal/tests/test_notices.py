"""My notices on the portal: the list, what is unread, opening one, and the ways I choose."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.dossiers.tests import lives
from motcua.notices.models import Notice, WayChoice
from motcua.notices.outbox import take_all
from motcua.people.models import Account
from tests.house.pages import assert_good_page
from tests.world import World, moment

pytestmark = [pytest.mark.django_db, pytest.mark.alone]
NOW = moment("2021-11-01 10:00")
LogIn = Callable[[str], Client]


def test_lan_reads_what_she_was_told_and_opens_it(world: World, logged_in: LogIn) -> None:
    dossier = lives.submitted(world)
    take_all(NOW)
    lan = logged_in("lan")
    assert "1 thông báo chưa đọc" in assert_good_page(lan.get("/tai-khoan/"))
    page = assert_good_page(lan.get("/tai-khoan/thong-bao/"))
    assert f"Đã nhận hồ sơ {dossier.submission_no}" in page and "{" not in page.split("<main")[1]
    one = Notice.objects.get()
    answer = lan.post(f"/tai-khoan/thong-bao/{one.pk}/")
    assert answer.status_code == 302 and answer["Location"] == f"/ho-so/{dossier.submission_no}/"
    assert "0 thông báo chưa đọc" in assert_good_page(lan.get("/tai-khoan/"))
    assert logged_in("bay").post(f"/tai-khoan/thong-bao/{one.pk}/").status_code == 404


def test_looking_marks_nothing_and_the_button_marks_what_was_shown(world: World, logged_in: LogIn) -> None:
    lives.submitted(world)
    take_all(NOW)
    lan = logged_in("lan")
    lan.get("/tai-khoan/thong-bao/")
    assert Notice.objects.unread().count() == 1
    for nonsense in ("", "abc", "9" * 40, "-1"):
        lan.post("/tai-khoan/thong-bao/da-doc/", {"upto": nonsense})
    assert Notice.objects.unread().count() == 1
    lan.post("/tai-khoan/thong-bao/da-doc/", {"upto": Notice.objects.get().pk})
    assert Notice.objects.unread().count() == 0


def test_in_english_and_empty(world: World, logged_in: LogIn) -> None:
    lan = logged_in("lan")
    assert "Chưa có thông báo nào." in assert_good_page(lan.get("/tai-khoan/thong-bao/"))
    dossier = lives.submitted(world)
    take_all(NOW)
    lan.cookies["django_language"] = "en"
    assert f"Dossier {dossier.submission_no} received" in assert_good_page(lan.get("/tai-khoan/thong-bao/"))


def test_many_notices_go_over_several_pages(world: World, logged_in: LogIn) -> None:
    for _ in range(27):
        lives.submitted(world)
    take_all(NOW)
    page = assert_good_page(logged_in("lan").get("/tai-khoan/thong-bao/"))
    assert page.count("Mở hồ sơ") == 25 and "Trang tiếp" in page


def test_lan_chooses_her_ways(world: World, logged_in: LogIn) -> None:
    Account.objects.filter(pk=world.cast.lan.pk).update(phone="0912345678", email="lan@vidu.vn")
    lan = logged_in("lan")
    assert_good_page(lan.get("/tai-khoan/kenh-thong-bao/"))
    refused = lan.post("/tai-khoan/kenh-thong-bao/", {"email": "on", "zalo": "on"})
    page = assert_good_page(refused, 422)
    assert "Cần bạn đồng ý" in page and WayChoice.objects.count() == 0
    assert lan.post("/tai-khoan/kenh-thong-bao/", {"email": "on", "zalo": "on", "agrees": "on"}).status_code == 302
    assert set(WayChoice.objects.values_list("way", "is_on")) == {("sms", False), ("zalo", True)}
    assert "Cổng dịch vụ công, Thư điện tử, Zalo" in assert_good_page(lan.get("/tai-khoan/"))

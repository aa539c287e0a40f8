"""Forgotten passwords and contacts to be proved, as people meet them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from motcua.notices.tests.conftest import open_way
from motcua.people import contacts
from motcua.people.code_rows import OneTimeCode
from motcua.people.codes import digits_of
from motcua.people.models import Account
from tests.house.pages import assert_good_page
from tests.world import World, moment

pytestmark = pytest.mark.django_db
OLD, NEW = "sen-vang-2021-x", "mot-con-vit-xoe-ra"
FORGOT, CODE = "/quen-mat-khau/", "/quen-mat-khau/ma/"


@pytest.fixture
def hue(world: World, watch: Any) -> Account:
    open_way("sms", "http://127.0.0.1:9/")
    return Account.objects.create_account(
        "0912345678", OLD, "Lê Thị Huệ", phone="0912345678", personal_id="001190000055"
    )


def other_than(digits: str) -> str:
    return f"{(int(digits) + 1) % 10**6:06}"


def test_a_forgotten_password(client: Client, hue: Account) -> None:
    elsewhere = Client()
    elsewhere.force_login(hue)
    assert "Quên mật khẩu?" in assert_good_page(client.get("/dang-nhap/"))
    assert_good_page(client.get(FORGOT))
    assert client.post(FORGOT, {"login": "0912 345 678"}).url == CODE  # type: ignore[attr-defined]
    html = assert_good_page(client.get(CODE))
    assert "mã đang được gửi" in html and 'value="0912 345 678"' in html
    digits = digits_of(OneTimeCode.objects.get())
    given = {"login": "0912345678", "code": other_than(digits), "password": NEW}
    html = assert_good_page(client.post(CODE, given), 422)
    assert "Mã không đúng" in html and NEW not in html
    assert client.post(CODE, {**given, "code": f"{digits[:3]} {digits[3:]}"}).url == "/dang-nhap/"  # type: ignore[attr-defined]
    assert client.post("/dang-nhap/", {"login": "0912345678", "password": NEW}).status_code == 302
    assert elsewhere.get("/tai-khoan/").status_code == 302  # whoever was logged in with the old one is not any more
    assert "Đặt mật khẩu mới bằng mã" in assert_good_page(client.get("/tai-khoan/"))


def test_the_answers_are_the_same_without_an_account(client: Client, hue: Account) -> None:
    seen = []
    for login in ("0912345678", "0912345679"):
        stranger = Client(REMOTE_ADDR=f"203.0.113.{login[-1]}")
        asked = stranger.post(FORGOT, {"login": login})
        tried = stranger.post(CODE, {"login": login, "code": "000000", "password": NEW}).content.decode()
        words = stranger.get(CODE).content.decode()
        seen.append((asked.status_code, asked.url, tried.count("Mã không đúng"), "Nếu có tài khoản" in words))  # type: ignore[attr-defined]
    assert seen[0] == seen[1]


@pytest.mark.parametrize("login", ["0912345678", "0912345679"])
def test_guessing_and_asking_come_to_an_end_with_or_without_an_account(
    client: Client, hue: Account, login: str
) -> None:
    tries = [client.post(CODE, {"login": login, "code": "1234567", "password": NEW}).status_code for _n in range(7)]
    assert tries == [422] * 5 + [429] * 2
    asked = [client.post(FORGOT, {"login": login}).status_code for _n in range(7)]
    assert asked == [302] * 5 + [429] * 2
    assert OneTimeCode.objects.count() <= 3


def test_where_nothing_can_be_sent_the_page_says_where_to_go(client: Client, world: World, watch: Any) -> None:
    html = assert_good_page(client.get(FORGOT))
    assert "Bộ phận Một cửa" in html and "Gửi mã</button>" not in html


def test_a_contact_is_confirmed(client: Client, hue: Account) -> None:
    client.force_login(hue)
    html = assert_good_page(client.get("/tai-khoan/"))
    assert "Chưa xác nhận 0912345678" in html
    page = "/tai-khoan/xac-nhan/dien-thoai/"
    assert_good_page(client.get(page))
    assert client.post(page, {"send": "1"}).status_code == 302
    digits = digits_of(OneTimeCode.objects.get())
    assert "Mã không đúng" in assert_good_page(client.post(page, {"code": other_than(digits)}), 422)
    assert client.post(page, {"code": digits}).status_code == 302
    html = assert_good_page(client.get("/tai-khoan/"))
    assert "Chưa xác nhận" not in html and "Xác nhận địa chỉ liên hệ: 0912345678" in html
    assert "không cần xác nhận nữa" in assert_good_page(client.get(page))
    assert client.get("/tai-khoan/xac-nhan/zalo/").status_code == 404


def test_who_registers_is_told_to_confirm(client: Client, world: World, watch: Any) -> None:
    given = {"full_name": "Trần Văn Bảy", "login": "bay@vidu.vn", "password": OLD}
    client.post("/dang-ky/", given)
    html = assert_good_page(client.get("/tai-khoan/"))
    assert "hãy xác nhận địa chỉ của bạn" in html and "/tai-khoan/xac-nhan/thu-dien-tu/" in html


def test_the_counter_gives_a_code_that_is_shown_once(client: Client, hue: Account, world: World) -> None:
    officer = Client()
    officer.force_login(world.cast.yen)
    page = "/thiet-lap/cap-ma/"
    assert_good_page(officer.get(page))
    given = {"login": "0912345678", "number": "001190000055", "paper": "Căn cước, Bộ Công an cấp"}
    html = assert_good_page(officer.post(page, {**given, "number": "1"}), 422)
    assert "không khớp" in html
    html = assert_good_page(officer.post(page, given))
    digits = digits_of(OneTimeCode.objects.get())
    assert digits in html and digits not in assert_good_page(officer.get(page))
    contacts.set_password("0912345678", digits, NEW, moment("2021-11-01 09:05"))
    client.force_login(hue)
    hue.refresh_from_db()
    client.force_login(hue)
    assert "Căn cước, Bộ Công an cấp · " in assert_good_page(client.get("/tai-khoan/"))

"""Register, log in, log out, my details."""

import pytest
from django.test import Client

from motcua.people.models import Account
from tests.house.pages import assert_good_page
from tests.world import World

PASSWORD = "sen-vang-2021-x"

pytestmark = pytest.mark.django_db


def lan() -> Account:
    return Account.objects.create_account("0912345678", PASSWORD, "Nguyễn Thị Lan", phone="0912345678")


def test_register_logs_in(client: Client) -> None:
    given = {"full_name": "Trần  Văn Bảy", "login": "+84 912 345 679", "password": PASSWORD}
    assert client.post("/dang-ky/", given).status_code == 302
    account = Account.objects.get(login="0912345679")
    assert (account.full_name, account.phone, account.is_officer) == ("Trần Văn Bảy", "0912345679", False)
    assert "Trần Văn Bảy" in assert_good_page(client.get("/tai-khoan/"))


def test_wrong_registration_loses_nothing(client: Client) -> None:
    lan()
    html = assert_good_page(
        client.post("/dang-ky/", {"full_name": "Lan", "login": "0912345678", "password": PASSWORD}), 422
    )
    assert "Đã có tài khoản" in html
    assert 'value="Lan"' in html
    assert 'value="0912345678"' in html
    assert PASSWORD not in html, "a password is typed again: a page with it in clear lies in caches and histories"
    assert Account.objects.filter(is_demo=False).count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("full_name", "  12 "), ("login", "12345"), ("login", "a@b"), ("password", "ngan"), ("password", "password123")],
)
def test_nonsense_is_refused_with_a_sentence(client: Client, field: str, value: str) -> None:
    given = {"full_name": "Lan", "login": "lan@vidu.vn", "password": PASSWORD, field: value}
    html = assert_good_page(client.post("/dang-ky/", given), 422)
    assert f'id="id_{field}_error"' in html
    assert not Account.objects.filter(is_demo=False).exists()


def test_login_goes_where_the_person_wanted(client: Client) -> None:
    lan()
    answer = client.post("/dang-nhap/", {"login": "091 234 5678", "password": PASSWORD, "next": "/tai-khoan/"})
    assert answer.url == "/tai-khoan/"  # type: ignore[attr-defined]


@pytest.mark.parametrize(("name", "first"), [("minh", "/quay/"), ("hoa", "/ban-lam-viec/"), ("lan", "/")])
def test_everybody_lands_where_their_work_is(client: Client, world: World, name: str, first: str) -> None:
    account = getattr(world.cast, name)
    account.set_password(PASSWORD)
    account.save()
    answer = client.post("/dang-nhap/", {"login": account.login, "password": PASSWORD})
    assert (answer.status_code, answer.headers.get("Location")) == (302, first)


def test_login_leads_nowhere_else(client: Client) -> None:
    lan()
    answer = client.post("/dang-nhap/", {"login": "0912345678", "password": PASSWORD, "next": "//vidu.vn/"})
    assert answer.url == "/"  # type: ignore[attr-defined]


def test_wrong_login_says_nothing_of_who_exists(client: Client) -> None:
    lan()
    known = assert_good_page(client.post("/dang-nhap/", {"login": "0912345678", "password": "x"}), 422)
    unknown = assert_good_page(client.post("/dang-nhap/", {"login": "0912345670", "password": "x"}), 422)
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in known
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in unknown


def test_the_sixth_try_is_locked_even_with_the_right_password(client: Client) -> None:
    lan()
    for _attempt in range(5):
        client.post("/dang-nhap/", {"login": "0912345678", "password": "sai"})
    html = assert_good_page(client.post("/dang-nhap/", {"login": "0912345678", "password": PASSWORD}), 429)
    assert "đợi 15 phút" in html


def test_a_closed_account_cannot_log_in(client: Client) -> None:
    account = lan()
    account.is_active = False
    account.save()
    assert client.post("/dang-nhap/", {"login": "0912345678", "password": PASSWORD}).status_code == 422


def test_my_details_are_kept(client: Client) -> None:
    client.force_login(lan())
    given = {
        "full_name": "Nguyễn Thị Lan",
        "phone": "0912345678",
        "email": "lan@vidu.vn",
        "personal_id": "034 190 000 001",
    }
    assert client.post("/tai-khoan/", given).status_code == 302
    assert Account.objects.get(login="0912345678").personal_id == "034190000001"
    given["personal_id"] = "12"
    html = assert_good_page(client.post("/tai-khoan/", given), 422)
    assert 'value="lan@vidu.vn"' in html


def test_log_out_wants_a_post(client: Client) -> None:
    client.force_login(lan())
    assert client.get("/dang-xuat/").status_code == 405
    client.post("/dang-xuat/")
    assert client.get("/tai-khoan/").status_code == 302

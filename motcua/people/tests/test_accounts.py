"""Logins, names and tokens."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from motcua.people.models import Account, ApiToken, login_of
from motcua.people.tokens import account_for, issue

pytestmark = pytest.mark.django_db
NOW = datetime(2021, 11, 1, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "login"),
    [
        ("  Lan@Example.VN ", "lan@example.vn"),
        ("+84 900 000 001", "0900000001"),
        ("84900000001", "0900000001"),
        ("0900.000.001", "0900000001"),
        ("Minh", "minh"),
    ],
)
def test_a_login_has_one_spelling(typed: str, login: str) -> None:
    assert login_of(typed) == login


@pytest.mark.usefixtures("empty")
def test_a_citizen_logs_in_with_the_phone_number_however_it_is_written() -> None:
    account = Account.objects.create_account("0900 000 001", "một mật khẩu dài", "Trần  Thị Lan")
    assert account.full_name == "Trần Thị Lan"
    request = RequestFactory().post("/dang-nhap/")
    assert authenticate(request, username="+84900000001", password="một mật khẩu dài") == account
    assert authenticate(request, username="0900000001", password="sai") is None


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("typed", ["dang ti", "ĐẶNG", "tien dang", "Tiến Đặng"])
def test_people_are_found_without_marks_by_beginnings_of_words(typed: str) -> None:
    account = Account.objects.create_account("a", None, "Đặng Tiến Đạt")
    Account.objects.create_account("b", None, "Dương Văn Tính")
    assert list(Account.objects.search(typed)) == [account]


@pytest.mark.parametrize("typed", ["", "  ", "' & | ! :* (", "\\"])
def test_signs_alone_find_nobody_and_break_nothing(typed: str) -> None:
    Account.objects.create_account("a", None, "Đặng Tiến Đạt")
    assert list(Account.objects.search(typed)) == []


@pytest.mark.usefixtures("empty")
def test_people_sort_as_the_vietnamese_alphabet_does() -> None:
    for name in ["Đạt", "Dũng", "Ánh", "An", "Ân", "Bình"]:
        Account.objects.create_account(name, None, name)
    names = [account.full_name for account in Account.objects.in_vi_order()]
    assert names == ["An", "Ánh", "Ân", "Bình", "Dũng", "Đạt"]


def test_a_token_is_kept_as_a_digest_and_answers_in_one_statement() -> None:
    account = Account.objects.create_account("may", None, "Máy")
    secret = issue(account, "Phần mềm", ["dossiers:write", "dossiers:read"], NOW)
    assert secret not in str(ApiToken.objects.values().get())
    with CaptureQueriesContext(connection) as queries:
        bearer = account_for(secret, NOW)
    assert len(queries) == 1
    assert bearer is not None
    assert (bearer.account, bearer.scopes) == (account, {"dossiers:read", "dossiers:write"})


def test_a_token_ends_when_it_expires_is_revoked_or_its_account_is_closed() -> None:
    account = Account.objects.create_account("may", None, "Máy")
    secret = issue(account, "Phần mềm", [], NOW, expires_at=NOW + timedelta(days=1))
    assert account_for(secret, NOW + timedelta(hours=23)) is not None
    assert account_for(secret, NOW + timedelta(days=1)) is None
    ApiToken.objects.update(revoked_at=NOW + timedelta(hours=2))
    assert account_for(secret, NOW + timedelta(hours=1)) is not None
    assert account_for(secret, NOW + timedelta(hours=2)) is None
    Account.objects.update(is_active=False)
    assert account_for(secret, NOW) is None
    assert account_for("mc_unknown", NOW) is None
    assert account_for("", NOW) is None

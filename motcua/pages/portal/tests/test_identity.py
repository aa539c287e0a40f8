"""Signing in with a digital identity: who gets in, as whom, and what is not believed."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import Client

from motcua.pages.conftest import WallClock
from motcua.pages.portal.tests.going_out import (
    BACK,
    CHOICE,
    NOW,
    START,
    new_lan,
    out,
    through,
    visit,
    vneid,
    who,
    words,
)
from motcua.people import openid
from motcua.people.guesses import MOST_PER_ADDRESS
from motcua.people.models import Account, ProvidedIdentity
from tests.house.pages import assert_good_page
from tests.identity_provider import CLIENT, LAN, IdentityProvider
from tests.world import World

pytestmark = pytest.mark.django_db
__all__ = ["vneid"]


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
def test_the_first_time_makes_an_account_and_every_other_time_is_the_same_one(
    algorithm: str, vneid: IdentityProvider
) -> None:
    vneid.algorithm = algorithm
    client = Client()
    assert through(client, "?next=/ho-so/").headers["Location"] == CHOICE
    assert who(client) is None
    page = assert_good_page(client.get(CHOICE))
    assert "TRẦN THỊ LAN" in page
    assert "15/02/1990" in page
    assert client.post(CHOICE).headers["Location"] == "/ho-so/"
    account = who(client)
    assert account is not None
    assert (account.personal_id, account.full_name, account.number_verified_at) == (
        "001190000001",
        "TRẦN THỊ LAN",
        NOW,
    )
    assert not account.has_usable_password()
    assert client.get(CHOICE).status_code == 404, "confirmed once"
    again = Client()
    assert through(again, "?next=/ho-so/").headers["Location"] == "/ho-so/"
    assert who(again) == account
    identity = ProvidedIdentity.objects.get()
    assert (identity.account, identity.level, str(identity.born_on)) == (account, 2, "1990-02-15")


def test_a_new_account_goes_on_in_the_language_it_was_made_in(vneid: IdentityProvider) -> None:
    client = Client()
    client.cookies["django_language"] = "en"
    assert new_lan(client).language == "en"
    assert client.cookies["django_language"].value == "en"


def test_facts_that_only_userinfo_tells_are_taken_from_there(vneid: IdentityProvider) -> None:
    vneid.told_apart = True
    assert new_lan(Client()).personal_id == "001190000001"
    assert "/userinfo" in vneid.asked


def test_another_subject_with_a_verified_number_is_the_same_person(vneid: IdentityProvider) -> None:
    account = new_lan(Client())
    vneid.person["sub"] = "vneid-renewed"
    for _time in range(2):
        client = Client()
        through(client)
        assert who(client) == account
    old, new = ProvidedIdentity.objects.order_by("id")
    assert (old.ended_at, new.subject, new.ended_at) == (NOW, "vneid-renewed", None)


def test_a_number_that_changes_under_the_same_subject_is_a_matter_for_people(vneid: IdentityProvider) -> None:
    account = new_lan(Client())
    vneid.person["SoDinhDanh"] = "001190000999"
    client = Client()
    assert "báo số định danh khác" in words(through(client), 409)
    assert who(client) is None
    account.refresh_from_db()
    assert account.personal_id == "001190000001"


def test_a_number_that_the_administrator_sets_is_not_verified(vneid: IdentityProvider) -> None:
    account = new_lan(Client())
    call_command("identity_number", account.login, "001190000002", stdout=StringIO())
    account.refresh_from_db()
    assert (account.personal_id, account.number_verified_at) == ("001190000002", None)
    client = Client()
    through(client)
    assert who(client) is None, "the former identity ended with its number"


def test_an_account_whose_number_was_merely_written_is_never_handed_over(vneid: IdentityProvider, world: World) -> None:
    Account.objects.filter(pk=world.cast.bay.pk).update(personal_id=LAN["SoDinhDanh"])
    client = Client()
    through(client)
    page = assert_good_page(client.get(CHOICE))
    assert "Đã có tài khoản ghi số định danh này nhưng chưa xác minh" in page
    assert world.cast.bay.full_name not in page
    client.post(CHOICE)
    account = who(client)
    assert account is not None
    assert account != world.cast.bay
    world.cast.bay.refresh_from_db()
    assert world.cast.bay.number_verified_at is None


def test_who_has_an_account_signs_in_to_it_and_links(vneid: IdentityProvider, world: World) -> None:
    lan = world.cast.lan
    lan.set_password("một mật khẩu dài")
    lan.save()
    client = Client()
    through(client)
    answer = client.post("/dang-nhap/", {"login": lan.login, "password": "một mật khẩu dài", "next": CHOICE})
    assert answer.headers["Location"] == CHOICE
    assert lan.login in assert_good_page(client.get(CHOICE))
    client.post(CHOICE)
    lan.refresh_from_db()
    assert (lan.personal_id, lan.full_name, lan.number_verified_at) == ("001190000001", "TRẦN THỊ LAN", NOW)
    other = Client()
    through(other)
    assert who(other) == lan


def test_an_officer_links_the_own_number_only_and_keeps_the_name(
    vneid: IdentityProvider, world: World, logged_in: Callable[[str], Client]
) -> None:
    hoa, name = world.cast.hoa, world.cast.hoa.full_name
    Account.objects.filter(pk=hoa.pk).update(personal_id="001190000055")
    client = logged_in("hoa")
    through(client)
    assert "Tài khoản này đã có số định danh khác" in assert_good_page(client.post(CHOICE), 409)
    assert not ProvidedIdentity.objects.exists()
    Account.objects.filter(pk=hoa.pk).update(personal_id=LAN["SoDinhDanh"])
    through(client)
    client.post(CHOICE)
    hoa.refresh_from_db()
    assert (hoa.full_name, hoa.number_verified_at) == (name, NOW)


def test_an_identity_that_is_somebody_s_already_is_not_linked_to_another(
    vneid: IdentityProvider, logged_in: Callable[[str], Client]
) -> None:
    account = new_lan(Client())
    client = logged_in("bay")
    through(client)
    assert "đã gắn với một tài khoản khác" in assert_good_page(client.post(CHOICE), 409)
    assert ProvidedIdentity.objects.get().account == account


def test_a_verified_number_and_name_are_not_edited_on_the_account_page(vneid: IdentityProvider) -> None:
    client = Client()
    account = new_lan(client)
    assert_good_page(client.get("/tai-khoan/"))
    sent = {"full_name": "Tên Khác", "phone": "0912000111", "email": "", "personal_id": "000190000078"}
    assert client.post("/tai-khoan/", sent).status_code == 302
    account.refresh_from_db()
    assert (account.personal_id, account.full_name, account.phone) == ("001190000001", "TRẦN THỊ LAN", "0912000111")


def test_a_closed_account_stays_closed(vneid: IdentityProvider) -> None:
    Account.objects.filter(pk=new_lan(Client()).pk).update(is_active=False)
    client = Client()
    assert "đã bị khóa" in words(through(client), 409)
    assert who(client) is None


@pytest.mark.parametrize("level", ["1", "", "LoA0"])
def test_a_level_below_what_is_needed_is_said(level: str, vneid: IdentityProvider) -> None:
    vneid.person["loAs"] = level
    assert "cần mức 2" in words(through(Client()), 422)


@pytest.mark.parametrize(
    "facts", [{"SoDinhDanh": "12"}, {"SoDinhDanh": None}, {"HoVaTen": " "}, {"sub": "x" * 256}, {"sub": "x\0"}]
)
def test_who_is_not_named_surely_enough_is_not_signed_in(facts: dict[str, Any], vneid: IdentityProvider) -> None:
    vneid.person |= facts
    assert "không cho biết số định danh" in words(through(Client()), 422)


def test_an_enterprise_comes_with_its_own_number_and_name(vneid: IdentityProvider) -> None:
    vneid.person = {
        "sub": "org-1", "LoaiTaiKhoan": "2", "MaSoDoanhNghiep": "0100109106", "TenDoanhNghiep": "Công ty A", "LoA": "2",
    }  # fmt: skip
    account = new_lan(Client())
    assert (account.personal_id, account.full_name) == ("0100109106", "Công ty A")


def test_whoever_says_no_at_the_provider_is_back_with_everything(vneid: IdentityProvider) -> None:
    client = Client()
    state = parse_qs(urlsplit(out(client, "?next=/ho-so/")).query)["state"][0]
    html = words(client.get(f"{BACK}?error=access_denied&state={state}"), 409)
    assert 'value="/ho-so/"' in html


@pytest.mark.parametrize(("language", "sentence"), [("vi", "hiện không trả lời"), ("en", "does not answer")])
def test_a_provider_that_is_down_is_said_in_the_reader_s_language_and_the_other_way_in_stays(
    language: str, sentence: str, world: World, clock: WallClock, settings: Any
) -> None:
    settings.IDENTITY_ISSUER, settings.IDENTITY_CLIENT = "http://127.0.0.1:9", CLIENT
    openid._silent_since.clear()
    client = Client()
    client.cookies["django_language"] = language
    html = words(client.get(f"{START}?next=/ho-so/"), 503)
    assert sentence in html
    assert 'value="/ho-so/"' in html


def test_a_provider_that_goes_down_in_between(vneid: IdentityProvider, settings: Any) -> None:
    client = Client()
    back = visit(out(client, "?next=/ho-so/"))
    vneid.codes.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vneid, "token", lambda sent, authorization: (502, {}))
        assert 'value="/ho-so/"' in words(client.get(back), 503)


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_nobody_is_led_out_of_the_house(wanted: str, vneid: IdentityProvider) -> None:
    new_lan(Client())
    assert through(Client(), f"?next={wanted}").headers["Location"] == "/"


def test_whoever_tries_answers_for_long_waits(vneid: IdentityProvider) -> None:
    client = Client()
    statuses = [client.get(f"{BACK}?code=x&state=s{number}").status_code for number in range(MOST_PER_ADDRESS + 1)]
    assert statuses == [422] * MOST_PER_ADDRESS + [429]


def test_where_no_provider_is_named_there_is_no_button_and_no_page(world: World, clock: WallClock) -> None:
    client = Client()
    assert "VNeID" not in assert_good_page(client.get("/dang-nhap/"))
    assert [client.get(path).status_code for path in (START, BACK, CHOICE)] == [404, 404, 404]


def test_the_button_keeps_where_one_wanted_to_go(vneid: IdentityProvider) -> None:
    html = assert_good_page(Client().get("/dang-nhap/?next=/ho-so/"))
    assert f'href="{START}?next=/ho-so/"' in html


@pytest.mark.parametrize("issuer", ["http://vneid.example", "ftp://x", "vneid"])
def test_secrets_are_not_sent_in_the_clear(issuer: str, settings: Any) -> None:
    settings.IDENTITY_ISSUER, settings.IDENTITY_CLIENT = issuer, CLIENT
    with pytest.raises(ImproperlyConfigured):
        openid.provider()


def test_a_provider_that_changes_its_keys_is_believed_at_once(vneid: IdentityProvider) -> None:
    account = new_lan(Client())
    vneid.keys = {"RS256": vneid.new_key("RS256")}
    client = Client()
    through(client)
    assert who(client) == account


def test_two_tabs_make_one_account(vneid: IdentityProvider) -> None:
    first, second = Client(), Client()
    through(first)
    through(second)
    assert first.post(CHOICE).status_code == 302
    assert "đã có tài khoản" in assert_good_page(second.post(CHOICE), 409)
    assert Account.objects.filter(personal_id=LAN["SoDinhDanh"]).count() == 1


def test_a_silent_provider_is_not_asked_by_everybody(vneid: IdentityProvider, settings: Any, clock: WallClock) -> None:
    settings.IDENTITY_ISSUER = "http://127.0.0.1:9"
    words(Client().get(START), 503)
    settings.IDENTITY_ISSUER, there = vneid.address, len(vneid.asked)
    openid._silent_since[vneid.address] = NOW
    words(Client().get(START), 503)
    assert len(vneid.asked) == there
    clock("2021-11-01 11:01")
    out(Client())


@pytest.mark.parametrize(
    ("said", "day"),
    [("19900215", "1990-02-15"), ("15/02/1990", "1990-02-15"), ("1990-02-15", "1990-02-15"), ("1990", "None"), ("31/02/1990", "None")],
)  # fmt: skip
def test_days_of_birth_are_read_however_they_are_spelled(said: str, day: str) -> None:
    assert str(openid._day(said)) == day

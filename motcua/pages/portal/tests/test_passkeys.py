"""Passkeys: whose key signs whom in, and which answers prove nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from motcua.pages.conftest import WallClock
from motcua.pages.portal.tests.device import Device
from motcua.people.guesses import MOST_PER_SUBJECT
from motcua.people.models import Account, Passkey
from tests.house.pages import assert_good_page
from tests.world import World, moment

pytestmark = pytest.mark.django_db
MINE, LOGIN = "/tai-khoan/khoa-truy-cap/", "/dang-nhap/khoa-truy-cap/"
LogIn = Callable[[str], Client]


def registered(client: Client, device: Device, name: str = "Điện thoại") -> Any:
    options = client.post(f"{MINE}bat-dau/").json()
    return client.post(MINE, {"name": name, "answer": device.make(options)})


def question(client: Client) -> dict[str, Any]:
    asked: dict[str, Any] = client.post(f"{LOGIN}bat-dau/").json()
    return asked


def signed_in(device: Device, client: Client | None = None, wanted: str = "") -> Client:
    client = client or Client()
    answer = client.post(LOGIN, {"answer": device.sign(question(client)), "next": wanted})
    assert answer.status_code == 302, answer.content.decode()[-1500:]
    return client


def refused(client: Client, answer: str, status: int = 422) -> str:
    html = assert_good_page(client.post(LOGIN, {"answer": answer, "next": "/ho-so/"}), status)
    assert 'role="alert"' in html
    assert 'value="/ho-so/"' in html
    assert who(client) is None
    return html


def who(client: Client) -> Account | None:
    key = client.session.get("_auth_user_id")
    return Account.objects.get(pk=key) if key else None


def test_a_key_is_kept_and_signs_its_owner_in(world: World, logged_in: LogIn, clock: WallClock) -> None:
    device, client = Device(), logged_in("lan")
    assert registered(client, device).headers["Location"] == MINE
    assert "Điện thoại" in assert_good_page(client.get(MINE))
    clock("2021-11-01 12:00")
    assert who(signed_in(device)) == world.cast.lan
    key = Passkey.objects.get()
    assert (key.account, key.sign_count, key.last_used_at) == (world.cast.lan, 2, moment("2021-11-01 12:00"))


def test_one_goes_on_where_one_wanted_to_but_never_out_of_the_house(logged_in: LogIn) -> None:
    device = Device()
    registered(logged_in("lan"), device)
    for wanted, right in (("/ho-so/", "/ho-so/"), ("https://evil.example/", "/")):
        client = Client()
        answer = client.post(LOGIN, {"answer": device.sign(question(client)), "next": wanted})
        assert answer.headers["Location"] == right


def test_several_keys_each_with_its_name_and_one_is_taken_away(logged_in: LogIn, world: World) -> None:
    phone, laptop, client = Device(), Device(), logged_in("lan")
    registered(client, phone)
    registered(client, laptop, "Máy tính")
    first, second = Passkey.objects.order_by("id")
    client.post(f"{MINE}{first.pk}/doi-ten/", {"name": "Điện thoại mới"})
    assert client.post(f"{MINE}{second.pk}/bo/").status_code == 302
    page = assert_good_page(client.get(MINE))
    assert "Điện thoại mới" in page
    assert "Máy tính" not in page
    assert who(signed_in(phone)) == world.cast.lan
    other = Client()
    refused(other, laptop.sign(question(other)))
    assert client.post(f"{MINE}{second.pk}/bo/").status_code == 404


def test_nobody_touches_another_s_keys(logged_in: LogIn) -> None:
    registered(logged_in("lan"), Device())
    key = Passkey.objects.get()
    bay = logged_in("bay")
    assert bay.post(f"{MINE}{key.pk}/bo/").status_code == 404
    assert bay.post(f"{MINE}{key.pk}/doi-ten/", {"name": "x"}).status_code == 404
    key.refresh_from_db()
    assert (key.removed_at, key.name) == (None, "Điện thoại")


def test_the_only_way_in_is_not_taken_away(logged_in: LogIn, world: World) -> None:
    client = logged_in("lan")
    registered(client, Device())
    world.cast.lan.set_unusable_password()
    Account.objects.filter(pk=world.cast.lan.pk).update(password=world.cast.lan.password)
    client = logged_in("lan")
    assert client.post(f"{MINE}{Passkey.objects.get().pk}/bo/").status_code == 409
    assert Passkey.objects.get().removed_at is None


def test_an_answer_is_taken_once_in_the_browser_that_asked_and_in_time(logged_in: LogIn, clock: WallClock) -> None:
    device, client = Device(), Client()
    registered(logged_in("lan"), device)
    answer = device.sign(question(client))
    refused(Client(), answer)
    assert client.post(LOGIN, {"answer": answer}).status_code == 302
    client.post("/dang-xuat/")
    refused(client, answer)
    late = Client()
    answer = device.sign(question(late))
    clock("2021-11-01 11:06")
    refused(late, answer)


def test_a_key_is_made_for_the_question_that_was_asked(logged_in: LogIn) -> None:
    client = logged_in("lan")
    answer = Device().make(client.post(f"{MINE}bat-dau/").json())
    client.post(f"{MINE}bat-dau/")
    assert_good_page(client.post(MINE, {"name": "Cũ", "answer": answer}), 422)
    assert not Passkey.objects.exists()


def test_who_does_not_verify_the_person_is_not_believed(logged_in: LogIn) -> None:
    client = logged_in("lan")
    assert registered(client, Device(verifies=False)).status_code == 422
    device = Device()
    registered(client, device)
    device.verifies = False
    other = Client()
    refused(other, device.sign(question(other)))


def test_another_address_can_not_pass_the_question_on(logged_in: LogIn) -> None:
    client = logged_in("lan")
    assert registered(client, Device("https://testserver.evil.example")).status_code == 422
    device = Device()
    registered(client, device)
    device.origin = "http://testserver.evil.example"
    other = Client()
    refused(other, device.sign(question(other)))


def test_a_copied_key_is_found_by_its_count(logged_in: LogIn) -> None:
    device = Device()
    registered(logged_in("lan"), device)
    signed_in(device)
    device.count = 1
    client = Client()
    assert "sao chép" in refused(client, device.sign(question(client)), 409)


def test_a_device_that_does_not_count_signs_in_again_and_again(logged_in: LogIn, world: World) -> None:
    device = Device(counts=False)
    registered(logged_in("lan"), device)
    signed_in(device)
    assert who(signed_in(device)) == world.cast.lan


def test_a_forged_signature_and_another_s_name_prove_nothing(logged_in: LogIn, world: World) -> None:
    device, forger = Device(), Device()
    registered(logged_in("lan"), device)
    forger.id, forger.user, forger.count = device.id, device.user, 9
    client = Client()
    refused(client, forger.sign(question(client)))
    device.user = world.cast.bay.pk.to_bytes(8, "big")
    refused(client, device.sign(question(client)))


@pytest.mark.parametrize(
    "answer", ["", "{", "[]", "null", '{"rawId": 7}', '{"rawId": "x", "response": {}}', "9" * 30_000]
)
def test_nonsense_is_no_answer(answer: str, logged_in: LogIn) -> None:
    client = Client()
    question(client)
    refused(client, answer)
    mine = logged_in("lan")
    mine.post(f"{MINE}bat-dau/")
    assert_good_page(mine.post(MINE, {"name": "x", "answer": answer}), 422)


def test_the_same_key_is_not_kept_twice(logged_in: LogIn) -> None:
    device = Device()
    registered(logged_in("lan"), device)
    assert registered(logged_in("bay"), device).status_code == 422
    assert Passkey.objects.count() == 1


def test_a_closed_account_stays_closed(logged_in: LogIn, world: World) -> None:
    device = Device()
    registered(logged_in("lan"), device)
    Account.objects.filter(pk=world.cast.lan.pk).update(is_active=False)
    client = Client()
    refused(client, device.sign(question(client)), 409)


def test_a_key_needs_a_name(logged_in: LogIn) -> None:
    client = logged_in("lan")
    assert_good_page(registered(client, Device(), " "), 422)
    assert not Passkey.objects.exists()


def test_whoever_tries_for_long_waits(world: World, clock: WallClock) -> None:
    client = Client()
    statuses = [client.post(LOGIN, {"answer": "{}"}).status_code for _try in range(MOST_PER_SUBJECT + 1)]
    assert statuses == [422] * MOST_PER_SUBJECT + [429]

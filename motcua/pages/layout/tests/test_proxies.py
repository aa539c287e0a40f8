"""Who is counted behind a proxy: the person, not the proxy, and not whoever the person says they are."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from motcua.pages.layout.proxies import asked_from
from motcua.people.guesses import MOST_PER_ADDRESS
from motcua.people.models import WrongGuess
from motcua.settings import env_networks
from tests.world import World

OURS = [ip_network("10.0.3.0/24"), ip_network("127.0.0.1"), ip_network("fd00::/8")]
LAN, BAY = "203.0.113.7", "203.0.113.8"


@pytest.mark.parametrize(
    ("peer", "forwarded", "who"),
    [
        (LAN, "", LAN),
        (LAN, BAY, LAN),  # no proxy of ours: what it says counts for nothing
        ("127.0.0.1", LAN, LAN),
        ("127.0.0.1", f"{LAN}, 10.0.3.9", LAN),
        ("127.0.0.1", f"{BAY}, {LAN}", LAN),  # Lan herself wrote that she is Bảy
        ("127.0.0.1", f"10.0.3.1, {LAN}, 10.0.3.9", LAN),
        ("10.0.3.9", "", "10.0.3.9"),
        ("10.0.3.9", "unknown", "10.0.3.9"),
        ("127.0.0.1", f"{LAN}:51234", LAN),
        ("fd00::1", "[2001:db8::5]:443", "2001:db8::5"),
        ("::ffff:127.0.0.1", f"::ffff:{LAN}", LAN),
        ("", LAN, ""),  # a socket has no address: nobody is believed
    ],
)
def test_who_asked(peer: str, forwarded: str, who: str) -> None:
    assert asked_from(peer, forwarded, OURS) == who


def test_a_setting_that_is_no_network_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_PROXIES", "127.0.0.1, 10.0.3.0/24")
    assert env_networks("MOTCUA_PROXIES") == [ip_network("127.0.0.1"), ip_network("10.0.3.0/24")]
    monkeypatch.setenv("MOTCUA_PROXIES", "my-proxy")
    with pytest.raises(ImproperlyConfigured, match="MOTCUA_PROXIES"):
        env_networks("MOTCUA_PROXIES")


def guess(address: str, number: int) -> int:
    """One wrong secret through the proxy; the answer's status."""
    behind: dict[str, Any] = {"REMOTE_ADDR": "10.0.3.9", "HTTP_X_FORWARDED_FOR": address}
    given = {"code": f"TN-{number:010}", "secret": "SAISAISAI"}
    return int(Client(**behind).post("/ho-so/tra-cuu/", given).status_code)


@pytest.mark.django_db
def test_one_who_guesses_closes_the_way_for_themselves_only(world: World, settings: Any) -> None:
    settings.PROXIES = OURS
    for number in range(MOST_PER_ADDRESS):
        assert guess(LAN, number) != 429
    assert guess(LAN, 100) == 429
    assert guess(BAY, 100) != 429
    assert set(WrongGuess.objects.values_list("address", flat=True)) == {LAN, BAY}


@pytest.mark.django_db
def test_who_is_not_behind_our_proxy_stays_who_they_are(world: World, settings: Any) -> None:
    settings.PROXIES = [ip_network("192.0.2.1")]
    guess(LAN, 1)
    assert WrongGuess.objects.get().address == "10.0.3.9"


@pytest.mark.django_db
def test_passwords_are_counted_by_the_person_too(world: World, settings: Any) -> None:
    settings.PROXIES = OURS
    login = {"login": world.cast.lan.login, "password": "khong-phai-mat-khau"}

    def status(address: str) -> int:
        behind: dict[str, Any] = {"REMOTE_ADDR": "10.0.3.9", "HTTP_X_FORWARDED_FOR": address}
        return int(Client(**behind).post("/dang-nhap/", login).status_code)

    assert [status(LAN) for _try in range(6)] == [422, 422, 422, 422, 429, 429]
    assert status(BAY) == 422

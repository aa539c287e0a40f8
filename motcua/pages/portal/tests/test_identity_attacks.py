"""Signing in with a digital identity: what is not believed, however well it is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from motcua.pages.conftest import WallClock
from motcua.pages.portal.tests.going_out import BACK, NOW, START, new_lan, out, through, visit, vneid, who, words
from tests.identity_provider import CLIENT, IdentityProvider

__all__ = ["vneid"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "spoil",
    [
        lambda claims: claims.update(nonce="another"),
        lambda claims: claims.pop("nonce"),
        lambda claims: claims.update(aud="another-portal"),
        lambda claims: claims.update(aud=["another-portal", CLIENT], azp="another-portal"),
        lambda claims: claims.update(iss="https://another.example"),
        lambda claims: claims.update(exp=int((NOW - timedelta(minutes=2)).timestamp())),
        lambda claims: claims.pop("exp"),
        lambda claims: claims.pop("sub"),
    ],
    ids=["wrong nonce", "no nonce", "audience", "two audiences", "issuer", "expired", "no end", "no subject"],
)
def test_a_token_that_was_not_made_for_this_sign_in_proves_nothing(
    spoil: Callable[[Any], None], vneid: IdentityProvider
) -> None:
    new_lan(Client())
    vneid.spoil = spoil
    client = Client()
    assert "không xác nhận được bạn" in words(through(client, "?next=/ho-so/"), 422)
    assert who(client) is None


@pytest.mark.parametrize("how", ["another key", "no signature", "public key as a secret"])
def test_a_forged_signature_proves_nothing(how: str, vneid: IdentityProvider, caplog: pytest.LogCaptureFixture) -> None:
    new_lan(Client())
    if how == "another key":
        vneid.signs_with = vneid.new_key("RS256")
    elif how == "no signature":
        vneid.unsigned = True
    else:
        vneid.public_key_as_secret = True
    client = Client()
    assert "không xác nhận được bạn" in words(through(client), 422)
    assert who(client) is None
    right = {"another key": "BadSignature", "no signature": "Algorithm", "public key as a secret": "Algorithm"}
    assert right[how] in caplog.text


def test_an_answer_is_taken_once_and_only_in_the_browser_that_asked(vneid: IdentityProvider) -> None:
    new_lan(Client())
    client, other = Client(), Client()
    back = visit(out(client))
    assert "không bắt đầu từ trình duyệt này" in words(other.get(back), 422)
    assert who(other) is None
    wrong = back.replace("state=", "state=x")
    assert "không bắt đầu từ trình duyệt này" in words(client.get(wrong), 422)
    assert client.get(back).status_code == 302
    assert who(client) is not None
    client.post("/dang-xuat/")
    words(client.get(back), 422)
    assert who(client) is None


def test_a_code_that_was_used_is_worth_nothing_under_another_state(vneid: IdentityProvider) -> None:
    new_lan(Client())
    client = Client()
    first = visit(out(client))
    used = parse_qs(urlsplit(first).query)["code"][0]
    client.get(first)
    thief = Client()
    state = parse_qs(urlsplit(out(thief)).query)["state"][0]
    words(thief.get(f"{BACK}?code={used}&state={state}"), 422)
    assert who(thief) is None


def test_a_stolen_code_needs_the_secret_of_its_own_browser(vneid: IdentityProvider) -> None:
    new_lan(Client())
    stolen = parse_qs(urlsplit(visit(out(Client()))).query)["code"][0]
    thief = Client()
    state = parse_qs(urlsplit(out(thief)).query)["state"][0]
    words(thief.get(f"{BACK}?code={stolen}&state={state}"), 422)
    assert who(thief) is None


def test_an_answer_that_comes_too_late_is_not_taken(vneid: IdentityProvider, clock: WallClock) -> None:
    client = Client()
    back = visit(out(client))
    clock("2021-11-01 11:11")
    words(client.get(back), 422)


def test_what_userinfo_tells_of_somebody_else_is_not_taken(vneid: IdentityProvider) -> None:
    vneid.told_apart = True
    client = Client()
    back = visit(out(client))
    token = vneid.token

    def another(sent: Any, authorization: str) -> Any:
        answer = token(sent, authorization)
        vneid.person["sub"] = "somebody-else"
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vneid, "token", another)
        words(client.get(back), 422)


def test_an_answer_under_another_provider_s_name_is_not_taken(vneid: IdentityProvider) -> None:
    new_lan(Client())
    client = Client()
    assert "một nhà cung cấp khác" in words(client.get(visit(out(client)) + "&iss=https://evil.example"), 422)
    assert who(client) is None


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": "https://another.example"},
        {"token_endpoint": "http://vneid.example/token"},
        {"jwks_uri": "http://vneid.example/jwks"},
        {"userinfo_endpoint": "http://vneid.example/u"},
        {"authorization_endpoint": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_provider_that_describes_itself_wrongly_is_not_used(change: dict[str, Any], vneid: IdentityProvider) -> None:
    described = {**vneid.described(), **change}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vneid, "described", lambda: described)
        assert "hiện không trả lời" in words(Client().get(START), 503)

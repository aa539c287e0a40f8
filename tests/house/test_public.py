"""Nothing is open by accident: the addresses that need no login are these, and no others."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from motcua.pages.layout.middleware import API_PATH

PUBLIC = {
    "healthz",
    "layout:preferences",
    "layout:design",
    "portal:home",
    "portal:news",
    "portal:article",
    "portal:rate_article",
    "portal:find",
    "portal:suggest",
    "portal:situation",
    "portal:procedure",
    "portal:suggest_units",
    "portal:decisions",
    "portal:papers_needed",
    "portal:model_dossier",
    "portal:login",
    "portal:register",
    "portal:forgot_password",
    "portal:new_password",
    "portal:track",
    "portal:identity_start",
    "portal:identity_back",
    "portal:identity",
    "portal:passkey_login",
    "portal:passkey_challenge",
    "portal:kiosk",
    "portal:kiosk_done",
    "portal:kiosk_here",
    "portal:kiosk_dossier",
    "portal:kiosk_ticket",
    "portal:kiosk_number",
    "portal:wall",
    "portal:wall_now",
    "portal:draw_ticket",
    "portal:ticket",
    "portal:ticket_now",
    "portal:leave_ticket",
    "portal:rate_ticket",
    "portal:check",
    "portal:code",
    "portal:corrections",
    "portal:rate",
    "portal:send_petition",
    "portal:ask_question",
    "portal:petition_sent",
    "portal:follow_petition",
    "portal:followed_petition",
    "portal:published_petitions",
    "portal:sorry",
    "portal:statistics",
    "portal:open_data",
    "portal:open_data_file",
    "portal:pay",
    "portal:paid_receipt",
    "portal:gateway_notice",
    "portal:keys",
    "portal:keys_json",
}


def routes(patterns: list[Any], prefix: str = "", names: str = "") -> Iterator[tuple[str, str, Any]]:
    """Every route below: its name with the room's, its address, its view."""
    for one in patterns:
        address = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            room = f"{one.app_name}:" if one.app_name else names
            yield from routes(one.url_patterns, address, room)
        elif isinstance(one, URLPattern):
            yield f"{names}{one.name}", address, one.callback


ROUTES = [route for route in routes(get_resolver().url_patterns) if not f"/{route[1]}".startswith(API_PATH)]


def test_public_addresses_are_listed() -> None:
    assert {name for name, _address, view in ROUTES if not getattr(view, "login_required", True)} == PUBLIC


@pytest.mark.django_db
@pytest.mark.parametrize("address", sorted({address for name, address, _view in ROUTES if name not in PUBLIC}))
def test_every_other_address_asks_who_is_there(client: Client, address: str) -> None:
    filled = address
    while "<" in filled:
        before, _, rest = filled.partition("<")
        filled = f"{before}1{rest.partition('>')[2]}"
    answer = client.get(f"/{filled}")
    assert (answer.status_code, answer.headers.get("Location", "")[:16]) == (302, "/dang-nhap/?next")

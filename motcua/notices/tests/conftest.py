"""Ways that are open, for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from motcua.notices.tests.servers import Gateway, Post, gateway, post
from motcua.notices.ways import set_way
from tests.world import moment

OPENED = moment("2021-10-01 08:00")


def open_way(way: str, address: str = "") -> None:
    set_way(
        way,
        is_on=True,
        gateway=address,
        sender="Một Cửa <mot-cua@vidu.vn>" if way == "email" else "MOTCUA",
        valid_from=OPENED,
        reason="Theo kế hoạch",
        by="Ngô Hải Yến",
        at=OPENED,
    )


@pytest.fixture
def sms(db: None) -> Iterator[Gateway]:
    """An SMS gateway, and the way to it open."""
    with gateway() as server:
        open_way("sms", server.address)
        yield server


@pytest.fixture
def mail(db: None, settings: LazySettings) -> Iterator[Post]:
    """A mail server, and the way to it open."""
    with post() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.DEFAULT_FROM_EMAIL = "mot-cua@vidu.vn"
        open_way("email")
        yield server

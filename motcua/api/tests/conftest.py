"""A program that calls the API for one person of the cast."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from motcua.base.times import now
from motcua.catalogue.offers import forget_offers
from motcua.people.tokens import SCOPES, issue
from tests.cast import Cast, cast, province
from tests.world import World, world

__all__ = ["cast", "province", "world"]

BASE = "/api/v1"


class Caller:
    """Speaks JSON as one person."""

    def __init__(self, token: str | None) -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, address: str, **query: Any) -> Any:
        return self.client.get(BASE + address, query, headers=self.headers)

    def post(self, address: str, body: Any = None, key: str = "", **headers: str) -> Any:
        more = {"Idempotency-Key": key} if key else {}
        return self.client.post(
            BASE + address,
            json.dumps(body or {}),
            content_type="application/json",
            headers={**self.headers, **more, **headers},
        )

    def send(self, name: str, content: bytes) -> Any:
        from django.core.files.uploadedfile import SimpleUploadedFile

        return self.client.post(BASE + "/files", {"file": SimpleUploadedFile(name, content)}, headers=self.headers)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget_offers()


@pytest.fixture
def call(cast: Cast) -> Callable[..., Caller]:
    """call("minh") speaks as Minh with every scope; call("nobody") has no token."""

    def as_person(name: str, scopes: tuple[str, ...] = tuple(SCOPES)) -> Caller:
        token = None if name == "nobody" else issue(getattr(cast, name), "test", scopes, now())
        return Caller(token)

    return as_person


@pytest.fixture
def intake(world: World) -> Callable[..., dict[str, Any]]:
    """The body of a complete dossier of Lan's at the provincial centre."""

    def body(**changes: Any) -> dict[str, Any]:
        components = world.passport.components.all()
        return {
            "act": "take_in",
            "case_id": world.passport.pk,
            "receiving_office": world.cast.center.code,
            "owner": {"name": "Trần Thị Lan", "id_no": "000190000001"},
            "papers": [{"component_id": component.pk, "originals": 1} for component in components],
            **changes,
        }

    return body

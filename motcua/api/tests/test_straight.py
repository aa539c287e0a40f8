"""A program's request goes past what only pages need, and keeps what guards everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.api.tests.conftest import Caller

Call = Callable[..., Caller]


def test_security_headers_and_length_stay(call: Call) -> None:
    answer = call("minh").get("/dossiers")
    for header in ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Content-Length"):
        assert header in answer.headers
    assert not answer.cookies


def test_a_host_that_is_not_ours_is_refused(call: Call) -> None:
    for host in ("evil.example", 'P*@",|XQ'):
        answer = Client().get("/api/v1/dossiers", headers={"Host": host})
        assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
        assert Client().get("/", headers={"Host": host}).headers["Content-Type"].startswith("text/html")


def test_a_cookie_is_looked_at_and_none_is_not(call: Call) -> None:
    browser = Client()
    browser.cookies["sessionid"] = "x" * 32
    with CaptureQueriesContext(connection) as with_cookie:
        assert browser.get("/api/v1/me").status_code == 401
    with CaptureQueriesContext(connection) as without:
        assert Client().get("/api/v1/me").status_code == 401
    assert len(with_cookie) == 1
    assert len(without) == 0


def test_addresses_beside_the_operations_are_answered_as_ever(call: Call) -> None:
    token: Any = call("minh").headers
    assert Client().get("/api/v1/docs", headers=token).status_code == 200
    assert Client().get("/api/elsewhere", headers=token).status_code == 404
    assert Client().get("/api/v1/", headers=token).status_code == 404

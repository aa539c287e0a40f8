"""The served description is true: whatever is sent, nothing fails, and every answer is a documented one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from motcua.api.tests.conftest import Caller
from motcua.wsgi import application
from tests.world import World

Call = Callable[..., Caller]
Intake = Callable[..., dict[str, Any]]
TRUE = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
BOUNDED = settings(
    max_examples=settings.default.max_examples // 60,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture
def real(world: World, call: Call, intake: Intake) -> Iterator[dict[str, Any]]:
    """Things that exist: a dossier in hand, one waiting to be accepted, a case, a token that may do everything."""
    minh = call("minh")
    taken = minh.post("/dossiers", intake()).json()["code"]
    waiting = call("lan").post("/dossiers", intake(act="submit")).json()["submission_no"]
    # A real server closes its connection after a request; here the test's own transaction is on it.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield {"refs": [taken, waiting], "intake": intake(), "headers": minh.headers}
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@BOUNDED
def test_no_operation_fails_or_answers_undocumented(case: schemathesis.Case, real: dict[str, Any]) -> None:
    has_token = aim(case, real)
    case.call_and_validate(headers=real["headers"] if has_token else {}, checks=TRUE)


def aim(case: schemathesis.Case, real: dict[str, Any]) -> bool:
    """Every other case is aimed at things that exist, so that more than the door is tested; one in seven has no token."""
    number = len(repr(case.body)) + len(repr(case.query))
    if number % 2:
        return number % 7 > 0
    if "ref" in (case.path_parameters or {}):
        case.path_parameters["ref"] = real["refs"][number // 2 % 2]
    if isinstance(case.body, dict) and "case_id" in case.body and "owner" in case.body:
        case.body |= {name: real["intake"][name] for name in ("case_id", "receiving_office", "papers")}
    return True

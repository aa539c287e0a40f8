"""A request that is sent again happens once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from motcua.api.tests.conftest import Caller
from motcua.base.times import now
from motcua.dossiers.models import Dossier, Event
from motcua.people.idempotency import forget
from motcua.people.models import IdempotencyKey
from tests.world import World

Call = Callable[..., Caller]
Intake = Callable[..., dict[str, Any]]


def test_the_same_request_gets_the_first_answer_again(world: World, call: Call, intake: Intake) -> None:
    minh = call("minh")
    first = minh.post("/dossiers", intake(), key="k-1")
    again = minh.post("/dossiers", intake(), key="k-1")
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json() and again["Idempotency-Replayed"] == "true"
    assert Dossier.objects.count() == 1


def test_another_request_under_the_same_key_is_refused(world: World, call: Call, intake: Intake) -> None:
    minh = call("minh")
    minh.post("/dossiers", intake(), key="k-1")
    answer = minh.post("/dossiers", intake(content="khác"), key="k-1")
    assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")


def test_keys_of_two_people_are_two_keys(world: World, call: Call, intake: Intake) -> None:
    assert call("minh").post("/dossiers", intake(), key="k-1").status_code == 201
    assert call("dung").post("/dossiers", intake(), key="k-1").status_code == 201
    assert Dossier.objects.count() == 2


def test_a_refused_request_leaves_its_key_free(world: World, call: Call, intake: Intake) -> None:
    minh = call("minh")
    assert minh.post("/dossiers", intake(papers=[]), key="k-1").status_code == 422
    assert minh.post("/dossiers", intake(), key="k-1").status_code == 201


def test_an_act_happens_once_too(world: World, call: Call, intake: Intake) -> None:
    minh = call("minh")
    ref = minh.post("/dossiers", intake()).json()["code"]
    first = minh.post(f"/dossiers/{ref}/forward", {}, key="f-1")
    assert minh.post(f"/dossiers/{ref}/forward", {}, key="f-1").json() == first.json()
    assert Event.objects.filter(act="forward").count() == 1


def test_a_founding_that_was_cut_off_makes_no_second_dossier(world: World, call: Call, intake: Intake) -> None:
    """The program died between the act and the keeping of its answer: the dossier is there, the answer is not."""
    minh = call("minh")
    first = minh.post("/dossiers", intake(), key="k-1").json()
    IdempotencyKey.objects.update(status=None, body="")
    assert minh.post("/dossiers", intake(), key="k-1").json()["code"] == "in_progress"
    long_ago = now() - timedelta(minutes=5)
    kept = IdempotencyKey.objects.get()
    Dossier.objects.update(origin_ref=f"api:{kept.pk}:{long_ago:%Y%m%d%H%M%S%f}")
    IdempotencyKey.objects.update(made_at=long_ago)
    again = minh.post("/dossiers", intake(), key="k-1")
    assert again.status_code == 201 and again.json() == first
    assert Dossier.objects.count() == 1


def test_an_act_that_was_cut_off_is_not_repeated_blindly(world: World, call: Call, intake: Intake) -> None:
    minh = call("minh")
    ref = minh.post("/dossiers", intake()).json()["code"]
    minh.post(f"/dossiers/{ref}/forward", {}, key="f-1")
    IdempotencyKey.objects.update(status=None, body="", made_at=now() - timedelta(minutes=5))
    answer = minh.post(f"/dossiers/{ref}/forward", {}, key="f-1")
    assert (answer.status_code, answer.json()["code"]) == (409, "outcome_unknown")


def test_keys_are_forgotten_after_a_day(world: World, call: Call, intake: Intake) -> None:
    minh = call("minh")
    minh.post("/dossiers", intake(), key="k-1")
    IdempotencyKey.objects.update(made_at=now() - timedelta(hours=25))
    assert minh.post("/dossiers", intake(), key="k-1").status_code == 201
    assert Dossier.objects.count() == 2
    IdempotencyKey.objects.update(made_at=now() - timedelta(hours=25))
    assert forget(now()) == 1


@pytest.mark.parametrize("key", ["", "a b", "x" * 129, "đ"])
def test_a_key_is_a_short_plain_word(key: str, world: World, call: Call, intake: Intake) -> None:
    answer = call("minh").post("/dossiers", intake(), **{"Idempotency-Key": key})
    assert answer.status_code == 400


@pytest.mark.django_db(transaction=True)
def test_the_same_request_many_times_at_once_makes_one_dossier(world: World, call: Call, intake: Intake) -> None:
    body = intake()
    minh = call("minh")
    headers = minh.headers

    def send(_number: int) -> int:
        one = Caller(None)
        one.headers = headers
        try:
            return int(one.post("/dossiers", body, key="same").status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(send, range(12)))
    assert set(statuses) <= {201, 409} and 201 in statuses
    assert Dossier.objects.count() == 1

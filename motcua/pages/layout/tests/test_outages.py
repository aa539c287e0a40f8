"""The database goes away in the middle of a request: a backend is really killed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client

from motcua.dossiers.models import Event
from motcua.dossiers.states import State
from motcua.dossiers.tests.lives import submitted
from tests.world import World, reread

pytestmark = pytest.mark.django_db(transaction=True)
LogIn = Callable[[str], Client]


@contextmanager
def killed(*, at_statement: str, times: int = 1) -> Iterator[list[int]]:
    """The backend of this thread is terminated just before statements that contain these words, so many times."""
    killed_pids: list[int] = []
    facts = connection.get_connection_params()
    address = {name: facts[name] for name in ("dbname", "user", "password", "host", "port") if facts.get(name)}

    def kill(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if at_statement in str(sql) and len(killed_pids) < times:
            pid = connection.connection.info.backend_pid
            with psycopg.connect(**address, autocommit=True) as other:
                other.execute("select pg_terminate_backend(%s, 5000)", [pid])
            killed_pids.append(pid)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(kill):
        yield killed_pids


def steady(client: Client) -> Client:
    client.raise_request_exception = False
    return client


def test_reading_is_tried_once_more_on_a_fresh_connection(world: World, client: Client) -> None:
    with killed(at_statement="catalogue_procedure") as pids:
        answer = steady(client).get("/thu-tuc/9.000001/")
    assert len(pids) == 1
    assert answer.status_code == 200
    assert "Cấp hộ chiếu thử nghiệm" in answer.content.decode()


def test_reading_that_fails_twice_says_so_and_when_to_come_back(world: World, client: Client) -> None:
    with killed(at_statement="catalogue_procedure", times=2) as pids:
        answer = steady(client).get("/thu-tuc/9.000001/")
    assert len(pids) == 2
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Hãy tải lại trang sau vài giây" in answer.content.decode()


def test_a_page_for_officers_is_read_again_too(world: World, logged_in: LogIn) -> None:
    dossier = submitted(world)
    minh = steady(logged_in("minh"))
    with killed(at_statement="dossiers_dossier") as pids:
        answer = minh.get(f"/ban-lam-viec/ho-so/{dossier.pk}/")
    assert len(pids) == 1
    assert answer.status_code == 200


def test_writing_is_not_repeated_by_itself_and_gives_back_what_was_typed(world: World, logged_in: LogIn) -> None:
    dossier = submitted(world)
    minh = steady(logged_in("minh"))
    typed = {"seen": dossier.last_seq, "reason": "Thiếu <chữ ký> của chủ hồ sơ", "basis": "Nghị định 61/2018/NĐ-CP"}
    address = f"/quay/ho-so/{dossier.pk}/tu-choi-tiep-nhan/"
    with killed(at_statement="FOR UPDATE") as pids:
        answer = minh.post(address, typed)
    assert len(pids) == 1
    html = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Tạm thời gián đoạn" in html
    assert f'action="{address}"' in html
    assert "Thiếu &lt;chữ ký&gt; của chủ hồ sơ</textarea>" in html
    assert reread(dossier).state == State.SUBMITTED
    assert minh.post(address, typed).status_code == 302
    assert reread(dossier).state == State.REFUSED
    assert Event.objects.filter(dossier=dossier).count() == 2


def test_a_password_is_never_written_into_the_page(world: World, client: Client) -> None:
    with killed(at_statement="people_account"):
        answer = steady(client).post("/dang-nhap/", {"login": "lan", "password": "mật khẩu rất dài"})
    html = answer.content.decode()
    assert answer.status_code == 503
    assert "mật khẩu rất dài" not in html
    assert "nội dung đã nhập vẫn còn trong trình duyệt" in html


def test_the_api_reads_again_and_answers_writing_with_a_problem(world: World, client: Client) -> None:
    case = world.passport.pk
    with killed(at_statement="catalogue_procedure") as pids:
        assert steady(client).get(f"/api/v1/procedures/cases/{case}?channel=1").status_code == 200
    assert len(pids) == 1
    with killed(at_statement="dossiers_dossier") as pids:
        answer = client.post("/api/v1/track", {"code": "H54-1", "secret": "ABCDEFGH"}, content_type="application/json")
    assert len(pids) == 1
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["code"] == "unavailable"


def test_a_fault_of_ours_stays_a_fault(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("ours")

    monkeypatch.setattr("motcua.pages.portal.views.published", broken)
    assert steady(client).get("/thu-tuc/9.000001/").status_code == 500

"""Every error is a problem that a program and a person can read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from motcua.api import dossiers
from motcua.api.tests.conftest import Caller
from motcua.base.times import now
from motcua.people.guesses import MOST_PER_SUBJECT, SUBJECT_WINDOW
from motcua.people.models import ApiToken
from motcua.people.tokens import issue
from tests.cast import Cast
from tests.world import World

Call = Callable[..., Caller]
Intake = Callable[..., dict[str, Any]]
MEMBERS = {"type", "title", "status", "detail", "code", "fields", "possible"}


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    content = answer.json()
    assert set(content) == MEMBERS and content["status"] == status and content["code"] == code
    return content


def test_without_a_token_one_is_told_how_to_log_in(cast: Cast, call: Call) -> None:
    answer = call("nobody").get("/dossiers")
    problem(answer, 401, "unauthorised")
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("header", ["Bearer mc_unknown", "Basic bWluaDp4", "Bearer", "mc_unknown"])
def test_a_token_that_is_not_ours_is_not_taken_for_nobody(header: str, cast: Cast) -> None:
    problem(Client().get("/api/v1/dossiers", headers={"Authorization": header}), 401, "unauthorised")


def test_an_expired_or_revoked_token_ends_at_once(cast: Cast) -> None:
    expired = issue(cast.minh, "old", ["dossiers:read"], now(), now() - timedelta(seconds=1))
    revoked = issue(cast.minh, "gone", ["dossiers:read"], now())
    ApiToken.objects.filter(name="gone").update(revoked_at=now())
    for token in (expired, revoked):
        problem(Caller(token).get("/dossiers"), 401, "unauthorised")


@pytest.mark.parametrize(
    ("content", "media_type", "status", "code"),
    [
        ("{", "application/json", 400, "unreadable"),
        ("[]", "application/json", 400, "unreadable"),
        ('{"answers": {"x": NaN}}', "application/json", 400, "unreadable"),
        ('{"answers": {"x": 1e999}}', "application/json", 400, "unreadable"),
        ('{"content": "a\\u0000b"}', "application/json", 400, "unreadable"),
        ('{"content": "\\ud800"}', "application/json", 400, "unreadable"),
        ("[" * 100_000, "application/json", 400, "unreadable"),
        ("1" * 5_000, "application/json", 400, "unreadable"),
        ("a=1", "application/x-www-form-urlencoded", 415, "wrong_media_type"),
        ("{}", "text/plain", 415, "wrong_media_type"),
        ("{}", "application/json", 422, "invalid"),
    ],
)
def test_a_body_that_cannot_be_read(content: str, media_type: str, status: int, code: str, call: Call) -> None:
    minh = call("minh")
    answer = minh.client.post("/api/v1/dossiers", content, content_type=media_type, headers=minh.headers)
    problem(answer, status, code)


def test_each_wrong_field_has_its_sentence(world: World, call: Call, intake: Intake) -> None:
    body = intake(owner={"name": ""}, channel=9, misspelt=True)
    del body["case_id"]
    fields = problem(call("minh").post("/dossiers", body), 422, "invalid")["fields"]
    assert set(fields) == {"body.case_id", "body.channel", "body.owner.name", "body.misspelt"}
    assert fields["body.case_id"] == "Thiếu trường này."


def test_what_the_rules_refuse_names_its_field(world: World, call: Call, intake: Intake) -> None:
    found = problem(call("minh").post("/dossiers", intake(papers=[])), 422, "invalid")
    assert found["fields"]["papers"].startswith("Còn thiếu: Tờ khai theo mẫu")
    found = problem(call("minh").post("/dossiers", intake(case_id=world.doubtful.pk, papers=[])), 422, "invalid")
    assert "papers" in found["fields"]


def test_the_reader_chooses_the_language(cast: Cast) -> None:
    english = Client().get("/api/v1/nothing", headers={"Accept-Language": "en"})
    vietnamese = Client().get("/api/v1/nothing", headers={"Accept-Language": "vi"})
    assert (english["Content-Language"], vietnamese["Content-Language"]) == ("en", "vi")
    assert problem(vietnamese, 404, "not_found")["title"] == "Không tìm thấy"


def test_a_method_that_is_not_there(cast: Cast) -> None:
    answer = Client().delete("/api/v1/dossiers")
    problem(answer, 405, "method")
    assert set(answer["Allow"].split(", ")) == {"GET", "POST"}


def test_a_body_is_refused_by_its_declared_size(call: Call) -> None:
    minh = call("minh")
    body = b"{" + b" " * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b"}"
    answer = minh.client.post("/api/v1/dossiers", body, content_type="application/json", headers=minh.headers)
    problem(answer, 413, "too_large")


def test_a_file_is_judged_by_its_content(cast: Cast, call: Call, settings: Any) -> None:
    problem(call("lan").send("don.pdf", b"MZ not a pdf"), 422, "file_program")
    settings.MAX_FILE_BYTES = 1000
    problem(call("lan").send("don.pdf", b"%PDF-1.4" + b"x" * 2000 + b"%%EOF"), 422, "file_too_large")
    problem(call("lan").send("don.pdf", b"%PDF-1.4" + b"x" * 100_000 + b"%%EOF"), 413, "too_large")


def test_signs_that_no_database_keeps(call: Call) -> None:
    problem(call("minh").get("/dossiers", text="a\x00b"), 400, "unreadable")
    problem(call("minh").get("/dossiers/H54%00"), 400, "unreadable")


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJhIl0", "bnVsbA", "WzEuNV0", "WzEwMDAwMDAwMDAwMDAwMDAwMDAwXQ"])
def test_a_cursor_that_we_did_not_make(cursor: str, call: Call) -> None:
    problem(call("minh").get("/dossiers", cursor=cursor), 422, "bad_cursor")
    problem(call("minh").get("/dossiers/inbox", cursor=cursor), 422, "bad_cursor")


def test_secrets_are_not_guessed(world: World, call: Call, intake: Intake) -> None:
    founded = call("minh").post("/dossiers", intake()).json()
    nobody = call("nobody")
    for _guess in range(MOST_PER_SUBJECT):
        problem(nobody.post("/track", {"code": founded["code"], "secret": "AAAAAAAA"}), 404, "not_found")
    answer = nobody.post("/track", {"code": founded["code"], "secret": founded["secret"]})
    problem(answer, 429, "too_many")
    assert 0 < int(answer["Retry-After"]) <= SUBJECT_WINDOW.total_seconds()


def test_wrong_secrets_are_counted_for_programs_and_pages_together(
    client: Client, world: World, call: Call, intake: Intake
) -> None:
    founded = call("minh").post("/dossiers", intake()).json()
    nobody, page = call("nobody"), "/ho-so/tra-cuu/"
    given = {"code": founded["code"], "secret": founded["secret"]}
    wrong = {**given, "secret": "AAAAAAAA"}
    assert [client.post(page, wrong).status_code for _guess in range(3)] == [404] * 3
    assert [nobody.post("/track", wrong).status_code for _guess in range(2)] == [404] * 2
    problem(nobody.post("/track", given), 429, "too_many")
    assert client.post(page, given).status_code == 429


def test_a_failure_of_ours_is_logged_and_leaks_nothing(cast: Cast, call: Call, monkeypatch: Any, caplog: Any) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr(dossiers.cursors, "newest_first", broken)
    answer = call("minh").get("/dossiers")
    problem(answer, 500, "failure")
    assert "hunter2" not in answer.content.decode() and "hunter2" in caplog.text


def test_a_parcel_number_is_noted_once(world: World, call: Call, intake: Intake) -> None:
    body = intake(act="register", channel=3, parcel_no="RN123456789VN")
    assert call("minh").post("/dossiers", body).status_code == 201
    problem(call("minh").post("/dossiers", body), 422, "parcel_known")

"""A dossier's life through the API, act by act, and who may see and do what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from motcua.api.acts import ENTRIES
from motcua.api.tests.conftest import Caller
from motcua.dossiers.models import Dossier
from motcua.dossiers.permissions import OF_THE_SYSTEM
from motcua.dossiers.states import TRANSITIONS, Act
from tests.papers import A_PDF
from tests.world import World

Call = Callable[..., Caller]
Intake = Callable[..., dict[str, Any]]


def act(caller: Caller, ref: str, name: str, **body: Any) -> dict[str, Any]:
    answer = caller.post(f"/dossiers/{ref}/{name}", body)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def test_every_act_has_its_operation() -> None:
    founding = {act for act, row in TRANSITIONS.items() if not row.sources}
    assert {entry.act for entry in ENTRIES} == set(Act) - founding - OF_THE_SYSTEM
    assert founding == {Act.SUBMIT, Act.TAKE_IN, Act.REGISTER}


def test_a_dossier_taken_in_at_the_counter_lives_to_the_hand_over(world: World, call: Call, intake: Intake) -> None:
    minh, thanh, hoa, tuan, nga = (call(name) for name in ("minh", "thanh", "hoa", "tuan", "nga"))
    answer = minh.post("/dossiers", intake())
    assert answer.status_code == 201, answer.content.decode()
    founded = answer.json()
    assert founded["state"] == "accepted" and founded["due_at"] and founded["secret"]
    ref = founded["code"]
    assert act(minh, ref, "forward", seen=1)["state"] == "processing"
    act(thanh, ref, "forward", to_account_id=world.cast.hoa.pk)
    act(hoa, ref, "forward", note="Đủ điều kiện")
    assert act(tuan, ref, "approve", number="12/GP")["state"] == "decided"
    assert act(nga, ref, "finish")["state"] == "finished"
    assert act(minh, ref, "hand_over", way="counter")["state"] == "returned"

    story = minh.get(f"/dossiers/{ref}").json()
    assert [event["act"]["code"] for event in story["timeline"]] == [
        "take_in", "forward", "forward", "forward", "approve", "finish", "hand_over",
    ]  # fmt: skip
    assert story["clock"]["state"] == "stopped" and story["clock"]["days"] and story["acts"] == []
    tracked = call("nobody").post("/track", {"code": ref, "secret": founded["secret"]}).json()
    assert tracked["state"] == "returned"
    assert all(event["reason"] == "" for event in tracked["timeline"] if event["act"]["code"] == "forward")


def test_a_citizen_submits_for_herself_and_the_unit_accepts(world: World, call: Call, intake: Intake) -> None:
    lan, minh = call("lan"), call("minh")
    founded = lan.post("/dossiers", intake(act="submit")).json()
    assert founded["state"] == "submitted" and founded["code"] is None
    dossier = Dossier.objects.get(submission_no=founded["submission_no"])
    assert (dossier.channel, dossier.owner_account_id, dossier.device) == (2, world.cast.lan.pk, "api")
    assert act(minh, founded["submission_no"], "accept")["code"]
    assert [row["submission_no"] for row in lan.get("/dossiers").json()["rows"]] == [founded["submission_no"]]


def test_a_supplement_is_asked_and_answered(world: World, call: Call, intake: Intake) -> None:
    lan, minh, hoa = call("lan"), call("minh"), call("hoa")
    ref = lan.post("/dossiers", intake(act="submit")).json()["submission_no"]
    act(minh, ref, "accept")
    act(minh, ref, "forward")
    asked = act(hoa, ref, "ask_supplement", items=[{"name": "Tờ khai", "why": "thiếu chữ ký"}], reason="Thiếu chữ ký")
    assert asked["state"] == "supplement"
    sent = lan.send("to-khai.pdf", A_PDF).json()
    act(lan, ref, "answer_supplement", papers=[{"name": "Tờ khai", "file_id": sent["id"]}])
    assert act(minh, ref, "receive_supplement")["state"] == "processing"
    file = hoa.get(f"/files/{sent['id']}")
    assert file.status_code == 200 and b"".join(file.streaming_content) == A_PDF
    assert call("khang").get(f"/files/{sent['id']}").status_code == 404


def test_a_result_is_corrected_by_two_people(world: World, call: Call, intake: Intake) -> None:
    minh, thanh, tuan = call("minh"), call("thanh"), call("tuan")
    ref = minh.post("/dossiers", intake()).json()["code"]
    for person in ("minh", "thanh", "hoa"):
        act(call(person), ref, "forward")
    act(tuan, ref, "approve")
    act(call("nga"), ref, "finish", number="12/GP-STP")
    act(minh, ref, "hand_over", way="counter")
    body = {"wrong": "Sai tên", "reason": "Nhập nhầm", "document_no": "45/BB", "document_on": "2021-11-01"}
    act(tuan, ref, "propose_correction", kind="result", number="12a/GP-STP", **body)
    refused = tuan.post(f"/dossiers/{ref}/correct_result", {})
    assert refused.status_code == 403 and "hai người" in refused.json()["detail"]
    act(tuan, ref, "refuse_correction", reason="Để người khác đề nghị")
    act(thanh, ref, "propose_correction", kind="result", number="12a/GP-STP", **body)
    assert act(tuan, ref, "correct_result")["state"] == "finished"
    act(minh, ref, "hand_over", way="counter")
    act(thanh, ref, "propose_correction", kind="reopen", step=3, limit_days=2, **body)
    assert act(tuan, ref, "reopen")["state"] == "processing"
    act(thanh, ref, "propose_date", new_day="2026-12-31", **body)
    act(tuan, ref, "correct_date")
    assert minh.get(f"/dossiers/{ref}").json()["due_at"].startswith("2026-12-31")


def test_nobody_hands_in_a_file_of_somebody_else(world: World, call: Call, intake: Intake) -> None:
    sent = call("lan").send("cccd.pdf", A_PDF).json()
    body = intake(act="submit", papers=[*intake()["papers"], {"name": "Lấy trộm", "file_id": sent["id"]}])
    answer = call("bay").post("/dossiers", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "not_your_file")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry.act))
def test_an_outsider_cannot_tell_hidden_from_absent(entry: Any, world: World, call: Call, intake: Intake) -> None:
    ref = call("minh").post("/dossiers", intake()).json()["code"]
    full: dict[str, Any] = {
        "reason": "r",
        "basis": "b",
        "items": [{"name": "x"}],
        "to_office": "H54",
        "new_day": "2027-01-04",
    }
    full |= {"content": "c", "document_no": "1", "payee": "p", "proof_no": "1", "paid_on": "2021-11-01"}
    full |= {"wrong": "w", "document_no": "1", "document_on": "2021-11-01", "kind": "result"}
    full |= {"proof": "p", "reference": "R", "receipt_id": 1, "lines": [{"kind": "PHI", "amount_vnd": 1}]}
    full |= {"questions": [{"office": world.cast.center.code, "question": "q", "days": 1}]}
    full |= {"consultation_id": 1, "answer": "a", "verification_id": 1, "minutes": "m", "attended": "a", "place": "p"}
    full |= {"begins_at": "2027-01-04T08:00:00Z", "ends_at": "2027-01-04T09:00:00Z"}
    full |= {"tried_at": "2026-01-04T08:00:00Z", "evidence": "e"}
    full |= {"participants": "p", "content": "c", "needs_applicant": True}
    plan = {"office": world.cast.justice.code, "name": "x", "limit": "1wd"}
    full |= {"part": 1, "summary": "s", "plan": plan, "plans": [plan]}
    body = {name: full[name] for name in entry.body.model_fields if name in full}
    if "way" in entry.body.model_fields:
        body["way"] = "counter" if entry.act == Act.HAND_OVER else "cash"
    if "to_office" in body:
        body["to_office"] = world.cast.district.code
    hidden = call("khang").post(f"/dossiers/{ref}/{entry.act}", body)
    absent = call("khang").post(f"/dossiers/H54.18-260101-9999/{entry.act}", body)
    assert hidden.status_code == absent.status_code == 404
    assert hidden.json() == absent.json()


@pytest.mark.parametrize(
    ("person", "status"), [("minh", 200), ("hoa", 403), ("quang", 403), ("khang", 404), ("lan", 404), ("nobody", 401)]
)
def test_who_sees_a_dossier(person: str, status: int, world: World, call: Call, intake: Intake) -> None:
    ref = call("minh").post("/dossiers", intake()).json()["code"]
    assert call(person).get(f"/dossiers/{ref}").status_code == status
    if status == 403:  # not at their step or unit: they say why, once a day
        assert call(person).get(f"/dossiers/{ref}").json()["code"] == "reason_needed"
        assert call(person).get(f"/dossiers/{ref}?reason=Kiểm tra phản ánh").status_code == 200
        assert call(person).get(f"/dossiers/{ref}").status_code == 200


def test_an_act_that_is_not_open_says_what_is(world: World, call: Call, intake: Intake) -> None:
    minh = call("minh")
    ref = minh.post("/dossiers", intake()).json()["code"]
    answer = minh.post(f"/dossiers/{ref}/hand_over", {"way": "counter"})
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "wrong_state")
    assert "forward" in problem["possible"] and "Đã tiếp nhận" in problem["detail"]
    assert problem["type"] == "urn:motcua:problem:wrong_state"


def test_the_second_of_two_officers_is_told(world: World, call: Call, intake: Intake) -> None:
    minh = call("minh")
    ref = minh.post("/dossiers", intake()).json()["code"]
    act(minh, ref, "forward", seen=1)
    answer = call("thanh").post(f"/dossiers/{ref}/forward", {"seen": 1})
    assert (answer.status_code, answer.json()["code"]) == (409, "stale")


def test_a_token_does_only_what_its_scopes_say(world: World, call: Call, intake: Intake) -> None:
    reader = call("minh", scopes=("dossiers:read",))
    answer = reader.post("/dossiers", intake())
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_needed")
    assert reader.get("/dossiers").status_code == 200


def test_a_session_writes_only_with_its_csrf_token(world: World, intake: Intake) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.cast.minh)
    refused = browser.post("/api/v1/dossiers", intake(), content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf")
    browser.cookies["csrftoken"] = "a" * 32
    accepted = browser.post(
        "/api/v1/dossiers", intake(), content_type="application/json", headers={"X-CSRFToken": "a" * 32}
    )
    assert accepted.status_code == 201

"""Opinions and verifications through the API: the same acts, and each reader is told what they may know."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from motcua.api.tests.conftest import Caller
from motcua.base.times import now
from motcua.dossiers.models import Consultation, Verification
from tests.papers import A_PDF as PDF
from tests.world import World

Call = Callable[..., Caller]
Intake = Callable[..., dict[str, Any]]


@pytest.fixture
def ref(world: World, call: Call, intake: Intake, settings: Any, tmp_path: Path) -> str:
    """Lan's dossier in Hoa's hand."""
    settings.FILES_ROOT = tmp_path
    number = call("lan").post("/dossiers", intake(act="submit")).json()["submission_no"]
    for name, act in (("minh", "accept"), ("minh", "forward"), ("thanh", "forward")):
        assert call(name).post(f"/dossiers/{number}/{act}").status_code == 200
    return number


def test_an_office_is_asked_and_answers_and_the_owner_reads_neither(world: World, call: Call, ref: str) -> None:
    hoa, khang, lan = call("hoa"), call("khang"), call("lan")
    question = {"office": world.cast.industry.code, "question": "Ngành nghề?", "days": 3}
    for wrong in ({"office": "khong-co"}, {"days": 0}, {"days": None}, {"office": world.cast.justice.code}):
        answer = hoa.post(f"/dossiers/{ref}/consult", {"questions": [{**question, **wrong}]})
        assert answer.status_code in (404, 422), answer.content
    assert khang.get(f"/dossiers/{ref}").status_code == 404
    assert hoa.post(f"/dossiers/{ref}/consult", {"questions": [question]}).status_code == 200
    said = khang.get(f"/dossiers/{ref}").json()
    assert [act["code"] for act in said["acts"]] == ["answer_consultation"]
    (one,) = said["consultations"]
    assert (one["question"], one["outcome"], one["closed_at"]) == ("Ngành nghề?", "", None)
    file_id = khang.send("cong-van.pdf", PDF).json()["id"]
    body = {"consultation_id": one["id"], "answer": "Được", "file_id": file_id}
    assert hoa.post(f"/dossiers/{ref}/answer_consultation", {**body, "file_id": None}).status_code == 403
    assert hoa.post(f"/dossiers/{ref}/answer_consultation", body).status_code == 422  # not her file
    assert khang.post(f"/dossiers/{ref}/answer_consultation", {**body, "file_id": 0}).status_code == 422
    assert khang.post(f"/dossiers/{ref}/answer_consultation", body).status_code == 200
    assert khang.get(f"/dossiers/{ref}").status_code == 404
    (one,) = hoa.get(f"/dossiers/{ref}").json()["consultations"]
    assert (one["outcome"], one["answer"], one["office"]["name"]) == ("answered", "Được", world.cast.industry.name)
    assert hoa.get(f"/files/{file_id}").status_code == 200
    assert lan.get(f"/files/{file_id}").status_code == 404
    told = lan.get(f"/dossiers/{ref}").json()
    assert (told["consultations"], told["verifications"]) == ([], [])
    assert "Ngành nghề?" not in str(told) and "Được" not in str(told)


def test_a_consultation_is_dropped(world: World, call: Call, ref: str) -> None:
    hoa = call("hoa")
    question = {"office": world.cast.industry.code, "question": "Ngành nghề?", "days": 3}
    assert hoa.post(f"/dossiers/{ref}/consult", {"questions": [question]}).status_code == 200
    body = {"consultation_id": Consultation.objects.get().pk, "reason": "Hỏi nhầm"}
    assert hoa.post(f"/dossiers/{ref}/drop_consultation", body).status_code == 200
    assert hoa.post(f"/dossiers/{ref}/drop_consultation", body).status_code == 409


def test_a_verification_is_planned_moved_and_cancelled_and_the_applicant_reads_where_to_come(
    world: World, call: Call, ref: str
) -> None:
    hoa, lan, tomorrow = call("hoa"), call("lan"), now() + timedelta(days=1)
    when = {"begins_at": tomorrow.isoformat(), "ends_at": (tomorrow + timedelta(hours=1)).isoformat()}
    plan = {"place": "Nhà bà Lan", **when, "participants": "Sở, xã", "content": "Nơi ở", "needs_applicant": True}
    for wrong in ({"begins_at": "2021-01-01T08:00:00Z"}, {"ends_at": when["begins_at"]}, {"begins_at": "2021-01-01"}):
        assert hoa.post(f"/dossiers/{ref}/plan_verification", {**plan, **wrong}).status_code == 422
    assert hoa.post(f"/dossiers/{ref}/plan_verification", plan).status_code == 200
    (coming,) = lan.get(f"/dossiers/{ref}").json()["appointments"]
    assert (coming["place"], coming["participants"]) == ("Nhà bà Lan", "Sở, xã")
    one = {"verification_id": Verification.objects.get().pk}
    early = hoa.post(f"/dossiers/{ref}/record_verification", {**one, "minutes": "x", "attended": "y"})
    assert early.status_code == 422
    moved = {**one, "place": "Trụ sở xã", **when, "reason": "Mưa bão"}
    assert hoa.post(f"/dossiers/{ref}/move_verification", moved).status_code == 200
    assert lan.get(f"/dossiers/{ref}").json()["appointments"][0]["place"] == "Trụ sở xã"
    assert hoa.post(f"/dossiers/{ref}/cancel_verification", {**one, "reason": "Đủ"}).status_code == 200
    assert lan.get(f"/dossiers/{ref}").json()["appointments"] == []
    (told,) = hoa.get(f"/dossiers/{ref}").json()["verifications"]
    assert (told["outcome"], told["reason"]) == ("cancelled", "Đủ")

"""Parts of an interlinked dossier through the API: the same acts, rights and refusals as on the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from motcua.api.tests.conftest import Caller
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import joint
from tests.papers import A_PDF
from tests.world import World

pytestmark = pytest.mark.django_db
Call = Callable[..., Caller]
Intake = Callable[..., dict[str, Any]]


@pytest.fixture
def ref(world: World, call: Call, intake: Intake) -> str:
    """The code of a dossier in Hoa's hand whose parts are not given out."""
    joint.joined(world)
    code = str(call("minh").post("/dossiers", intake()).json()["code"])
    call("minh").post(f"/dossiers/{code}/forward")
    call("thanh").post(f"/dossiers/{code}/forward", {"to_account_id": world.cast.hoa.pk})
    return code


def body(world: World, **changes: Any) -> dict[str, Any]:
    plans = [
        {"office": world.cast.commune.code, "name": "Xác nhận cư trú", "limit": "1wd"},
        {"office": world.cast.justice.code, "name": "Đăng ký", "limit": "2wd", "task": "Ghi sổ", "waits_for": [1]},
    ]
    return {"plans": plans, **changes}


def test_parts_are_given_out_done_and_told(world: World, call: Call, ref: str) -> None:
    hoa, son, tuan = call("hoa"), call("son"), call("tuan")
    assert "open_parts" in [act["code"] for act in hoa.get(f"/dossiers/{ref}").json()["acts"]]
    assert hoa.get(f"/dossiers/{ref}").json()["parts"] == []
    assert son.get(f"/dossiers/{ref}").status_code == 404
    given = hoa.post(f"/dossiers/{ref}/open_parts", body(world))
    assert given.status_code == 200, given.json()
    one, two = son.get(f"/dossiers/{ref}").json()["parts"]
    assert (one["state"], two["state"], two["waits_for"]) == ("ready", "waiting", [1])
    assert one["office"]["code"] == world.cast.commune.code and one["due_at"] and two["due_at"] is None
    assert [act["code"] for act in one["acts"]] == [
        "take_part",
        "propose_part",
        "finish_part",
        "return_part",
        "extend_part",
    ]
    assert two["acts"] == []
    assert [act["code"] for act in tuan.get(f"/dossiers/{ref}").json()["parts"][1]["acts"]] == ["drop_part"]
    file = son.send("xac-nhan.pdf", A_PDF).json()["id"]
    done = {"part": 1, "summary": "Có cư trú", "paper_no": "5/XN", "file_id": file}
    assert son.post(f"/dossiers/{ref}/finish_part", done).status_code == 200
    one, two = tuan.get(f"/dossiers/{ref}").json()["parts"]
    assert (one["outcome"], one["summary"], one["paper_no"], two["state"]) == ("granted", "Có cư trú", "5/XN", "ready")
    assert tuan.get(f"/files/{file}").status_code == 200
    assert call("hien").get(f"/files/{file}").status_code == 404


def test_the_applicant_reads_what_passes_between_agencies_when_the_whole_is_done(
    world: World, call: Call, ref: str
) -> None:
    Dossier.objects.filter(code=ref).update(owner_account=world.cast.lan)
    call("hoa").post(f"/dossiers/{ref}/open_parts", body(world))
    call("son").post(f"/dossiers/{ref}/finish_part", {"part": 1, "summary": "Riêng"})
    told = call("lan").get(f"/dossiers/{ref}").json()["parts"]
    assert [part["summary"] for part in told] == ["", ""] and told[0]["state"] == "done"
    call("tuan").post(f"/dossiers/{ref}/finish_part", {"part": 2, "summary": "Đã ghi sổ"})
    call("hoa").post(f"/dossiers/{ref}/forward")
    call("tuan").post(f"/dossiers/{ref}/approve")
    assert call("nga").post(f"/dossiers/{ref}/finish", {"number": "1"}).status_code == 200
    assert [part["summary"] for part in call("lan").get(f"/dossiers/{ref}").json()["parts"]] == ["Riêng", "Đã ghi sổ"]


def test_every_act_on_a_part_is_there_and_asks_for_it(world: World, call: Call, ref: str) -> None:
    hoa, son = call("hoa"), call("son")
    hoa.post(f"/dossiers/{ref}/open_parts", body(world))
    assert son.post(f"/dossiers/{ref}/take_part", {"part": 1}).status_code == 200
    assert son.post(f"/dossiers/{ref}/propose_part", {"part": 1, "summary": "Có"}).status_code == 200
    assert son.post(f"/dossiers/{ref}/return_part", {"part": 1, "reason": "Sai nơi"}).status_code == 200
    plan = {"office": world.cast.district.code, "name": "Xác nhận", "limit": "4wh"}
    again = hoa.post(f"/dossiers/{ref}/assign_part", {"part": 1, "reason": "Đúng nơi", "plan": plan})
    assert again.status_code == 200, again.json()
    assert call("tuan").post(f"/dossiers/{ref}/drop_part", {"part": 3, "reason": "Đã có"}).status_code == 200
    assert [part["state"] for part in hoa.get(f"/dossiers/{ref}").json()["parts"]] == ["replaced", "ready", "dropped"]


def test_a_part_is_put_off_and_whoever_asks_is_told_what_it_means_for_the_whole(
    world: World, call: Call, ref: str
) -> None:
    hoa, son = call("hoa"), call("son")
    hoa.post(f"/dossiers/{ref}/open_parts", body(world, plans=[{**body(world)["plans"][0], "limit": "3wd"}]))
    told = son.get(f"/dossiers/{ref}").json()
    first, whole = told["parts"][0]["due_at"], told["due_at"]
    late = {"part": 1, "reason": "Chờ xác minh", "new_day": "2026-12-31"}
    assert call("tuan").post(f"/dossiers/{ref}/extend_part", late).status_code == 403
    assert son.post(f"/dossiers/{ref}/extend_part", {**late, "new_day": "2026-01-05"}).status_code == 422
    answer = son.post(f"/dossiers/{ref}/extend_part", late)
    assert answer.status_code == 200, answer.json()
    told = hoa.get(f"/dossiers/{ref}").json()
    (part,) = told["parts"]
    assert (part["first_due_at"], part["extensions"], part["is_beyond"]) == (first, 1, True)
    assert part["due_at"].startswith("2026-12-31T") and told["due_at"] == whole
    assert son.post(f"/dossiers/{ref}/extend_part", {**late, "new_day": "2027-01-05"}).status_code == 409


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"plans": []}, 422, None),
        ({"plans": [{"office": "khong-co", "name": "X", "limit": "1wd"}]}, 422, None),
        ({"plans": [{"office": "H54.14", "name": "X", "limit": "mai"}]}, 422, "limit_invalid"),
        ({"plans": [{"office": "H54.14", "name": "X", "limit": "1wd", "waits_for": [1]}]}, 422, "parts_in_a_circle"),
        ({"plans": [{"office": "H54.14", "name": "X", "limit": "1wd", "waits_for": [2]}]}, 422, "part_unknown"),
    ],
)
def test_what_cannot_be_is_a_problem_with_its_code(
    changes: dict[str, Any], status: int, code: str | None, world: World, call: Call, ref: str
) -> None:
    answer = call("hoa").post(f"/dossiers/{ref}/open_parts", body(world, **changes))
    assert answer.status_code == status, answer.json()
    assert code is None or answer.json()["code"] == code
    assert Dossier.objects.get(code=ref).joint_offices is None


@pytest.mark.parametrize(
    ("name", "status"), [("hoa", 403), ("khang", 404), ("minh", 403), ("bay", 404), ("nobody", 401)]
)
def test_the_part_is_nobody_else_s(name: str, status: int, world: World, call: Call, ref: str) -> None:
    call("hoa").post(f"/dossiers/{ref}/open_parts", body(world))
    assert call(name).post(f"/dossiers/{ref}/take_part", {"part": 1}).status_code == status
    assert call("son").post(f"/dossiers/{ref}/take_part", {"part": 9}).status_code == 404

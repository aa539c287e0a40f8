"""Ratings and petitions over the API say and do what the pages do, by the same people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from motcua.api import voices
from motcua.api.tests.conftest import Caller
from motcua.dossiers.tests.lives import finished
from motcua.petitions.models import Petition
from motcua.ratings.models import Vote
from motcua.ratings.tests.voting import key_of
from tests.world import World, moment

Call = Callable[..., Caller]


@pytest.fixture(autouse=True)
def _november(monkeypatch: pytest.MonkeyPatch) -> None:
    """What asks for the time in this room, for the public operations, is on 4 November 2021."""
    monkeypatch.setattr(voices, "now", lambda: moment("2021-11-04 09:00"))


def sent(world: World, call: Call, **changes: Any) -> Any:
    body = {
        "kind": "conduct",
        "content": "Trả lời không rõ",
        "person_name": "Nguyễn Văn Bảy",
        "phone": "0912345678",
        "about_office": world.cast.justice.code,
    }
    return call("nobody").post("/petitions/send", {**body, **changes})


def test_a_dossier_is_rated_by_its_link(world: World, call: Call) -> None:
    dossier = finished(world)
    body = {"submission_no": dossier.submission_no, "key": key_of(dossier), "level": "satisfied", "reasons": ["time"]}
    answer = call("nobody").post("/ratings", body)
    assert (answer.status_code, answer.json()) == (200, {"level": "satisfied", "number": 1})
    assert call("nobody").post("/ratings", {**body, "key": "222222222222"}).status_code == 404
    assert call("nobody").post("/ratings", {**body, "reasons": ["weather"]}).status_code == 422
    assert call("nobody").post("/ratings", {**body, "place": "paper"}).status_code == 422
    assert Vote.objects.count() == 1


def test_a_petition_is_sent_followed_and_answered(world: World, call: Call) -> None:
    codes = sent(world, call).json()
    assert codes["due_on"] == "2021-11-25"
    followed = call("nobody").post("/petitions/track", {"code": codes["code"], "secret": codes["secret"]})
    assert followed.status_code == 200, followed.content.decode()
    assert (followed.json()["state"]["code"], followed.json()["possible"]) == ("received", [])
    assert call("nobody").post("/petitions/track", {"code": codes["code"], "secret": "22222222"}).status_code == 404
    tuan, pk = call("tuan"), Petition.objects.get().pk
    (row,) = tuan.get("/petitions").json()
    assert (row["id"], row["is_late"]) == (pk, True)
    assigned = tuan.post(f"/petitions/{pk}/assign", {"owner_id": world.cast.thanh.pk, "seen": row["seq"]})
    assert assigned.status_code == 200, assigned.content.decode()
    assert tuan.post(f"/petitions/{pk}/assign", {"seen": assigned.json()["seq"]}).status_code == 422
    assert tuan.post(f"/petitions/{pk}/answer", {"text": "Xong", "seen": 1}).status_code == 409
    assert call("thanh").post(f"/petitions/{pk}/answer", {"text": "Đã nhắc nhở"}).json()["state"]["code"] == "answered"
    told = call("nobody").post("/petitions/track", {"code": codes["code"], "secret": codes["secret"]}).json()
    assert told["timeline"][-1]["text"] == "Đã nhắc nhở"
    assert told["owner"] is None and all(line["who"] == "" for line in told["timeline"])


def test_outsiders_and_narrow_tokens_are_told_nothing(world: World, call: Call) -> None:
    sent(world, call)
    pk = Petition.objects.get().pk
    assert call("khang").get(f"/petitions/{pk}").status_code == 404
    assert call("khang").post(f"/petitions/{pk}/answer", {"text": "x"}).status_code == 404
    assert call("khang").get("/petitions").json() == []
    assert call("tuan", scopes=("petitions:read",)).post(f"/petitions/{pk}/assign", {}).status_code == 403
    assert call("nobody").get(f"/petitions/{pk}").status_code == 401
    assert call("tuan").post(f"/petitions/{pk}/dance", {}).status_code == 422


def test_what_is_wrong_is_named(world: World, call: Call) -> None:
    assert sent(world, call, about_office="H54.999").status_code == 422
    assert sent(world, call, phone="").status_code == 422
    assert not Petition.objects.exists()
    for _number in range(5):
        assert sent(world, call).status_code == 200
    assert sent(world, call).status_code == 429


def test_the_figures_of_a_month(world: World, call: Call) -> None:
    sent(world, call)
    votes = call("quang").get("/reports/ratings", period="2021-11").json()
    assert (votes["total"]["votes"], votes["satisfaction"]["percent"]) == (0, None)
    petitions = call("quang").get("/reports/petitions", period="2021-11").json()
    assert petitions["form_05a"]["total"] == petitions["total"]["new"] == 1
    assert call("lan").get("/reports/ratings", period="2021-11").status_code == 404
    assert call("nobody").get("/reports/petitions", period="2021-11").status_code == 401

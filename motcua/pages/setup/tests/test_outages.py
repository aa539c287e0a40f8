"""Outages are entered by one person and approved by another, on pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.models import Outage
from motcua.dossiers.outages import apply_all
from motcua.dossiers.tests.lives import accepted
from tests.house.pages import assert_good_page
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
LIST = "/thiet-lap/gian-doan/"
SENT = {
    "began_at": "2021-10-26T08:00",
    "ended_at": "2021-10-27T10:00",
    "what": "Hỏng máy chủ",
    "document": "BB 3/BB-TTDL",
}


def test_one_enters_another_approves_and_the_limit_moves(world: World, logged_in: LogIn) -> None:
    dossier = accepted(world, "2021-10-25 09:00")
    yen, quang = logged_in("yen"), logged_in("quang")
    assert "Ghi nhận một lần gián đoạn" in assert_good_page(yen.get(LIST))
    assert_good_page(yen.get(f"{LIST}moi/"))
    answer: Any = yen.post(f"{LIST}moi/", SENT)
    made = Outage.objects.get()
    assert (made.began_at, made.recorder_name) == (moment("2021-10-26 08:00"), "Ngô Hải Yến")
    assert answer.url == f"{LIST}{made.pk}/"
    assert "một người khác có quyền phê duyệt" in assert_good_page(yen.get(answer.url))
    assert_good_page(yen.post(answer.url, {"verdict": "approve"}), 403)
    assert "Phê duyệt" in assert_good_page(quang.get(answer.url))
    assert_good_page(quang.post(answer.url, {"verdict": "reject", "note": ""}), 422)
    assert quang.post(answer.url, {"verdict": "approve", "note": ""}).status_code == 302
    assert "chưa tính" in assert_good_page(quang.get(answer.url))
    apply_all(moment("2021-11-01 00:10"))
    assert reread(dossier).due_at == moment("2021-11-02 17:00")
    assert_good_page(quang.get(LIST))
    html = assert_good_page(logged_in("minh").get(f"/ban-lam-viec/ho-so/{dossier.pk}/"))
    assert "Từ 08:00 26/10/2021 đến 10:00 27/10/2021. Văn bản: BB 3/BB-TTDL" in html
    assert "Ngày hẹn trả: 17:00 02/11/2021" in html


def test_what_is_wrong_stays_as_it_was_typed(world: World, logged_in: LogIn) -> None:
    html = assert_good_page(logged_in("yen").post(f"{LIST}moi/", {**SENT, "ended_at": "2021-10-26T08:00"}), 422)
    assert "Lúc kết thúc phải sau lúc bắt đầu." in html and 'value="2021-10-26T08:00"' in html
    assert not Outage.objects.exists()

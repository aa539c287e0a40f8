"""A process at the centre is proposed by one person on a page, approved by another, and dossiers then stay there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from motcua.catalogue.life.onsite import approve_list
from motcua.catalogue.life.rows import OnsiteProcess
from motcua.catalogue.life.tests.made import AT, act, post_at
from motcua.catalogue.models import Process
from motcua.dossiers.acts import reception
from tests.house.pages import assert_good_page
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
LIST = "/thiet-lap/tai-cho/"
SENT = {
    "codes": "9.000001", "place_2": "none", "place_3": "onsite", "place_4": "onsite", "place_5": "onsite",
    "valid_from": "2021-11-08", "reason": "Đưa về Trung tâm", "document": "5/QĐ-UBND",
}  # fmt: skip


def listed(world: World) -> str:
    """The list of five at the place has one procedure; where its process is proposed."""
    quang = world.cast.quang
    approve_list([("9.000001", "five")], act=act(quang), valid_from=date(2021, 11, 1), by=quang, at=AT)
    return f"{LIST}quy-trinh/{Process.objects.get(is_default=True).pk}/five/"


def test_one_proposes_another_approves_and_it_is_done_at_the_centre(world: World, logged_in: LogIn) -> None:
    page = listed(world)
    yen, quang = logged_in("yen"), logged_in("quang")
    assert page in assert_good_page(yen.get(LIST))
    html = assert_good_page(yen.get(page))
    assert "9.000001</textarea>" in html
    assert "Bước 3" in html
    answer: Any = yen.post(page, SENT)
    made = OnsiteProcess.objects.get()
    assert answer.url == f"{LIST}{made.pk}/"
    assert "một người khác có quyền phê duyệt" in assert_good_page(yen.get(answer.url))
    assert_good_page(yen.post(answer.url, {"verdict": "approve", "note": ""}), 403)
    assert_good_page(quang.post(answer.url, {"verdict": "reject", "note": ""}), 422)
    assert quang.post(answer.url, {"verdict": "approve", "note": ""}).status_code == 302
    assert "đồng ý: Trần Đức Quang" in assert_good_page(quang.get(answer.url))
    assert "5/QĐ-UBND" in assert_good_page(quang.get(LIST))
    post_at(world.cast.center, (world.cast.hoa, "handler"))
    dossier = reception.take_in(world.intake(), actor=world.actor("minh"), at=moment("2021-11-08 08:00"))
    assert reread(dossier).process_id == made.process_id


def test_what_is_wrong_stays_as_it_was_typed(world: World, logged_in: LogIn) -> None:
    page = listed(world)
    for changes, sentence in (
        ({"place_3": "competent"}, "Bước 2 (handler) không làm tại Trung tâm."),
        ({"place_5": "none"}, "Quy trình không có bước đóng dấu."),
        ({"codes": "9.000003"}, "Không thuộc danh mục tại chỗ"),
        ({"valid_from": "2021-11-01"}, "Ngày áp dụng phải sau hôm nay"),
    ):
        html = assert_good_page(logged_in("yen").post(page, {**SENT, **changes}), 422)
        assert sentence in html
        assert 'value="5/QĐ-UBND"' in html
    assert not OnsiteProcess.objects.exists()


def test_without_a_list_or_a_process_there_is_nothing_to_propose(world: World, logged_in: LogIn) -> None:
    assert "Chưa có danh mục nào được phê duyệt." in assert_good_page(logged_in("yen").get(LIST))
    assert_good_page(logged_in("yen").get(f"{LIST}quy-trinh/999999/five/"), 404)
    assert_good_page(logged_in("yen").get(f"{LIST}999999/"), 404)

"""The counter hands on a batch, the authority signs that it came; what two officers do at once is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier, Transfer
from motcua.pages.conftest import WallClock
from motcua.pages.counter.tests.test_take_in import filled, send
from tests.house.pages import assert_good_page
from tests.world import World

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]


def taken_in(world: World, client: Client, count: int) -> list[Dossier]:
    for _ in range(count):
        assert send(world, client, filled(world, client)).status_code == 302
    return list(Dossier.objects.order_by("id"))


def test_a_batch_goes_with_its_list_and_the_other_side_signs(world: World, logged_in: LogIn) -> None:
    minh, thanh = logged_in("minh"), logged_in("thanh")
    first, second = taken_in(world, minh, 2)
    html = assert_good_page(minh.get("/quay/ban-giao/"))
    assert "17:00 01/11/2021" in html or "01/11/2021 17:00" in html
    answer = minh.post("/quay/ban-giao/", {"dossier": [first.pk, second.pk]}, follow=True)
    html = assert_good_page(answer)
    assert first.code is not None and first.code in html and "chờ ký nhận" in html and "Ký nhận</button>" not in html
    made = Transfer.objects.get()
    assert f"/quay/ban-giao/{made.pk}/" in assert_good_page(thanh.get("/quay/ban-giao/nhan/"))
    assert "Ký nhận</button>" in assert_good_page(thanh.get(f"/quay/ban-giao/{made.pk}/"))
    wrong = thanh.post(f"/quay/ban-giao/{made.pk}/", {"missing": [first.pk]})
    assert "Hãy ghi rõ thiếu gì" in assert_good_page(wrong, 422)
    answer = thanh.post(f"/quay/ban-giao/{made.pk}/", {"missing": [first.pk], "note": "Thiếu tờ khai"}, follow=True)
    assert "Thiếu tờ khai" in assert_good_page(answer) and world.cast.thanh.full_name in answer.content.decode()
    assert thanh.post(f"/quay/ban-giao/{made.pk}/", {}).status_code == 409


def test_what_another_officer_has_handed_on_stays_out_and_is_said(world: World, logged_in: LogIn) -> None:
    minh, dung = logged_in("minh"), logged_in("dung")
    (one,) = taken_in(world, minh, 1)
    assert_good_page(dung.get("/quay/ban-giao/"))
    minh.post("/quay/ban-giao/", {"dossier": [one.pk]})
    answer = dung.post("/quay/ban-giao/", {"dossier": [one.pk]})
    assert_good_page(answer, 422)
    assert Transfer.objects.count() == 1
    assert_good_page(minh.post("/quay/ban-giao/", {}), 422)


def test_what_should_have_gone_is_said_to_be_late(world: World, logged_in: LogIn, clock: WallClock) -> None:
    minh = logged_in("minh")
    clock("2021-11-01 15:30")
    taken_in(world, minh, 1)
    assert "ngày làm việc tiếp theo" in assert_good_page(minh.get("/quay/ban-giao/"))
    clock("2021-11-02 08:00")
    assert "Chuyển hôm nay" in assert_good_page(minh.get("/quay/ban-giao/"))
    clock("2021-11-02 17:01")
    assert "Đã muộn" in assert_good_page(minh.get("/quay/ban-giao/"))

"""A part is put off at the desk: the form says what it means for the whole, the lead agency and the citizen see it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import joint
from motcua.pages.conftest import WallClock
from tests.house.pages import assert_good_page
from tests.world import World, reread

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
DESK = "/ban-lam-viec"


def address(dossier: Dossier, number: int = 2) -> str:
    return f"{DESK}/ho-so/{dossier.pk}/phan-viec/{number}/hen-lai/"


def test_a_part_is_put_off_beyond_the_whole_and_everybody_concerned_is_told(
    world: World, logged_in: LogIn, clock: WallClock
) -> None:
    dossier, son, tuan = joint.opened(world), logged_in("son"), logged_in("tuan")
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.lan)
    clock("2021-11-01 14:00")
    assert "Ngày hẹn trả của cả hồ sơ là 08/11/2021 và không tự đổi" in assert_good_page(son.get(address(dossier)))
    typed = {"seen": reread(dossier).last_seq, "new_day": "2021-11-10", "reason": "Chờ xác minh tại địa phương"}
    answer = son.post(address(dossier), typed, follow=True)
    page = assert_good_page(answer)
    assert "Phần việc 2 (10/11/2021) đã hẹn lại sau ngày hẹn trả của cả hồ sơ (08/11/2021)" in page
    assert "hạn ban đầu" in page and "Sau ngày trả của hồ sơ" in page
    assert reread(dossier).due_at == dossier.due_at
    assert "Phần việc 2. Xác nhận cư trú" in assert_good_page(tuan.get(f"{DESK}/"))
    assert "Sau ngày trả của hồ sơ" in assert_good_page(tuan.get(f"{DESK}/phan-viec/"))
    assert "cơ quan chủ trì phải xin lỗi" in assert_good_page(tuan.get(f"{DESK}/ho-so/{dossier.pk}/"))
    citizen = assert_good_page(logged_in("lan").get(f"/ho-so/{dossier.submission_no}/"))
    assert "Cơ quan xin lỗi và hẹn lại phần việc 2" in citizen and "10/11/2021 17:00" in citizen
    assert "Chờ xác minh tại địa phương" in citizen and "Ngày hẹn trả của hồ sơ không đổi" in citizen


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"new_day": "2021-11-02"}, "phải là ngày làm việc sau ngày hẹn cũ"),
        ({"new_day": "2021-11-06"}, "phải là ngày làm việc sau ngày hẹn cũ"),
        ({"new_day": "hôm nào"}, "Nhập một ngày"),
        ({"reason": " "}, ""),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(
    changes: dict[str, str], says: str, world: World, logged_in: LogIn, clock: WallClock
) -> None:
    dossier = joint.opened(world)
    clock("2021-11-01 14:00")
    typed = {"seen": str(reread(dossier).last_seq), "new_day": "2021-11-04", "reason": "Chờ xác minh", **changes}
    page = assert_good_page(logged_in("son").post(address(dossier), typed), 422)
    assert says in page and (typed["reason"].strip() in page)
    assert joint.part(dossier, 2).extensions == []


def test_too_late_for_an_apology_the_page_says_why_not(world: World, logged_in: LogIn, clock: WallClock) -> None:
    dossier = joint.opened(world)
    clock("2021-11-02 08:00")
    assert "trước hạn của phần việc" in assert_good_page(logged_in("son").get(address(dossier)), 409)

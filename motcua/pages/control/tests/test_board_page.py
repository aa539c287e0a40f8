"""The board on the screen: figures open lists, it refreshes itself with the time said, and without the script it is whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.dossiers.tests import lives
from motcua.operations.models import Reminder, ReminderAnswer
from motcua.pages.conftest import WallClock
from tests.house.pages import assert_good_page
from tests.world import World

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
BOARD = "/van-hanh/"


def test_the_board_says_the_time_and_its_figures_open(world: World, logged_in: LogIn, clock: WallClock) -> None:
    clock("2021-11-10 09:00:05")
    dossier = lives.handled(world)
    quang = logged_in("quang")
    html = assert_good_page(quang.get(BOARD))
    assert "09:00:05, 10/11/2021" in html and 'hx-trigger="every 30s"' in html
    assert "Trần Thị Lan" not in html
    listed = assert_good_page(quang.get(f"{BOARD}bang/danh-sach/?chitieu=late"))
    assert str(dossier) in listed and "Trần Thị Lan" not in listed and "2 ngày" in listed
    assert_good_page(quang.get(f"{BOARD}bang/danh-sach/?chitieu=post_late"))
    of_office = quang.get(f"{BOARD}bang/danh-sach/?chitieu=late&dong={world.cast.justice.pk}")
    remind = f"{BOARD}don-doc/co-quan/{world.cast.justice.code}/"
    assert remind in assert_good_page(of_office) and remind not in listed
    assert remind in assert_good_page(quang.get(f"{BOARD}qua-han/"))
    dung = logged_in("dung")
    assert remind not in assert_good_page(dung.get(f"{BOARD}qua-han/")), (
        "she reports on the centre, not on the department"
    )
    for wrong in ("?chitieu=x", "?chitieu=late&dong=x", "?chitieu=late&dong=99999999", "?chitieu=late&coquan=x"):
        assert_good_page(quang.get(f"{BOARD}bang/danh-sach/{wrong}"), 404)
    assert_good_page(quang.get(f"{BOARD}bang/danh-sach/?chitieu=late&sau=x"), 422)
    assert_good_page(quang.get(f"{BOARD}?noi=x"), 422)


def test_the_script_gets_the_part_that_changes_and_it_can_be_stopped(world: World, logged_in: LogIn) -> None:
    quang = logged_in("quang")
    part = quang.get(BOARD, headers={"hx-request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="board"') and "<html" not in part
    assert "hx-get" not in quang.get(f"{BOARD}?tudong=0").content.decode()


def test_offices_with_nothing_are_folded_and_a_branch_opens(world: World, logged_in: LogIn) -> None:
    lives.accepted(world)
    quang = logged_in("quang")
    html = assert_good_page(quang.get(f"{BOARD}?noi=receiving&cay=1"))
    table, _, folded = html.partition('<ul class="empty-offices">')
    assert "Trung tâm" in table and "Xã Đông Các" not in table and "Đông Các" in folded
    assert_good_page(quang.get(f"{BOARD}?coquan={world.cast.district.code}"))


def test_a_reminder_is_sent_answered_and_told_on_the_officer_s_page(
    world: World, logged_in: LogIn, clock: WallClock
) -> None:
    clock("2021-11-04 09:00")
    dossier = lives.handled(world)
    quang, hoa = logged_in("quang"), logged_in("hoa")
    address = f"{BOARD}don-doc/ho-so/{dossier.pk}/"
    assert_good_page(quang.post(address, {"words": "", "answer_by": "2021-11-01"}), 422)
    refused = assert_good_page(quang.post(address, {"words": "Làm ngay đi", "answer_by": "2021-11-01"}), 422)
    assert "Làm ngay đi" in refused and "trước hôm nay" in refused
    assert hoa.post(address, {"words": "Làm ngay đi", "answer_by": "2021-11-05"}).status_code == 404
    assert quang.post(address, {"words": "Làm ngay đi", "answer_by": "2021-11-05"}).status_code == 302
    made = Reminder.objects.get()
    page = assert_good_page(hoa.get(f"/ban-lam-viec/ho-so/{dossier.pk}/"))
    assert "Làm ngay đi" in page and f"{BOARD}don-doc/{made.pk}/" in page and "Gửi đôn đốc" not in page
    assert "Gửi đôn đốc" in assert_good_page(logged_in("dung").get(f"/ban-lam-viec/ho-so/{dossier.pk}/"))
    assert "Làm ngay đi" in assert_good_page(hoa.get(f"{BOARD}don-doc/cua-toi/"))
    assert quang.post(f"{BOARD}don-doc/{made.pk}/", {"words": "Tự trả lời"}).status_code == 404
    assert hoa.post(f"{BOARD}don-doc/{made.pk}/", {"words": "Chiều nay trình"}).status_code == 302
    assert ReminderAnswer.objects.get().answered_by == world.cast.hoa
    assert "Chiều nay trình" in assert_good_page(quang.get(f"{BOARD}don-doc/{made.pk}/"))
    counted = assert_good_page(quang.get(f"{BOARD}don-doc/"))
    assert "100,00 %" in counted
    assert "Làm ngay đi" in assert_good_page(quang.get(f"{BOARD}don-doc/danh-sach/?chitieu=in_time"))
    assert_good_page(quang.get(f"{BOARD}don-doc/?ky=2021-13"), 422)


def test_an_office_is_reminded_of_its_late_list(world: World, logged_in: LogIn, clock: WallClock) -> None:
    clock("2021-11-10 09:00")
    dossier = lives.handled(world)
    quang = logged_in("quang")
    address = f"{BOARD}don-doc/co-quan/{world.cast.justice.code}/"
    assert "1 hồ sơ quá hạn" in assert_good_page(quang.get(address))
    assert quang.post(address, {"words": "Giải quyết dứt điểm", "answer_by": "2021-11-12"}).status_code == 302
    html = assert_good_page(logged_in("tuan").get(f"{BOARD}don-doc/{Reminder.objects.get().pk}/"))
    assert str(dossier) in html and "Gửi trả lời" in html
    assert logged_in("hien").get(address).status_code == 404

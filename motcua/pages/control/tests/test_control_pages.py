"""Late, silent, apologies, activity, quality on the screen; and what everybody may read of late dossiers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.tests import lives
from motcua.pages.conftest import WallClock
from tests.house.pages import assert_good_page
from tests.world import World

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]


@pytest.fixture
def late(world: World, clock: WallClock) -> Dossier:
    clock("2021-11-11 09:00")
    return lives.handled(world)


def test_late_dossiers_are_narrowed_by_days_and_grouped(late: Dossier, world: World, logged_in: LogIn) -> None:
    quang = logged_in("quang")
    html = assert_good_page(quang.get("/van-hanh/qua-han/?ngay=3&theo=holder"))
    assert world.cast.hoa.full_name in html and str(late) in html and "Trần Thị Lan" not in html
    assert str(late) not in assert_good_page(quang.get("/van-hanh/qua-han/?ngay=4"))
    assert str(late) in assert_good_page(quang.get(f"/van-hanh/qua-han/?theo=holder&dong={world.cast.hoa.pk}"))
    assert str(late) not in assert_good_page(quang.get("/van-hanh/qua-han/?theo=holder&dong=abc"))
    refused = assert_good_page(quang.get("/van-hanh/qua-han/?ngay=nhiều&theo=x"), 422)
    assert "nhiều" in refused


def test_silence_opens_its_list(late: Dossier, world: World, logged_in: LogIn) -> None:
    quang = logged_in("quang")
    assert "5 ngày làm việc" in assert_good_page(quang.get("/van-hanh/im-lang/"))
    address = f"/van-hanh/im-lang/?chitieu=silent&dong={world.cast.justice.pk}"
    assert str(late) in assert_good_page(quang.get(address))
    assert_good_page(quang.get("/van-hanh/im-lang/?chitieu=x"), 404)
    assert_good_page(quang.get("/van-hanh/im-lang/?chitieu=silent&dong=x"), 404)


def test_apologies_by_office_and_the_page_that_everybody_reads(
    late: Dossier, logged_in: LogIn, clock: WallClock
) -> None:
    quang = logged_in("quang")
    html = assert_good_page(quang.get("/van-hanh/xin-loi/"))
    assert "0,00 %" in html
    assert str(late) in assert_good_page(quang.get("/van-hanh/xin-loi/danh-sach/?chitieu=open_without"))
    assert_good_page(quang.get("/van-hanh/xin-loi/danh-sach/?chitieu=x"), 404)
    clock("2021-12-01 09:00")
    public = assert_good_page(Client().get("/xin-loi/"))
    assert str(late) not in public and "Trần Thị Lan" not in public and "hộ chiếu" not in public
    assert str(late).rpartition("-")[0] in public and "22 ngày" in public and "01/12/2021 09:00" in public
    assert "–" in assert_good_page(quang.get("/van-hanh/xin-loi/?ky=2021-10"))
    assert "22 ngày" not in assert_good_page(Client().get("/xin-loi/?ky=2021-10"))
    assert_good_page(Client().get("/xin-loi/?ky=2021-13"), 422)
    assert_good_page(Client().get("/xin-loi/?coquan=x"), 404)


def test_what_can_still_be_apologised_for_leads_to_the_act(world: World, logged_in: LogIn, clock: WallClock) -> None:
    clock("2021-11-05 09:00")
    dossier = lives.handled(world)
    html = assert_good_page(logged_in("quang").get("/van-hanh/xin-loi/"))
    assert f"/ban-lam-viec/ho-so/{dossier.pk}/hen-lai/" in html or f"/{dossier.pk}/" in html


def test_idle_offices_are_listed_by_level(late: Dossier, world: World, logged_in: LogIn) -> None:
    quang = logged_in("quang")
    html = assert_good_page(quang.get("/van-hanh/hoat-dong/?chitieu=inactive&cap=district"))
    assert world.cast.district.name in html
    assert_good_page(quang.get("/van-hanh/hoat-dong/?chitieu=inactive&cap=x"), 404)


def test_a_bad_row_leads_to_the_act_that_mends_it(world: World, logged_in: LogIn, clock: WallClock) -> None:
    clock("2021-11-11 09:00")
    dossier = lives.finished(world)
    Result.objects.filter(dossier=dossier).update(number="")
    quang = logged_in("quang")
    assert "Kết quả không có số" in assert_good_page(quang.get("/van-hanh/chat-luong/"))
    html = assert_good_page(quang.get("/van-hanh/chat-luong/?kiemtra=no_number"))
    assert str(dossier) in html and f"/ho-so/{dossier.pk}/" in html
    assert_good_page(quang.get("/van-hanh/chat-luong/?kiemtra=x"), 404)

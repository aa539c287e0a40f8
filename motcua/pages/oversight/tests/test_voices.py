"""What people said, for those whom offices report to: figures open their lists, definitions stand beside them."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from motcua.dossiers.tests import lives
from motcua.pages.conftest import WallClock
from motcua.petitions.tests.saying import answered, from_outside
from motcua.ratings.tests.voting import vote
from tests.house.pages import assert_good_page
from tests.world import World

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]


@pytest.fixture
def quang(world: World, logged_in: LogIn, clock: WallClock) -> Client:
    clock("2021-11-30 09:00")
    vote(lives.finished(world), "very_satisfied", words="Nhanh")
    vote(lives.finished(world), "satisfied", place="kiosk")
    lives.finished(world)
    answered(world)
    from_outside(world, "complaint")
    return logged_in("quang")


def test_votes_with_their_interval_and_no_person(quang: Client) -> None:
    html = assert_good_page(quang.get("/dieu-hanh/danh-gia/"))
    assert "100,00 %" in html and "34,24 %" in html and "66,67 %" in html
    assert "Theo mức đang có hiệu lực vào cuối kỳ." in html
    listed = assert_good_page(quang.get("/dieu-hanh/danh-gia/danh-sach/?ky=2021-11&chitieu=votes"))
    assert "Nhanh" in listed and "Trần Thị Lan" not in listed and "H54-" not in listed
    assert "chitieu=ratable" in html and "chitieu=answered" not in html
    ratable = assert_good_page(quang.get("/dieu-hanh/danh-gia/danh-sach/?ky=2021-11&chitieu=ratable"))
    assert ratable.count("/ban-lam-viec/ho-so/") == 3 and "Trần Thị Lan" not in ratable
    assert_good_page(quang.get("/dieu-hanh/danh-gia/danh-sach/?ky=2021-11&chitieu=ratable&sau=x"), 422)
    assert_good_page(quang.get("/dieu-hanh/danh-gia/danh-sach/?ky=2021-11&chitieu=answered"), 404)
    assert_good_page(quang.get("/dieu-hanh/danh-gia/danh-sach/?ky=2021-11&chitieu=x"), 404)


def test_without_votes_nothing_is_claimed(quang: Client) -> None:
    html = assert_good_page(quang.get("/dieu-hanh/danh-gia/?ky=2021-01"))
    assert "0,00 %" not in html and "100" not in html.partition("<dl")[2].partition("</dl>")[0]


def test_petitions_by_kind_with_form_05a(quang: Client) -> None:
    html = assert_good_page(quang.get("/dieu-hanh/phan-anh/"))
    assert "Biểu II.05a" in html and "100,00 %" in html
    listed = assert_good_page(quang.get("/dieu-hanh/phan-anh/danh-sach/?ky=2021-11&chitieu=done"))
    assert "PA-2021-000001" in listed and "PA-2021-000002" not in listed
    complaints = quang.get("/dieu-hanh/phan-anh/danh-sach/?ky=2021-11&chitieu=open&loai=complaint")
    assert "PA-2021-000002" in assert_good_page(complaints)
    assert_good_page(quang.get("/dieu-hanh/phan-anh/danh-sach/?ky=2021-11&chitieu=open&loai=x"), 404)


def test_files_say_the_same(quang: Client) -> None:
    said = json.loads(quang.get("/dieu-hanh/danh-gia/tai-ve.json?ky=2021-11").content)
    assert (said["total"]["votes"], said["satisfaction"]["low"], said["response_rate"]) == (2, "34.24", "66.67")
    said = json.loads(quang.get("/dieu-hanh/phan-anh/tai-ve.json?ky=2021-11").content)
    assert (said["form_05a"]["total"], said["in_time_rate"]) == (1, "100.00")
    for address in ("danh-gia", "phan-anh"):
        file = quang.get(f"/dieu-hanh/{address}/tai-ve.xlsx?ky=2021-11").content
        with ZipFile(BytesIO(file)) as book:
            words = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
        assert "Cơ quan" in words and "Sở Tư pháp" in words


def test_an_office_is_found_by_some_words(quang: Client) -> None:
    assert "Sở Tư pháp" in assert_good_page(quang.get("/dieu-hanh/phan-anh/?coquan=tu+phap"))
    assert_good_page(quang.get("/dieu-hanh/danh-gia/?coquan=khong+co+dau"), 422)

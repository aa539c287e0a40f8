"""The page over time: as it was, in new units, in old ones; each figure opens its list; files say the same."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from motcua.offices.models import Posting
from motcua.offices.reorganise import reorganise
from motcua.pages.conftest import WallClock
from motcua.readings.models import Reading
from motcua.reports.tests.test_series import REFORM, Reform, reform
from tests.cast import Cast
from tests.house.pages import assert_good_page
from tests.world import World

__all__ = ["reform"]
pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
PAGE = "/dieu-hanh/theo-thoi-gian/"
MONTHS = "?chitieu=new&tu=2025-05&den=2025-08"


@pytest.fixture
def quang(reform: Reform, logged_in: LogIn, clock: WallClock) -> Client:
    clock("2025-09-02 09:00")
    return logged_in("quang")


def test_the_page_shows_months_before_and_after(quang: Client) -> None:
    html = assert_good_page(quang.get(PAGE + MONTHS))
    assert "Huyện Đông Hưng" in html or "huyện Đông Hưng" in html
    assert "hoạt động từ 21/06/2018 đến trước 01/07/2025" in html
    assert "<polyline" in html and "Tổng" in html
    new = assert_good_page(quang.get(f"{PAGE}{MONTHS}&cach=new&uoc=on"))
    assert "không tách được" in new and "Đây không phải số đếm" in new
    assert_good_page(quang.get(f"{PAGE}{MONTHS}&cach=old&moc=2025-06-30"))
    assert_good_page(quang.get(PAGE))


def test_each_figure_opens_its_list(quang: Client) -> None:
    html = assert_good_page(quang.get(f"{PAGE}{MONTHS}&cach=new"))
    links = re.findall(r'<a href="(/dieu-hanh/theo-thoi-gian/ho-so/[^"]+)">([\d.]+)</a>', html)
    assert len(links) > 6
    for address, count in links:
        listed = assert_good_page(quang.get(unescape(address)))
        assert listed.count('<td><a href="/xu-ly/') == int(count) or listed.count("X-0") >= int(count)
    before = Reading.objects.count()
    file = quang.get(unescape(links[0][0]).replace("ho-so/", "ho-so/tai-ve.xlsx"))
    assert file.status_code == 200 and file.content.startswith(b"PK")
    assert Reading.objects.count() > before


def test_files_say_the_same(quang: Client) -> None:
    said = json.loads(quang.get(f"{PAGE}tai-ve.json{MONTHS}&cach=new").content)
    assert said["total"] == [3, 4, 2, 2] and said["months"][0] == "2025-05"
    assert [row["counts"] for row in said["rows"] if row["apart"]] == [[1, 0, 0, 0]]
    with ZipFile(BytesIO(quang.get(f"{PAGE}tai-ve.xlsx{MONTHS}&cach=new").content)) as book:
        words = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert "không tách được" in words and "2025-08" in words


def test_bad_questions_are_told_and_keep_what_was_typed(quang: Client, reform: Reform) -> None:
    html = assert_good_page(quang.get(f"{PAGE}?tu=2025-08&den=2025-09&coquan={reform.district.code}"), 422)
    assert (
        "không có trong thời gian này" in html
        and "trước 01/07/2025" in html
        and reform.new.name in html
        and 'value="2025-09"' in html
    )
    for bad in (
        "tu=x",
        "tu=2025-09&den=2025-01",
        "tu=1990-01&den=2025-01",
        "cach=x",
        "chitieu=x",
        "moc=x",
        "coquan=zz",
    ):
        assert_good_page(quang.get(f"{PAGE}?{bad}"), 422)
    for bad in ("thang=2025-01", "thang=2025-05&dong=x", "thang=2025-05&dong=" + "9" * 30, "thang=2025-05&dong=??1"):
        assert quang.get(f"{PAGE}ho-so/{MONTHS}&{bad}").status_code == 404
    assert quang.get(f"{PAGE}tai-ve.json?tu=x").status_code == 422


def test_the_head_of_one_office_sees_its_own_line_only(
    world: World, cast: Cast, logged_in: LogIn, clock: WallClock
) -> None:
    reorganise(REFORM)
    at = Reform()
    Posting.objects.create(account=cast.khang, office=at.other, role="unit_head", valid_from=REFORM)
    clock("2025-09-02 09:00")
    khang = logged_in("khang")
    assert_good_page(khang.get(f"{PAGE}{MONTHS}"))
    assert khang.get(f"{PAGE}{MONTHS}&coquan={at.new.code}").status_code == 404
    assert khang.get(f"{PAGE}ho-so/{MONTHS}&thang=2025-05&coquan={at.new.code}").status_code == 404

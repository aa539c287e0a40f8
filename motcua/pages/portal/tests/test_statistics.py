"""The page of public statistics: for everybody, bounded, explained, with the way to late dossiers and to open data."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.pages.conftest import WallClock
from motcua.reports.models import OpenMonth
from motcua.reports.tests.test_open_data import november
from tests.house.pages import assert_good_page
from tests.world import World

__all__ = ["november"]
pytestmark = pytest.mark.django_db
PAGE = "/thong-ke/"


def test_with_no_dossier_it_says_so(world: World, clock: WallClock) -> None:
    clock("2021-12-05 09:00")
    assert "Chưa có hồ sơ nào để thống kê." in assert_good_page(Client().get(PAGE))


def test_a_closed_month_by_agency_with_what_it_means(
    world: World, november: OpenMonth, clock: WallClock, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    clock("2022-01-05 09:00")
    browser = Client()
    html = assert_good_page(browser.get(PAGE))
    for said in ("Đã chốt lần 1", "Sở Tư pháp", "đã hết, chưa đếm xong", "đang diễn ra"):
        assert said in html, said
    assert "/xin-loi/?ky=2021-11" in html and "/du-lieu-mo/" in html
    assert "Hồ sơ được tiếp nhận chính thức (có mã số) trong kỳ." in html
    for person in ("Trần Thị Lan", "Lê Văn", "000.00.14.H54-21"):
        assert person not in html
    with django_assert_max_num_queries(0):  # type: ignore[attr-defined]
        browser.get(PAGE, {"ky": "2021-11"})
    browser.cookies["django_language"] = "en"
    assert "Public statistics" in assert_good_page(browser.get(PAGE))
    assert_good_page(browser.get(PAGE, {"ky": "2021-12"}))
    for wrong in ("2022-01", "Tết", "2021-11' or 1=1"):
        assert_good_page(browser.get(PAGE, {"ky": wrong}), 422)

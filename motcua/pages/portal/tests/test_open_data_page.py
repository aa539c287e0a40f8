"""The public page of open data: few statements, the same file is not sent twice, nothing that isn't closed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.pages.conftest import WallClock
from motcua.reports.tests.opening import published
from motcua.reports.tests.test_open_data import november
from tests.house.pages import assert_good_page
from tests.world import World

__all__ = ["november"]
pytestmark = pytest.mark.django_db
PAGE = "/du-lieu-mo/"


def test_without_a_closed_month_it_says_so(world: World, clock: WallClock) -> None:
    assert "Chưa có tháng nào được chốt." in assert_good_page(Client().get(PAGE))
    assert_good_page(Client().get(f"{PAGE}H54/2021-11/csv/"), 404)


@pytest.mark.usefixtures("november")
def test_a_closed_month_is_there_for_everybody(
    clock: WallClock, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    browser = Client()
    with django_assert_max_num_queries(3):  # type: ignore[attr-defined]
        html = assert_good_page(browser.get(PAGE))
    assert "2021-11" in html and "CC BY 4.0" in html and "manifest.json" in html
    with django_assert_max_num_queries(2):  # type: ignore[attr-defined]
        answer = browser.get(f"{PAGE}H54/2021-11/csv/")
    assert answer.status_code == 200 and answer.content.startswith(b"month,office_code")
    assert "max-age" in answer["Cache-Control"] and answer["Access-Control-Allow-Origin"] == "*"
    same = browser.get(f"{PAGE}H54/2021-11/csv/", headers={"if-none-match": answer["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    for kind in ("json", "manifest"):
        assert browser.get(f"{PAGE}H54/2021-11/{kind}/").json()["period"]["month"] == "2021-11"
    for bad in ("H54/2021-11/exe", "H99/2021-11/csv", "H54/2021-12/csv", "H54/x/csv"):
        assert browser.get(f"{PAGE}{bad}/").status_code == 404


@pytest.mark.usefixtures("november")
def test_the_newest_close_is_shown_once(world: World, clock: WallClock) -> None:
    from motcua.reports.tests.test_open_data import many

    many(30, world.cast.commune, "8.000001", "Hộ tịch")
    published(world, at="2021-12-05 08:00", reason="Bổ sung")
    html = assert_good_page(Client().get(PAGE))
    assert html.count("/du-lieu-mo/H54/2021-11/csv/") == 1 and "(lần 2)" in html

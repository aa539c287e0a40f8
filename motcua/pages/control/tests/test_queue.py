"""The figures of a hall, their lists, and how many counters the next days need."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from motcua.pages.conftest import WallClock
from motcua.tickets.tests.halls import Hall, hall, serve
from tests.house.pages import assert_good_page
from tests.world import World, moment

pytestmark = pytest.mark.django_db
PAGE, STAFFING = "/van-hanh/hang-cho/", "/van-hanh/hang-cho/so-quay/"
EIGHT = moment("2021-11-01 08:00")


@pytest.fixture
def centre(world: World) -> Hall:
    """Twelve people served ten minutes each, one after the other, each called after two."""
    made = hall(world.cast)
    for number in range(12):
        at = EIGHT + timedelta(minutes=11 * number)
        made.draw(at - timedelta(minutes=2))
        serve(world.cast, made.one, "minh", at, at, at + timedelta(minutes=10))
    return made


def test_figures_open_lists_of_as_many(centre: Hall, logged_in: Callable[[str], Client]) -> None:
    dung = logged_in("dung")
    html = assert_good_page(dung.get(PAGE, {"ky": "2021-11"}))
    assert "2,0" in html and "10,0" in html
    links = re.findall(r'<a href="(/van-hanh/hang-cho/danh-sach/[^"]+)">([\d.]+)</a>', html)
    assert len(links) > 8
    for address, many in links:
        shown = assert_good_page(dung.get(address.replace("&amp;", "&")))
        assert shown.count('<th scope="row">A0') == int(many), address


def test_a_list_that_is_not_there(centre: Hall, logged_in: Callable[[str], Client]) -> None:
    dung = logged_in("dung")
    for query in (
        "",
        "?chitieu=x",
        "?chitieu=wait&theo=x",
        "?chitieu=wait&coquan=x",
        "?chitieu=wait&theo=day&dong=%00",
    ):
        assert dung.get(f"{PAGE}danh-sach/{query}").status_code == 404, query


def test_a_hint_from_the_last_weeks_and_none_without_them(
    centre: Hall, logged_in: Callable[[str], Client], clock: WallClock
) -> None:
    dung = logged_in("dung")
    clock("2021-11-02 08:00")
    html = assert_good_page(dung.get(STAFFING))
    assert "mỗi lượt 10,0 phút" in html
    # Six came in the hour from 8 on a Monday: load 1, so two counters keep nine of ten below half an hour.
    assert "<strong>2</strong> (6)" in html or "<strong>2</strong> (5)" in html
    clock("2020-11-02 08:00")
    assert "Chưa đủ lượt" in assert_good_page(dung.get(STAFFING))


def test_a_hall_below_is_seen_and_another_is_not(
    world: World, centre: Hall, logged_in: Callable[[str], Client]
) -> None:
    assert centre.office.name in assert_good_page(logged_in("quang").get(PAGE))
    assert logged_in("dung").get(PAGE, {"coquan": world.cast.district.code}).status_code == 404
    assert logged_in("minh").get(PAGE).status_code == 404

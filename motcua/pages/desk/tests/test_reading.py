"""An officer who has no step in a dossier says why once a day, and is asked no second time: by no page, no file, no way back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.tests import lives
from motcua.pages.conftest import WallClock
from motcua.readings.models import Reading
from tests.house.pages import assert_good_page
from tests.world import World

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
WHY = {"reason": "Kiểm tra phản ánh số 12"}
ASKS, NUMBER = "Hãy nêu lý do trước khi xem", "000190000001"


@pytest.mark.parametrize("name", ["quang", "nga"])
def test_the_reason_is_asked_once_a_day_for_each_dossier(
    world: World, logged_in: LogIn, clock: WallClock, name: str
) -> None:
    clock("2021-11-02 09:00")
    one, other, browser = lives.handled(world), lives.handled(world), logged_in(name)
    page, another = f"/ban-lam-viec/ho-so/{one.pk}/", f"/ban-lam-viec/ho-so/{other.pk}/"
    assert ASKS in assert_good_page(browser.get(page))
    opened = assert_good_page(browser.post(page, WHY, follow=True))
    assert NUMBER in opened and ASKS not in opened
    for when in ("2021-11-02 09:00", "2021-11-02 23:59"):
        clock(when)
        assert ASKS not in assert_good_page(browser.get(page)), when
        again = Client()
        again.force_login(getattr(world.cast, name))
        assert ASKS not in assert_good_page(again.get(page)), "another browser, the same person and day"
    assert ASKS in assert_good_page(browser.get(another)), "what was said of one dossier opens no other"
    clock("2021-11-03 00:00")
    assert ASKS in assert_good_page(browser.get(page))


def test_a_second_click_on_the_reason_opens_the_dossier_too(world: World, logged_in: LogIn) -> None:
    dossier, quang = lives.handled(world), logged_in("quang")
    page = f"/ban-lam-viec/ho-so/{dossier.pk}/"
    for _click in range(2):
        assert ASKS not in assert_good_page(quang.post(page, WHY, follow=True))


def test_the_page_asks_the_log_once_and_no_browser_keeps_the_question(world: World, logged_in: LogIn) -> None:
    dossier, quang = lives.handled(world), logged_in("quang")
    page = f"/ban-lam-viec/ho-so/{dossier.pk}/"
    assert quang.get(page).headers["Cache-Control"] == "private, no-store"
    assert quang.post(page, {"reason": ""}).headers["Cache-Control"] == "private, no-store"
    assert not Reading.objects.exists()
    quang.post(page, WHY)
    with CaptureQueriesContext(connection) as asked:
        assert_good_page(quang.get(page))
    assert sum("select reason from readings_reading" in query["sql"] for query in asked) == 1

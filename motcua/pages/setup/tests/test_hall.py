"""Lines and counters of a hall, set up by whoever answers for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.offices.models import Kiosk
from motcua.pages.conftest import WallClock
from motcua.tickets.halls import line_for_field
from motcua.tickets.models import Counter, Line, Seat
from motcua.tickets.seats import sit
from motcua.tickets.tests.halls import hall
from tests.house.pages import assert_good_page
from tests.world import World, moment

pytestmark = pytest.mark.django_db
PAGE, CHANGE = "/thiet-lap/hang-cho/", "/thiet-lap/hang-cho/doi/"
LINE = {
    "save_line": "1",
    "letter": "a",
    "name": "Hộ tịch",
    "name_en": "Civil status",
    "fields_text": "Hộ tịch\nChứng thực",
    "slot_most": 3,
}


def test_a_hall_is_set_up_and_changed(world: World, logged_in: Callable[[str], Client]) -> None:
    dung = logged_in("dung")
    assert "chưa phát số" in assert_good_page(dung.get(PAGE))
    assert "A đến Z" in assert_good_page(dung.post(PAGE, {**LINE, "letter": "9"}), 422)
    assert dung.post(PAGE, LINE).status_code == 302
    line = Line.objects.get()
    assert (line.letter, line.fields, line.slot_most) == ("A", ["Hộ tịch", "Chứng thực"], 3)
    assert (
        line_for_field(world.cast.center.pk, "Hộ tịch") == line
        and line_for_field(world.cast.center.pk, "Đất đai") is None
    )
    assert "đã dùng" in assert_good_page(dung.post(PAGE, LINE), 422)
    counter = {"save_counter": "1", "number": 1, "counter_name": "Một", "lines": [line.pk]}
    assert dung.post(PAGE, counter).status_code == 302
    assert "đã có" in assert_good_page(dung.post(PAGE, counter), 422)
    assert_good_page(dung.post(PAGE, {**counter, "number": 2, "lines": []}), 422)
    code = world.cast.center.code
    assert dung.post(f"{PAGE}?coquan={code}&nhom={line.pk}", {**LINE, "name": "Hộ tịch, cư trú"}).status_code == 302
    assert "Hộ tịch, cư trú" in assert_good_page(dung.get(f"{PAGE}?coquan={code}&nhom={line.pk}"))
    made = Counter.objects.get()
    assert dung.post(f"{PAGE}?coquan={code}&quay={made.pk}", {**counter, "number": 7}).status_code == 302
    assert [one.number for one in Counter.objects.all()] == [7]


def test_closed_opened_ended_and_freed(world: World, logged_in: Callable[[str], Client], clock: WallClock) -> None:
    centre, dung = hall(world.cast), logged_in("dung")

    def press(what: str) -> str:
        return dung.post(CHANGE, {"do": what}, follow=True).content.decode()

    assert "Phát số lại" in press(f"dong-{centre.a.pk}")
    assert "Phát số lại" not in press(f"mo-{centre.a.pk}")
    assert "chỉ phục vụ nhóm này" in press(f"bo_nhom-{centre.a.pk}")
    sit(centre.one.pk, actor=world.actor("minh"), at=moment("2021-11-01 08:00"))
    assert "Đang có người ngồi" in press(f"bo_quay-{centre.one.pk}")
    press(f"roi-{centre.one.pk}")
    assert not Seat.objects.filter(until=None).exists()
    press(f"bo_quay-{centre.one.pk}")
    press(f"bo_nhom-{centre.a.pk}")
    assert [one.letter for one in Line.objects.filter(ended_at=None)] == ["B"]
    assert dung.post(CHANGE, {"do": "bent"}).status_code == 404


def test_nobody_arranges_anothers_hall(world: World, logged_in: Callable[[str], Client]) -> None:
    centre, code = hall(world.cast), world.cast.district.code
    dung, minh, yen = logged_in("dung"), logged_in("minh"), logged_in("yen")
    assert dung.get(PAGE, {"coquan": code}).status_code == 404
    assert minh.get(PAGE).status_code == 404 == minh.post(CHANGE, {"do": f"dong-{centre.a.pk}"}).status_code
    assert_good_page(yen.get(PAGE))
    assert yen.get(PAGE, {"coquan": centre.office.name}).status_code == 302
    assert_good_page(yen.get(PAGE, {"coquan": code}))


def test_machines_for_numbers_and_screens_are_older_than_kiosks(
    world: World, logged_in: Callable[[str], Client], clock: WallClock
) -> None:
    clock("2021-11-01 08:00")
    for use, first in (("tickets", "/ki-ot/lay-so/"), ("screen", "/man-hinh/")):
        yen = logged_in("yen")
        clock("2021-11-01 08:00")
        asked = {"office": world.cast.center.code, "name": "Máy số 1", "use": use}
        assert yen.post("/thiet-lap/ki-ot/", asked).status_code == 302
        assert yen.get("/ki-ot/").url == first  # type: ignore[attr-defined]
    assert sorted(one.use for one in Kiosk.objects.all()) == ["screen", "tickets"]

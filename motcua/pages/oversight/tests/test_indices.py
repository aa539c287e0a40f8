"""The indices as pages: figures open their lists, what would raise them is said, sheets are for those they concern."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.tests import lives
from motcua.indices.tables import keep
from motcua.indices.tests.made import resolved, table
from motcua.pages.conftest import WallClock
from motcua.readings.models import Reading
from tests.house.pages import assert_good_page
from tests.world import World

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
PAGE = "/dieu-hanh/chi-so/"


@pytest.fixture
def loaded(world: World, clock: WallClock) -> World:
    """November 2021 with a table in force, one dossier in time and one late."""
    clock("2021-11-30 09:00")
    keep(table(code="old"))
    resolved(world, "2021-11-03 10:00", channel=2)
    resolved(world, "2021-11-10 10:00")
    return world


@pytest.fixture
def quang(loaded: World, logged_in: LogIn) -> Client:
    return logged_in("quang")


def test_every_component_with_its_list_and_what_would_raise_it(quang: Client) -> None:
    html = assert_good_page(quang.get(PAGE))
    assert "50,00 %" in html and "Điều gì làm chỉ số tăng" in html and "Chưa kết nối" in html
    assert "+10" in html and "Yếu" in html
    listed = assert_good_page(quang.get(f"{PAGE}khong-dat/?ky=2021-11&thanhphan=2.1"))
    assert "X-" in listed and "Nguyễn Văn Mẫu" not in listed
    for bad, status in (("thanhphan=1.4", 404), ("thanhphan=x", 404), ("thanhphan=2.1&coquan=KHONG-CO", 422)):
        assert_good_page(quang.get(f"{PAGE}khong-dat/?ky=2021-11&{bad}"), status)


def test_a_list_taken_away_is_noted(quang: Client) -> None:
    answer = quang.get(f"{PAGE}khong-dat/tai-ve.xlsx?ky=2021-11&thanhphan=2.1")
    assert answer.status_code == 200 and Reading.objects.filter(through="export").count() == 1


def test_the_files_say_the_same(quang: Client) -> None:
    made = json.loads(quang.get(f"{PAGE}tai-ve.json?ky=2021-11").content)
    component = next(one for group in made["groups"] for one in group["components"] if one["code"] == "2.1")
    assert (component["numerator"], component["denominator"], component["points"]) == (1, 2, "10.00")
    assert quang.get(f"{PAGE}tai-ve.xlsx?ky=2021-11").status_code == 200


def test_before_the_first_table_a_sentence(quang: Client) -> None:
    assert "Chưa có bảng chỉ số nào" in assert_good_page(quang.get(f"{PAGE}?ky=2017-10"))
    assert_good_page(quang.get(f"{PAGE}?ky=2021-13"), 422)
    assert_good_page(quang.get(f"{PAGE}tai-ve.json?ky=2017-10"), 404)


def test_sheets_of_agencies_and_officers(quang: Client, loaded: World) -> None:
    lives.finished(loaded)
    code, hoa = loaded.cast.justice.code, loaded.cast.hoa
    html = assert_good_page(quang.get(f"{PAGE}co-quan/?ky=2021-Q4"))
    assert "Sở Tư pháp" in html
    sheet = assert_good_page(quang.get(f"{PAGE}phieu/?ky=2021-Q4&coquan={code}"))
    assert "Theo lĩnh vực" in sheet
    assert "X-" in assert_good_page(quang.get(f"{PAGE}phieu/ho-so/?ky=2021-Q4&coquan={code}&chiso=time_of_all&diem=0"))
    assert hoa.full_name in assert_good_page(quang.get(f"{PAGE}can-bo/?ky=2021-Q4"))
    assert "9,0" in assert_good_page(quang.get(f"{PAGE}phieu/?ky=2021-Q4&canbo={hoa.pk}"))
    assert_good_page(quang.get(f"{PAGE}phieu/?ky=2021-Q4&canbo={loaded.cast.khang.pk}"), 404)
    assert_good_page(quang.get(f"{PAGE}phieu/?ky=2021-Q4"), 404)
    for name in ("co-quan", "can-bo"):
        assert quang.get(f"{PAGE}{name}/tai-ve.xlsx?ky=2021-Q4").status_code == 200
        assert json.loads(quang.get(f"{PAGE}{name}/tai-ve.json?ky=2021-Q4").content)["rows"]


def test_a_leader_sees_the_officers_of_his_offices_and_no_others(loaded: World, logged_in: LogIn) -> None:
    lives.finished(loaded)
    dung = logged_in("dung")
    html = assert_good_page(dung.get(f"{PAGE}can-bo/?ky=2021-Q4"))
    assert loaded.cast.minh.full_name in html and loaded.cast.hoa.full_name not in html
    assert_good_page(dung.get(f"{PAGE}phieu/?ky=2021-Q4&canbo={loaded.cast.minh.pk}"))
    for question in (f"canbo={loaded.cast.hoa.pk}", f"coquan={loaded.cast.justice.code}"):
        assert_good_page(dung.get(f"{PAGE}phieu/?ky=2021-Q4&{question}"), 404)
        listed = dung.get(f"{PAGE}phieu/ho-so/?ky=2021-Q4&{question}")
        assert listed.status_code == 404 or "H54" not in listed.content.decode()


def test_an_officer_sees_the_own_sheet_and_nobody_else_s(loaded: World, logged_in: LogIn) -> None:
    one = lives.finished(loaded)
    hoa = logged_in("hoa")
    html = assert_good_page(hoa.get(f"{PAGE}cua-toi/?ky=2021-Q4"))
    assert "Hoàn thành 100 % nhiệm vụ" in html
    listed = assert_good_page(
        hoa.get(f"{PAGE}cua-toi/ho-so/?ky=2021-Q4&canbo={loaded.cast.minh.pk}&chiso=conduct&diem=2")
    )
    assert str(one.code) in listed
    khang = logged_in("khang")
    assert str(one.code) not in assert_good_page(
        khang.get(f"{PAGE}cua-toi/ho-so/?ky=2021-Q4&canbo={loaded.cast.hoa.pk}")
    )
    assert_good_page(hoa.get(f"{PAGE}can-bo/?ky=2021-Q4"), 404)
    assert_good_page(hoa.get(f"{PAGE}phieu/?ky=2021-Q4&canbo={loaded.cast.hoa.pk}"), 404)
    assert_good_page(hoa.get(f"{PAGE}cua-toi/?ky=xx"), 422)


def proposed(form: dict[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = {f"m{place}": row.rule.max_points for place, row in enumerate(table().rows)}
    given |= {f"t{place}": row.rule.target or "" for place, row in enumerate(table().rows)}
    ground = {"valid_from": "2023-01-01", "document": "QĐ 9", "reason": "Mục tiêu mới"}
    return {**given, **ground, "empty": "left_out", "missing": "zero", "scale": "none", **form}


def test_another_table_takes_two_persons(loaded: World, logged_in: LogIn) -> None:
    yen, quang = logged_in("yen"), logged_in("quang")
    assert_good_page(yen.get(f"{PAGE}bang/de-nghi/?bo=qd766"))
    assert_good_page(yen.get(f"{PAGE}bang/de-nghi/?bo=khong"), 404)
    wrong = assert_good_page(yen.post(f"{PAGE}bang/de-nghi/?bo=qd766", proposed({"m0": "7"})), 422)
    assert "cộng lại được 19 điểm" in wrong and "Mục tiêu mới" in wrong
    made = yen.post(f"{PAGE}bang/de-nghi/?bo=qd766", proposed({"t12": "60"}))
    assert made.status_code == 302
    own = assert_good_page(yen.get(made["Location"]))
    assert "một người khác" in own and "Phê duyệt</button>" not in own
    assert "left_out" in assert_good_page(quang.get(made["Location"]))
    assert quang.post(made["Location"], {"verdict": "approve"}).status_code == 302
    assert "QĐ 9" in assert_good_page(quang.get(f"{PAGE}bang/"))
    assert_good_page(quang.post(made["Location"], {"verdict": "reject", "note": "x"}), 409)

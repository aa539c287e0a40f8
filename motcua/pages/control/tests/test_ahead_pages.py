"""The pages that look ahead: for those whom offices report to, readable, with bad input answered in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import StringIO
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.test import Client

from motcua.ahead.keeping import keep_past
from motcua.dossiers.models import Dossier
from motcua.offices.demo import make_synthetic_officers
from motcua.pages.conftest import WallClock
from tests.house.pages import assert_good_page
from tests.world import World, moment

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]


@pytest.fixture
def quang(world: World, logged_in: LogIn, clock: WallClock) -> Client:
    clock("2026-11-21 09:00")
    make_synthetic_officers(moment("2026-11-22 08:00"))
    call_command("year", "--dossiers", "700", "--last", "2026-11-20", "--workers", "1", "--json", stdout=StringIO())
    return logged_in("quang")


def busiest() -> Dossier:
    codes = list(Dossier.objects.filter(finished_at__isnull=False).values_list("procedure__code", flat=True))
    code = max(sorted(set(codes)), key=codes.count)
    return Dossier.objects.filter(procedure__code=code).select_related("procedure")[0]


def test_the_likeliest_stand_with_their_reason_and_without_names(quang: Client, logged_in: LogIn) -> None:
    assert "Chưa đếm xong" in assert_good_page(quang.get("/van-hanh/sap-toi/"))
    keep_past(moment("2026-11-21 00:10"))
    html = assert_good_page(quang.get("/van-hanh/sap-toi/"))
    assert "không kịp ngày hẹn" in html and "H54" in html and "(tổng hợp" not in html
    # Who sees only the centre's dossiers reads no other.
    html = assert_good_page(logged_in("dung").get("/van-hanh/sap-toi/"))
    shown = set(Dossier.objects.exclude(code=None).values_list("code", "receiving_office__key"))
    assert all(key == "trung-tam-phuc-vu-hanh-chinh-cong-tinh" for code, key in shown if str(code) in html)
    for name in ("lan", "hoa", "minh"):
        assert logged_in(name).get("/van-hanh/sap-toi/").status_code == 404


def test_loads_and_what_absence_and_moved_work_change(quang: Client) -> None:
    html = assert_good_page(quang.get("/van-hanh/khoi-luong/"))
    assert "<svg" in html
    offices = re.findall(r'href="(/van-hanh/khoi-luong/\d+/)"', html)
    address = offices[0]
    other = offices[1].split("/")[-2]
    assert "Còn lại, khi thay đổi" not in assert_good_page(quang.get(address))
    assert "chỉ có" in assert_good_page(quang.get(f"{address}?vang=9999"), 422)
    assert "không được âm" in assert_good_page(quang.get(f"{address}?vang=-1"), 422)
    assert "Cần cả nơi chuyển đến" in assert_good_page(quang.get(f"{address}?viec=3"), 422)
    assert "Nơi nhận việc" in assert_good_page(quang.get(f"{address}?den={other}&viec=2"))
    assert_good_page(quang.get("/van-hanh/khoi-luong/999999999/"), 404)


def test_a_procedure_is_found_and_run_again(quang: Client) -> None:
    procedure = busiest().procedure
    found = assert_good_page(quang.get(f"/van-hanh/thu-nghiem/?q={quote(procedure.code)}"))
    address = f"/van-hanh/thu-nghiem/{procedure.code}/"
    assert address in found
    assert "Không tìm thấy" in assert_good_page(quang.get("/van-hanh/thu-nghiem/?q=qqqqqq"))
    assert "Kết quả:" not in assert_good_page(quang.get(address))
    html = assert_good_page(quang.get(f"{address}?chay=1&thoihan=2"))
    assert "2 ngày làm việc" in html and "điểm phần trăm" in html and "<svg" in html


BAD = {
    "thoihan=0": "lớn hơn 0",
    "thoihan=mai": "Không đọc được",
    "nguoi=2=0": "số nguyên từ 1",
    "gio=xyz": "Không đọc được",
    "tyle=0": "từ 1 đến 100",
    "tu=2026-02-01&den=2026-01-01": "Ngày đầu kỳ phải trước",
    "tu=2021-01-01&den=2021-01-02": "không có gì để diễn lại",
    "tu=2021-01-01": "Cần cả ngày đầu",
    "coquan=KHONG-CO": "Không có cơ quan mang mã",
}


def test_bad_questions_are_answered_in_words_and_lose_nothing(quang: Client) -> None:
    address = f"/van-hanh/thu-nghiem/{busiest().procedure.code}/"
    for words, sentence in BAD.items():
        html = assert_good_page(quang.get(f"{address}?chay=1&{words}"), 422)
        assert sentence in html, words
    assert 'value="mai"' in assert_good_page(quang.get(f"{address}?chay=1&thoihan=mai"), 422)
    quang.cookies["django_language"] = "en"
    assert "Dossiers likely to be late" in assert_good_page(quang.get("/van-hanh/sap-toi/"))

"""Whatever period or office is asked for, at any door: a sentence and its status; never a 500, a default, a bare nought."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from motcua.base.times import now
from motcua.dossiers.tests import lives
from motcua.indices.models import Scheme
from motcua.indices.tables import keep
from motcua.indices.tests.made import table
from motcua.offices.models import Office, Succession
from motcua.pages.conftest import WallClock, clock, logged_in
from motcua.people.tokens import SCOPES, issue
from tests.house.pages import assert_good_page
from tests.world import World

__all__ = ["clock", "logged_in"]
pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
Query = dict[str, str]

# Pages and files that are asked with a period in words or two days, and an office; and what else they want.
REPORTS: dict[str, Query] = {
    "bao-cao/": {}, "bao-cao/tai-ve.xlsx": {}, "bao-cao/tai-ve.json": {},
    "ho-so/": {"chitieu": "new"}, "ho-so/tai-ve.xlsx": {"chitieu": "new"}, "chot/moi/": {},
    "bieu-mau/": {}, "bieu-mau/tai-ve.xlsx": {}, "bieu-mau/tai-ve.pdf": {}, "bieu-mau/tai-ve.json": {},
    "bieu-mau/danh-sach/": {"cot": "3"}, "bieu-mau/danh-sach/tai-ve.xlsx": {"cot": "3"}, "bieu-mau/so-theo-doi.pdf": {},
    "ban-tin/": {}, "ban-tin/tai-ve.docx": {}, "ban-tin/tai-ve.pdf": {},
    "danh-gia/": {}, "danh-gia/tai-ve.xlsx": {}, "danh-gia/tai-ve.json": {}, "danh-gia/danh-sach/": {"chitieu": "votes"},
    "phan-anh/": {}, "phan-anh/tai-ve.xlsx": {}, "phan-anh/tai-ve.json": {}, "phan-anh/danh-sach/": {"chitieu": "new"},
    "chi-so/": {}, "chi-so/tai-ve.xlsx": {}, "chi-so/tai-ve.json": {},
    "chi-so/khong-dat/": {"thanhphan": "2.1"}, "chi-so/khong-dat/tai-ve.xlsx": {"thanhphan": "2.1"},
    "chi-so/co-quan/": {}, "chi-so/co-quan/tai-ve.xlsx": {}, "chi-so/co-quan/tai-ve.json": {},
    "chi-so/can-bo/": {}, "chi-so/can-bo/tai-ve.xlsx": {}, "chi-so/can-bo/tai-ve.json": {},
    "chi-so/phieu/": {}, "chi-so/phieu/ho-so/": {}, "chi-so/phieu/ho-so/tai-ve.xlsx": {},
}  # fmt: skip
# Asked with `ky` alone.
IN_A_WORD: dict[str, Query] = {
    "/dieu-hanh/phan-viec/": {}, "/dieu-hanh/phan-viec/tai-ve.xlsx": {}, "/dieu-hanh/phan-viec/tai-ve.json": {},
    "/dieu-hanh/phan-viec/danh-sach/": {}, "/dieu-hanh/chi-so/cua-toi/": {}, "/dieu-hanh/chi-so/cua-toi/ho-so/": {},
    "/van-hanh/xin-loi/": {}, "/van-hanh/xin-loi/danh-sach/": {"chitieu": "late"},
    "/van-hanh/don-doc/": {}, "/van-hanh/don-doc/danh-sach/": {"chitieu": "sent"}, "/van-hanh/hoat-dong/": {},
    "/sai-sot/": {},
}  # fmt: skip
SERIES = ("", "tai-ve.xlsx", "tai-ve.json", "ho-so/", "ho-so/tai-ve.xlsx")
API: dict[str, Query] = {
    "reports": {}, "reports/dossiers": {"measure": "new"}, "statutory/II.06a": {}, "reports/index-766": {},
    "reports/index-766/failing": {"component": "2.1"}, "reports/nine-indices/agencies": {},
    "reports/nine-indices/officers": {}, "reports/ratings": {}, "reports/petitions": {},
}  # fmt: skip
COMMANDS = ("report", "form II.06a", "bulletin", "index 766", "index officers", "ahead back-test", "lab 9.000001")

NOT_UNDERSTOOD, BACKWARDS, AHEAD = "Không hiểu kỳ báo cáo", "phải trước hoặc bằng ngày cuối kỳ", "chưa bắt đầu"
HALF, NOT_THEN, UNKNOWN = "Cần cả ngày đầu và ngày cuối", "không có trong thời gian này", "Không "
WORDS: tuple[tuple[Query, str], ...] = (
    ({"ky": "2021-13"}, NOT_UNDERSTOOD),
    ({"ky": "1066"}, NOT_UNDERSTOOD),
    ({"ky": "Tết"}, NOT_UNDERSTOOD),
    ({"ky": "2031-01"}, AHEAD),
)
DAYS: tuple[tuple[Query, str], ...] = (
    ({"tu": "2021-11-30", "den": "2021-11-01"}, BACKWARDS),
    ({"tu": "2021-11-01"}, HALF),
    ({"den": "2021-11-30"}, HALF),
    ({"tu": "2031-01-01", "den": "2031-01-31"}, AHEAD),
    ({"tu": "0201-01-01", "den": "0201-01-02"}, "ngoài các năm"),
)
OFFICES = (("H54.99.98", UNKNOWN), ("H54.99.1", NOT_THEN), ("H54.99.2", NOT_THEN))


@pytest.fixture
def province(world: World, clock: WallClock) -> World:
    """November 2021 with one dossier; an office that was founded later, and one that ended before."""
    clock("2023-06-01 09:00")
    lives.finished(world)
    keep(table(code="old"))
    keep(table(Scheme.NINE.value, code="old-nine"))
    parent = world.cast.justice.parent
    common: dict[str, Any] = {"province": "H54", "kind": "department", "level": "province", "parent": parent}
    since, until = date(2022, 1, 1), date(2021, 6, 1)
    Office.objects.create(code="000.99.1.H54", code_qd20="H54.99.1", key="so-moi", name="Sở Mới", short_name="Sở Mới",
                          valid_from=since, **common)  # fmt: skip
    old = Office.objects.create(code="000.99.2.H54", code_qd20="H54.99.2", key="so-cu", name="Sở Cũ", short_name="Sở Cũ",
                                valid_from=date(2020, 1, 1), valid_to=until, **common)  # fmt: skip
    Succession.objects.create(from_office=old, to_office=world.cast.justice, kind="merge", on=until, basis="NQ 1")
    return world


def asked(browser: Client, address: str, query: Query, wanted: str) -> Iterator[str]:
    """What is wrong with the answer, in a line; it is a page with this sentence that says the question is at fault."""
    answer = browser.get(address, query)
    name = f"{address} {query}"
    if answer.status_code not in (404, 422):
        yield f"{name}: {answer.status_code}"
        return
    if wanted not in unescape(assert_good_page(answer, answer.status_code)):
        yield f"{name}: does not say “{wanted}”"


def test_no_page_and_no_file_takes_a_period_that_is_none(province: World, logged_in: LogIn) -> None:
    quang = logged_in("quang")
    wrong: list[str] = []
    for tail, more in REPORTS.items():
        for query, words in (*WORDS, *DAYS):
            wrong += asked(quang, f"/dieu-hanh/{tail}", {**more, **query}, words)
    for address, more in IN_A_WORD.items():
        for query, words in WORDS:
            wrong += asked(quang, address, {**more, **query}, words)
    for query, words in (*WORDS[:3], ({"ky": "2023-06"}, "các tháng đã hết"), ({"ky": "2021-05"}, "các tháng đã hết")):
        wrong += asked(Client(), "/xin-loi/", query, words)
    for query, words in (*WORDS, *DAYS):
        wrong += asked(logged_in("thanh"), "/dieu-hanh/nguyen-nhan/", query, words)
    for query, words in DAYS:
        wrong += asked(quang, "/van-hanh/thu-nghiem/9.000001/", query, words)
    for day, words in (("mai", "Không hiểu ngày"), ("2021-02-30", "Không hiểu ngày"), ("2031-01-01", "chưa đến")):
        for address in ("", "tai-cho/", "tai-ve/danh-muc.xlsx"):
            wrong += asked(quang, f"/dieu-hanh/danh-muc/{address}", {"ngay": day}, words)
    assert wrong == []


def test_months_that_are_none_make_no_series(province: World, logged_in: LogIn) -> None:
    quang = logged_in("quang")
    questions = (
        ({"tu": "2021-11", "den": "2021-10"}, "Tháng cuối phải sau"),
        ({"tu": "2021-13", "den": "2021-14"}, NOT_UNDERSTOOD),
        ({"tu": "2021-Q1", "den": "2021-Q2"}, "Hãy ghi tháng"),
        ({"tu": "2023-05", "den": "2023-07"}, AHEAD),
        ({"tu": "1995-01", "den": "2021-11"}, "Nhiều nhất"),
        *(({"tu": "2021-11", "den": "2021-11", "coquan": code}, words) for code, words in OFFICES),
    )
    wrong: list[str] = []
    for tail in SERIES:
        for query, words in questions:
            wrong += asked(quang, f"/dieu-hanh/theo-thoi-gian/{tail}", {"thang": "2021-11", **query}, words)
    assert wrong == []


def test_an_office_that_is_not_there_or_was_not_then(province: World, logged_in: LogIn) -> None:
    quang = logged_in("quang")
    wrong: list[str] = []
    for tail, more in REPORTS.items():
        for code, words in OFFICES:
            wrong += asked(quang, f"/dieu-hanh/{tail}", {**more, "ky": "2021-11", "coquan": code}, words)
    for address, key in (("/van-hanh/", "coquan"), ("/van-hanh/bang/danh-sach/", "coquan"), ("/xin-loi/", "coquan"),
                         ("/dieu-hanh/lay-y-kien/", "coquan")):  # fmt: skip
        for code in ("H54.99.98", "a\x00b"):
            wrong += asked(quang, address, {"chitieu": "in_hand", "xem": "con-han", key: code}, UNKNOWN)
    lab = {"tu": "2021-11-01", "den": "2021-11-30", "chay": "1"}
    for code, words in OFFICES:
        wrong += asked(quang, "/van-hanh/thu-nghiem/9.000001/", {**lab, "coquan": code}, words)
    assert wrong == []
    told = unescape(quang.get("/dieu-hanh/bao-cao/?ky=2021-11&coquan=H54.99.2").content.decode())
    assert "từ 01/01/2020 đến trước 01/06/2021" in told and f"coquan={province.cast.justice.code}" in told


def test_a_row_that_is_none_is_not_the_whole(province: World, logged_in: LogIn) -> None:
    quang = logged_in("quang")
    lists = {
        "/dieu-hanh/ho-so/": "new", "/dieu-hanh/danh-gia/danh-sach/": "votes", "/dieu-hanh/phan-anh/danh-sach/": "new",
        "/van-hanh/xin-loi/danh-sach/": "late", "/van-hanh/don-doc/danh-sach/": "sent", "/van-hanh/im-lang/": "silent",
        "/van-hanh/bang/danh-sach/": "in_hand",
    }  # fmt: skip
    wrong: list[str] = []
    for row in ("x", "-1", "9" * 30, "\x00", "٣"):
        for address, measure in lists.items():
            wrong += asked(quang, address, {"ky": "2021-11", "chitieu": measure, "dong": row}, UNKNOWN)
        wrong += asked(quang, "/dieu-hanh/phan-viec/danh-sach/", {"ky": "2021-11", "coquan": row}, UNKNOWN)
        failing = {"ky": "2021-11", "thanhphan": "2.1", "dong": row}
        wrong += asked(quang, "/dieu-hanh/chi-so/khong-dat/", failing, UNKNOWN)
        wrong += asked(quang, "/dieu-hanh/bieu-mau/danh-sach/",
                       {"bieu": "II.05a", "ky": "2021-11", "cot": "3", "nhom": "office", "dong": row}, UNKNOWN)  # fmt: skip
        for name in ("canbo", "diem"):
            scored = {"ky": "2021-Q4", "coquan": province.cast.justice.code, name: row}
            wrong += asked(quang, "/dieu-hanh/chi-so/phieu/ho-so/", scored, UNKNOWN)
    assert wrong == []


def test_before_anything_was_there_the_noughts_are_explained(province: World, logged_in: LogIn) -> None:
    quang = logged_in("quang")
    silent = []
    pages = {f"/dieu-hanh/{tail}": {**more, "ky": "2020-02"} for tail, more in REPORTS.items()}
    pages |= {address: {**more, "ky": "2020-02"} for address, more in IN_A_WORD.items()}
    pages |= {"/dieu-hanh/theo-thoi-gian/": {"tu": "2020-01", "den": "2020-02"}}
    for address, query in pages.items():
        if address.endswith((".xlsx", ".pdf", ".docx", "danh-sach/", "ho-so/", "khong-dat/", "phieu/")):
            continue
        answer = quang.get(address, query)
        if answer.status_code != 200 or "01/11/2021" not in unescape(answer.content.decode()):
            silent.append((address, answer.status_code))
    assert silent == []
    assert "01/11/2021" not in quang.get("/dieu-hanh/bao-cao/tai-ve.json?ky=2021-11").json()["period"]["note"]


def test_a_running_period_is_told_as_of_today(province: World, logged_in: LogIn) -> None:
    quang = logged_in("quang")
    made = quang.get("/dieu-hanh/bao-cao/tai-ve.json?ky=2023-06").json()["period"]
    assert (made["to"], made["running"]) == ("2023-06-01", True)
    assert "kỳ chưa kết thúc" in unescape(quang.get("/dieu-hanh/bao-cao/?ky=2023").content.decode())
    assert "kỳ chưa kết thúc" not in unescape(quang.get("/dieu-hanh/bao-cao/?ky=2022").content.decode())


def test_in_english_the_same_is_said_in_english(province: World, logged_in: LogIn, settings: Any) -> None:
    quang = logged_in("quang")
    quang.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    for query, words in (
        ({"ky": "2021-13"}, "2021-13"),
        ({"ky": "2031-01"}, "has not begun"),
        ({"tu": "2021-11-30", "den": "2021-11-01"}, "first day"),
        ({"ky": "2021-11", "coquan": "H54.99.2"}, "was not there"),
    ):
        for address in ("/dieu-hanh/bao-cao/", "/dieu-hanh/bao-cao/tai-ve.xlsx"):
            said = unescape(assert_good_page(quang.get(address, query), 422))
            assert words in said and "không có trong" not in said and "chưa bắt đầu" not in said, (address, query)


def test_the_api_says_it_as_a_problem(province: World) -> None:
    token = issue(province.cast.quang, "test", tuple(SCOPES), now())
    wrong = []
    for tail, more in API.items():
        for query, status, words in (
            ({"period": "2021-13"}, 422, NOT_UNDERSTOOD),
            ({"period": "2999"}, 422, AHEAD),
            ({"first": "2021-11-30", "last": "2021-11-01"}, 422, BACKWARDS),
            ({"first": "2021-11-01"}, 422, HALF),
            ({"first": "mai", "last": "2021-11-01"}, 422, ""),
            ({"period": "2021-11", "first": "2021-11-01", "last": "2021-11-30"}, 422, "không ghi cả hai"),
            ({}, 422, "Cần kỳ báo cáo"),
            *(({"period": "2021-11", "office": code}, (404, 422), words) for code, words in OFFICES),
        ):
            answer = Client().get(f"/api/v1/{tail}", {**more, **query}, headers={"Authorization": f"Bearer {token}"})
            right = status if isinstance(status, tuple) else (status,)
            said = answer.json()
            if answer.status_code not in right or words not in f"{said['detail']} {said['fields']}":
                wrong.append((tail, query, answer.status_code, said))
    assert wrong == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_say_it_and_end_with_two(command: str, province: World) -> None:
    name, *words = command.split()
    for options, said in (
        (["2021-13"], NOT_UNDERSTOOD),
        (["2999"], AHEAD),
        (["--from", "2021-11-30", "--to", "2021-11-01"], BACKWARDS),
        (["--from", "2021-11-30"], HALF),
        *((["2021-11", "--office", code], words) for code, words in OFFICES),
    ):
        errors = StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command(name, *words, *options, stdout=StringIO(), stderr=errors)
        assert (ended.value.code, said in errors.getvalue()) == (2, True), (options, errors.getvalue())
    with pytest.raises(CommandError, match="không phải một ngày"):
        call_command(name, *words, "--from", "mai", "--to", "2021-11-30")


def test_no_open_data_of_a_month_that_is_none(province: World, tmp_path: Any) -> None:
    for month in ("2021-13", "2999-01", "2021-10", "Tết"):
        errors = StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command("open_data", month, "--out", str(tmp_path), stderr=errors)
        assert ended.value.code == 2 and month in errors.getvalue()
        assert Client().get(f"/du-lieu-mo/H54/{month}/csv/").status_code == 404
    assert list(tmp_path.iterdir()) == []

"""The catalogue's pages: what is recorded shows, every figure opens as many rows, and what is wrong loses nothing typed."""

from __future__ import annotations

import io
from collections.abc import Callable
from html import unescape
from re import findall, sub
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from motcua.catalogue.life.rows import Commitment, LifeEvent, OnsiteList, ServiceLevel
from motcua.catalogue.models import Process, ProcessStep
from tests.house.pages import assert_good_page
from tests.world import World

LogIn = Callable[[str], Client]
DOCUMENT = {
    "number": "2022/QĐ-UBND",
    "signed_on": "2021-10-01",
    "issuer": "chairman",
    "issued_by": "Chủ tịch UBND tỉnh",
}
LIST = "/dieu-hanh/danh-muc/"


def send(client: Client, what: str, status: int = 302, **words: str) -> str:
    response = client.post(f"{LIST}ghi-nhan/{what}/", {**DOCUMENT, **words})
    assert response.status_code == status, response.content.decode()[-3000:]
    return unescape(response.content.decode())


def page(client: Client, address: str, **query: Any) -> str:
    return unescape(assert_good_page(client.get(address, query)))


@pytest.fixture
def quang(logged_in: LogIn) -> Client:
    return logged_in("quang")


def test_what_is_recorded_shows_on_the_procedure_and_in_the_figures(quang: Client) -> None:
    send(quang, "vong-doi", kind="suspended", on="2021-10-01", codes="9.000003")
    send(quang, "muc-do", scheme="four_levels", level="4", valid_from="2021-10-01", codes="9.000001\n9.000003")
    send(quang, "cam-ket", valid_from="2021-10-01", lines="9.000001; 3 ngày làm việc")
    send(
        quang, "ra-soat", review="Năm 2021", on="2021-10-01", kind="keep", words="", codes="9.000001 9.000002 9.000003"
    )
    send(quang, "ra-soat", review="Năm 2021", on="2021-10-01", kind="decentralise", words="Về xã", codes="9.000001")
    assert "Tạm ngừng" in page(quang, f"{LIST}thu-tuc/9.000003/")
    shown = page(quang, f"{LIST}thu-tuc/9.000001/")
    for words in ("mức độ 4", "3 ngày làm việc", "40,00 %", "2022/QĐ-UBND (01/10/2021)", "Về xã"):
        assert words in shown
    assert "/3 = 33,33 %" in page(quang, f"{LIST}ra-soat/")
    listed = page(quang, LIST)
    for key, count in (("suspended", 1), ("level_4", 2), ("committed", 1), ("aim", 1), ("proposed", 1)):
        assert f'href="?tap={key}#danh-sach">{count}<' in listed
        assert (
            len(findall(r'<th scope="row"><a href="/dieu-hanh/danh-muc/thu-tuc/', page(quang, LIST, tap=key))) == count
        )


def test_an_offer_by_the_citizens_page_names_both_limits_and_the_act(quang: Client) -> None:
    send(quang, "cam-ket", valid_from="2021-10-01", lines="9.000001; 3 ngày làm việc")
    shown = page(Client(), "/thu-tuc/9.000001/")
    assert "3 ngày làm việc" in shown
    assert "Tỉnh cam kết theo Quyết định 2022/QĐ-UBND; thời hạn quy định: 5 ngày làm việc" in shown
    assert shown.count('class="process"') == 2


def test_a_suspended_procedure_says_so_to_citizens_and_an_abolished_one_is_not_found(quang: Client) -> None:
    send(quang, "vong-doi", kind="suspended", on="2021-10-01", codes="9.000001")
    send(quang, "vong-doi", kind="abolished", on="2021-10-01", codes="9.000003")
    shown = page(Client(), "/thu-tuc/9.000001/")
    assert "không nhận hồ sơ mới" in shown
    assert "Nộp trực tuyến" not in shown
    found = page(Client(), "/tim-thu-tuc/")
    assert "Cấp hộ chiếu thử nghiệm" in found
    assert "Chứng thực tại xã" not in found


@pytest.mark.parametrize(
    ("what", "words", "sentence"),
    [
        ("vong-doi", {"kind": "suspended", "on": "2021-10-01", "codes": "0.1"}, "Không có thủ tục mang mã: 0.1."),
        ("vong-doi", {"kind": "suspended", "on": "2021-10-01", "codes": "9.000001", "number": ""}, "Cần ghi văn bản"),
        ("muc-do", {"scheme": "full_partial", "level": "4", "valid_from": "2021-10-01", "codes": "9.000001"}, "Mức này"),
        ("cam-ket", {"valid_from": "2021-10-01", "lines": "9.000001; 9 ngày làm việc"}, "không ngắn hơn"),
        ("cam-ket", {"valid_from": "2021-10-01", "lines": "9.000001; vài ngày"}, "Dòng 1: không đọc được"),
        ("tai-cho", {"valid_from": "2021-10-01", "lines": "9.000001; 6"}, "Dòng 1: cần mã; 4 hoặc 5."),
        ("ra-soat", {"review": "A", "on": "2021-10-01", "kind": "delegate", "codes": "9.000001"}, "nội dung đề xuất"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    quang: Client, what: str, words: dict[str, str], sentence: str
) -> None:
    shown = send(quang, what, 422, **words)
    assert sentence in shown
    assert words.get("codes", words.get("lines", "")) in shown
    assert not any(model.objects.exists() for model in (LifeEvent, ServiceLevel, Commitment, OnsiteList))


def test_the_onsite_list_names_its_share_and_each_violation(quang: Client) -> None:
    send(quang, "tai-cho", valid_from="2021-10-01", lines="9.000001; 5")
    shown = page(quang, f"{LIST}tai-cho/")
    words = " ".join(sub("<[^>]*>", " ", shown).split())
    assert "1 thủ tục trong danh mục / 2 thủ tục cấp tỉnh = 50,00 % (chỉ tiêu 30 %)" in words
    assert "Chưa có danh mục" in page(quang, f"{LIST}tai-cho/?ngay=2021-09-30")
    assert "Trung tâm chưa có người được phân công đóng dấu (Văn thư)." in shown
    assert "Chưa có danh mục" not in shown


def test_a_mistake_is_corrected_with_its_reason(quang: Client) -> None:
    send(quang, "vong-doi", kind="suspended", on="2021-10-01", codes="9.000001")
    event = LifeEvent.objects.get()
    assert quang.post(f"{LIST}dinh-chinh/{event.pk}/", {"note": ""}).status_code == 422
    assert quang.post(f"{LIST}dinh-chinh/{event.pk}/", {"note": "Nhầm mã"}).status_code == 302
    assert "Nhầm mã" in page(quang, f"{LIST}thu-tuc/9.000001/")
    assert "tap=suspended" not in page(quang, LIST)


def test_a_proposal_gets_further_on_its_own_page(quang: Client) -> None:
    send(quang, "ra-soat", review="Năm 2021", on="2021-10-01", kind="delegate", words="Ủy quyền", codes="9.000001")
    (address,) = findall(r'href="(/dieu-hanh/danh-muc/ra-soat/\d+/)"', page(quang, f"{LIST}ra-soat/"))
    assert quang.post(address, {"state": "submitted", "on": "2021-10-02", "issuer": "chairman"}).status_code == 302
    assert quang.post(address, {"state": "approved", "on": "2021-10-02", "issuer": "chairman"}).status_code == 422
    assert quang.post(address, {**DOCUMENT, "state": "approved", "on": "2021-10-02"}).status_code == 302
    assert "Được chấp thuận" in page(quang, address)


def test_a_table_that_does_not_add_up_is_shown_with_both_numbers(quang: Client) -> None:
    process = Process.objects.create(
        source_key="x", digest=bytes(32), title="Quy trình sai", decision="1/QĐ", usable=True, sum_matches=False,
        sum_hours=76, stated_hours=84, codes=["9.000001"],
    )  # fmt: skip
    for seq, (role, value) in enumerate((("receiver", 1), ("approver", 8), ("receiver", 0.5)), 1):
        ProcessStep.objects.create(
            process=process, seq=seq, role=role, place="competent", role_text="Ai đó", value=value, unit="NGAY_LAM_VIEC"
        )
    warning = "Tổng các bước là 9,5 ngày làm việc, quyết định ghi tổng 10,5 ngày làm việc."
    assert warning in page(quang, f"{LIST}quy-trinh/")
    assert warning in page(quang, f"{LIST}quy-trinh/{process.pk}/")
    shown = page(quang, f"{LIST}thu-tuc/9.000001/")
    assert warning in shown
    assert "thời hạn đang áp dụng là 5 ngày làm việc" in shown


def test_late_duties_come_first(quang: Client) -> None:
    send(quang, "vong-doi", kind="announced", on="2021-10-01", codes="9.000001")
    shown = page(quang, f"{LIST}thoi-han/")
    assert "Quá hạn, chưa thực hiện" in shown
    assert "08/10/2021" in shown
    assert "0,00 %" in shown


def test_lists_are_workbooks(quang: Client) -> None:
    send(quang, "cam-ket", valid_from="2021-10-01", lines="9.000001; 3 ngày làm việc")
    for of in ("danh-muc", "thoi-han", "tai-cho", "ra-soat"):
        response = quang.get(f"{LIST}tai-ve/{of}.xlsx")
        assert response.status_code == 200
        book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
        rows = book.get_sheet_by_index(0).to_python()
        assert rows[2][0]
        if of == "danh-muc":
            assert next(row for row in rows if row[0] == "9.000001")[5:8] == [
                "5 ngày làm việc",
                "3 ngày làm việc",
                40.0,
            ]


def test_only_keepers_record(logged_in: LogIn, world: World) -> None:
    assert "ghi-nhan" not in page(logged_in("dung"), LIST)
    assert logged_in("dung").post(f"{LIST}ghi-nhan/vong-doi/", DOCUMENT).status_code == 404
    assert "ghi-nhan" in page(logged_in("yen"), LIST)


@pytest.mark.parametrize("part", ["", "thoi-han/", "quy-trinh/", "tai-cho/", "ra-soat/", "giay-to-da-co/", "thu-tuc/9.000001/"])  # fmt: skip
def test_every_page_speaks_english(quang: Client, part: str) -> None:
    quang.cookies["django_language"] = "en"
    assert 'lang="en"' in page(quang, LIST + part)

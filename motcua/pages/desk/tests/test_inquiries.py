"""Asking other offices and verifying on the spot, on the pages of whoever asks, is asked, and waits for the result."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from pathlib import Path
from re import search
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.models import Consultation, Dossier, Verification
from motcua.dossiers.tests import lives
from motcua.pages.conftest import WallClock
from tests.house.pages import assert_good_page
from tests.house.stage import set_stage
from tests.papers import A_PDF as PDF
from tests.world import World, reread

LogIn = Callable[[str], Client]
DESK = "/ban-lam-viec/"
VISIT: dict[str, Any] = {
    "place": "Số 5, xã Đông Các",
    "begins_at": "2021-11-04T08:00",
    "ends_at": "2021-11-04T10:00",
    "participants": "Sở Tư pháp; Công an xã",
    "content": "Nơi ở thực tế",
    "needs_applicant": "on",
}


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


def address(dossier: Dossier, route: str = "") -> str:
    return f"{DESK}ho-so/{dossier.pk}/{route}"


def send(client: Client, dossier: Dossier, route: str, status: int = 302, **words: Any) -> str:
    answer = client.post(address(dossier, route), {"seen": reread(dossier).last_seq, **words})
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return unescape(answer.content.decode())


def page(client: Client, where: str, **query: Any) -> str:
    return unescape(assert_good_page(client.get(where, query)))


def test_one_office_asks_another_answers_and_both_see_what_they_may(
    world: World, logged_in: LogIn, clock: WallClock
) -> None:
    dossier, hoa, khang = lives.handled(world), logged_in("hoa"), logged_in("khang")
    assert khang.get(address(dossier)).status_code == 404
    clock("2021-11-02 09:00")
    form = page(hoa, address(dossier, "lay-y-kien/"))
    assert f'<option value="{world.cast.industry.name}">' in form and f'"{world.cast.justice.name}">' not in form
    send(hoa, dossier, "lay-y-kien/", q1_office="công thương", q1_question="Ngành nghề này?", q1_days="3")
    seen = page(hoa, address(dossier))
    assert "Ngành nghề này?" in seen and "Còn 3 ngày" in seen and "Thôi lấy ý kiến" in seen
    inbox = page(khang, f"{DESK}y-kien/")
    assert str(dossier) in inbox and "Ngành nghề này?" in inbox and "Sở Tư pháp" in inbox
    assert "1 chờ trả lời" in page(khang, DESK) and "chờ trả lời" not in page(hoa, DESK)
    opened = page(khang, address(dossier))
    assert "Trả lời ý kiến" in opened and "0900000001" not in opened  # contacts are the unit's
    assert "Phát hành</button>" not in opened
    assert_good_page(khang.post(f"/quay/ho-so/{dossier.pk}/phieu/receipt-1/phat-hanh/"), 403)
    clock("2021-11-08 09:00")
    assert "Quá hạn 3 ngày" in page(khang, f"{DESK}y-kien/")
    assert "Quá hạn 3 ngày" in page(hoa, f"{DESK}y-kien/", xem="da-hoi")
    one = Consultation.objects.get()
    form = page(khang, address(dossier, "tra-loi-y-kien/"), so=one.pk)
    assert search(rf'value="{one.pk}"[^>]*checked', form)
    file = SimpleUploadedFile("cong-van.pdf", PDF)
    send(khang, dossier, "tra-loi-y-kien/", consultation=one.pk, answer="Không có điều kiện.", file=file)
    assert khang.get(address(dossier)).status_code == 404
    assert "Không có ý kiến nào ở đây" in page(khang, f"{DESK}y-kien/")
    ours = page(khang, f"{DESK}y-kien/", xem="da-tra-loi")
    assert "Trả lời trễ 3 ngày" in ours and f'href="{address(dossier)}"' not in ours
    seen = page(hoa, address(dossier))
    assert "Không có điều kiện." in seen and "Trả lời trễ 3 ngày" in seen
    assert hoa.get(address(dossier, f"y-kien/{one.pk}/tep/")).getvalue() == PDF
    assert khang.get(address(dossier, f"y-kien/{one.pk}/tep/")).status_code == 404
    assert hoa.get(address(dossier, "y-kien/0/tep/")).status_code == 404


def test_several_offices_in_one_act_and_what_is_wrong_loses_nothing_typed(world: World, logged_in: LogIn) -> None:
    dossier, hoa = lives.handled(world), logged_in("hoa")
    rows: dict[str, Any] = {
        "q1_office": world.cast.industry.name,
        "q1_question": "Ngành nghề?",
        "q1_days": "3",
        "q2_office": world.cast.commune.name,
        "q2_question": "Cư trú?",
    }
    said = send(hoa, dossier, "lay-y-kien/", 422, **rows, q2_due_on="2021-11-06")
    assert "Ngày 06/11/2021 cơ quan được hỏi nghỉ (Thứ Bảy)" in said
    assert 'value="2021-11-06"' in said and "Cư trú?" in said and '<details class="more" open>' in said
    for changes, words in (
        ({"q1_office": "sở", "q2_due_on": "2021-11-08"}, "Nhiều cơ quan khớp"),
        ({"q1_office": "không có đâu", "q2_due_on": "2021-11-08"}, "Không tìm thấy cơ quan"),
        ({"q2_office": "", "q2_due_on": "2021-11-08"}, "Cần chọn cơ quan"),
        ({"q2_office": world.cast.industry.name, "q2_due_on": "2021-11-08"}, "đã có ở dòng trên"),
        ({"q2_due_on": "2021-10-08"}, "Ngày cuối đã qua"),
        ({"q2_question": "", "q2_due_on": "2021-11-08"}, "Cần nêu nội dung"),
    ):
        assert words in send(hoa, dossier, "lay-y-kien/", 422, **{**rows, **changes}), changes
    gap: dict[str, Any] = {
        f"q3_{name.partition('_')[2]}": value for name, value in rows.items() if name.startswith("q2")
    }
    first: dict[str, Any] = {name: value for name, value in rows.items() if name.startswith("q1")}
    assert "lần lượt" in send(hoa, dossier, "lay-y-kien/", 422, **first, **gap, q3_days="1")
    assert not Consultation.objects.exists()
    send(hoa, dossier, "lay-y-kien/", **rows, q2_due_on="2021-11-08")
    assert Consultation.objects.count() == 2


def test_a_verification_is_planned_moved_and_recorded_and_the_applicant_reads_where_to_come(
    world: World, logged_in: LogIn, clock: WallClock
) -> None:
    stage = set_stage(world, "handled")
    dossier, hoa, lan = stage.dossier, logged_in("hoa"), logged_in("lan")
    own = f"/ho-so/{dossier.submission_no}/"
    clock("2021-11-02 09:00")
    assert "Thời điểm bắt đầu đã qua" in send(
        hoa, dossier, "xac-minh/len-lich/", 422, **{**VISIT, "begins_at": "2021-11-02T08:00"}
    )
    assert "phải sau thời điểm bắt đầu" in send(
        hoa, dossier, "xac-minh/len-lich/", 422, **{**VISIT, "ends_at": "2021-11-04T08:00"}
    )
    send(hoa, dossier, "xac-minh/len-lich/", **VISIT)
    told = page(lan, own)
    assert "Bạn cần có mặt" in told and "Số 5, xã Đông Các" in told and "04/11/2021 08:00" in told
    one = Verification.objects.get()
    form = page(hoa, address(dossier, "xac-minh/doi-lich/"), so=one.pk)
    assert 'value="Số 5, xã Đông Các"' in form and 'value="2021-11-04T08:00"' in form
    moved: dict[str, Any] = {"place": "Trụ sở xã", "begins_at": "2021-11-06T08:00", "ends_at": "2021-11-06T09:00"}
    send(hoa, dossier, "xac-minh/doi-lich/", verification=one.pk, **moved, reason="Mưa bão")
    told = page(lan, own)
    assert "06/11/2021 08:00" in told and "Lý do: Mưa bão" in told
    assert "Ngoài giờ làm việc" in page(hoa, address(dossier))
    found: dict[str, Any] = {"verification": one.pk, "minutes": "Ghi nội bộ", "attended": "Hoa, Lan"}
    assert "chưa bắt đầu" in send(hoa, dossier, "xac-minh/ket-qua/", 422, **found)
    clock("2021-11-06 10:00")
    send(hoa, dossier, "xac-minh/ket-qua/", **found, file=SimpleUploadedFile("bien-ban.pdf", PDF))
    told = page(lan, own)
    assert "Bạn cần có mặt" not in told and "Đã thẩm tra, xác minh" in told and "Ghi nội bộ" not in told
    assert "Ghi nội bộ" in page(hoa, address(dossier))
    assert hoa.get(address(dossier, f"xac-minh/{one.pk}/tep/")).getvalue() == PDF
    assert lan.get(address(dossier, f"xac-minh/{one.pk}/tep/")).status_code == 404


def test_the_applicant_reads_nothing_that_offices_write_to_each_other(world: World, logged_in: LogIn) -> None:
    stage = set_stage(world, "asked")
    told = page(logged_in("lan"), f"/ho-so/{stage.dossier.submission_no}/")
    for secret in ("Ngành nghề?", "Ở thật", "Đã xem"):
        assert secret not in told, secret
    assert "Đã lấy ý kiến cơ quan khác" in told and f"{world.cast.industry.name}: trả lời trước" in told
    assert "Đã có ý kiến trả lời" in told and "Trễ hạn" not in told


def test_a_visit_without_the_applicant_is_not_told_beforehand(world: World, logged_in: LogIn) -> None:
    dossier, hoa = set_stage(world, "handled").dossier, logged_in("hoa")
    send(hoa, dossier, "xac-minh/len-lich/", **{**VISIT, "needs_applicant": ""})
    told = page(logged_in("lan"), f"/ho-so/{dossier.submission_no}/")
    assert "Đã lên lịch thẩm tra, xác minh" in told
    for secret in ("Số 5, xã Đông Các", "Công an xã", "Nơi ở thực tế", "08:00 04/11/2021"):
        assert secret not in told, secret


def test_whoever_decides_is_told_what_is_open_and_may_decide(world: World, logged_in: LogIn, clock: WallClock) -> None:
    dossier = lives.at_approval(world)
    tuan = logged_in("tuan")
    clock("2021-11-02 11:00")
    assert "chưa trả lời ý kiến" not in page(tuan, address(dossier, "phe-duyet/"))
    send(tuan, dossier, "lay-y-kien/", q1_office="công thương", q1_question="Gì?", q1_days="1")
    send(tuan, dossier, "xac-minh/len-lich/", **VISIT)
    for route in ("phe-duyet/", "tu-choi-giai-quyet/", "dung-giai-quyet/"):
        form = page(tuan, address(dossier, route))
        assert f"{world.cast.industry.name} chưa trả lời ý kiến (hạn 17:00 03/11/2021)" in form
        assert "lúc 08:00 04/11/2021 chưa có kết quả" in form and "vẫn được quyết định" in form
    clock("2021-11-05 09:00")
    send(tuan, dossier, "phe-duyet/", summary="Cấp")
    told = page(tuan, address(dossier))
    assert "chưa có ý kiến, không chờ nữa" in told and "Trễ hạn trả lời" in told
    assert logged_in("khang").get(address(dossier)).status_code == 404


def test_a_dossier_without_inquiries_costs_no_statement_more(world: World, logged_in: LogIn) -> None:
    hoa, plain, asked = logged_in("hoa"), lives.handled(world), set_stage(world, "asked").dossier

    def statements(dossier: Dossier) -> int:
        with CaptureQueriesContext(connection) as seen:
            html = page(hoa, address(dossier))
        assert ("opinions-head" in html) is ("verified-head" in html) is (dossier == asked)
        return len(seen)

    statements(asked)  # what a process remembers is read once
    forms_of_lan = 1  # issued papers are looked at for both; only the asked one is online
    assert statements(asked) <= statements(plain) + 2 + forms_of_lan

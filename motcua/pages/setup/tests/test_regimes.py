"""The rules of each period: seen side by side, changed by two people, told in both languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from motcua.law.models import Decision, Proposal
from motcua.law.store import current_revision, regime_on
from motcua.law.tests.settling import proposed, settle_value
from motcua.pages.conftest import WallClock
from motcua.pages.setup.changes import office_hours
from tests.house.pages import assert_good_page
from tests.world import World

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
PAGE = "/thiet-lap/quy-dinh/max_extensions/"
WISH = {
    "regime": "r1_2018", "scope": "province", "target": "", "what": "set", "value": "2", "valid_from": "2021-11-15",
    "reason": "Nhiều hồ sơ phải xác minh", "document": "QĐ 12/QĐ-UBND ngày 01/11/2021",
}  # fmt: skip


def sent(client: Client, path: str = PAGE + "de-nghi/", **changes: Any) -> Any:
    return client.post(path, {**WISH, **changes})


def test_one_proposes_another_approves_and_dossiers_from_that_day_on_follow(logged_in: LogIn) -> None:
    yen, quang = logged_in("yen"), logged_in("quang")
    assert_good_page(yen.get(PAGE + "de-nghi/", {"ky": "r1_2018"}))
    answer = sent(yen)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    address = answer.headers["Location"]
    told = assert_good_page(yen.get(address))
    assert "Đã gửi đề nghị" in told and "Đây là đề nghị của bạn" in told
    assert yen.post(address, {"verdict": "approve"}).status_code == 403
    waiting = assert_good_page(quang.get("/thiet-lap/de-nghi/"))
    assert "1 lần → <strong>2 lần</strong>" in waiting and "Ngô Hải Yến" in waiting
    assert quang.post(address, {"verdict": "approve", "note": ""}).status_code == 302
    assert "áp dụng cho hồ sơ tiếp nhận từ 15/11/2021" in assert_good_page(quang.get(address))
    current_revision()
    assert [regime_on(date(2021, 11, day)).max_extensions for day in (14, 15)] == [1, 2]
    history = assert_good_page(yen.get(PAGE))
    assert "Ngô Hải Yến đề nghị, Trần Đức Quang duyệt 01/11/2021 11:00" in history
    assert "QĐ 12/QĐ-UBND ngày 01/11/2021" in history
    assert quang.post(address, {"verdict": "reject", "note": "Thôi"}).status_code == 409, "decided once"


def test_a_rejection_needs_a_reason_and_changes_nothing(logged_in: LogIn) -> None:
    address = sent(logged_in("yen")).headers["Location"]
    quang = logged_in("quang")
    page = assert_good_page(quang.post(address, {"verdict": "reject", "note": " "}), 422)
    assert "Không đồng ý thì phải nêu lý do." in page
    assert_good_page(quang.post(address, {"note": "?"}), 422)
    assert not Decision.objects.exists()
    assert quang.post(address, {"verdict": "reject", "note": "Chưa có văn bản"}).status_code == 302
    assert "Chưa có văn bản" in assert_good_page(quang.get(address))


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"value": ""}, "value", "bắt buộc"),
        ({"value": "99"}, "value", "số nguyên từ 0 đến 9"),
        ({"valid_from": "2021-11-01"}, "valid_from", "phải sau hôm nay"),
        ({"valid_from": "2021-12-06"}, "valid_from", "đến trước 06/12/2021"),
        ({"reason": ""}, "reason", "bắt buộc"),
        ({"scope": "procedure"}, "target", "thủ tục nào"),
        ({"scope": "procedure", "target": "9.9"}, "target", "Không có thủ tục mang mã này"),
        ({"scope": "field", "target": "Không có"}, "target", "Không có thủ tục nào thuộc lĩnh vực này"),
        ({"regime": "r0"}, "regime", "r0"),
        ({"what": "end"}, "value", "không có quy định riêng"),
    ],
)
def test_a_wrong_proposal_is_told_beside_its_field_and_kept(
    changes: dict[str, str], field: str, sentence: str, logged_in: LogIn
) -> None:
    answer = sent(logged_in("yen"), **changes)
    page = assert_good_page(answer, 422)
    assert sentence in str(answer.context["form"].errors[field])
    assert "QĐ 12/QĐ-UBND" in page
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("transfer_cutoff", "16:00", "16:00"),
        ("supplement_clock", "resume", "resume"),
        ("pause_on_financial", "False", False),
        ("max_extension_days", "10", 10),
        ("supplement_wait_days", "20", 20),
        ("processing_system", "ministry:cong-an", "ministry:cong-an"),
    ],
)
def test_every_kind_of_value_is_entered_as_what_it_is(key: str, value: str, kept: Any, logged_in: LogIn) -> None:
    yen = logged_in("yen")
    assert_good_page(yen.get(f"/thiet-lap/quy-dinh/{key}/de-nghi/"))
    assert sent(yen, f"/thiet-lap/quy-dinh/{key}/de-nghi/", value=value).status_code == 302
    assert Proposal.objects.get().value == kept


def test_a_transfer_hour_outside_office_hours_is_refused_with_the_hours(logged_in: LogIn) -> None:
    page = assert_good_page(sent(logged_in("yen"), "/thiet-lap/quy-dinh/transfer_cutoff/de-nghi/", value="12:15"), 422)
    assert "12:15 nằm ngoài giờ làm việc (07:00–11:30, 13:30–17:00)" in page


def test_an_open_value_is_proposed_by_leaving_it_empty(logged_in: LogIn) -> None:
    settle_value("r1_2018", "supplement_wait_days", 20, on=date(2021, 10, 1))
    assert sent(logged_in("yen"), "/thiet-lap/quy-dinh/supplement_wait_days/de-nghi/", value="").status_code == 302
    wish = Proposal.objects.latest("id")
    assert (wish.value, wish.old_value, wish.ends) == (None, 20, False)


def test_one_procedure_may_have_a_rule_of_its_own_and_give_it_up(logged_in: LogIn) -> None:
    own: dict[str, Any] = {"scope": "procedure", "target": "9.000001"}
    assert sent(logged_in("yen"), **own).status_code == 302
    settle_value("r1_2018", "max_extensions", 3, on=date(2021, 11, 10), **own)
    assert sent(logged_in("yen"), what="end", value="", **own).status_code == 302
    assert Proposal.objects.latest("id").ends
    assert "một thủ tục: 9.000001" in assert_good_page(logged_in("quang").get(PAGE))


def test_the_table_marks_what_changed_what_is_the_province_s_and_what_is_unsure(logged_in: LogIn) -> None:
    settle_value("r1_2018", "max_extensions", 2, on=date(2021, 10, 1))
    page = assert_good_page(logged_in("quang").get("/thiet-lap/quy-dinh/"))
    row = page.partition("Số lần hẹn lại ngày trả")[2].partition("</tr>")[0]
    assert row.count("mark-own") == 1 and "2 lần" in row and row.count("mark-unsure") >= 1
    assert "đang áp dụng" in page.partition("r1_2018")[2].partition("r2_2021")[0]


def test_in_english_too(logged_in: LogIn) -> None:
    proposed("r1_2018", "max_extensions", 2, on=date(2021, 12, 1))
    yen = logged_in("yen")
    yen.cookies["django_language"] = "en"
    pages = {path: assert_good_page(yen.get(path)) for path in ("/thiet-lap/", "/thiet-lap/quy-dinh/", PAGE)}
    assert "1 proposal waits for approval" in pages["/thiet-lap/"]
    assert "New appointments when late, at most" in pages["/thiet-lap/quy-dinh/"]
    assert "a whole number from 0 to 9" in pages[PAGE]
    assert "must be after today" in assert_good_page(sent(yen, valid_from="2021-11-01"), 422)


@pytest.mark.parametrize("name", ["dung", "tuan", "khang", "lan"])
def test_for_everybody_else_these_pages_do_not_exist(name: str, logged_in: LogIn) -> None:
    wish = proposed("r1_2018", "max_extensions", 2, on=date(2021, 12, 1))
    client = logged_in(name)
    for path in (PAGE + "de-nghi/", f"/thiet-lap/de-nghi/{wish.pk}/"):
        assert sent(client, path, verdict="approve").status_code == 404
    assert not Decision.objects.exists() and Proposal.objects.count() == 1


def test_an_unknown_parameter_is_not_there(logged_in: LogIn) -> None:
    for path in ("/thiet-lap/quy-dinh/xyz/", "/thiet-lap/quy-dinh/xyz/de-nghi/", "/thiet-lap/de-nghi/999999/"):
        assert_good_page(logged_in("yen").get(path), 404)


def test_office_hours_are_those_of_the_next_day_that_is_worked(world: World, clock: WallClock) -> None:
    saturday = date(2021, 10, 30)
    assert [f"{start:%H:%M}" for start, _end in office_hours(saturday)] == ["07:00", "13:30"]

"""A day of work at the desk, by the cast: each does what is theirs, and sees only that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.dossiers.tests import lives
from motcua.pages.conftest import WallClock
from tests.house.pages import assert_good_page
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]


def do(client: Client, dossier: Dossier, path: str, **typed: Any) -> Any:
    """Open the page of an act as a person does, then send its form."""
    room = "quay" if path in COUNTER_PATHS else "ban-lam-viec"
    address = f"/{room}/ho-so/{dossier.pk}/{path}/"
    assert_good_page(client.get(address))
    return client.post(address, {"seen": reread(dossier).last_seq, **typed})


COUNTER_PATHS = {"tiep-nhan", "tra-ket-qua", "nhan-bo-sung", "rut-ho-so", "yeu-cau-hoan-thien", "tu-choi-tiep-nhan"}


def open_acts(client: Client, dossier: Dossier) -> list[str]:
    answer = client.get(f"/ban-lam-viec/ho-so/{dossier.pk}/")
    assert_good_page(answer)
    return [button.act.value for button in answer.context["buttons"]]


def test_an_online_dossier_goes_through_every_hand_and_back(world: World, logged_in: LogIn, clock: WallClock) -> None:
    dossier = lives.submitted(world)
    minh, thanh, hoa, tuan, nga = (logged_in(name) for name in ("minh", "thanh", "hoa", "tuan", "nga"))
    assert dossier.submission_no in assert_good_page(minh.get("/quay/"))
    assert do(minh, dossier, "tiep-nhan").status_code == 302
    clock("2021-11-01 13:30")
    assert do(minh, dossier, "chuyen-buoc", note="Đủ giấy tờ").status_code == 302
    code = reread(dossier).code or ""
    assert code in assert_good_page(thanh.get("/ban-lam-viec/"))
    clock("2021-11-01 14:00")
    assert do(thanh, dossier, "chuyen-buoc", to_account=world.cast.hoa.pk).status_code == 302
    clock("2021-11-02 10:00")
    assert do(hoa, dossier, "chuyen-buoc").status_code == 302
    clock("2021-11-03 10:00")
    assert do(tuan, dossier, "phe-duyet", number="", summary="Cấp hộ chiếu").status_code == 302
    assert do(nga, dossier, "phat-hanh", number="12/GP-STP").status_code == 302
    clock("2021-11-04 08:00")
    found = minh.get("/quay/tim/", {"q": code})
    assert found.status_code == 302 and found.headers["Location"] == f"/quay/ho-so/{dossier.pk}/tra-ket-qua/"
    assert do(minh, dossier, "tra-ket-qua", way="counter", taken_by="Trần Thị Lan").status_code == 302
    dossier = reread(dossier)
    assert (dossier.state, dossier.returned_at) == (State.RETURNED, moment("2021-11-04 08:00"))


def test_buttons_are_the_acts_that_are_open_to_this_person(world: World, logged_in: LogIn) -> None:
    dossier = lives.handled(world)
    assert open_acts(logged_in("hoa"), dossier) == [
        "forward",
        "ask_supplement",
        "ask_financial_duty",
        "consult",
        "plan_verification",
        "send_back",
        "propose_date",
    ]
    assert open_acts(logged_in("minh"), dossier) == ["withdraw"]
    assert open_acts(logged_in("thanh"), dossier) == [
        "forward",
        "ask_supplement",
        "ask_financial_duty",
        "extend",
        "consult",
        "plan_verification",
        "restrict",
        "send_back",
        "stop",
        "propose_date",
    ]


def test_whoever_has_no_step_in_it_says_why_before_the_dossier_opens(world: World, logged_in: LogIn) -> None:
    dossier, quang = lives.handled(world), logged_in("quang")
    address = f"/ban-lam-viec/ho-so/{dossier.pk}/"
    closed = assert_good_page(quang.get(address))
    assert "000******001" in closed and "000190000001" not in closed
    assert_good_page(quang.post(address, {"reason": ""}), 422)
    assert_good_page(quang.post(address, {"reason": "xem"}), 422)
    assert quang.post(address, {"reason": "Kiểm tra phản ánh số 12"}).status_code == 302
    assert "000190000001" in assert_good_page(quang.get(address))
    assert open_acts(quang, dossier) == []
    assert [row.reason for row in dossier.readings.order_by("id")] == ["Kiểm tra phản ánh số 12"] * 3


def test_a_stranger_finds_nothing_and_a_colleague_without_the_right_is_told(world: World, logged_in: LogIn) -> None:
    dossier = lives.handled(world)
    for name in ("khang", "lan", "yen"):
        client = logged_in(name)
        assert client.get(f"/ban-lam-viec/ho-so/{dossier.pk}/").status_code == 404, name
        assert client.post(f"/ban-lam-viec/ho-so/{dossier.pk}/phe-duyet/", {"seen": 3}).status_code == 404, name
    minh = logged_in("minh")
    assert_good_page(minh.get(f"/ban-lam-viec/ho-so/{dossier.pk}/phe-duyet/"), 403)
    seen = reread(dossier).last_seq
    assert_good_page(minh.post(f"/ban-lam-viec/ho-so/{dossier.pk}/phe-duyet/", {"seen": seen}), 403)
    tuan = logged_in("tuan")
    html = assert_good_page(tuan.get(f"/ban-lam-viec/ho-so/{dossier.pk}/phe-duyet/"), 409)
    assert "Chưa đến bước phê duyệt" in html
    assert reread(dossier).last_seq == seen


def test_who_was_slower_is_told_sees_the_present_and_keeps_what_was_typed(world: World, logged_in: LogIn) -> None:
    dossier = lives.handled(world)
    stale = reread(dossier).last_seq
    logged_in("hoa").post(f"/ban-lam-viec/ho-so/{dossier.pk}/chuyen-buoc/", {"seen": stale})
    thanh = logged_in("thanh")
    answer = thanh.post(f"/ban-lam-viec/ho-so/{dossier.pk}/chuyen-lai/", {"seen": stale, "reason": "Thiếu tờ trình"})
    html = assert_good_page(answer, 409)
    assert "vừa được người khác cập nhật" in html and "Thiếu tờ trình" in html
    now_seen = answer.context["form"]["seen"].value()
    again = thanh.post(f"/ban-lam-viec/ho-so/{dossier.pk}/chuyen-lai/", {"seen": now_seen, "reason": "Thiếu tờ trình"})
    assert again.status_code == 302


def test_a_supplement_is_one_list_and_every_line_says_why(world: World, logged_in: LogIn, clock: WallClock) -> None:
    dossier = lives.handled(world)
    clock("2021-11-02 08:00")
    hoa, minh = logged_in("hoa"), logged_in("minh")
    _form, card = world.passport.components.all()
    half = do(hoa, dossier, "yeu-cau-bo-sung", **{f"c{card.pk}": "on", "reason": "Chưa đủ", "x1_why": "mờ"})
    html = assert_good_page(half, 422)
    assert "Cần nói rõ thiếu gì, sai gì." in html and 'value="mờ"' in html
    assert reread(dossier).state == State.PROCESSING
    typed = {f"c{card.pk}": "on", f"c{card.pk}_why": "Bản sao mờ", "x1_name": "Ảnh", "x1_why": "Sai cỡ"}
    assert do(hoa, dossier, "yeu-cau-bo-sung", reason="Chưa đủ", **typed).status_code == 302
    items = dossier.supplement_requests.get().items
    assert [(item["name"], item["why"]) for item in items] == [
        ("Bản sao căn cước công dân", "Bản sao mờ"),
        ("Ảnh", "Sai cỡ"),
    ]
    assert "Chưa có" in assert_good_page(minh.get("/quay/bo-sung/"))
    clock("2021-11-04 08:00")
    received = do(minh, dossier, "nhan-bo-sung", **{f"c{card.pk}": "on", f"c{card.pk}_copies": "1"})
    assert received.status_code == 302
    # Counted again from Thursday 4 November: five working days later is Thursday the 11th.
    assert reread(dossier).due_at == moment("2021-11-11 17:00")


def test_an_apology_needs_a_working_day_after_the_promise(world: World, logged_in: LogIn, clock: WallClock) -> None:
    dossier = lives.at_approval(world)
    clock("2021-11-04 08:00")
    tuan = logged_in("tuan")
    refused = do(tuan, dossier, "hen-lai", new_day="2021-11-13", reason="Chờ xác minh")
    html = assert_good_page(refused, 422)
    assert "new_day" in refused.context["form"].errors and "Chờ xác minh" in html
    assert do(tuan, dossier, "hen-lai", new_day="2021-11-12", reason="Chờ xác minh").status_code == 302
    assert reread(dossier).due_at == moment("2021-11-12 17:00")


def test_a_result_goes_to_somebody_else_only_with_an_authorisation(
    world: World, logged_in: LogIn, clock: WallClock
) -> None:
    dossier = lives.finished(world)
    clock("2021-11-04 08:00")
    minh = logged_in("minh")
    refused = do(minh, dossier, "tra-ket-qua", way="counter", taken_by="Nguyễn Văn Bảy")
    assert "authorisation" in refused.context["form"].errors and refused.status_code == 422
    by_post = do(minh, dossier, "tra-ket-qua", way="post", taken_by="Trần Thị Lan", parcel_no="")
    assert "parcel_no" in by_post.context["form"].errors
    assert do(minh, dossier, "tra-ket-qua", way="post", parcel_no="EB987654321VN").status_code == 302
    assert reread(dossier).state == State.RETURNED


def test_stopping_and_refusing_need_a_basis(world: World, logged_in: LogIn, clock: WallClock) -> None:
    dossier = lives.at_approval(world)
    clock("2021-11-03 08:00")
    tuan = logged_in("tuan")
    for path in ("tu-choi-giai-quyet", "dung-giai-quyet"):
        answer = do(tuan, dossier, path, reason="Không đủ điều kiện")
        assert "basis" in answer.context["form"].errors
        assert "Không đủ điều kiện" in assert_good_page(answer, 422)
    done = do(tuan, dossier, "tu-choi-giai-quyet", reason="Không đủ điều kiện", basis="Điều 21 Luật Xuất cảnh")
    assert done.status_code == 302
    assert "Điều 21 Luật Xuất cảnh" in assert_good_page(tuan.get(f"/ban-lam-viec/ho-so/{dossier.pk}/"))

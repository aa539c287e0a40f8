"""Noting on screen who decides for whom, who is away and who is posted where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from motcua.offices.models import Absence, Delegation, Posting
from tests.house.pages import assert_good_page
from tests.world import World

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
HOME = "/thiet-lap/quyen-han/"


def test_a_leader_delegates_sees_it_and_takes_it_back(world: World, logged_in: LogIn) -> None:
    tuan = logged_in("tuan")
    typed = {
        "giver": f"{world.cast.tuan.pk}-{world.cast.justice.pk}",
        "to_account": world.cast.thanh.pk,
        "procedures": "9.000001\n 9.000002; 9.000001",
        "fields_covered": "",
        "valid_from": "2021-11-01",
        "last_day": "2021-11-05",
        "document": "Giấy ủy quyền 01/GUQ-STP",
    }
    assert tuan.post(HOME + "uy-quyen/", typed).status_code == 302
    made = Delegation.objects.get()
    assert (made.procedures, made.valid_to, made.noted_by) == (
        ["9.000001", "9.000002"],
        date(2021, 11, 6),
        world.cast.tuan,
    )
    for name in ("tuan", "thanh"):
        assert "Giấy ủy quyền 01/GUQ-STP" in assert_good_page(logged_in(name).get(HOME))
    assert "Giấy ủy quyền" not in assert_good_page(logged_in("minh").get(HOME))
    again = assert_good_page(tuan.post(HOME + "uy-quyen/", typed), 422)
    assert "đã được ủy quyền cho người khác" in again and "01/GUQ-STP" in again
    assert logged_in("hoa").post(f"{HOME}uy-quyen/{made.pk}/ket-thuc/").status_code == 404
    assert tuan.post(f"{HOME}uy-quyen/{made.pk}/ket-thuc/").status_code == 302
    made.refresh_from_db()
    assert made.valid_to == date(2021, 11, 2)


def test_anybody_notes_their_own_absence_and_a_head_that_of_their_people(world: World, logged_in: LogIn) -> None:
    away = {"stand_in": "", "valid_from": "2021-11-02", "last_day": "2021-11-03", "reason": "Nghỉ phép"}
    hoa, thanh = logged_in("hoa"), logged_in("thanh")
    assert_good_page(hoa.post(HOME + "vang-mat/", {**away, "account": world.cast.nga.pk}), 422)
    assert hoa.post(HOME + "vang-mat/", {**away, "account": world.cast.hoa.pk}).status_code == 302
    given = {**away, "account": world.cast.nga.pk, "stand_in": world.cast.hoa.pk}
    assert thanh.post(HOME + "vang-mat/", given).status_code == 302
    assert [(row.account, row.stand_in, row.valid_to) for row in Absence.objects.order_by("id")] == [
        (world.cast.hoa, None, date(2021, 11, 4)),
        (world.cast.nga, world.cast.hoa, date(2021, 11, 4)),
    ]
    shown = assert_good_page(thanh.get(HOME))
    assert "Bùi Thị Nga" in shown and "Vũ Thị Hoa" in shown


def test_an_administrator_posts_a_seconded_officer(world: World, logged_in: LogIn) -> None:
    yen = logged_in("yen")
    typed = {
        "login": "hoa",
        "office": world.cast.center.code,
        "role": "receiver",
        "valid_from": "2021-11-01",
        "last_day": "2021-12-31",
        "procedures": "",
        "reserve_for": "",
        "sent_by": world.cast.justice.code,
        "basis": "Quyết định 12/QĐ-UBND",
    }
    refused = assert_good_page(yen.post(HOME + "phan-cong/moi/", typed), 422)
    assert "từ 06 đến 24 tháng" in refused and "Quyết định 12/QĐ-UBND" in refused
    assert "Không có cơ quan" in assert_good_page(yen.post(HOME + "phan-cong/moi/", {**typed, "office": "x"}), 422)
    assert yen.post(HOME + "phan-cong/moi/", {**typed, "last_day": "2022-10-31"}).status_code == 302
    made = Posting.objects.get(sent_by=world.cast.justice)
    assert (made.account, made.sent_until) == (world.cast.hoa, date(2022, 11, 1))
    assert "Quyết định 12/QĐ-UBND" in assert_good_page(yen.get(HOME + "phan-cong/", {"q": "Vũ Thị Hoa"}))
    assert yen.post(f"{HOME}phan-cong/{made.pk}/ket-thuc/").status_code == 302
    assert not Posting.objects.filter(sent_by=world.cast.justice, valid_to__gt=date(2021, 11, 2)).exists()


def test_english_too(world: World, logged_in: LogIn) -> None:
    tuan = logged_in("tuan")
    tuan.cookies["django_language"] = "en"
    assert "Who decides for whom" in assert_good_page(tuan.get(HOME))
    assert "Until before" not in assert_good_page(tuan.get(HOME + "uy-quyen/"))

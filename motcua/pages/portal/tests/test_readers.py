"""The owner sees who read their dossier; an overseer sees it with names; nobody else sees either."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.dossiers.tests.lives import submitted
from tests.house.pages import assert_good_page
from tests.world import World

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
LOG = "/dieu-hanh/nhat-ky-xem/"


def test_the_owner_sees_office_role_and_reason_but_no_officer_s_name(world: World, logged_in: LogIn) -> None:
    dossier, lan, quang = submitted(world), logged_in("lan"), logged_in("quang")
    page = f"/ho-so/{dossier.submission_no}/ai-da-xem/"
    assert "Chưa có cán bộ nào" in assert_good_page(lan.get(page))
    assert_good_page(logged_in("minh").get(f"/ban-lam-viec/ho-so/{dossier.pk}/"))
    quang.post(f"/ban-lam-viec/ho-so/{dossier.pk}/", {"reason": "Kiểm tra phản ánh số 12"})
    told = assert_good_page(lan.get(page))
    assert world.cast.center.name in told and "Tiếp nhận và trả kết quả" in told
    assert "Kiểm tra phản ánh số 12" in told
    assert "Phạm Quang Minh" not in told and "Trần Đức Quang" not in told
    assert_good_page(logged_in("bay").get(page), 404)
    lan.cookies["django_language"] = "en"
    assert "Who has read my dossier" in assert_good_page(lan.get(page))


def test_an_overseer_finds_readings_by_dossier_and_by_officer(world: World, logged_in: LogIn) -> None:
    dossier, quang = submitted(world), logged_in("quang")
    logged_in("minh").get(f"/ban-lam-viec/ho-so/{dossier.pk}/")
    logged_in("dung").get(f"/ban-lam-viec/ho-so/{dossier.pk}/")
    everything = assert_good_page(quang.get(LOG))
    assert "Phạm Quang Minh" in everything and "Lê Thị Dung" in everything
    only = assert_good_page(quang.get(LOG, {"ma": dossier.submission_no.lower(), "nguoi": "quang minh"}))
    assert "Phạm Quang Minh" in only and "Lê Thị Dung" not in only
    assert "Phạm Quang Minh" not in assert_good_page(quang.get(LOG, {"ma": "TN-KHONGCO"}))
    assert_good_page(logged_in("dung").get(LOG), 404)

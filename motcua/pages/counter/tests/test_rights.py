"""Slips, limits and finding: each for those whose business it is."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.catalogue.models import LimitConfirmation, LimitRow
from motcua.catalogue.offers import offer
from motcua.dossiers.tests import lives
from motcua.pages.conftest import WallClock
from tests.house.pages import assert_good_page
from tests.world import World

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]


def test_a_receipt_is_for_the_owner_and_the_unit_only(world: World, logged_in: LogIn) -> None:
    dossier = lives.accepted(world)
    online = lives.submitted(world)
    address = f"/quay/ho-so/{dossier.pk}/phieu/receipt-1.pdf"
    assert logged_in("minh").post(f"/quay/ho-so/{dossier.pk}/phieu/receipt-1/phat-hanh/").status_code == 302
    for name in ("minh", "dung"):
        answer = logged_in(name).get(address)
        assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/pdf", name
        text = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
        assert str(dossier.code) in text and "/ho-so/tra-cuu/" in text
    for name in ("hoa", "thanh", "quang"):  # it says how to reach the applicant
        assert_good_page(logged_in(name).get(address), 403)
    for name in ("khang", "bay", "hien"):
        assert logged_in(name).get(address).status_code == 404, name
    assert Client().get(address).status_code == 302
    # Lan owns what she handed in online; the control slip stays inside the offices.
    assert logged_in("lan").get(f"/quay/ho-so/{online.pk}/phieu/control-1.pdf").status_code == 404
    assert logged_in("minh").get(f"/quay/ho-so/{online.pk}/phieu/receipt-1.pdf").status_code == 404


def test_finding_by_code_qr_address_and_name(world: World, logged_in: LogIn) -> None:
    dossier = lives.accepted(world)
    minh = logged_in("minh")
    there = f"/ban-lam-viec/ho-so/{dossier.pk}/"
    minh.post(f"/quay/ho-so/{dossier.pk}/phieu/receipt-1/phat-hanh/")
    printed = dossier.issued_forms.get().facts["code_address"]
    for text in (
        printed,
        str(dossier.code),
        f" {dossier.code} ",
        f"https://x.vn/ho-so/tra-cuu/?ma={dossier.code}",
        "tran thi lan",
    ):
        answer = minh.get("/quay/tim/", {"q": text})
        assert (answer.status_code, answer.headers.get("Location")) == (302, there), text
    for text in ("", "https://x.vn/?khac=1", "không ai", "%", "'\"<b>"):
        assert_good_page(minh.get("/quay/tim/", {"q": text}))
    assert "thiếu phần cuối" in assert_good_page(minh.get("/quay/tim/", {"q": printed[:-9]}))
    assert "Không tìm thấy" in assert_good_page(logged_in("hien").get("/quay/tim/", {"q": str(dossier.code)}))


def test_the_queue_counts_working_hours(world: World, logged_in: LogIn, clock: WallClock) -> None:
    lives.submitted(world, "2021-11-01 08:00")
    minh = logged_in("minh")
    clock("2021-11-01 14:00")
    # Office hours are 07:00-11:30 and 13:30-17:00: seven hours on Monday, the eighth ends on Tuesday at 08:00.
    assert "Còn 4 giờ làm việc" in assert_good_page(minh.get("/quay/"))
    clock("2021-11-02 07:30")
    assert "Còn chưa tới 1 giờ làm việc" in assert_good_page(minh.get("/quay/"))
    clock("2021-11-02 16:00")
    assert "Đã quá giờ trả lời" in assert_good_page(minh.get("/quay/"))


def test_every_list_of_the_counter_asks_little(world: World, logged_in: LogIn) -> None:
    for _ in range(4):
        lives.submitted(world)
        lives.finished(world)
    minh = logged_in("minh")
    minh.get("/quay/")
    for address in ("/quay/", "/quay/bo-sung/", "/quay/tra-ket-qua/", "/quay/tim/?q=tran+lan", "/quay/tiep-nhan/?q=ho"):
        with CaptureQueriesContext(connection) as asked:
            assert_good_page(minh.get(address))
        assert len(asked) <= 8, (address, [query["sql"][:150] for query in asked])


def test_a_limit_is_confirmed_by_those_who_may_and_then_dossiers_come_in(world: World, logged_in: LogIn) -> None:
    row = LimitRow.objects.get(version=world.doubtful.version)
    address = f"/quay/thoi-han-can-xac-nhan/{row.pk}/"
    minh, quang = logged_in("minh"), logged_in("quang")
    assert "9.000002" in assert_good_page(minh.get("/quay/thoi-han-can-xac-nhan/"))
    assert_good_page(minh.get(address))
    word = {"value": "7", "unit": "wd", "basis": "Quyết định 123/QĐ-UBND"}
    assert minh.post(address, word).status_code == 403
    assert logged_in("hoa").get(address).status_code == 404
    half = quang.post(address, {**word, "value": ""})
    assert "value" in half.context["form"].errors and "123/QĐ-UBND" in assert_good_page(half, 422)
    assert "value" in quang.post(address, {**word, "value": "1,5", "unit": "m"}).context["form"].errors
    assert not LimitConfirmation.objects.exists()
    assert quang.post(address, word).status_code == 302
    assert str(offer(world.doubtful.pk, 1).limit) == "07 ngày làm việc"
    assert_good_page(minh.get(f"/quay/tiep-nhan/{world.doubtful.pk}/"))


def test_both_languages(world: World, logged_in: LogIn) -> None:
    dossier = lives.handled(world)
    hoa = logged_in("hoa")
    hoa.cookies["django_language"] = "en"
    html = assert_good_page(hoa.get(f"/ban-lam-viec/ho-so/{dossier.pk}/"))
    assert 'lang="en"' in html and "Vũ Thị Hoa" in html

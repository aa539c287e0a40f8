"""Nonsense in addresses and forms: a clear answer with the right status, nothing half-written, nothing typed lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers.models import Result
from motcua.dossiers.tests import lives
from motcua.pages.conftest import WallClock
from tests.house.pages import assert_good_page
from tests.papers import A_PDF as PDF
from tests.world import World, reread

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
HUGE = "9" * 25


def test_addresses_that_name_nothing_are_not_found(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    for address in (
        f"/ban-lam-viec/ho-so/{HUGE}/",
        "/ban-lam-viec/ho-so/0/",
        f"/ban-lam-viec/ho-so/{HUGE}/chuyen-buoc/",
        f"/quay/ho-so/{HUGE}/tiep-nhan/",
        f"/quay/ho-so/{HUGE}/phieu/receipt-1.pdf",
        f"/quay/tiep-nhan/{HUGE}/",
        "/quay/tiep-nhan/0/",
        f"/quay/thoi-han-can-xac-nhan/{HUGE}/",
    ):
        assert_good_page(minh.get(address), 404)
    dossier = lives.accepted(world)
    for address in (f"phieu/receipt-{HUGE}.pdf", "phieu/khac-1.pdf", "phieu/apology-1.pdf"):
        answer = minh.get(f"/quay/ho-so/{dossier.pk}/{address}")
        assert answer.status_code in {200, 404}, address
    assert minh.get(f"/ban-lam-viec/ho-so/{dossier.pk}/giay-to/{HUGE}/").status_code == 404


def test_queries_full_of_nonsense_are_answered(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    for text in ("\x00", "'; drop table", "%_\\", "𝔘", "a" * 5000, "& | !", "<script>", "12\x00"):
        for address in ("/quay/tim/", "/quay/tiep-nhan/", "/ban-lam-viec/", "/quay/thoi-han-can-xac-nhan/"):
            answer = minh.get(address, {"q": text, "ma": text, "trang": text, "procedure": text, "state": text})
            assert answer.status_code in {200, 404, 422}, (address, text)
            assert "<script>" not in answer.content.decode().replace("<script src", "")


def test_forms_full_of_nonsense_change_nothing(world: World, logged_in: LogIn, clock: WallClock) -> None:
    dossier = lives.at_approval(world)
    clock("2021-11-03 08:00")
    tuan, seen = logged_in("tuan"), reread(dossier).last_seq
    base = f"/ban-lam-viec/ho-so/{dossier.pk}"
    for typed in ({}, {"seen": "x"}, {"seen": HUGE}, {"seen": ""}):
        for path in ("phe-duyet", "hen-lai", "dung-giai-quyet", "tu-choi-giai-quyet", "chuyen-lai"):
            answer = tuan.post(f"{base}/{path}/", {"reason": "Vì\x00sao", "new_day": "31/02/2021", **typed})
            assert answer.status_code in {409, 422}, (path, typed)
            assert_good_page(answer, answer.status_code)
    assert tuan.post(f"{base}/phe-duyet/", {"seen": seen, "number": "9" * 61, "summary": "Giữ"}).status_code == 422
    assert reread(dossier).last_seq == seen


def test_a_file_is_judged_by_its_content_and_kept_while_the_form_is_mended(
    world: World, logged_in: LogIn, clock: WallClock, settings: LazySettings, tmp_path: object
) -> None:
    settings.FILES_ROOT = tmp_path
    dossier = lives.at_approval(world)
    clock("2021-11-03 08:00")
    tuan, seen = logged_in("tuan"), reread(dossier).last_seq
    address = f"/ban-lam-viec/ho-so/{dossier.pk}/phe-duyet/"
    program = SimpleUploadedFile("ket-qua.pdf", b"MZ not a pdf")
    refused = tuan.post(address, {"seen": seen, "summary": "Giữ lại", "file": program})
    assert "Đây là một chương trình" in assert_good_page(refused, 422) and "Giữ lại" in refused.content.decode()
    stale = tuan.post(address, {"seen": seen - 1, "summary": "Giữ lại", "file": SimpleUploadedFile("kq.pdf", PDF)})
    assert_good_page(stale, 409)
    form = stale.context["form"]
    kept = {"seen": form["seen"].value(), "summary": "Giữ lại", "kept_file": form["kept_file"].value()}
    assert tuan.post(address, {**kept, "kept_file": kept["kept_file"][:-1] + "x"}).status_code == 422
    assert tuan.post(address, kept).status_code == 302
    result = Result.objects.get(dossier=dossier)
    assert result.file is not None and result.file.name == "kq.pdf"
    answer = tuan.get(f"/ban-lam-viec/ho-so/{dossier.pk}/ket-qua/")
    assert b"".join(answer) == PDF
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert logged_in("khang").get(f"/ban-lam-viec/ho-so/{dossier.pk}/ket-qua/").status_code == 404


def test_a_dossier_at_the_wrong_commune_goes_to_the_right_one(world: World, logged_in: LogIn) -> None:
    from motcua.dossiers.acts import submission
    from motcua.offices.models import Office
    from tests.world import moment

    dossier = submission.submit(
        world.online(case=world.commune, receiving_office_id=world.cast.commune.pk),
        actor=world.actor("lan"),
        at=moment("2021-11-01 08:00"),
    )
    hanh = logged_in("hanh")
    address = f"/quay/ho-so/{dossier.pk}/chuyen-dung-noi/"
    assert_good_page(hanh.get(address))
    other = Office.objects.filter(kind="commune_unit", province="H54").exclude(pk=world.cast.commune.pk).first()
    assert other is not None
    half = hanh.post(address, {"seen": 1, "to_office": other.pk, "reason": " "})
    assert "reason" in half.context["form"].errors
    done = hanh.post(address, {"seen": 1, "to_office": other.pk, "reason": "Không thuộc xã này"})
    assert done.headers["Location"] == "/ban-lam-viec/"
    assert "Đã thực hiện" in assert_good_page(hanh.get("/ban-lam-viec/"))
    assert reread(dossier).receiving_office_id == other.pk

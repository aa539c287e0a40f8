"""An error is said by one person and decided by another, on the pages of the desk; the owner and everybody read of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers.models import Correction, Dossier
from motcua.dossiers.states import State
from motcua.dossiers.tests import lives
from motcua.dossiers.tests.wrongs import corrected, proposed, redated, reopened, returned
from motcua.pages.conftest import WallClock
from tests.house.pages import assert_good_page
from tests.papers import A_PDF as PDF
from tests.world import World, reread

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
SAID = {
    "kind": "result", "fault": "error", "wrong": "Sai ngày sinh", "reason": "Nhập nhầm", "document_no": "45/BB-STP",
    "document_on": "2021-12-03", "number": "12a/GP-STP",
}  # fmt: skip


@pytest.fixture(autouse=True)
def december(clock: WallClock, settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path
    clock("2021-12-06 09:00")


def page_of(client: Client, dossier: Dossier, path: str = "") -> str:
    return assert_good_page(client.get(f"/ban-lam-viec/ho-so/{dossier.pk}/{path}"))


def send(client: Client, dossier: Dossier, path: str, **typed: Any) -> Any:
    return client.post(f"/ban-lam-viec/ho-so/{dossier.pk}/{path}/", {"seen": reread(dossier).last_seq, **typed})


def test_a_result_is_corrected_by_two_people_and_handed_over_again(world: World, logged_in: LogIn) -> None:
    dossier = returned(world)
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.lan)
    thanh, tuan, minh, lan = (logged_in(name) for name in ("thanh", "tuan", "minh", "lan"))
    page_of(thanh, dossier, "de-nghi-dinh-chinh/")
    file = SimpleUploadedFile("dung.pdf", PDF, "application/pdf")
    assert send(thanh, dossier, "de-nghi-dinh-chinh", file=file, **SAID).status_code == 302
    assert "chờ người thứ hai" in page_of(thanh, dossier)
    assert str(dossier) in assert_good_page(tuan.get("/ban-lam-viec/dinh-chinh/"))
    assert "Sai ngày sinh" in page_of(tuan, dossier, "dinh-chinh/")
    assert send(thanh, dossier, "dinh-chinh").status_code == 403
    assert send(tuan, dossier, "dinh-chinh").status_code == 302
    html = page_of(minh, dossier)
    assert "12/GP-STP" in html and "12a/GP-STP" in html and "đã được thay" in html
    assert reread(dossier).state == State.FINISHED
    told = assert_good_page(lan.get(f"/ho-so/{dossier.submission_no}/"))
    for words in ("xin lỗi bạn", "Sai ngày sinh", "Nhập nhầm", "12/GP-STP", "12a/GP-STP"):
        assert words in told, words
    public = assert_good_page(Client().get("/sai-sot/?ky=2021-12"))
    assert world.cast.justice.name in public and str(dossier) not in public


def test_what_was_typed_and_the_file_stay_when_something_is_wrong(world: World, logged_in: LogIn) -> None:
    dossier = returned(world)
    file = SimpleUploadedFile("dung.pdf", PDF, "application/pdf")
    thanh = logged_in("thanh")
    answer = send(thanh, dossier, "de-nghi-dinh-chinh", file=file, **{**SAID, "document_on": "2021-12-07"})
    html = assert_good_page(answer, 422)
    assert "không sau hôm nay" in html and "Sai ngày sinh" in html and 'name="kept_file" value="' in html
    assert not Correction.objects.exists()
    missing = assert_good_page(send(thanh, dossier, "de-nghi-dinh-chinh", **{**SAID, "document_no": ""}), 422)
    assert "Nhập nhầm" in missing
    assert not Correction.objects.exists()


def test_the_old_file_stays_readable_for_the_owner_and_the_offices_only(world: World, logged_in: LogIn) -> None:
    dossier = corrected(world, returned(world))
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.lan)
    desk, portal = f"/ban-lam-viec/ho-so/{dossier.pk}/ket-qua/ban-1/", f"/ho-so/{dossier.submission_no}/ket-qua/ban-1/"
    # The first version had no file: there is nothing to show, and to others not even that.
    assert logged_in("hoa").get(desk).status_code == logged_in("lan").get(portal).status_code == 404
    assert logged_in("khang").get(desk).status_code == logged_in("bay").get(portal).status_code == 404


def test_the_applicant_sees_no_result_while_it_is_handled_again(world: World, logged_in: LogIn) -> None:
    dossier = reopened(world, returned(world))
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.lan)
    lan = logged_in("lan")
    html = assert_good_page(lan.get(f"/ho-so/{dossier.submission_no}/"))
    assert "Giải quyết lại" in html and "Bản có giá trị" not in html
    assert lan.get(f"/ho-so/{dossier.submission_no}/ket-qua/").status_code == 404
    hoa = logged_in("hoa")
    assert str(dossier) in assert_good_page(hoa.get("/ban-lam-viec/"))
    assert "Đang giải quyết" in page_of(hoa, dossier)


def test_a_wrong_day_is_corrected_and_the_first_promise_stays_in_sight(
    world: World, logged_in: LogIn, clock: WallClock
) -> None:
    dossier = lives.handled(world)
    clock("2021-11-02 09:00")
    redated(world, dossier, date(2021, 11, 15), at="2021-11-02 08:30")
    tuan = logged_in("tuan")
    assert "15/11/2021" in page_of(tuan, dossier, "dinh-chinh-ngay/")
    assert send(tuan, dossier, "dinh-chinh-ngay").status_code == 302
    html = page_of(tuan, dossier)
    assert "15/11/2021" in html and "08/11/2021" in html and "Hẹn ban đầu" in html


def test_the_waiting_list_is_for_those_who_lead_there(world: World, logged_in: LogIn) -> None:
    dossier = returned(world)
    proposed(world, dossier)
    for name, sees in (("tuan", True), ("thanh", True), ("dung", True), ("son", False)):
        assert (str(dossier) in assert_good_page(logged_in(name).get("/ban-lam-viec/dinh-chinh/"))) is sees, name
    assert logged_in("hoa").get("/ban-lam-viec/dinh-chinh/").status_code == 404
    assert send(logged_in("tuan"), dossier, "khong-dinh-chinh", reason="Không sai").status_code == 302
    assert str(dossier) not in assert_good_page(logged_in("tuan").get("/ban-lam-viec/dinh-chinh/"))


@pytest.mark.parametrize("asked", ["?ky=khong", "?ky=2021-13"])
def test_the_public_page_says_what_it_can_t_read(asked: str) -> None:
    assert_good_page(Client().get(f"/sai-sot/{asked}"), 422)


def test_a_dossier_without_errors_costs_no_statement_more(
    world: World, logged_in: LogIn, django_assert_max_num_queries: Any
) -> None:
    dossier = returned(world)
    hoa = logged_in("hoa")
    page_of(hoa, dossier)
    with django_assert_max_num_queries(16):
        page_of(hoa, dossier)

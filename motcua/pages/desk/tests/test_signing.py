"""At the desk: approving with a signature, many signatures in one sitting, and checking them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.tests import lives
from motcua.forms.tests.test_results import SINCE, approved
from motcua.pages.conftest import WallClock
from motcua.signing import certificates, development
from motcua.signing.models import Certificate
from tests.house.pages import assert_good_page
from tests.pdf_tools import make_pdf
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Any, clock: WallClock) -> None:
    settings.FILES_ROOT = tmp_path / "files"
    clock("2021-11-03 11:00")


@pytest.fixture
def certificate(world: World) -> Certificate:
    """Tuấn's."""
    return development.for_person(world.cast.tuan.pk, world.cast.tuan.full_name, world.cast.justice.name, SINCE)


def approve(client: Client, dossier: Dossier, content: bytes | None, **more: str) -> Any:
    file = {} if content is None else {"file": SimpleUploadedFile("ket-qua.pdf", content)}
    body = {"seen": reread(dossier).last_seq, "summary": "Cấp", "sign": "on", **more, **file}
    return client.post(f"/ban-lam-viec/ho-so/{dossier.pk}/phe-duyet/", body)


def test_approving_signs_the_file(world: World, logged_in: LogIn, certificate: Certificate) -> None:
    dossier, tuan = lives.at_approval(world), logged_in("tuan")
    assert approve(tuan, dossier, make_pdf("Quyết định", SINCE)).status_code == 302
    event = Event.objects.get(dossier=dossier, act="approve")
    assert event.data["signed_with"] == certificate.fingerprint
    html = assert_good_page(tuan.get(f"/ban-lam-viec/ho-so/{dossier.pk}/ket-qua/chu-ky/"))
    assert "Chữ ký hợp lệ" in html and world.cast.tuan.full_name in html and "chỉ để thử nghiệm" in html
    told = tuan.get(f"/ban-lam-viec/ho-so/{dossier.pk}/ket-qua/chu-ky/?dang=json").json()["signatures"][0]
    assert (told["verdict"], told["unchanged"], told["signed_at"]) == ("good", True, "2021-11-03T11:00:00+07:00")
    assert told["certificate"]["serial"] == certificate.serial


def test_without_a_file_there_is_nothing_to_sign(world: World, logged_in: LogIn, certificate: Certificate) -> None:
    dossier = lives.at_approval(world)
    html = assert_good_page(approve(logged_in("tuan"), dossier, None), 422)
    assert "Chưa có tệp kết quả để ký." in html and not hasattr(reread(dossier), "result")


def test_with_a_withdrawn_certificate_nothing_is_approved_and_the_file_is_kept(
    world: World, logged_in: LogIn, certificate: Certificate
) -> None:
    certificates.withdraw(certificate, reason="Lộ khóa", at=moment("2021-11-01 08:00"))
    dossier, tuan = lives.at_approval(world), logged_in("tuan")
    html = assert_good_page(approve(tuan, dossier, make_pdf("Quyết định", SINCE)), 409)
    assert "đã bị thu hồi ngày 01/11/2021" in html and "Cấp</textarea>" in html
    assert not hasattr(reread(dossier), "result")
    kept = html.partition('name="kept_file" value="')[2].partition('"')[0]
    assert approve(tuan, dossier, None, kept_file=kept, sign="").status_code == 302


def test_a_sitting_tells_of_each_result(world: World, logged_in: LogIn, certificate: Certificate) -> None:
    good = [approved(world, make_pdf(f"Quyết định {n}", SINCE)) for n in range(2)]
    broken = approved(world, b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    tuan = logged_in("tuan")
    html = assert_good_page(tuan.get("/ban-lam-viec/ky-so/"))
    assert all(str(one) in html for one in (*good, broken))
    chosen = [one.pk for one in (*good, broken)]
    html = assert_good_page(tuan.post("/ban-lam-viec/ky-so/", {"chosen": chosen}))
    assert "Đã ký 2 trên 3 kết quả." in html and "không ký được" in html
    html = assert_good_page(tuan.get("/ban-lam-viec/ky-so/"))
    assert str(broken) in html and str(good[0]) not in html


def test_a_sitting_wants_a_choice_and_only_one_s_own(world: World, logged_in: LogIn, certificate: Certificate) -> None:
    dossier = approved(world)
    html = assert_good_page(logged_in("tuan").post("/ban-lam-viec/ky-so/", {}), 422)
    assert "Hãy chọn ít nhất một kết quả." in html
    assert_good_page(logged_in("son").post("/ban-lam-viec/ky-so/", {"chosen": [dossier.pk]}), 422)
    assert not Event.objects.filter(act="sign_result").exists()


def test_the_desk_lists_papers_with_their_numbers(world: World, logged_in: LogIn) -> None:
    dossier, minh = lives.at_approval(world), logged_in("minh")
    page = f"/ban-lam-viec/ho-so/{dossier.pk}/"
    html = assert_good_page(minh.get(page))
    assert "chưa phát hành" in html
    assert minh.post(f"/quay/ho-so/{dossier.pk}/phieu/receipt-1/phat-hanh/").status_code == 302
    html = assert_good_page(minh.get(page))
    assert "01/TN" in html and "In bản sao" in html and "chưa phát hành" not in html


def test_an_act_issues_its_paper(world: World, logged_in: LogIn, clock: WallClock) -> None:
    development.for_office(world.cast.justice.pk, world.cast.justice.name, SINCE)
    dossier, thanh = lives.handled(world), logged_in("thanh")
    clock("2021-11-02 09:00")
    body = {"seen": reread(dossier).last_seq, "new_day": "2021-11-12", "reason": "Chờ xác minh"}
    assert thanh.post(f"/ban-lam-viec/ho-so/{dossier.pk}/hen-lai/", body).status_code == 302
    rows = dossier.issued_forms.order_by("kind")
    assert [(row.kind, str(row), row.issued_by_name) for row in rows] == [
        ("apology", "01/XL", world.cast.thanh.full_name),
        ("receipt", "01/TN", world.cast.thanh.full_name),
    ]
    assert rows[0].sealed_with is not None
    html = assert_good_page(thanh.get(f"/ban-lam-viec/ho-so/{dossier.pk}/"))
    assert "đã đóng dấu số" in html

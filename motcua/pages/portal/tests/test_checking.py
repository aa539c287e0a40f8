"""Anybody checks a paper: its code, its file, its signatures, with or without an account."""

from __future__ import annotations

import base64
import io

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.forms.issuing import TRACK_PATH, Asked, copy_of, issue, original_of
from motcua.forms.models import IssuedForm
from motcua.forms.proof import CODE_PATH
from motcua.forms.results import sign
from motcua.pages.portal.tests.conftest import Watch
from tests.house.pages import assert_good_page
from tests.house.stage import lead, papers_of
from tests.world import World, moment

pytestmark = pytest.mark.django_db
AT = moment("2021-11-01 10:00")
PORTAL = "http://testserver"


@pytest.fixture
def dossier(world: World, watch: Watch) -> Dossier:
    """Lan's, with its result."""
    return lead(world, "finished")


@pytest.fixture
def receipt(world: World, dossier: Dossier) -> IssuedForm:
    return issue(Asked(dossier.pk, "receipt"), actor=world.actor("minh"), at=AT, portal=PORTAL)


def upload(content: bytes, **more: str) -> dict[str, object]:
    return {"file": SimpleUploadedFile("phieu.pdf", content), **more}


def test_a_scanned_code_opens_for_anybody(client: Client, receipt: IssuedForm) -> None:
    html = assert_good_page(client.get(receipt.facts["code_address"].removeprefix(PORTAL)))
    assert "Mã xác thực là thật" in html and "01/TN" in html and str(receipt.dossier) in html
    assert "Trần Thị Lan" not in html


@pytest.mark.parametrize(("change", "words"), [(-20, "thiếu phần cuối"), (1, "bị sửa hoặc làm giả")])
def test_a_wrong_code_is_refused_in_a_clear_sentence(
    client: Client, receipt: IssuedForm, change: int, words: str
) -> None:
    text = receipt.facts["proof"]
    wrong = text[:change] if change < 0 else text[:30] + ("A" if text[30] != "A" else "B") + text[31:]
    html = assert_good_page(client.get(f"/kt/{wrong}"), 422)
    assert words in html and "Mã xác thực là thật" not in html
    html = assert_good_page(client.post("/kiem-tra/", {"text": wrong}), 422)
    assert words in html


def test_the_original_file_is_told_from_a_copy(client: Client, receipt: IssuedForm) -> None:
    html = assert_good_page(client.post("/kiem-tra/", upload(original_of(receipt))))
    assert "đúng từng byte" in html and "Mã xác thực là thật" in html
    html = assert_good_page(client.post("/kiem-tra/", upload(copy_of(receipt, AT))))
    assert "không phải bản gốc" in html


def test_a_program_gets_the_same_as_json(client: Client, receipt: IssuedForm) -> None:
    said = client.post("/kiem-tra/", upload(original_of(receipt), dang="json")).json()
    assert said["genuine"] and said["is_original"] and said["signatures"] == []
    assert (said["paper"]["form"], said["paper"]["number"], said["paper"]["year"]) == ("F01@TT01", "01/TN", 2021)
    refused = client.post("/kiem-tra/", {"text": "MC1.x", "dang": "json"})
    assert (refused.status_code, refused.json()["code"]) == (422, "code_absent")


@pytest.mark.parametrize("content", [b"\x89PNG", b"%PDF-1.4 garbage"])
def test_what_is_no_pdf_is_refused(client: Client, world: World, content: bytes) -> None:
    html = assert_good_page(client.post("/kiem-tra/", upload(content)), 422)
    assert "không phải PDF đọc được" in html


def test_an_empty_question_is_refused(client: Client, world: World) -> None:
    assert "Hãy dán nội dung" in assert_good_page(client.post("/kiem-tra/", {}), 422)


def test_a_telephone_checks_with_the_published_key(client: Client, receipt: IssuedForm) -> None:
    published = client.get("/.well-known/motcua-qr-keys.json")
    assert published.headers["Access-Control-Allow-Origin"] == "*"
    (key,) = published.json()["keys"]
    said, _, signature = receipt.facts["proof"].rpartition(".")
    assert said.split(".")[:2] == [published.json()["version"], key["id"]]
    public = Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(key["public"] + "="))
    public.verify(base64.urlsafe_b64decode(signature + "=="), said.encode())
    assert key["public"] in assert_good_page(client.get("/khoa-cong-khai/"))


def test_papers_lead_to_pages_that_exist(client: Client) -> None:
    assert reverse("portal:track") == TRACK_PATH
    assert reverse("portal:code", args=["x"]) == f"{CODE_PATH}x"


def test_lan_downloads_what_was_issued_to_her(lan: Client, bay: Client, receipt: IssuedForm) -> None:
    no = receipt.dossier.submission_no
    html = assert_good_page(lan.get(f"/ho-so/{no}/"))
    assert "Phiếu đã phát hành" in html and "01/TN" in html and "Kiểm tra chữ ký" in html
    answer = lan.get(f"/ho-so/{no}/phieu/receipt-1.pdf")
    assert answer.content == original_of(receipt) and answer.headers["Content-Type"] == "application/pdf"
    assert bay.get(f"/ho-so/{no}/phieu/receipt-1.pdf").status_code == 404
    assert lan.get(f"/ho-so/{no}/phieu/apology-1.pdf").status_code == 404
    assert io.BytesIO(answer.content).read(5) == b"%PDF-"


def test_lan_sees_who_signed_her_result(lan: Client, world: World, dossier: Dossier, watch: Watch) -> None:
    page = f"/ho-so/{dossier.submission_no}/ket-qua/chu-ky/"
    assert "không có chữ ký số" in assert_good_page(lan.get(page))
    papers_of(world, dossier)
    sign(dossier.pk, actor=world.actor("tuan"), at=moment("2021-11-03 16:00"))
    watch.set("2021-11-04 09:00")
    html = assert_good_page(lan.get(page))
    assert "Chữ ký hợp lệ" in html and world.cast.tuan.full_name in html
    assert lan.get(f"{page}?dang=json").json()["signatures"][0]["verdict"] == "good"

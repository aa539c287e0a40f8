"""Anybody checks a paper: its code, its file, its signatures, with or without an account."""

from __future__ import annotations

import base64
import io
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.dossiers.models import Dossier, Result
from motcua.files.store import path_of
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


def checked_offline(text: str, page: str) -> list[Any]:
    """What a telephone without a network does: the facts of a genuine text by the three steps of the page of keys.

    Nothing of ours is used but that page, kept from an earlier visit. Raises LookupError, InvalidSignature.
    """
    keys = dict(re.findall(r'<td class="number">([0-9a-f]{8})</td>.*?<code>([\w-]+)</code>', page))
    text = text[text.index("MC1.") :]
    signed, _dot, signature = text.rpartition(".")
    _version, key_id, facts = signed.split(".")
    public = Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(keys[key_id] + "=="))
    public.verify(base64.urlsafe_b64decode(signature + "=="), signed.encode())
    read: list[Any] = json.loads(base64.urlsafe_b64decode(facts + "=="))
    return read


def test_a_telephone_checks_without_a_network(client: Client, receipt: IssuedForm) -> None:
    page = assert_good_page(client.get("/khoa-cong-khai/"))
    published = client.get("/.well-known/motcua-qr-keys.json")
    assert published.headers["Access-Control-Allow-Origin"] == "*"
    assert all(key["public"] in page for key in published.json()["keys"])
    facts = checked_offline(receipt.facts["code_address"], page)
    assert facts[:3] == ["F01@TT01", str(receipt.dossier), "9.000001"]
    assert datetime.fromtimestamp(facts[4], UTC) == receipt.dossier.original_due_at
    assert facts[5:7] == ["01/TN", 2021]


def forged(text: str, how: str) -> str:
    """A text that somebody would like to be ours."""
    version, key_id, facts, signature = text.split(".")
    if how == "another day":
        said = json.loads(base64.urlsafe_b64decode(facts + "=="))
        said[4] += 86_400
        facts = base64.urlsafe_b64encode(json.dumps(said, separators=(",", ":")).encode()).rstrip(b"=").decode()
    elif how == "own key":
        own = Ed25519PrivateKey.generate().sign(f"{version}.{key_id}.{facts}".encode())
        signature = base64.urlsafe_b64encode(own).rstrip(b"=").decode()
    elif how == "unknown key":
        key_id = "00000000"
    return ".".join([version, key_id, facts, signature])


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("another day", "bị sửa hoặc làm giả"),
        ("own key", "bị sửa hoặc làm giả"),
        ("unknown key", "00000000 mà hệ thống này không công bố"),
    ],
)
def test_a_forged_code_is_refused_offline_and_by_the_portal(
    client: Client, receipt: IssuedForm, how: str, words: str
) -> None:
    wrong = forged(receipt.facts["proof"], how)
    with pytest.raises((InvalidSignature, LookupError)):
        checked_offline(wrong, client.get("/khoa-cong-khai/").content.decode())
    html = assert_good_page(client.get(f"/kt/{wrong}"), 422)
    assert words in html and "Mã xác thực là thật" not in html


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
    assert f"Chữ ký còn đúng và tệp chưa bị thay đổi: {world.cast.tuan.full_name}" in html
    told = lan.get(f"{page}?dang=json").json()
    assert told["signatures"][0]["verdict"] == "good" and told["holds"] and told["qr"]["verdict"] == "absent"


def test_a_bent_result_is_not_handed_out_and_its_page_says_so(lan: Client, world: World, dossier: Dossier) -> None:
    place = path_of(Result.objects.get(dossier=dossier).file.sha256)  # type: ignore[union-attr]
    assert lan.get(f"/ho-so/{dossier.submission_no}/ket-qua/").status_code == 200
    place.chmod(0o644)
    place.write_bytes(place.read_bytes() + b"\n")
    html = assert_good_page(lan.get(f"/ho-so/{dossier.submission_no}/ket-qua/"), 409)
    assert "không còn đúng như khi phát hành" in html
    assert "Đừng dùng tệp này" in assert_good_page(lan.get(f"/ho-so/{dossier.submission_no}/ket-qua/chu-ky/"))

"""Submitting online, from the first page to the receipt."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers.models import Dossier, Draft
from motcua.pages.portal.tests.conftest import PDF
from tests.house.pages import assert_good_page
from tests.world import World

pytestmark = pytest.mark.django_db

OWNER = {
    "owner_kind": "1",
    "owner_name": "Trần Thị Lan",
    "owner_id_no": "000190000001",
    "owner_phone": "0900000001",
    "owner_address": "Xã Đông Các",
    "return_way": "online",
}


def a_file(name: str = "to-khai.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def begin(lan: Client, world: World) -> Draft:
    lan.post("/thu-tuc/9.000001/nop/", {"unit": world.cast.center.pk})
    return Draft.objects.get()


def with_papers(lan: Client, world: World) -> Draft:
    draft = begin(lan, world)
    lan.post(f"/nop-ho-so/{draft.pk}/thong-tin/", OWNER)
    files = {f"file-{one.pk}": a_file() for one in world.passport.components.all()}
    lan.post(f"/nop-ho-so/{draft.pk}/giay-to/", files)
    return draft


def test_submitting_needs_a_login(client: Client, world: World, watch: Any) -> None:
    assert client.get("/thu-tuc/9.000001/nop/").url == "/dang-nhap/?next=/thu-tuc/9.000001/nop/"  # type: ignore[attr-defined]


def test_from_the_procedure_to_the_receipt(lan: Client, world: World) -> None:
    assert_good_page(lan.get("/thu-tuc/9.000001/nop/"))
    draft = begin(lan, world)
    html = assert_good_page(lan.get(f"/nop-ho-so/{draft.pk}/thong-tin/"))
    assert 'value="Trần Thị Lan"' in html
    assert lan.post(f"/nop-ho-so/{draft.pk}/thong-tin/", OWNER).status_code == 302
    assert_good_page(lan.get(f"/nop-ho-so/{draft.pk}/giay-to/"))
    files = {f"file-{one.pk}": a_file() for one in world.passport.components.all()}
    assert lan.post(f"/nop-ho-so/{draft.pk}/giay-to/", {**files, "next": "1"}).status_code == 302
    assert_good_page(lan.get(f"/nop-ho-so/{draft.pk}/xem-lai/"))
    lan.post(f"/nop-ho-so/{draft.pk}/xem-lai/", {"true": "on"})
    dossier = Dossier.objects.get()
    assert (dossier.state, dossier.channel, dossier.owner_account_id) == ("submitted", 2, world.cast.lan.pk)
    assert dossier.papers.filter(file__isnull=False).count() == 2
    assert not Draft.objects.exists()
    html = assert_good_page(lan.get(f"/ho-so/{dossier.submission_no}/da-nop/"))
    assert dossier.submission_no in html
    assert dossier.secret in html


def test_a_second_click_submits_nothing_more(lan: Client, world: World) -> None:
    draft = with_papers(lan, world)
    lan.post(f"/nop-ho-so/{draft.pk}/xem-lai/", {"true": "on"})
    number = Dossier.objects.get().submission_no
    for page in ("xem-lai", "giay-to", "thong-tin", "kho-giay-to", "xoa"):
        html = assert_good_page(lan.post(f"/nop-ho-so/{draft.pk}/{page}/", {"true": "on"}, follow=True))
        assert number in html and "chỉ nộp một lần" in html
    assert number in assert_good_page(lan.get(f"/nop-ho-so/{draft.pk}/xem-lai/", follow=True))
    assert Dossier.objects.count() == 1


def test_a_used_draft_leads_nobody_else_to_what_became_of_it(lan: Client, bay: Client, world: World) -> None:
    draft = with_papers(lan, world)
    lan.post(f"/nop-ho-so/{draft.pk}/xem-lai/", {"true": "on"})
    assert bay.get(f"/nop-ho-so/{draft.pk}/xem-lai/").status_code == 404
    assert lan.get(f"/nop-ho-so/{draft.pk + 1}/xem-lai/").status_code == 404


def test_a_draft_keeps_even_what_is_wrong(lan: Client, world: World) -> None:
    draft = begin(lan, world)
    wrong = {**OWNER, "owner_email": "khong-phai-thu", "owner_phone": ""}
    html = assert_good_page(lan.post(f"/nop-ho-so/{draft.pk}/thong-tin/", wrong), 422)
    assert 'value="khong-phai-thu"' in html
    assert "khong-phai-thu" in assert_good_page(lan.get(f"/nop-ho-so/{draft.pk}/thong-tin/"))


def test_a_draft_is_resumed_later_on_another_device(lan: Client, world: World, watch: Any) -> None:
    draft = begin(lan, world)
    lan.post(f"/nop-ho-so/{draft.pk}/thong-tin/", {**OWNER, "owner_name": "Lan", "later": "1"})
    watch.set("2021-11-08 09:00")
    other = Client()
    other.force_login(world.cast.lan)
    assert f"/nop-ho-so/{draft.pk}/thong-tin/" in assert_good_page(other.get("/ho-so/"))
    assert 'value="Lan"' in assert_good_page(other.get(f"/nop-ho-so/{draft.pk}/thong-tin/"))


def test_one_bad_file_loses_none_of_the_others(lan: Client, world: World) -> None:
    draft = begin(lan, world)
    first, second = (f"file-{one.pk}" for one in world.passport.components.all())
    bad = a_file("la.exe", b"MZ\x90\x00")
    html = assert_good_page(lan.post(f"/nop-ho-so/{draft.pk}/giay-to/", {first: a_file(), second: bad}), 422)
    assert "la.exe: Đây là một chương trình" in html
    assert draft.papers.count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "Tệp rỗng"), (b"%PDF-1.4 cut", "bị hỏng"), (b"<html>", "Chỉ nhận tệp"), (PDF + b"x" * 3000, "lớn hơn")],
)
def test_files_are_judged_by_content(lan: Client, world: World, settings: Any, content: bytes, sentence: str) -> None:
    draft = begin(lan, world)
    settings.MAX_FILE_BYTES = 2000
    html = assert_good_page(lan.post(f"/nop-ho-so/{draft.pk}/giay-to/", {"file-more": a_file(content=content)}), 422)
    assert sentence in html
    assert not draft.papers.exists()


def test_a_missing_paper_is_named_and_nothing_is_written(lan: Client, world: World) -> None:
    draft = begin(lan, world)
    lan.post(f"/nop-ho-so/{draft.pk}/thong-tin/", OWNER)
    html = assert_good_page(lan.post(f"/nop-ho-so/{draft.pk}/xem-lai/", {"true": "on"}), 422)
    assert "Còn thiếu" in html
    assert "Tờ khai theo mẫu" in html
    assert not Dossier.objects.exists()
    assert Draft.objects.exists()


def test_a_file_can_be_taken_out_and_a_draft_thrown_away(lan: Client, world: World) -> None:
    draft = with_papers(lan, world)
    html = lan.get(f"/nop-ho-so/{draft.pk}/giay-to/").content.decode()
    drop = re.findall(r'formaction="([^"]+)"', html)[0]
    lan.post(drop)
    assert draft.papers.count() == 1
    lan.post(f"/nop-ho-so/{draft.pk}/xoa/")
    assert not Draft.objects.exists()


def test_a_unit_must_be_chosen_among_those_that_receive(lan: Client, world: World) -> None:
    html = assert_good_page(lan.post("/thu-tuc/9.000001/nop/", {"unit": world.cast.justice.pk}), 422)
    assert "Hãy chọn nơi nộp" in html
    assert not Draft.objects.exists()


@pytest.mark.parametrize("page", ["thong-tin", "giay-to", "xem-lai"])
def test_anothers_draft_is_not_there(lan: Client, bay: Client, world: World, page: str) -> None:
    draft = with_papers(lan, world)
    assert_good_page(bay.get(f"/nop-ho-so/{draft.pk}/{page}/"), 404)
    assert bay.post(f"/nop-ho-so/{draft.pk}/xoa/").status_code == 404
    assert Draft.objects.exists()


FATHER = {
    **OWNER,
    "owner_name": "Trần Văn Ba",
    "owner_id_no": "000060000003",
    "return_way": "counter",
    "submitter_role": "submitter",
    "submitter_name": "Trần Thị Lan",
    "submitter_id_no": "000190000001",
    "submitter_relation": "con",
}


def test_lan_hands_in_for_her_father(lan: Client, world: World) -> None:
    draft = with_papers(lan, world)
    page = f"/nop-ho-so/{draft.pk}/thong-tin/"
    told = assert_good_page(lan.post(page, {**FATHER, "submitter_role": "owner"}), 422)
    assert "Tài khoản này không phải của chủ hồ sơ" in told and "Trần Văn Ba" in told
    refused = lan.post(page, {**FATHER, "submitter_relation": "", "return_way": "online"})
    assert_good_page(refused, 422)
    assert set(refused.context["form"].errors) == {"submitter_relation", "return_way"}
    assert lan.post(page, FATHER).status_code == 302
    review = assert_good_page(lan.get(f"/nop-ho-so/{draft.pk}/xem-lai/"))
    assert "Người nộp thay" in review and "con" in review
    lan.post(f"/nop-ho-so/{draft.pk}/xem-lai/", {"true": "on"})
    dossier = Dossier.objects.get()
    assert (dossier.owner_name, dossier.submitter_name, dossier.owner_account) == (
        "Trần Văn Ba",
        "Trần Thị Lan",
        world.cast.lan,
    )
    assert "Người nộp thay" in assert_good_page(lan.get(f"/ho-so/{dossier.submission_no}/"))


def test_who_hands_in_for_themselves_is_not_asked_for_more(lan: Client, world: World) -> None:
    draft = with_papers(lan, world)
    assert "Người nộp thay" not in assert_good_page(lan.get(f"/nop-ho-so/{draft.pk}/xem-lai/"))

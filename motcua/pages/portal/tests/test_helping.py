"""Handing in for somebody that can't do it alone, from the procedure to the codes that the person takes home."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.assistance import CONSENT_PAPER
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.tests.helping import BAY, helped, village_helper
from motcua.pages.portal.tests.test_submit import a_file
from motcua.readings.models import Reading
from tests.house.pages import assert_good_page
from tests.world import World, moment

pytestmark = pytest.mark.django_db

PERSON = {
    "owner_name": "Nguyễn Văn Bảy",
    "owner_id_no": BAY,
    "owner_phone": "0912345678",
    "owner_address": "Thôn Bắc, xã Đông Các",
    "return_way": "counter",
    "help_way": "paper",
}
WITNESS = {"help_way": "witness", "help_witness_name": "Trần Văn Tám", "help_witness_id_no": "000090000077"}


@pytest.fixture
def minh(world: World, watch: Any) -> Client:
    """Minh's browser: he receives at the centre."""
    client = Client()
    client.force_login(world.cast.minh)
    return client


def begin(browser: Client, world: World, unit: int | None = None) -> Draft:
    browser.post("/thu-tuc/9.000001/nop/", {"unit": world.cast.center.pk, "for": unit or world.cast.center.pk})
    return Draft.objects.get()


def with_papers(browser: Client, draft: Draft, world: World, *, consent: bool = True) -> None:
    files: dict[str, Any] = {f"file-{one.pk}": a_file() for one in world.passport.components.all()}
    browser.post(f"/nop-ho-so/{draft.pk}/giay-to/", {**files, **({"consent": a_file("dong-y.pdf")} if consent else {})})


def test_from_the_procedure_to_the_codes_for_the_person(minh: Client, world: World) -> None:
    html = assert_good_page(minh.get("/giup-nop/"))
    assert "Bạn chưa giúp ai nộp hồ sơ nào." in html
    assert "Giúp người không tự nộp được" in assert_good_page(minh.get("/thu-tuc/9.000001/nop/"))
    draft = begin(minh, world)
    html = assert_good_page(minh.get(f"/nop-ho-so/{draft.pk}/thong-tin/"))
    assert world.cast.minh.full_name not in html.partition("<main")[2].partition("</main>")[0], (
        "nothing of the helper's is filled in"
    )
    assert minh.post(f"/nop-ho-so/{draft.pk}/thong-tin/", PERSON).status_code == 302
    assert 'name="consent"' in assert_good_page(minh.get(f"/nop-ho-so/{draft.pk}/giay-to/"))
    with_papers(minh, draft, world)
    html = assert_good_page(minh.get(f"/nop-ho-so/{draft.pk}/xem-lai/"))
    assert CONSENT_PAPER in html and "Ký văn bản đồng ý" in html
    assert minh.post(f"/nop-ho-so/{draft.pk}/xem-lai/", {}).status_code == 422
    answer = minh.post(f"/nop-ho-so/{draft.pk}/xem-lai/", {"read_aloud": "on"})
    dossier = Dossier.objects.get()
    assert answer.url == f"/giup-nop/{dossier.submission_no}/da-nop/"  # type: ignore[attr-defined]
    assert (dossier.owner_account_id, dossier.helper_id) == (None, world.cast.minh.pk)
    html = assert_good_page(minh.get(answer.url))  # type: ignore[attr-defined]
    assert dossier.secret in html and dossier.submission_no in html
    assert minh.get(f"/nop-ho-so/{draft.pk}/xem-lai/").url == answer.url  # type: ignore[attr-defined]
    assert dossier.submission_no in assert_good_page(minh.get("/giup-nop/"))
    assert not minh.get("/ho-so/").content.decode().count(dossier.submission_no)


def test_the_person_follows_with_code_and_secret(world: World, watch: Any, client: Client) -> None:
    dossier = helped(world)
    answer = client.post("/ho-so/tra-cuu/", {"code": dossier.submission_no, "secret": dossier.secret})
    assert "Cấp hộ chiếu thử nghiệm" in assert_good_page(answer)


def test_before_a_witness_no_paper_is_asked_for(minh: Client, world: World) -> None:
    draft = begin(minh, world)
    assert minh.post(f"/nop-ho-so/{draft.pk}/thong-tin/", {**PERSON, **WITNESS}).status_code == 302
    assert 'name="consent"' not in minh.get(f"/nop-ho-so/{draft.pk}/giay-to/").content.decode()
    with_papers(minh, draft, world, consent=False)
    minh.post(f"/nop-ho-so/{draft.pk}/xem-lai/", {"read_aloud": "on"})
    dossier = Dossier.objects.get()
    html = assert_good_page(minh.get(f"/giup-nop/{dossier.submission_no}/"))
    assert "Trần Văn Tám" in html and "000090000077" in html


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(minh: Client, world: World) -> None:
    draft = begin(minh, world)
    wrong = {**PERSON, **WITNESS, "help_witness_id_no": BAY, "owner_address": ""}
    answer = minh.post(f"/nop-ho-so/{draft.pk}/thong-tin/", wrong)
    html = answer.content.decode()
    assert answer.status_code == 422 and "người làm chứng phải là người khác" in html
    assert 'value="Trần Văn Tám"' in minh.get(f"/nop-ho-so/{draft.pk}/thong-tin/").content.decode()


def test_without_the_signed_paper_the_last_step_says_so(minh: Client, world: World) -> None:
    draft = begin(minh, world)
    minh.post(f"/nop-ho-so/{draft.pk}/thong-tin/", PERSON)
    with_papers(minh, draft, world, consent=False)
    answer = minh.post(f"/nop-ho-so/{draft.pk}/xem-lai/", {"read_aloud": "on"})
    assert answer.status_code == 422 and "Cần tải lên văn bản đồng ý" in answer.content.decode()
    assert not Dossier.objects.exists()


def test_my_own_papers_are_not_offered_for_somebody_else(minh: Client, world: World) -> None:
    draft = begin(minh, world)
    assert minh.get(f"/nop-ho-so/{draft.pk}/kho-giay-to/").status_code == 404


def test_a_citizen_is_offered_no_help_to_give(lan: Client, world: World) -> None:
    assert "Giúp người không tự nộp được" not in lan.get("/thu-tuc/9.000001/nop/").content.decode()
    lan.post("/thu-tuc/9.000001/nop/", {"unit": world.cast.center.pk, "for": world.cast.center.pk})
    assert "helping" not in Draft.objects.get().data


def test_a_helper_of_a_village_begins_there_and_sees_only_their_own(world: World, watch: Any) -> None:
    account = village_helper(world)
    account.set_password("mot-mat-khau-dai")
    account.save()
    browser = Client()
    answer = browser.post("/dang-nhap/", {"login": account.login, "password": "mot-mat-khau-dai"})
    assert answer.url == "/giup-nop/"  # type: ignore[attr-defined]
    theirs, other = helped(world, account=account, office=world.cast.commune), helped(world)
    html = assert_good_page(browser.get("/giup-nop/"))
    assert theirs.submission_no in html and other.submission_no not in html
    assert_good_page(browser.get(f"/giup-nop/{theirs.submission_no}/"))
    assert browser.get(f"/giup-nop/{other.submission_no}/").status_code == 404
    assert browser.get("/quay/").status_code == 404
    assert other.submission_no not in browser.get("/ban-lam-viec/").content.decode()
    reading = Reading.objects.get()
    assert (reading.dossier_id, reading.account_id, reading.role) == (theirs.pk, account.pk, "helper")


def test_the_list_goes_on_by_cursor(minh: Client, world: World) -> None:
    for minute in range(26):
        helped(world, at=f"2021-11-01 08:{minute:02d}")
    first = minh.get("/giup-nop/")
    assert first.content.decode().count('scope="row"') == 25
    query = first.context["page"].next_query
    assert minh.get(f"/giup-nop/{query}").content.decode().count('scope="row"') == 1


def test_discarding_leads_back_to_the_list_of_help(minh: Client, world: World) -> None:
    draft = begin(minh, world)
    assert "Đang soạn" in minh.get("/giup-nop/").content.decode()
    assert "Đang soạn" not in minh.get("/ho-so/").content.decode()
    assert minh.post(f"/nop-ho-so/{draft.pk}/xoa/").url == "/giup-nop/"  # type: ignore[attr-defined]


def test_a_posting_that_ended_meanwhile_hands_in_nothing(minh: Client, world: World) -> None:
    draft = begin(minh, world)
    minh.post(f"/nop-ho-so/{draft.pk}/thong-tin/", PERSON)
    with_papers(minh, draft, world)
    world.cast.minh.postings.update(valid_to=moment("2021-11-01 00:00").date())
    assert minh.post(f"/nop-ho-so/{draft.pk}/xem-lai/", {"read_aloud": "on"}).status_code == 403
    assert not Dossier.objects.exists()

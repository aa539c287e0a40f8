"""Following a dossier: my list, its page, answering, withdrawing, papers; outsiders see nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers.acts import reception, supplement
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.tests import lives
from motcua.pages.portal.tests.conftest import PDF
from tests.house.pages import assert_good_page
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db

ITEMS = [{"name": "Bản sao căn cước công dân", "why": "Ảnh mờ"}]


def lans(world: World, dossier: Dossier) -> Dossier:
    """A dossier of the counter, bound to Lan's account."""
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.lan)
    return reread(dossier)


def waiting_for_lan(world: World) -> Dossier:
    """Hoa asked for a supplement on Tuesday, 2 November 2021."""
    dossier = lans(world, lives.handled(world))
    supplement.ask_supplement(
        dossier.pk, items=ITEMS, reason="Ảnh không đọc được", actor=world.actor("hoa"), at=moment("2021-11-02 10:00")
    )
    return reread(dossier)


def test_my_dossiers_say_where_each_is(lan: Client, world: World) -> None:
    lives.submitted(world)
    html = assert_good_page(lan.get("/ho-so/"))
    assert "Chờ tiếp nhận" in html
    assert "Trung tâm Phục vụ hành chính công" in html


def test_what_needs_me_stands_first_with_the_way_there(lan: Client, world: World, watch: Any) -> None:
    lans(world, lives.handled(world))
    ready, asked = lans(world, lives.finished(world)), waiting_for_lan(world)
    asked.supplement_requests.update(last_day="2021-11-10")
    watch.set("2021-11-03 16:00")
    html = assert_good_page(lan.get("/ho-so/"))
    first, rest = html.split('id="handed"')
    assert first.index(f"/ho-so/{asked.submission_no}/") < first.index(f"/ho-so/{ready.submission_no}/")
    assert "Bổ sung hồ sơ chậm nhất ngày 10/11/2021" in first and f"/ho-so/{asked.submission_no}/bo-sung/" in first
    assert "Bạn không phải làm gì: Sở Tư pháp" in rest and "Bạn không phải làm gì" not in first
    assert rest.count('<th scope="row">') == 3


def test_what_waits_is_told_however_many_dossiers_came_after_it(
    lan: Client, world: World, watch: Any, django_assert_max_num_queries: Any
) -> None:
    asked = waiting_for_lan(world)
    Dossier.objects.filter(pk=asked.pk).update(submitted_at=moment("2021-10-01 08:00"))
    for _one in range(26):
        lives.submitted(world)
    watch.set("2021-11-03 16:00")
    with django_assert_max_num_queries(12):
        first, rest = assert_good_page(lan.get("/ho-so/")).split('id="handed"')
    assert f"/ho-so/{asked.submission_no}/bo-sung/" in first and asked.submission_no not in rest
    assert rest.count('<th scope="row">') == 25 and "sau=" in rest


def test_nothing_yet_says_what_to_do(lan: Client) -> None:
    assert "Bạn chưa nộp hồ sơ nào" in assert_good_page(lan.get("/ho-so/"))


def test_a_dossier_says_who_holds_it_and_why_the_date_is_what_it_is(lan: Client, world: World, watch: Any) -> None:
    dossier = lans(world, lives.handled(world))
    watch.set("2021-11-02 09:00")
    html = assert_good_page(lan.get(f"/ho-so/{dossier.submission_no}/"))
    assert "Sở Tư pháp" in html
    assert "Vũ Thị Hoa" not in html, "who holds it is an office, not an officer"
    assert "08/11/2021" in html  # five working days after Monday, 1 November
    assert "Ngày nghỉ" in html  # the week-end of 6 and 7 November
    assert "Đã tiếp nhận hồ sơ" in html


def test_in_english_every_day_is_explained_too(lan: Client, world: World, watch: Any) -> None:
    dossier = lans(world, lives.handled(world))
    lan.cookies["django_language"] = "en"
    html = assert_good_page(lan.get(f"/ho-so/{dossier.submission_no}/"))
    assert "Day off: Saturday" in html
    assert "Not counted: 2 weekend days." in html


def test_answering_a_supplement(lan: Client, world: World, watch: Any) -> None:
    dossier = waiting_for_lan(world)
    watch.set("2021-11-03 09:00")
    page = assert_good_page(lan.get(f"/ho-so/{dossier.submission_no}/"))
    assert "Bạn cần làm" in page
    assert "Ảnh mờ" in page
    address = f"/ho-so/{dossier.submission_no}/bo-sung/"
    assert_good_page(lan.get(address))
    sent = lan.post(address, {"file-0": SimpleUploadedFile("cccd.pdf", PDF), "note": "Ảnh mới"})
    assert sent.status_code == 302
    request = dossier.supplement_requests.get()
    assert request.answered_at == moment("2021-11-03 09:00")
    assert dossier.papers.filter(file__name="cccd.pdf").exists()
    assert_good_page(lan.get(address), 409)


def test_a_bad_file_among_the_answers_loses_nothing(lan: Client, world: World, watch: Any) -> None:
    dossier = waiting_for_lan(world)
    watch.set("2021-11-03 09:00")
    address = f"/ho-so/{dossier.submission_no}/bo-sung/"
    good, bad = SimpleUploadedFile("cccd.pdf", PDF), SimpleUploadedFile("la.exe", b"MZ")
    html = assert_good_page(lan.post(address, {"file-0": good, "file-more": bad, "note": "Ảnh mới"}), 422)
    assert "✓ cccd.pdf" in html
    assert "Ảnh mới" in html
    assert lan.post(address, {"note": "Ảnh mới"}).status_code == 302
    assert dossier.papers.filter(file__name="cccd.pdf").exists()
    assert not Draft.objects.exists()


def test_no_file_is_no_answer(lan: Client, world: World, watch: Any) -> None:
    dossier = waiting_for_lan(world)
    watch.set("2021-11-03 09:00")
    html = assert_good_page(lan.post(f"/ho-so/{dossier.submission_no}/bo-sung/", {"note": "Chưa có ảnh"}), 422)
    assert "ít nhất một tệp" in html and "Chưa có ảnh" in html


def test_an_answer_is_kept_until_it_is_sent(lan: Client, world: World, watch: Any) -> None:
    """File by file, from another device too; nothing of it is sent, and it is no draft of a new dossier."""
    dossier = waiting_for_lan(world)
    watch.set("2021-11-03 09:00")
    address, list_of_mine = f"/ho-so/{dossier.submission_no}/bo-sung/", "/ho-so/"
    for _click in range(2):
        assert lan.post(address, {"file-0": SimpleUploadedFile("cccd.pdf", PDF), "keep": "1"}).status_code == 302
    assert lan.post(address, {"file-more": SimpleUploadedFile("them.pdf", PDF + b"\n"), "keep": "1"}).status_code == 302
    assert lan.post(address, {"note": "Đang viết dở", "autosave": "1"}).status_code == 204
    assert dossier.supplement_requests.get().answered_at is None
    draft = Draft.objects.get()
    elsewhere = Client()
    elsewhere.force_login(world.cast.lan)
    html = assert_good_page(elsewhere.get(address))
    assert html.count("✓ cccd.pdf") == 1 and "✓ them.pdf" in html and "Đang viết dở" in html
    assert "Đang soạn" not in assert_good_page(lan.get(list_of_mine))
    for step in ("thong-tin", "giay-to", "xem-lai"):
        assert lan.get(f"/nop-ho-so/{draft.pk}/{step}/").status_code == 404
    other = draft.papers.get(file__name="them.pdf")
    assert lan.post(address, {"drop": str(other.pk), "note": "Xong"}).status_code == 302
    assert lan.post(address, {"note": "Xong"}).status_code == 302
    request = dossier.supplement_requests.get()
    assert request.answered_at == moment("2021-11-03 09:00")
    assert not dossier.papers.filter(file__name="them.pdf").exists() and not Draft.objects.exists()
    assert_good_page(lan.get(address), 409)


def test_an_answer_in_the_making_is_nobody_else_s(lan: Client, bay: Client, world: World, watch: Any) -> None:
    dossier = waiting_for_lan(world)
    watch.set("2021-11-03 09:00")
    address = f"/ho-so/{dossier.submission_no}/bo-sung/"
    lan.post(address, {"file-0": SimpleUploadedFile("cccd.pdf", PDF), "keep": "1"})
    assert bay.post(address, {"drop": str(Draft.objects.get().papers.get().pk)}).status_code == 404
    assert Draft.objects.get().papers.count() == 1


def test_completing_before_acceptance(lan: Client, world: World, watch: Any) -> None:
    dossier = lives.submitted(world)
    reception.ask_at_intake(
        dossier.pk, items=ITEMS, reason="Thiếu giấy", actor=world.actor("minh"), at=moment("2021-11-01 10:00")
    )
    watch.set("2021-11-01 14:00")
    address = f"/ho-so/{dossier.submission_no}/bo-sung/"
    assert lan.post(address, {"file-0": SimpleUploadedFile("cccd.pdf", PDF)}).status_code == 302
    assert reread(dossier).state == "submitted"


def test_withdrawing_needs_a_reason(lan: Client, world: World) -> None:
    dossier = lives.submitted(world)
    address = f"/ho-so/{dossier.submission_no}/rut/"
    assert_good_page(lan.get(address))
    assert_good_page(lan.post(address, {"reason": " "}), 422)
    assert lan.post(address, {"reason": "Không còn cần"}).status_code == 302
    assert reread(dossier).state == "withdrawn"
    assert "Không thể" in assert_good_page(lan.post(address, {"reason": "Lần nữa"}), 409)


def test_my_paper_comes_back_as_it_was_given(lan: Client, bay: Client, world: World, watch: Any) -> None:
    dossier = waiting_for_lan(world)
    watch.set("2021-11-03 09:00")
    lan.post(f"/ho-so/{dossier.submission_no}/bo-sung/", {"file-0": SimpleUploadedFile("căn cước.pdf", PDF)})
    paper = dossier.papers.get(file__isnull=False)
    address = f"/ho-so/{dossier.submission_no}/giay-to/{paper.pk}/"
    answer: Any = lan.get(address)
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert_good_page(bay.get(address), 404)
    assert_good_page(lan.get(f"/ho-so/{dossier.submission_no}/ket-qua/"), 404)


@pytest.mark.parametrize("page", ["", "da-nop/", "bo-sung/", "rut/", "ket-qua/", "giay-to/1/"])
def test_outsiders_see_nothing(bay: Client, world: World, watch: Any, page: str) -> None:
    dossier = lives.submitted(world)
    assert_good_page(bay.get(f"/ho-so/{dossier.submission_no}/{page}"), 404)
    assert Client().get(f"/ho-so/{dossier.submission_no}/{page}").status_code == 302


def test_query_budgets(lan: Client, world: World, watch: Any, django_assert_max_num_queries: Any) -> None:
    dossier = lans(world, lives.handled(world))
    with django_assert_max_num_queries(9):
        lan.get("/ho-so/")
    waiting_for_lan(world)
    for _one in range(3):
        lans(world, lives.finished(world))
    with django_assert_max_num_queries(9):  # however many
        lan.get("/ho-so/")
    with django_assert_max_num_queries(16):
        lan.get(f"/ho-so/{dossier.submission_no}/")


def test_a_damaged_cursor_is_a_sentence(lan: Client, world: World) -> None:
    assert_good_page(lan.get("/ho-so/", {"sau": "xyz"}), 422)

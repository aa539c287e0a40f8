"""Petitions at the counter and at the desk, from the first word to the published answer, by the cast."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.tests import lives
from motcua.pages.conftest import WallClock
from motcua.petitions.models import Petition
from motcua.petitions.tests.saying import from_outside
from motcua.ratings.models import Vote
from tests.house.pages import assert_good_page
from tests.world import World

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
LIST = "/ban-lam-viec/phan-anh/"


def do(client: Client, petition: Petition, act: str, **typed: Any) -> Any:
    """Open the form of an act as a person does, then send it."""
    address = f"{LIST}{petition.pk}/{act}/"
    assert_good_page(client.get(address))
    return client.post(address, {"seen": Petition.objects.get(pk=petition.pk).last_seq, **typed})


def buttons(client: Client, petition: Petition) -> list[str]:
    answer = client.get(f"{LIST}{petition.pk}/")
    assert_good_page(answer)
    return [act.value for act, _address in answer.context["buttons"]]


def test_a_petition_goes_from_the_counter_to_its_published_answer(world: World, logged_in: LogIn) -> None:
    minh, dung, tuan, thanh = (logged_in(name) for name in ("minh", "dung", "tuan", "thanh"))
    typed = {
        "unit": world.cast.center.pk, "kind": "conduct", "person_name": "Nguyễn Văn Bảy", "phone": "0912345678",
        "about_office": "sở tư pháp", "content": "Trả lời không rõ",
    }  # fmt: skip
    assert_good_page(minh.get("/quay/phan-anh/"))
    sent: Any = minh.post("/quay/phan-anh/", typed)
    petition = Petition.objects.get()
    assert sent.url == f"/quay/phan-anh/{petition.pk}/da-nhan/"
    assert petition.secret in assert_good_page(minh.get(sent.url))
    assert buttons(dung, petition) == ["assign", "ask_more", "move", "pass_on", "refuse"]
    moved = do(dung, petition, "chuyen-co-quan", office="Sở Tư pháp", text="Thuộc Sở")
    assert moved.url == LIST
    assert petition.code in assert_good_page(tuan.get(LIST))
    do(tuan, petition, "phan-cong", owner=world.cast.thanh.pk)
    do(thanh, petition, "yeu-cau-giai-trinh", officer=world.cast.hoa.pk, text="Hãy giải trình")
    hoa = logged_in("hoa")
    seen = assert_good_page(hoa.get(f"{LIST}{petition.pk}/"))
    assert "Nguyễn Văn Bảy" not in seen and "0912345678" not in seen
    assert buttons(hoa, petition) == ["give_statement"]
    assert do(hoa, petition, "giai-trinh", text="Đã giải thích").url == LIST
    do(thanh, petition, "tra-loi", text="Đã nhắc nhở")
    refused = do(tuan, petition, "cong-khai", question="Bảy hỏi: Nguyễn Văn Bảy", text="Đã nhắc nhở")
    assert "không được có tên" in assert_good_page(refused, 422)
    do(tuan, petition, "cong-khai", question="Trả lời không rõ?", text="Đã nhắc nhở")
    assert Petition.objects.get().state == "published"
    assert petition.code in assert_good_page(tuan.get(f"{LIST}?xem=da-xong"))
    assert petition.code not in assert_good_page(tuan.get(LIST))


def test_whoever_was_slower_keeps_what_they_typed(world: World, logged_in: LogIn) -> None:
    petition, tuan = from_outside(world), logged_in("tuan")
    address = f"{LIST}{petition.pk}/khong-tiep-nhan/"
    do(tuan, petition, "phan-cong", owner=world.cast.thanh.pk)
    html = assert_good_page(tuan.post(address, {"seen": 1, "text": "Trùng lặp"}), 409)
    assert "Trùng lặp" in html and "người khác cập nhật" in html


def test_acts_that_are_not_open_say_why(world: World, logged_in: LogIn) -> None:
    petition, tuan = from_outside(world), logged_in("tuan")
    assert_good_page(tuan.get(f"{LIST}{petition.pk}/tra-loi/"), 409)
    assert_good_page(tuan.get(f"{LIST}{petition.pk}/giai-trinh/"), 403)
    assert_good_page(tuan.get(f"{LIST}{petition.pk}/khong-co/"), 404)
    assert_good_page(logged_in("khang").get(f"{LIST}{petition.pk}/phan-cong/"), 404)


def test_an_unknown_dossier_is_said_and_nothing_is_lost(world: World, logged_in: LogIn) -> None:
    typed = {
        "unit": world.cast.center.pk, "kind": "both", "person_name": "Bảy", "phone": "1", "about_office": "sở tư pháp",
        "content": "Chậm", "dossier": "000.00.18.H54-211101-9999",
    }  # fmt: skip
    html = assert_good_page(logged_in("minh").post("/quay/phan-anh/", typed), 422)
    assert "Không có hồ sơ này" in html and "Chậm" in html
    assert not Petition.objects.exists()


def test_paper_slips_are_typed_in_and_the_device_gets_its_links(
    world: World, logged_in: LogIn, clock: WallClock
) -> None:
    clock("2021-11-04 09:00")
    dossier, minh = lives.finished(world), logged_in("minh")
    address = f"/quay/ho-so/{dossier.pk}/danh-gia/"
    html = assert_good_page(minh.get(address))
    assert f"/danh-gia/quay/{dossier.submission_no}/" in html and f"/danh-gia/ki-ot/{dossier.submission_no}/" in html
    assert_good_page(minh.post(address, {"slip_no": "P-1"}), 422)
    assert minh.post(address, {"slip_no": "P-1", "level": "satisfied", "reasons": ["time"]}).status_code == 302
    after = assert_good_page(minh.get(address))
    assert "Bạn không xem được đánh giá" in after and "Hài lòng" not in after.replace("sự hài lòng", "")
    assert (Vote.objects.get().place, Vote.objects.get().entered_by) == ("paper", world.cast.minh)
    assert_good_page(minh.post(address, {"slip_no": "P-2", "level": "satisfied"}), 409)

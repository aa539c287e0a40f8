"""Rating and petitions without an account: by the link of a dossier, on the public page, followed by two codes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import lives
from motcua.pages.conftest import WallClock
from motcua.pages.layout.voices import petition_address, rating_address
from motcua.petitions import acts
from motcua.petitions.models import Petition
from motcua.petitions.tests.saying import AT, answered, from_outside
from motcua.ratings.kinds import Place
from motcua.ratings.models import Vote
from tests.house.pages import assert_good_page
from tests.world import World, moment

pytestmark = pytest.mark.django_db
SEND, FOLLOW, FOLLOWED = "/phan-anh/", "/phan-anh/theo-doi/", "/phan-anh/dang-theo-doi/"
TYPED: dict[str, Any] = {
    "kind": "conduct",
    "about_office": "so tu phap",
    "content": "Trả lời không rõ",
    "person_name": "Nguyễn Văn Bảy",
    "phone": "0912345678",
}


@pytest.fixture
def dossier(world: World, clock: WallClock) -> Dossier:
    clock("2021-11-04 09:00")
    return lives.finished(world)


def test_two_taps_rate_a_dossier_and_it_can_be_changed(client: Client, dossier: Dossier) -> None:
    address = rating_address(dossier.submission_no, dossier.secret)
    html = assert_good_page(client.get(address))
    assert "Trần Thị Lan" not in html
    assert client.post(address, {"level": "satisfied"}).status_code == 302
    again = assert_good_page(client.get(address))
    assert "Bạn đã đánh giá" in again and "11/11/2021" in again
    client.post(address, {"level": "very_satisfied", "reasons": ["time"], "words": "Tốt"})
    assert list(Vote.objects.order_by("number").values_list("level", "place")) == [
        ("satisfied", "home"),
        ("very_satisfied", "home"),
    ]


def test_one_tap_begins_a_petition_about_a_delay_and_says_until_when_it_is_answered(
    client: Client, dossier: Dossier, world: World
) -> None:
    address = petition_address(dossier.submission_no, dossier.secret, "cham")
    html = assert_good_page(client.get(address))
    assert f"Hồ sơ {dossier.code}, ngày hẹn trả 08/11/2021" in html and "Sở Tư pháp" in html
    assert "chậm nhất ngày" in html and re.search(r'value="conduct"[^>]* checked', html)
    assert "0900000001" not in html, "whoever has the link alone learns nothing of the person"
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.lan)
    client.force_login(world.cast.bay)
    assert "0900000001" not in assert_good_page(client.get(address))
    client.force_login(world.cast.lan)
    html = assert_good_page(client.get(address))
    assert "0900000001" in html and "Trần Thị Lan" in html
    sent = {
        "kind": "conduct",
        "content": "Tôi muốn hỏi",
        "about_office": "so tu phap",
        "person_name": "Lan",
        "phone": "0900000001",
    }
    query = dict(pair.split("=") for pair in address.split("?")[1].split("&"))
    html = assert_good_page(client.post(SEND, {**sent, **query}, follow=True))
    made = Petition.objects.get()
    assert made.dossier_id == dossier.pk and made.due_on is not None and f"{made.due_on:%d/%m/%Y}" in html
    assert made.way == "link"


def question_on(html: str) -> dict[str, str]:
    """The form on a dossier's page as it stands there."""
    form = html[html.index('action="/phan-anh/hoi/"') :]
    hidden = {name: re.search(rf'name="{name}" value="([^"]+)"', form) for name in ("may_ask", "once")}
    content = re.search(r"<textarea[^>]*>\s*([^<]*)</textarea>", form)
    assert content is not None
    return {"content": content[1], **{name: found[1] for name, found in hidden.items() if found}}


def test_one_tap_asks_the_office_that_holds_the_dossier_and_accuses_nobody(
    client: Client, world: World, clock: WallClock
) -> None:
    clock("2021-11-04 09:00")
    dossier = lives.handled(world)
    html = assert_good_page(client.post("/ho-so/tra-cuu/", {"code": dossier.code, "secret": dossier.secret}))
    asked = question_on(html)
    assert str(dossier.code) in asked["content"]
    for _tap in range(2):
        html = assert_good_page(client.post("/phan-anh/hoi/", asked, follow=True))
    made = Petition.objects.get()
    assert (made.kind, made.way, made.dossier_id, made.owner_office) == (
        "question",
        "link",
        dossier.pk,
        world.cast.justice,
    )
    assert (made.person_name, made.person_phone) == (dossier.owner_name, dossier.owner_phone)
    assert made.concerned == [] and f"{made.due_on:%d/%m/%Y}" == "09/11/2021" and "09/11/2021" in html
    assert Petition.objects.visible_to(world.actor("tuan")).get() == made, "whoever acted on the dossier may answer"
    assert_good_page(client.post("/phan-anh/hoi/", {**asked, "content": " "}), 422)


def test_a_question_needs_the_page_of_the_dossier(client: Client, world: World, clock: WallClock) -> None:
    clock("2021-11-04 09:00")
    dossier = lives.handled(world)
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.lan, owner_phone="", owner_email="")
    client.force_login(world.cast.lan)
    asked = question_on(assert_good_page(client.get(f"/ho-so/{dossier.submission_no}/")))
    for bent in (asked["may_ask"][:-1], dossier.submission_no, ""):
        assert_good_page(client.post("/phan-anh/hoi/", {**asked, "may_ask": bent}), 404)
    assert client.post("/phan-anh/hoi/", asked).status_code == 302, "nobody needs a contact who follows it anyway"
    assert Petition.objects.get().account_id == world.cast.lan.pk
    for number in range(4):
        client.post("/phan-anh/hoi/", {**asked, "content": f"Câu {number}"})
    assert_good_page(client.post("/phan-anh/hoi/", {**asked, "content": "Nữa"}), 429)


def test_looking_at_a_link_rates_nothing(client: Client, dossier: Dossier) -> None:
    client.get(rating_address(dossier.submission_no, dossier.secret))
    client.head(rating_address(dossier.submission_no, dossier.secret))
    assert not Vote.objects.exists()


def test_without_a_level_nothing_typed_is_lost(client: Client, dossier: Dossier) -> None:
    address = rating_address(dossier.submission_no, dossier.secret)
    html = assert_good_page(client.post(address, {"words": "Chờ lâu"}), 422)
    assert "Chờ lâu" in html
    assert not Vote.objects.exists()


def test_on_the_unit_s_device_nobody_sees_what_was_chosen(client: Client, dossier: Dossier) -> None:
    address = rating_address(dossier.submission_no, dossier.secret, Place.COUNTER)
    client.post(address, {"level": "not_satisfied", "words": "Rất chậm"})
    html = assert_good_page(client.get(address))
    assert "Rất chậm" not in html and "đã được đánh giá" in html
    assert 'name="level"' not in html
    assert Vote.objects.get().place == Place.COUNTER


def test_a_link_with_another_place_or_letter_is_no_link(client: Client, dossier: Dossier) -> None:
    address = rating_address(dossier.submission_no, dossier.secret)
    for wrong in (address.replace("/nha/", "/quay/"), address.replace("/nha/", "/giay/"), address[:-3] + "22/"):
        assert_good_page(client.get(wrong), 404)


def test_the_dossier_s_page_offers_rating_once_there_is_an_answer(
    client: Client, world: World, clock: WallClock
) -> None:
    clock("2021-11-04 09:00")
    early, done = lives.handled(world), lives.finished(world)
    for dossier, offered in ((early, False), (done, True)):
        html = assert_good_page(client.post("/ho-so/tra-cuu/", {"code": dossier.code, "secret": dossier.secret}))
        assert (rating_address(dossier.submission_no, dossier.secret) in html) is offered
        assert "/phan-anh/?ma=" in html


def test_a_petition_is_sent_by_anybody_and_followed_by_its_codes(
    client: Client, world: World, clock: WallClock
) -> None:
    html = assert_good_page(client.post(SEND, TYPED, follow=True))
    petition = Petition.objects.get()
    assert petition.code in html and petition.secret in html
    assert (petition.owner_office, petition.way, petition.dossier) == (world.cast.justice, "page", None)
    codes = {"code": petition.code.lower(), "secret": petition.secret.lower()}
    told = assert_good_page(client.post(FOLLOW, codes, follow=True))
    assert "22/11/2021" in told
    for wrong in ({"code": petition.code, "secret": "22222222"}, {"code": "PA-2021-009999", "secret": petition.secret}):
        assert_good_page(client.post(FOLLOW, wrong), 404)


def test_from_the_link_of_a_dossier_it_is_about_that_dossier(client: Client, dossier: Dossier) -> None:
    html = assert_good_page(client.get(petition_address(dossier.submission_no, dossier.secret)))
    assert str(dossier) in html
    key = petition_address(dossier.submission_no, dossier.secret).partition("khoa=")[2]
    client.post(SEND, {**TYPED, "ma": dossier.submission_no, "khoa": key})
    client.post(SEND, {**TYPED, "ma": dossier.submission_no, "khoa": "222222222222"})
    assert list(Petition.objects.order_by("id").values_list("dossier_id", "way")) == [
        (dossier.pk, "link"),
        (None, "page"),
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"about_office": "khong co dau"}, "Không tìm thấy cơ quan"),
        ({"about_office": "so"}, "Có nhiều cơ quan khớp"),
        ({"phone": ""}, "Cần điện thoại"),
        ({"content": ""}, ""),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    client: Client, world: World, clock: WallClock, changes: dict[str, str], said: str
) -> None:
    html = assert_good_page(client.post(SEND, {**TYPED, **changes}), 422)
    assert said in html
    assert "Nguyễn Văn Bảy" in html
    assert not Petition.objects.exists()


def test_the_same_form_sent_again_is_the_petition_that_is_there(client: Client, world: World, clock: WallClock) -> None:
    keys = [re.search(r'name="once" value="(\w+)"', client.get(SEND).content.decode()) for _look in range(2)]
    first, second = [found[1] for found in keys if found]
    for once, content in ((first, "Chờ lâu"), (first, "Chờ lâu"), (first, "Chuyện khác"), (second, "Chờ lâu")):
        sent = client.post(SEND, {**TYPED, "once": once, "content": content})
        assert sent.status_code == 302, "no answer to a form is left to be sent again"
        newest = Petition.objects.latest("id")
        assert (newest.content == content) and newest.secret in client.get("/phan-anh/da-gui/").content.decode()
    assert [one.content for one in Petition.objects.order_by("id")] == ["Chờ lâu", "Chuyện khác", "Chờ lâu"]
    assert f'name="once" value="{second}"' in client.get(SEND).content.decode(), "whoever goes back gets the same form"


def test_only_the_browser_that_showed_the_codes_reads_it_and_not_for_ever(
    client: Client, world: World, clock: WallClock
) -> None:
    client.post(SEND, TYPED)
    assert_good_page(client.get(FOLLOWED))
    for page in ("/phan-anh/da-gui/", FOLLOWED):
        assert_good_page(Client().get(page), 404)
        assert "no-store" in client.get(page).headers["Cache-Control"]
    clock("2021-11-04 11:00:01")
    assert_good_page(client.get(FOLLOWED), 404)


def test_five_within_a_quarter_of_an_hour_are_enough(client: Client, world: World, clock: WallClock) -> None:
    for _number in range(5):
        client.post(SEND, TYPED)
    assert client.post(SEND, TYPED).status_code == 429
    assert Petition.objects.count() == 5


def test_the_person_answers_what_was_asked_and_opens_it_again_once(
    client: Client, world: World, clock: WallClock
) -> None:
    asked = from_outside(world)
    acts.ask_more(asked.pk, text="Ngày nào?", actor=world.actor("tuan"), at=AT)
    codes = {"code": asked.code, "secret": asked.secret}
    html = assert_good_page(client.post(FOLLOW, codes, follow=True))
    assert "Ngày nào?" in html and 'name="act"' in html
    assert_good_page(client.post(FOLLOWED, {"act": "give_more", "text": " "}), 422)
    assert_good_page(client.post(FOLLOWED, {"act": "give_more", "text": "Hôm qua"}, follow=True))
    assert Petition.objects.get(pk=asked.pk).state == "received"
    done = answered(world)
    codes = {"code": done.code, "secret": done.secret}
    html = assert_good_page(client.post(FOLLOW, codes, follow=True))
    assert "Đã nhắc nhở cán bộ" in html
    assert world.cast.thanh.full_name not in html
    assert_good_page(client.post(FOLLOWED, {"act": "reopen", "text": "Chưa đúng"}, follow=True))
    assert Petition.objects.get(pk=done.pk).reopened == 1
    acts.assign(done.pk, owner_id=world.cast.thanh.pk, actor=world.actor("tuan"), at=moment("2021-11-01 12:00"))
    acts.answer(done.pk, text="Xong", actor=world.actor("thanh"), at=moment("2021-11-01 12:00"))
    clock("2021-11-01 13:00")
    assert 'name="act"' not in assert_good_page(client.post(FOLLOW, codes, follow=True))
    assert_good_page(client.post(FOLLOWED, {"act": "reopen", "text": "Nữa"}), 409)


def test_answers_are_public_once_they_are_published(client: Client, world: World, clock: WallClock) -> None:
    assert "Chưa có câu trả lời" in assert_good_page(client.get("/phan-anh/da-tra-loi/"))
    one = answered(world)
    acts.publish(one.pk, question="Trả lời không rõ?", text="Đã nhắc nhở", actor=world.actor("tuan"), at=AT)
    html = assert_good_page(client.get("/phan-anh/da-tra-loi/"))
    assert "Trả lời không rõ?" in html and "Nguyễn Văn Bảy" not in html


def test_all_published_answers_are_reached_page_by_page_and_found_by_words(
    client: Client, world: World, clock: WallClock
) -> None:
    for number in range(30):
        one = answered(world)
        at = moment("2021-11-01 10:00")
        acts.publish(one.pk, question=f"Câu số {number:02d}?", text="Đã nhắc nhở", actor=world.actor("tuan"), at=at)
    seen, address = "", "/phan-anh/da-tra-loi/"
    while address:
        html = assert_good_page(client.get(address))
        seen += html
        more = re.search(r'rel="next" href="([^"]+)"', html)
        address = "/phan-anh/da-tra-loi/" + more[1].replace("&amp;", "&") if more else ""
    assert all(seen.count(f"Câu số {number:02d}?") == 1 for number in range(30))
    found = assert_good_page(client.get("/phan-anh/da-tra-loi/?tim=CAU+so+07"))
    assert "Câu số 07?" in found and "Câu số 08?" not in found
    assert "Không thấy" in assert_good_page(client.get("/phan-anh/da-tra-loi/?tim=hộ+chiếu%25_"))

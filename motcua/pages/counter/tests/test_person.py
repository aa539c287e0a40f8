"""Who stands at the counter: by their card, by their number, with several matters; and who is kept out of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.pages.counter.tests.test_take_in import filled, send
from motcua.readings.models import Reading
from tests.house.pages import assert_good_page
from tests.world import World

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
CARD = "034190000001|151234567|Trần Thị Lan|05091990|Nữ|Thôn Đồi, xã Đông Các|25042021"


def ask(client: Client, text: str) -> Any:
    return client.post("/quay/nguoi/", {"so": text})


def test_a_card_posted_in_the_number_fills_the_person_and_takes_nothing_in(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    typed = filled(world, minh, owner_id_no=CARD, owner_name="Lan", owner_address="", owner_phone="0911")
    answer = send(world, minh, typed)
    html = assert_good_page(answer)
    form = answer.context["form"]
    said = {name: form[f"owner_{name}"].value() for name in ("id_no", "name", "phone", "address")}
    assert said == {
        "id_no": "034190000001", "name": "Trần Thị Lan", "phone": "0911", "address": "Thôn Đồi, xã Đông Các",
    }  # fmt: skip
    assert "sinh 05/09/1990, nữ" in html and "Hãy so thẻ" in html
    assert all(form[f"c{one.pk}"].value() for one in world.passport.components.all())
    assert not Dossier.objects.exists()


def test_the_card_of_who_brings_it_fills_that_person(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    typed = filled(world, minh, submitter_role="agent", submitter_id_no=CARD)
    form = send(world, minh, typed).context["form"]
    assert (form["submitter_name"].value(), form["submitter_id_no"].value()) == ("Trần Thị Lan", "034190000001")
    assert form["owner_id_no"].value() == "000190000001"


@pytest.mark.parametrize(
    ("card", "words"),
    [
        ("034150000007||Mít|1950|Nữ|Xã A|01012022", "sinh 1950, nữ"),
        ("034190000001||Hương||Nữ|Xã A|", "sinh –, nữ"),
        ("034090000001||Hương|05091990|Nữ|Xã A|01012022", "không khớp năm sinh hoặc giới tính"),
        ("034190000001||", "không đọc được trọn vẹn"),
        ("034190000001||<b>Lan</b>|1990|Nữ|Xã|", "&lt;b&gt;Lan&lt;/b&gt;"),
    ],
)
def test_a_card_is_said_as_it_is(card: str, words: str, world: World, logged_in: LogIn) -> None:
    assert words in ask(logged_in("minh"), card).content.decode()


def test_who_was_here_before_is_known_again_and_the_reading_is_kept(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    send(world, minh, filled(world, minh))
    before = Reading.objects.count()
    html = ask(minh, "000 190 000 001").content.decode()
    assert 'data-phone="0900000001"' in html and 'data-name="Trần Thị Lan"' in html and "1 hồ sơ" in html
    assert Reading.objects.count() == before + 1
    again = minh.post(f"/quay/tiep-nhan/{world.passport.pk}/", {"owner_id_no": "000190000001", "look_up": "1"})
    assert again.context["form"]["owner_address"].value() == "Xã Đông Các, huyện Đông Hưng"


def test_another_unit_knows_nobody_from_here(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    send(world, minh, filled(world, minh))
    before = Reading.objects.count()
    html = ask(logged_in("hien"), "000190000001").content.decode()
    assert "Lan" not in html and "data-name" not in html
    assert Reading.objects.count() == before


def test_only_a_counter_asks_who_somebody_is(world: World, logged_in: LogIn) -> None:
    assert [ask(logged_in(name), CARD).status_code for name in ("lan", "hoa", "quang")] == [404] * 3
    assert logged_in("minh").get("/quay/nguoi/").status_code == 405


def test_all_papers_at_once_are_those_that_are_demanded(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    typed = filled(world, minh, all_papers="on")
    for one in world.passport.components.all():
        del typed[f"c{one.pk}"]
    assert send(world, minh, typed).status_code == 302
    assert Dossier.objects.get().papers.count() == 2


def test_one_more_for_the_same_person_keeps_the_person_and_the_visit(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    send(world, minh, filled(world, minh))
    first = Dossier.objects.get()
    html = assert_good_page(minh.get(f"/quay/tiep-nhan/?q=ho+chieu&cung={first.pk}"))
    address = f"/quay/tiep-nhan/{world.passport.pk}/?cung={first.pk}"
    assert address in html and "Trần Thị Lan" in html
    page = minh.get(address)
    assert page.context["form"]["owner_name"].value() == "Trần Thị Lan"
    typed = filled(world, minh)
    answer = minh.post(address, typed)
    html = assert_good_page(minh.get(answer["Location"]))
    assert html.count("Trần Thị Lan") >= 2 and first.code is not None and first.code in html
    assert_good_page(minh.get("/quay/luot-nay/"))
    send(world, minh, filled(world, minh, owner_name="Nguyễn Văn Bảy", owner_id_no=""))
    assert first.code not in assert_good_page(minh.get("/quay/luot-nay/"))


def test_a_stranger_s_dossier_brings_nobody_s_data(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    send(world, minh, filled(world, minh))
    one = Dossier.objects.get().pk
    for said in (one, "9" * 18, "9" * 30, "x", ""):
        form = logged_in("hien").get(f"/quay/tiep-nhan/{world.commune.pk}/?cung={said}").context["form"]
        assert not form["owner_name"].value()


def test_what_is_usual_here_is_opened_by_a_digit(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    assert "Thường nhận ở đây" not in assert_good_page(minh.get("/quay/tiep-nhan/"))
    send(world, minh, filled(world, minh))
    assert f"/quay/tiep-nhan/{world.passport.pk}/" in assert_good_page(minh.get("/quay/tiep-nhan/"))
    assert f"/quay/tiep-nhan/{world.passport.pk}/" in assert_good_page(minh.get("/quay/tiep-nhan/?q=1"))
    assert f"/quay/tiep-nhan/{world.passport.pk}/" not in assert_good_page(minh.get("/quay/tiep-nhan/?q=7"))
    assert "Thường nhận ở đây" not in assert_good_page(logged_in("hien").get("/quay/tiep-nhan/"))


def test_a_card_in_the_search_box_finds_its_person_s_dossiers(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    send(world, minh, filled(world, minh, owner_id_no="034190000001"))
    answer = minh.get("/quay/tim/", {"q": CARD})
    assert answer.status_code == 302 and f"/{Dossier.objects.get().pk}/" in answer["Location"]


def test_a_session_that_ended_keeps_what_was_typed(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    typed = filled(world, minh, owner_address="Thôn Đoài, không gõ lại")
    minh.session.flush()
    assert send(world, minh, typed).status_code == 302
    assert not Dossier.objects.exists()
    minh.force_login(world.cast.minh, backend="django.contrib.auth.backends.ModelBackend")
    page = minh.get(f"/quay/tiep-nhan/{world.passport.pk}/")
    assert "Thôn Đoài, không gõ lại" in assert_good_page(page)

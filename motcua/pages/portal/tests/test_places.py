"""The place where one hands in is found among 260 as one types it; without JavaScript too; nothing typed is lost."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from motcua.dossiers.models import Draft
from motcua.offices.models import Office
from motcua.offices.reorganise import reorganise
from motcua.pages.portal.places import home_province
from motcua.pages.portal.tests.conftest import Watch
from tests.house.pages import assert_good_page
from tests.world import World

pytestmark = pytest.mark.django_db
ASKED, PAGE = "/thu-tuc/9.000003/noi-nop/", "/thu-tuc/9.000003/nop/"
DONG_CAC = "Ủy ban nhân dân xã Đông Các, huyện Đông Hưng"


def offered(browser: Client, text: str) -> list[str]:
    """The names that are suggested, in their order."""
    html = browser.get(ASKED, {"tim": text}).content.decode()
    return re.findall(r'data-name="(.*?)"', html)


@pytest.mark.parametrize(
    "text", ["xa dong cac", "Đông Các", "dong ca", "dong cac, dong hung", DONG_CAC, "  XÃ ĐÔNG CÁC "]
)
def test_a_commune_is_the_first_that_is_offered(text: str, client: Client, world: World, watch: Watch) -> None:
    assert offered(client, text)[0] == DONG_CAC


def test_a_district_offers_its_communes_and_eight_are_enough(client: Client, world: World, watch: Watch) -> None:
    names = offered(client, "huyen dong hung")
    assert len(names) == 8 and all(name.endswith("huyện Đông Hưng") for name in names)
    assert offered(client, "quang trung") == [
        "Ủy ban nhân dân phường Quang Trung, thành phố Thái Bình",
        "Ủy ban nhân dân xã Quang Trung, huyện Kiến Xương",
    ]
    assert len(offered(client, "xa quang trung")) == 1
    assert offered(client, "thi tran quang trung"), "the kind matters only where something is found with it"


@pytest.mark.parametrize("text", ["", "   ", "zz", "<script>", "%", "\x00", "xa ", "'; drop table"])
def test_nothing_that_is_meant_is_nothing_offered(text: str, client: Client, world: World, watch: Watch) -> None:
    answer = client.get(ASKED, {"tim": text})
    assert answer.status_code == 200 and b"<script" not in answer.content
    assert len(offered(client, text)) <= 8


def test_a_name_that_one_place_has_is_enough(lan: Client, world: World) -> None:
    html = assert_good_page(lan.get(PAGE))
    assert html.count("<option") == 261 and 'data-into="unit"' in html
    assert lan.post(PAGE, {"unit": "", "noi-nop": "xa dong cac"}).status_code == 302
    assert Draft.objects.get().data["office"] == Office.objects.get(name=DONG_CAC).pk


def test_several_of_a_name_are_shown_and_what_was_typed_is_kept(lan: Client, world: World) -> None:
    html = assert_good_page(lan.post(PAGE, {"unit": "", "noi-nop": "quang trung"}), 422)
    assert 'value="quang trung"' in html and html.count("<option") == 3 and "<details open>" in html
    html = assert_good_page(lan.post(PAGE, {"unit": "", "noi-nop": "atlantis"}), 422)
    assert 'value="atlantis"' in html and html.count("<option") == 261 and "Không thấy nơi nộp nào" in html
    assert "Hãy chọn nơi nộp hồ sơ." in assert_good_page(lan.post(PAGE, {"unit": ""}), 422)
    assert not Draft.objects.exists()
    there = Office.objects.get(name="Ủy ban nhân dân xã Quang Trung, huyện Kiến Xương")
    lan.post(PAGE, {"unit": there.pk, "noi-nop": "quang trung"})
    assert Draft.objects.get().data["office"] == there.pk


def test_what_was_found_on_the_page_of_the_procedure_is_chosen_already(lan: Client, world: World) -> None:
    html = assert_good_page(lan.get("/thu-tuc/9.000003/", {"noi": "dong cac"}))
    assert DONG_CAC in html and f"{PAGE}?truong-hop=1&amp;noi-nop=dong%20cac" in html
    assert "Không thấy nơi tiếp nhận nào có tên “atlantis”" in assert_good_page(
        lan.get("/thu-tuc/9.000003/", {"noi": "atlantis"})
    )
    html = assert_good_page(lan.get(PAGE, {"truong-hop": "1", "noi-nop": "dong cac"}))
    assert f'value="{Office.objects.get(name=DONG_CAC).pk}" selected' in html


def test_after_the_reform_an_old_name_finds_what_the_commune_became(lan: Client, world: World, watch: Watch) -> None:
    reorganise(date(2025, 7, 1))
    old = Office.objects.get(name=DONG_CAC)
    watch.set("2025-07-02 09:00")
    assert (home_province(date(2025, 6, 30)), home_province(date(2025, 7, 1))) == ("H54", "H31")
    html = lan.get(ASKED, {"tim": "xa dong cac dong hung"}).content.decode()
    heir = old.successions.get(is_default=True).to_office
    assert f'data-value="{heir.pk}"' in html and "trước là Xã Đông Các, " in html
    html = assert_good_page(lan.post(PAGE, {"noi-nop": "dong cac dong hung"}), 422)
    assert f'<option value="{heir.pk}"' in html, "an old name is shown before it is taken"
    assert not Draft.objects.exists()

"""The oversight's pages: for whom they are, what they show, where their figures lead."""

from __future__ import annotations

import io
import json
from html import unescape
from re import findall
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from motcua.reports.tests.ledger import History, procedure, write
from motcua.reports.tests.test_behind import ledger
from motcua.reports.tests.test_month import ACCEPTED, DUE
from tests.cast import Cast
from tests.house.pages import assert_good_page

__all__ = ["ledger"]
NOVEMBER: dict[str, Any] = {"ky": "2021-11"}
PAGES = ["/dieu-hanh/", "/dieu-hanh/bao-cao/", "/dieu-hanh/qua-han/", "/dieu-hanh/co-quan/?coquan=tu+phap"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def quang(client: Client, ledger: Cast) -> Client:
    client.force_login(ledger.quang, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(client: Client, address: str, status: int = 200, **query: Any) -> str:
    response = client.get(address, query)
    assert response.status_code == status, (address, response.status_code)
    return unescape(response.content.decode())


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_is_well_made(quang: Client, language: str) -> None:
    quang.cookies["django_language"] = language
    for address in (
        *PAGES[:3],
        "/dieu-hanh/bao-cao/?ky=2021-11&theo=field",
        "/dieu-hanh/ho-so/?ky=2021-11&chitieu=new",
    ):
        assert f'lang="{language}"' in assert_good_page(quang.get(address))


def test_others_do_not_know_these_pages(client: Client, ledger: Cast) -> None:
    for name in ("hoa", "minh", "khang", "lan", "yen"):
        client.force_login(getattr(ledger, name), backend="django.contrib.auth.backends.ModelBackend")
        for address in PAGES:
            text_of(client, address, 404)


def test_every_figure_leads_to_as_many_dossiers(quang: Client) -> None:
    page = text_of(quang, "/dieu-hanh/bao-cao/", **NOVEMBER)
    figures = findall(r'<a href="(/dieu-hanh/ho-so/\?[^"]+)">(\d+)<', page)
    assert len(figures) > 20
    for address, count in figures:
        assert text_of(quang, address).count("/ban-lam-viec/ho-so/") == int(count), address


def test_a_head_of_unit_sees_their_own_and_is_told_so(client: Client, ledger: Cast) -> None:
    write(History([ACCEPTED], DUE, competent=ledger.justice, receiving=ledger.commune), procedure())
    client.force_login(ledger.dung, backend="django.contrib.auth.backends.ModelBackend")
    said = json.loads(client.get("/dieu-hanh/bao-cao/tai-ve.json", NOVEMBER).content)
    assert (said["limited"], said["total"]["figures"]["new"]) == (True, 3)
    assert "mà bạn được xem" in text_of(client, "/dieu-hanh/bao-cao/", **NOVEMBER)
    text_of(client, "/dieu-hanh/bao-cao/", 404, coquan=ledger.justice.code, **NOVEMBER)


def test_an_office_is_found_by_words_without_marks(quang: Client, ledger: Cast) -> None:
    page = text_of(quang, "/dieu-hanh/bao-cao/", coquan="so tu phap", **NOVEMBER)
    assert f"<h2>{ledger.justice.name}:" in page
    many = text_of(quang, "/dieu-hanh/bao-cao/", coquan="xa dong", **NOVEMBER)
    assert "Chọn một cơ quan" in many
    text_of(quang, "/dieu-hanh/bao-cao/", 422, coquan="không đâu có", **NOVEMBER)
    assert ledger.justice.code in text_of(quang, "/dieu-hanh/co-quan/", coquan="tu phap")


@pytest.mark.parametrize(
    "query", [{"ky": "2021-13"}, {"tu": "2021-11-01"}, {"tu": "2021-11-02", "den": "2021-11-01"}, {"theo": "sao"}]
)
def test_a_question_that_can_not_be_answered_keeps_what_was_typed(quang: Client, query: dict[str, str]) -> None:
    page = text_of(quang, "/dieu-hanh/bao-cao/", 422, **query)
    for value in query.values():
        assert value == "sao" or f'value="{value}"' in page


def test_the_downloads_say_the_same(quang: Client) -> None:
    said = json.loads(quang.get("/dieu-hanh/bao-cao/tai-ve.json", NOVEMBER).content)
    file = quang.get("/dieu-hanh/bao-cao/tai-ve.xlsx", NOVEMBER)
    assert 'filename="bao-cao-2021-11.xlsx"' in file["Content-Disposition"]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file.content)).get_sheet_by_index(0).to_python()
    assert rows[-1][3] == said["total"]["figures"]["new"]
    listed = quang.get("/dieu-hanh/ho-so/tai-ve.xlsx", {**NOVEMBER, "chitieu": "open_late"})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(listed.content)).get_sheet_by_index(0).to_python()
    assert len(sheet) - 3 == said["total"]["figures"]["open_late"]


def test_late_dossiers_say_where_and_how_long(quang: Client, ledger: Cast) -> None:
    page = text_of(quang, "/dieu-hanh/qua-han/")
    assert ledger.center.name in page
    assert findall(r"days-late\">\d+ ngày", page)
    text_of(quang, "/dieu-hanh/qua-han/", 404, chitieu="new")
    text_of(quang, "/dieu-hanh/ho-so/", 404, chitieu="nonsense", **NOVEMBER)

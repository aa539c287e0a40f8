"""The pages of statutory forms: for whom they are, what they show, where their figures lead."""

from __future__ import annotations

import io
import json
from html import unescape
from re import findall, sub
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from motcua.pages.oversight.statutory.forms import month_of_report
from motcua.readings.models import Reading
from motcua.reports.models import LateCause
from motcua.reports.statutory.forms import FORMS
from motcua.reports.statutory.tests.test_filling import ledger
from tests.cast import Cast
from tests.house.pages import assert_good_page

__all__ = ["ledger"]
pytestmark = pytest.mark.django_db
PAGE = "/dieu-hanh/bieu-mau/"


def browser(client: Client, account: Any) -> Client:
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(client: Client, address: str, status: int = 200, **query: Any) -> str:
    response = client.get(address, query)
    assert response.status_code == status, (address, response.status_code)
    return unescape(response.content.decode())


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", list(FORMS))
def test_every_form_is_a_good_page(client: Client, ledger: Cast, code: str, language: str) -> None:
    client = browser(client, ledger.quang)
    client.cookies["django_language"] = language
    page = assert_good_page(client.get(PAGE, {"bieu": code, "ky": "2021-11"}))
    assert FORMS[code].number in page and f'lang="{language}"' in page


@pytest.mark.parametrize("code", ["II.06a", "II.06b", "II.06c", "II.06dd", "II.06g", "07a"])
def test_every_figure_leads_to_as_many_dossiers(client: Client, ledger: Cast, code: str) -> None:
    client = browser(client, ledger.quang)
    page = text_of(client, PAGE, bieu=code, ky="2021-11")
    figures = findall(r'<a href="(/dieu-hanh/bieu-mau/danh-sach/\?[^"]+)">(\d+)<', page)
    assert len(figures) >= 4
    for address, count in figures:
        listed = text_of(client, address)
        assert listed.count("/ban-lam-viec/ho-so/") == int(count), address
        rows = client.get(address.replace("danh-sach/", "danh-sach/tai-ve.xlsx")).content
        assert len(CalamineWorkbook.from_filelike(io.BytesIO(rows)).get_sheet_by_index(0).to_python()) == int(count) + 3


def test_a_list_that_is_taken_away_is_noted(client: Client, ledger: Cast) -> None:
    client = browser(client, ledger.quang)
    before = Reading.objects.count()
    assert client.get(f"{PAGE}danh-sach/tai-ve.xlsx", {"ky": "2021-11", "cot": "3"}).status_code == 200
    assert Reading.objects.count() == before + 8


def test_others_do_not_know_these_pages(client: Client, ledger: Cast) -> None:
    for name in ("hoa", "minh", "khang", "lan", "yen"):
        browser(client, getattr(ledger, name))
        for tail in ("", "tai-ve.xlsx", "tai-ve.pdf", "tai-ve.json", "danh-sach/", "so-theo-doi.pdf"):
            text_of(client, PAGE + tail, 404, ky="2021-11", cot="3")


def test_bad_questions_are_answered_with_a_sentence(client: Client, ledger: Cast) -> None:
    client = browser(client, ledger.quang)
    assert "Không hiểu kỳ báo cáo" in text_of(client, PAGE, 422, ky="2021-99")
    text_of(client, PAGE, 422, bieu="II.99", ky="2021-11")
    text_of(client, f"{PAGE}tai-ve.pdf", 422, bieu="II.99", ky="2021-11")
    for bad in (
        {"cot": "99"},
        {"cot": "3", "dong": "1", "nhom": "x"},
        {"cot": "3", "bieu": "II.06b", "dong": "x", "nhom": "office"},
    ):
        text_of(client, f"{PAGE}danh-sach/", 404, ky="2021-11", **bad)
    # Rows that a form does not have are shown as the form has them.
    assert "Lĩnh vực giải quyết" in text_of(client, PAGE, ky="2021-11", theo="level")


def test_files_are_in_the_words_of_the_law(client: Client, ledger: Cast) -> None:
    client = browser(client, ledger.quang)
    client.cookies["django_language"] = "en"
    asked = {"bieu": "II.06a", "ky": "2021-11"}
    pdf = client.get(f"{PAGE}tai-ve.pdf", asked).content
    said = sub(r"\s+", " ", "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))
    assert "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH" in said
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{PAGE}tai-ve.xlsx", asked).content))
    assert book.sheet_names == ["Biểu", "Kiểm tra"]
    data = json.loads(client.get(f"{PAGE}tai-ve.json", asked).content)
    assert data["form"]["title"].startswith("TÌNH HÌNH") and data["total"]["3"] == 8


def test_the_register_is_for_whoever_answers_for_the_unit(client: Client, ledger: Cast) -> None:
    """It says where applicants live and how they are called: who oversees the unit sees its figures, not that."""
    address = f"{PAGE}so-theo-doi.pdf"
    asked: dict[str, Any] = {"ky": "2021-11", "coquan": ledger.center.code}
    client = browser(client, ledger.quang)
    assert "Bộ phận Một cửa" in text_of(client, address, 422, ky="2021-11", coquan=ledger.justice.code)
    assert "chỉ người của nơi tiếp nhận" in text_of(client, address, 403, **asked)
    assert "so-theo-doi.pdf" not in text_of(client, PAGE, **asked) and not Reading.objects.exists()
    client = browser(client, ledger.dung)
    assert "so-theo-doi.pdf" in text_of(client, PAGE, **asked)
    assert client.get(address, asked).content.startswith(b"%PDF") and Reading.objects.count() == 6


def test_the_periods_of_the_decree_stand_on_the_page(client: Client, ledger: Cast) -> None:
    from datetime import date

    page = text_of(browser(client, ledger.quang), PAGE, ky="2021-Q2", chot="nd09")
    assert "Quý II năm 2021 (từ ngày 15/03/2021 đến ngày 14/06/2021)" in page
    for words in ("Quý này", "Quý trước", "6 tháng đầu năm", "9 tháng", "Năm nay"):
        assert f">{words}</a>" in page
    assert month_of_report(date(2021, 12, 14)) == (2021, 12) and month_of_report(date(2021, 12, 15)) == (2022, 1)


def test_a_leader_says_why_and_the_form_counts_it(client: Client, ledger: Cast) -> None:
    client = browser(client, ledger.son)
    listed = text_of(client, "/dieu-hanh/nguyen-nhan/", ky="2021-11")
    address = findall(r'href="(/dieu-hanh/nguyen-nhan/\d+/)"', listed)[0]
    assert "Trường này" in text_of_post(client, address, {"cause": "workload", "words": " "}, 422)
    said = {"cause": "workload", "words": "Ba người nghỉ ốm", "proposal": "Điều động thêm một người"}
    assert client.post(address, said).status_code == 302
    assert_good_page(client.get(address))
    form = json.loads(
        browser(client, ledger.quang).get(f"{PAGE}tai-ve.json", {"bieu": "II.06g", "ky": "2021-11"}).content
    )
    rows = {row["name"]: (row["values"]["3"], row["words"]) for row in form["rows"]}
    assert rows[ledger.commune.name] == (
        1,
        ["Số lượng hồ sơ lớn, thiếu người", "Ba người nghỉ ốm", "Điều động thêm một người"],
    )
    assert rows[ledger.justice.name] == (1, ["Chưa có nguyên nhân", "", ""])
    assert LateCause.objects.count() == 1


def text_of_post(client: Client, address: str, said: dict[str, str], status: int) -> str:
    response = client.post(address, said)
    assert response.status_code == status
    return unescape(response.content.decode())

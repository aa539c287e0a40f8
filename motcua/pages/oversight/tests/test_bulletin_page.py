"""The bulletin's page and files: for whom, what they show, where their figures lead."""

from __future__ import annotations

from html import unescape
from re import findall
from typing import Any

import pytest
from django.test import Client

from motcua.pages.oversight.tests.test_report_pages import NOVEMBER, quang, text_of
from motcua.reports.tests.ledger import History, procedure, write
from motcua.reports.tests.test_behind import ledger
from motcua.reports.tests.test_month import ACCEPTED, DUE
from motcua.reports.texts.checking import check_text
from motcua.reports.texts.reading import read
from tests.cast import Cast
from tests.house.pages import assert_good_page

__all__ = ["ledger", "quang"]
PAGE = "/dieu-hanh/ban-tin/"
FILES = (f"{PAGE}tai-ve.docx", f"{PAGE}tai-ve.pdf")
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_is_well_made(quang: Client, language: str) -> None:
    quang.cookies["django_language"] = language
    assert f'lang="{language}"' in assert_good_page(quang.get(PAGE, NOVEMBER))


def test_every_figure_leads_to_as_many_dossiers(quang: Client) -> None:
    page = text_of(quang, PAGE, **NOVEMBER)
    figures = findall(r'<a href="(/dieu-hanh/ho-so/\?[^"]+)">([\d.]+)<', page)
    assert len(figures) > 15
    for address, count in figures:
        assert text_of(quang, address).count("/ban-lam-viec/ho-so/") == int(count), address


def test_the_page_holds_under_the_checker(quang: Client, tmp_path: Any) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(quang.get(PAGE, NOVEMBER).content)
    assert check_text(read(file)).mistakes == []


def test_the_document_holds_under_the_checker(quang: Client, tmp_path: Any) -> None:
    file = tmp_path / "bulletin.docx"
    file.write_bytes(quang.get(FILES[0], NOVEMBER).content)
    checked = check_text(read(file))
    assert (checked.mistakes, checked.figures > 20) == ([], True)


def test_others_do_not_know_it(client: Client, ledger: Cast) -> None:
    for name in ("hoa", "minh", "khang", "lan", "yen"):
        client.force_login(getattr(ledger, name), backend="django.contrib.auth.backends.ModelBackend")
        for address in (PAGE, *FILES):
            text_of(client, address, 404, **NOVEMBER)


def test_a_head_of_unit_sees_their_own_and_is_told_so(client: Client, ledger: Cast) -> None:
    write(History([ACCEPTED], DUE, competent=ledger.justice, receiving=ledger.commune), procedure())
    client.force_login(ledger.dung, backend="django.contrib.auth.backends.ModelBackend")
    page = text_of(client, PAGE, **NOVEMBER)
    assert "mà bạn được xem" in page
    assert "tiếp nhận mới <a" in page and ">3</a>" in page
    for address in (PAGE, *FILES):
        text_of(client, address, 404, coquan=ledger.justice.code, **NOVEMBER)


def test_whose_dossiers_follows_the_kind_of_office(quang: Client, ledger: Cast) -> None:
    centre = text_of(quang, PAGE, coquan=ledger.center.code, **NOVEMBER)
    assert "noi=receiving" in centre
    justice = text_of(quang, PAGE, coquan=ledger.justice.code, **NOVEMBER)
    assert "noi=competent" in justice
    assert "noi=receiving" in text_of(quang, PAGE, coquan=ledger.justice.code, noi="receiving", **NOVEMBER)


def test_files_carry_their_period(quang: Client) -> None:
    for address, kind in zip(FILES, ("wordprocessingml", "application/pdf"), strict=True):
        response = quang.get(address, NOVEMBER)
        assert (response.status_code, kind in response["Content-Type"]) == (200, True)
        assert "ban-tin-2021-11." in response["Content-Disposition"]
        assert quang.get(address, {"ky": "2021-13"}).status_code == 422


def test_a_wrong_period_keeps_what_was_typed(quang: Client) -> None:
    assert 'value="2021-13"' in text_of(quang, PAGE, 422, ky="2021-13")


def test_an_empty_period_is_told_in_words(quang: Client) -> None:
    page = unescape(text_of(quang, PAGE, ky="1999-01"))
    assert "không có hồ sơ nào phải giải quyết" in page
    assert "<svg" not in page.split("bulletin-title")[1]

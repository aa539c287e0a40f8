"""Closing a month on the pages: who may, what is said, and where its figures lead."""

from __future__ import annotations

import json
from html import unescape
from re import findall

import pytest
from django.test import Client

from motcua.base.times import day_of, now
from motcua.pages.oversight.tests.test_report_pages import quang, text_of
from motcua.reports.models import PeriodClose
from motcua.reports.tests.ledger import History, S, clock, procedure, write
from motcua.reports.tests.test_behind import ledger
from tests.cast import Cast
from tests.house.pages import assert_good_page

__all__ = ["ledger", "quang"]
pytestmark = pytest.mark.django_db
NEW = "/dieu-hanh/chot/moi/?ky=2021-11"


def closed(browser: Client, **words: str) -> PeriodClose:
    answer = browser.post(NEW, words)
    assert answer.status_code == 302, unescape(answer.content.decode())[-2000:]
    return PeriodClose.objects.latest("number")


def found_later(ledger: Cast) -> None:
    history = History(
        [(clock("2021-11-20 08:00"), S.ACCEPTED)], clock("2021-11-26 17:00"),
        competent=ledger.justice, receiving=ledger.center,
    )  # fmt: skip
    write(history, procedure())


def test_a_month_is_closed_and_every_frozen_figure_opens_its_dossiers(quang: Client) -> None:
    assert "kỳ này chưa chốt" in text_of(quang, "/dieu-hanh/bao-cao/?ky=2021-11")
    assert_good_page(quang.get(NEW))
    one = closed(quang)
    page = assert_good_page(quang.get(f"/dieu-hanh/chot/{one.pk}/"))
    figures = findall(r'<a href="(/dieu-hanh/chot/[^"]+)">(\d+)<', unescape(page))
    assert len(figures) > 20
    for address, count in figures:
        listed = assert_good_page(quang.get(address))
        assert listed.count("/ban-lam-viec/ho-so/") == int(count), address
    assert "đã chốt lần 1" in text_of(quang, "/dieu-hanh/bao-cao/?ky=2021-11")
    assert str(one.period) in text_of(quang, "/dieu-hanh/chot/")
    data = json.loads(quang.get(f"/dieu-hanh/chot/{one.pk}/tai-ve.json").content)
    assert data["close"]["digest"] == one.digest and data["total"]["figures"]["new"] > 0


def test_a_second_close_asks_for_its_reason_and_the_two_are_compared(quang: Client, ledger: Cast) -> None:
    first = closed(quang)
    assert "Không có gì khác." in assert_good_page(quang.get(f"/dieu-hanh/chot/{first.pk}/so-sanh/"))
    found_later(ledger)
    page = assert_good_page(quang.get(f"/dieu-hanh/chot/{first.pk}/so-sanh/"))
    for address in set(findall(r'href="(/dieu-hanh/chot/[^"]+ho-so/[^"]+)"', unescape(page))):
        assert "Thêm vào" in assert_good_page(quang.get(address))
    answer = quang.post(NEW, {"reason": " "})
    assert answer.status_code == 422 and "cần nêu lý do" in unescape(answer.content.decode())
    second = closed(quang, reason="Nhập bổ sung hồ sơ giấy")
    page = assert_good_page(quang.get(f"/dieu-hanh/chot/{first.pk}/so-sanh/?voi={second.pk}"))
    assert "Nhập bổ sung hồ sơ giấy" in page
    assert "Không có gì khác." in text_of(quang, f"/dieu-hanh/chot/{second.pk}/so-sanh/")


def test_what_cannot_be_closed_says_why(quang: Client) -> None:
    running = f"/dieu-hanh/chot/moi/?ky={day_of(now()).year}"
    assert "Kỳ chưa kết thúc" in assert_good_page(quang.get(running))
    assert "chưa bắt đầu" in assert_good_page(quang.get("/dieu-hanh/chot/moi/?ky=2999-01"), 422)
    answer = quang.post(running, {})
    assert answer.status_code == 422 and "Kỳ chưa kết thúc" in unescape(answer.content.decode())
    assert quang.get("/dieu-hanh/chot/moi/?ky=2021-11&coquan=H54.00.00").status_code == 422
    assert quang.get("/dieu-hanh/chot/moi/?ky=bao-gio").status_code == 422
    one = closed(quang)
    for rest in ("999/", f"{one.pk}/so-sanh/?voi=999", f"{one.pk}/ho-so/?chitieu=x", f"{one.pk}/ho-so/?dong=x"):
        text_of(quang, f"/dieu-hanh/chot/{one.pk + 1}/" if rest == "999/" else f"/dieu-hanh/chot/{rest}", 404)


def test_who_oversees_another_office_does_not_see_the_close(quang: Client, ledger: Cast) -> None:
    one = closed(quang)
    quang.force_login(ledger.dung, backend="django.contrib.auth.backends.ModelBackend")
    text_of(quang, f"/dieu-hanh/chot/{one.pk}/", 404)
    assert str(one.period) not in text_of(quang, "/dieu-hanh/chot/")

"""Paying by the dossier's link: what is owed, off to the gateway, and back; nothing that a browser says is believed.

Law: ND61-2018 22
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.test import Client

from motcua.dossiers.acts import ending, submission
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.purse import MORNING, bill_of, book, paid_procedure
from motcua.fees.models import Receipt
from motcua.fees.rules import set_reduction
from motcua.pages.conftest import WallClock
from motcua.pages.portal.paying import pay_address
from motcua.payments.models import Order, Told
from motcua.payments.tests.server import Bank, bank, set_up, sign
from tests.house.pages import assert_good_page
from tests.world import World, moment

pytestmark = pytest.mark.django_db
NOTICE = "/thanh-toan/xac-nhan/"


@pytest.fixture
def gateway(db: None, settings: Any) -> Iterator[Bank]:
    with bank() as server:
        set_up(settings, server)
        yield server


@pytest.fixture
def owing(world: World, clock: WallClock) -> Dossier:
    book(world)
    words: dict[str, Any] = {"basis": "TT 117/2026/TT-BTC", "set_by": "Quang", "at": moment("2021-01-01 08:00")}
    days: dict[str, Any] = {"valid_from": date(2021, 10, 1), "valid_to": date(2021, 12, 1)}
    set_reduction("Nộp trực tuyến", percent=Decimal(50), kinds=["PHI"], channels=[2], **days, **words)
    intake = world.online(case_id=paid_procedure().pk, papers=())
    return submission.submit(intake, actor=world.actor("lan"), at=moment(MORNING))


def at(dossier: Dossier) -> str:
    return pay_address(dossier.submission_no, dossier.secret)


def sent_off(client: Client, dossier: Dossier) -> dict[str, str]:
    """Press pay; what the gateway is told."""
    answer: Any = client.post(at(dossier), {"pay": "1"})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return dict(parse_qsl(urlsplit(answer.url).query))


def notice(fields: dict[str, str], **more: Any) -> Any:
    body = urlencode(fields)
    kind = "application/x-www-form-urlencoded"
    return Client(enforce_csrf_checks=True).post(NOTICE, body, content_type=kind, **more)


def test_the_page_says_what_is_owed_and_why(gateway: Bank, owing: Dossier) -> None:
    page = Client().get(at(owing))
    html = assert_good_page(page)
    assert "100.000 đồng" in html and "TT 117/2026/TT-BTC" in html and "Thanh toán trực tuyến" in html
    assert owing.owner_name not in html and owing.owner_id_no not in html
    assert f"form-action 'self' {gateway.address}" in page.headers["Content-Security-Policy"]
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_a_wrong_link_is_no_page(gateway: Bank, owing: Dossier) -> None:
    other = pay_address(owing.submission_no, "22222222")
    for address in (other, f"{other}bien-lai-1.pdf", at(owing).replace("TN-", "TN-2")):
        assert Client().get(address).status_code == 404
        assert Client().post(address, {"pay": "1"}).status_code in (404, 405)
    assert Order.objects.count() == 0


def test_off_to_the_gateway_with_signed_words_and_nothing_personal(gateway: Bank, owing: Dossier) -> None:
    words = sent_off(Client(), owing)
    assert sign(words) == words
    assert (words["SoTien"], words["LoaiTien"]) == ("100000", "VND")
    assert words["UrlTraVe"] == f"http://testserver{at(owing)}"
    said = " ".join(words.values())
    assert owing.owner_name not in said and owing.owner_id_no not in said and owing.secret not in said
    assert sent_off(Client(), owing)["MaThamChieu"] == words["MaThamChieu"], "a second click is the same order"
    assert Order.objects.get().by is None


def test_what_the_browser_brings_back_is_not_believed(gateway: Bank, owing: Dossier) -> None:
    number = sent_off(Client(), owing)["MaThamChieu"]
    gateway.orders[number] = {"SoTien": "100000"}
    gateway.taken[number] = "GD1"
    back = gateway.word(number, "TRA_VE")
    html = assert_good_page(Client().get(f"{at(owing)}?{urlencode(back)}"))
    assert "đang chờ cổng thanh toán xác nhận" in html and 'hx-trigger="every 4s"' in html
    assert notice(back).status_code == 403, "nor does it pass for the gateway's own word"
    assert (bill_of(owing).state, Told.objects.count()) == ("unpaid", 0)


def test_the_gateway_s_own_word_brings_the_receipt_at_once(
    gateway: Bank, owing: Dossier, logged_in: Callable[[str], Client]
) -> None:
    number = sent_off(Client(), owing)["MaThamChieu"]
    gateway.orders[number] = {"SoTien": "100000"}
    gateway.taken[number] = "GD1"
    answer = notice(gateway.word(number))
    assert (answer.status_code, answer.json(), answer.cookies) == (200, {"MaLoi": "00"}, {})
    assert notice(gateway.word(number)).json() == {"MaLoi": "02"}
    html = assert_good_page(Client().get(at(owing)))
    assert "Đã nộp đủ" in html and "0000001" in html and "hx-trigger" not in html
    pdf = Client().get(f"{at(owing)}bien-lai-{Receipt.objects.get().pk}.pdf")
    assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-")
    lan = logged_in("lan")
    for page in (f"/ho-so/{owing.submission_no}/", f"/ho-so/{owing.submission_no}/da-nop/"):
        assert "0000001" in assert_good_page(lan.get(page))
    words = {"code": owing.submission_no, "secret": owing.secret}
    assert "0000001" in assert_good_page(Client().post("/ho-so/tra-cuu/", words))
    assert "0000001" not in assert_good_page(Client().get(f"/ho-so/tra-cuu/?ma={owing.submission_no}"))


def test_who_has_no_account_comes_to_pay_from_the_tracking_page(gateway: Bank, owing: Dossier) -> None:
    html = assert_good_page(Client().post("/ho-so/tra-cuu/", {"code": owing.submission_no, "secret": owing.secret}))
    assert at(owing) in html and "100.000 đồng" in html
    assert at(owing) not in assert_good_page(Client().get(f"/ho-so/tra-cuu/?ma={owing.submission_no}"))


def test_asking_by_hand_finds_a_lost_confirmation(gateway: Bank, owing: Dossier, clock: WallClock) -> None:
    number = sent_off(Client(), owing)["MaThamChieu"]
    gateway.orders[number] = {"SoTien": "100000"}
    clock("2021-11-01 11:01")
    Client().post(at(owing), {"ask": "1"})
    assert (bill_of(owing).state, gateway.asked) == ("unpaid", [number])
    gateway.taken[number] = "GD1"
    Client().post(at(owing), {"ask": "1"})
    assert gateway.asked == [number], "not twice within seconds"
    clock("2021-11-01 11:02")
    assert "Đã nộp đủ" in assert_good_page(Client().post(at(owing), {"ask": "1"}, follow=True))


def test_a_gateway_that_does_not_answer_is_said(gateway: Bank, owing: Dossier) -> None:
    sent_off(Client(), owing)
    gateway.deaf = True
    html = assert_good_page(Client().post(at(owing), {"ask": "1"}, follow=True))
    assert "bạn không phải nộp lần nữa" in html


def test_cancelled_at_the_gateway_one_may_pay_again(gateway: Bank, owing: Dossier) -> None:
    number = sent_off(Client(), owing)["MaThamChieu"]
    gateway.orders[number] = {"SoTien": "100000"}
    gateway.cancelled.add(number)
    assert notice(gateway.word(number)).json() == {"MaLoi": "00"}
    assert "không trừ tiền" in assert_good_page(Client().get(at(owing)))
    assert sent_off(Client(), owing)["MaThamChieu"] != number


def test_without_a_gateway_the_page_says_how_to_pay_at_the_counter(owing: Dossier) -> None:
    html = assert_good_page(Client().get(at(owing)))
    assert "Hiện chưa nhận thanh toán trực tuyến" in html and owing.receiving_office.name in html
    assert 'name="pay"' not in html
    assert_good_page(Client().post(at(owing), {"pay": "1"}), 409)
    assert notice({"MaLoi": "00"}).status_code == 404


def test_of_an_ended_dossier_nothing_is_asked(gateway: Bank, world: World, owing: Dossier) -> None:
    ending.withdraw(owing.pk, reason="Đổi ý", actor=world.actor("lan"), at=moment("2021-11-01 09:00"))
    assert "Không còn khoản nào phải nộp" in assert_good_page(Client().get(at(owing)))
    assert_good_page(Client().post(at(owing), {"pay": "1"}), 409)


def test_what_is_no_word_of_the_gateway_is_refused_and_slowed_down(gateway: Bank, owing: Dossier) -> None:
    number = sent_off(Client(), owing)["MaThamChieu"]
    gateway.orders[number] = {"SoTien": "100000"}
    gateway.taken[number] = "GD1"
    good = gateway.word(number)
    gateway.forge = True
    bad = [gateway.word(number), {}, {**good, "X": "1" * 20_000}, {**good, "SoTien": "1\0"}]
    assert [notice(fields).status_code for fields in bad] == [403] * 4
    assert Client().post(NOTICE, b"\xff=1", content_type="text/plain").status_code == 403
    assert notice(bad[0]).status_code == 429, "five wrong ones, and that address waits"
    assert Client().get(NOTICE).status_code == 405
    assert notice(good).json() == {"MaLoi": "00"}, "the gateway's own word always gets through"

"""Online payments at the counter: a day side by side, what has to go back, and who sees which of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.fees.models import Entry, Receipt, ReceiptBook
from motcua.pages.conftest import WallClock
from motcua.payments.confirming import take
from motcua.payments.kinds import Through
from motcua.payments.models import GivenBack, Outcome
from motcua.payments.reconciling import day_of_payments
from tests.house.pages import assert_good_page
from tests.house.stage_money import money
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
PAGE = "/quay/thanh-toan-truc-tuyen/"
Browsers = Callable[[str], Client]


def stranger(ref: str = "GD-LA", amount: str = "70000") -> None:
    """Money for an order that nobody made."""
    words = {
        "MaThamChieu": "TT-LA",
        "TrangThai": "DA_THANH_TOAN",
        "MaGiaoDich": ref,
        "SoTien": amount,
        "LoaiTien": "VND",
    }
    take(words, through=Through.NOTICE, at=moment("2021-11-01 09:30"))


def test_what_has_to_go_back_is_recorded_once(world: World, logged_in: Browsers) -> None:
    dossier = reread(money(world, "paid_twice"))
    outcome = Outcome.objects.get()
    minh = logged_in("minh")
    html = assert_good_page(minh.get(PAGE))
    assert "150.000 đồng" in html and str(dossier) in html and "Không còn khoản nào phải nộp" in html
    address = f"{PAGE}{outcome.pk}/hoan/"
    assert_good_page(minh.get(address))
    words = {"way": "transfer", "document": "UNC 12", "reason": "Nộp hai lần"}
    html = assert_good_page(minh.post(address, {**words, "document": " "}), 422)
    assert "Nộp hai lần" in html, "what was typed is kept"
    assert "Đã ghi việc hoàn 150.000 đồng" in assert_good_page(minh.post(address, words, follow=True))
    assert minh.post(address, words).status_code == 404
    row = GivenBack.objects.get()
    assert (row.way, row.document, row.by) == ("transfer", "UNC 12", world.cast.minh)
    assert "đã hoàn" in assert_good_page(minh.get(PAGE))


@pytest.mark.parametrize("name", ["lan", "hoa", "quang", "hien", "hanh", "khang", "yen"])
def test_nobody_else_sees_or_gives_back(name: str, world: World, logged_in: Browsers) -> None:
    dossier = reread(money(world, "paid_twice"))
    client, address = logged_in(name), f"{PAGE}{Outcome.objects.get().pk}/hoan/"
    assert client.get(address).status_code == 404
    assert client.post(address, {"way": "cash", "document": "1", "reason": "x"}).status_code == 404
    page = client.get(PAGE)
    assert page.status_code == (200 if name in ("hien", "hanh", "yen") else 404)
    assert str(dossier) not in page.content.decode() and GivenBack.objects.count() == 0


def test_money_that_nobody_knows_is_the_administrator_s(world: World, logged_in: Browsers) -> None:
    stranger()
    assert "70.000 đồng" in assert_good_page(logged_in("yen").get(PAGE))
    assert "70.000" not in assert_good_page(logged_in("minh").get(PAGE))
    address = f"{PAGE}{Outcome.objects.get().pk}/hoan/"
    words = {"way": "gateway", "document": "HT-1", "reason": "Không rõ lệnh"}
    assert logged_in("minh").post(address, words).status_code == 404
    assert logged_in("yen").post(address, words).status_code == 302


def test_a_confidential_dossier_has_no_code_here_and_its_money_counts(world: World, logged_in: Browsers) -> None:
    dossier = reread(money(world, "paid_twice"))
    Dossier.objects.filter(pk=dossier.pk).update(confidential_to=[world.cast.hoa.pk], holder=world.cast.hoa)
    html = assert_good_page(logged_in("minh").get(PAGE))
    assert str(dossier) not in html and "150.000" in html
    assert "/hoan/" not in html


def test_a_day_that_somebody_bent_is_shown_and_not_mended(
    world: World, logged_in: Browsers, capsys: pytest.CaptureFixture[str]
) -> None:
    money(world, "paid_twice")
    day = moment("2021-11-01 12:00").date()
    assert day_of_payments(day, None).differing == []
    call_command("payments", "day", "2021-11-01")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE payments_outcome DISABLE TRIGGER USER")
        cursor.execute("UPDATE payments_outcome SET back_vnd = 1")
        cursor.execute("ALTER TABLE payments_outcome ENABLE TRIGGER USER")
    (row,) = day_of_payments(day, None).differing
    assert row.faults == ["Ghi sổ cộng phải hoàn khác số tiền cổng báo"]
    assert day_of_payments(day, None).totals["difference_vnd"] == 149_999
    html = assert_good_page(logged_in("minh").get(f"{PAGE}?ngay=2021-11-01"))
    assert "Chỗ chưa khớp" in html and "149.999" in html
    with pytest.raises(SystemExit):
        call_command("payments", "day", "2021-11-01")
    with pytest.raises(SystemExit):
        call_command("payments", "day", "2021-11-01", "--json")
    assert "149999" in capsys.readouterr().out


def test_what_an_officer_books_as_paid_by_gateway_is_shown_without_the_gateway_s_word(world: World) -> None:
    from motcua.dossiers.tests.purse import pay

    pay(world, money(world, "unpaid"), at="2021-11-01 09:30", way="gateway", reference="PG-7")
    found = day_of_payments(moment("2021-11-01 12:00").date(), None)
    (row,) = found.differing
    assert row.faults == ["Có trong sổ thu, cổng thanh toán không báo"]
    assert (found.totals["ledger_vnd"], found.totals["difference_vnd"]) == (150_000, -150_000)
    assert row.receipt_id == Receipt.objects.get().pk


@pytest.mark.parametrize("text", ["", "x", "2021-13-01", "0001-01-01", "9999-12-31"])
def test_any_day_is_a_page(text: str, world: World, logged_in: Browsers, clock: WallClock) -> None:
    answer: Any = logged_in("minh").get(PAGE, {"ngay": text})
    assert_good_page(answer)
    assert "không báo khoản nào" in answer.content.decode()


def test_a_receipt_that_was_missing_is_written_from_the_list(world: World, logged_in: Browsers) -> None:
    dossier = reread(money(world, "unreceipted"))
    minh = logged_in("minh")
    html = assert_good_page(minh.get(PAGE))
    assert "Viết biên lai" in html and str(dossier) in html
    address = f"{PAGE}bien-lai/{Entry.objects.filter(kind='paid').earliest('id').pk}/"
    assert "150.000 đồng" in assert_good_page(minh.get(address))
    html = assert_good_page(minh.post(address, follow=True))
    receipt = Receipt.objects.get()
    assert f"Đã viết biên lai {receipt}" in html
    assert minh.get(f"/quay/bien-lai/{receipt.pk}.pdf").status_code == 200
    assert minh.post(address).status_code == minh.get(address).status_code == 404
    assert "Viết biên lai" not in assert_good_page(minh.get(PAGE))


def test_without_a_book_the_page_says_so_and_writes_nothing(world: World, logged_in: Browsers) -> None:
    money(world, "unreceipted")
    ReceiptBook.objects.update(closed_on=moment("2021-11-01 08:00").date())
    minh = logged_in("minh")
    address = f"{PAGE}bien-lai/{Entry.objects.filter(kind='paid').earliest('id').pk}/"
    assert "đã dùng hết số" in assert_good_page(minh.get(address))
    assert "đã dùng hết số" in assert_good_page(minh.post(address), 409)
    assert not Receipt.objects.exists()

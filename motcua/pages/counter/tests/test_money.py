"""Money at the counter: taken with a receipt, the day closed, the quarter settled; and the post's next hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.acts import fees, handover
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.lives import finished
from motcua.dossiers.tests.purse import bill_of, book, paid_procedure, pay, rule, taken_in
from motcua.fees.models import CashClose, Receipt, ReceiptBook
from motcua.pages.conftest import WallClock
from motcua.post.models import Parcel
from tests.house.pages import assert_good_page
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]


def test_minh_takes_the_money_and_prints_the_receipt(world: World, logged_in: LogIn) -> None:
    book(world)
    dossier = taken_in(world, paid_procedure())
    minh = logged_in("minh")
    assert f"/quay/ho-so/{dossier.pk}/phi/" in assert_good_page(minh.get(f"/quay/ho-so/{dossier.pk}/da-tiep-nhan/"))
    address = f"/quay/ho-so/{dossier.pk}/thu-phi/"
    page = minh.get(address)
    assert "150.000 đồng" in assert_good_page(page)
    form = page.context["form"]
    typed = {name: form[name].value() for name in ("seen", "reference", "way", "payer_name")}
    assert minh.post(address, typed)["Location"] == f"/quay/ho-so/{dossier.pk}/phi/"
    assert minh.post(address, typed).status_code == 302
    receipt = Receipt.objects.get()
    html = assert_good_page(minh.get(f"/quay/ho-so/{dossier.pk}/phi/"))
    assert "0000001" in html and "Đã nộp đủ" in html
    answer = minh.get(f"/quay/bien-lai/{receipt.pk}.pdf")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert minh.post(address, {**typed, "reference": "khác"}).status_code == 409


def test_the_fee_is_taken_while_the_dossier_is_taken_in(world: World, logged_in: LogIn) -> None:
    rule("before")
    book(world)
    case = paid_procedure()
    minh = logged_in("minh")
    address = f"/quay/tiep-nhan/{case.pk}/"
    page = minh.get(address)
    assert "Thu phí, lệ phí ngay" in assert_good_page(page)
    typed: dict[str, Any] = {
        "ticket": page.context["form"]["ticket"].value(), "channel": "1", "owner_kind": "1", "owner_name": "Trần Thị Lan",
        "return_way": "counter", "receiving_office": str(world.cast.center.pk), "take_in": "1",
    }  # fmt: skip
    refused = minh.post(address, typed)
    assert (refused.status_code, Dossier.objects.count()) == (409, 0)
    assert "thu trước khi tiếp nhận" in refused.content.decode()
    assert minh.post(address, {**typed, "fee_way": "cash"}).status_code == 302
    assert minh.post(address, {**typed, "fee_way": "cash"}).status_code == 302
    assert (bill_of(Dossier.objects.get()).state, Receipt.objects.count()) == ("paid", 1)


def test_the_day_is_counted_and_closed(world: World, logged_in: LogIn) -> None:
    book(world)
    pay(world, taken_in(world, paid_procedure()))
    minh = logged_in("minh")
    page = minh.get("/quay/khoa-so/")
    assert "150.000 đồng" in assert_good_page(page)
    typed = {name: page.context["form"][name].value() for name in ("office", "day")}
    short = minh.post("/quay/khoa-so/", {**typed, "n100000": "1"})
    assert short.status_code == 422 and "Chênh lệch phải có lý do" in assert_good_page(short, 422)
    assert 'value="1"' in short.content.decode()
    assert minh.post("/quay/khoa-so/", {**typed, "n100000": "1", "n50000": "1"}).status_code == 302
    assert CashClose.objects.get().difference_vnd == 0
    assert "Hôm nay đã khoá sổ" in assert_good_page(minh.get("/quay/khoa-so/"))
    again = minh.post("/quay/khoa-so/", {**typed, "n100000": "1", "n50000": "1"})
    assert again.status_code == 409 and "đã khoá sổ" in again.content.decode()
    center = world.cast.center.pk
    behind = f"/quay/khoa-so/but-toan/?quay={center}&canbo={world.cast.minh.pk}&ngay=2021-11-01"
    assert "0000001" in assert_good_page(minh.get(behind))
    # Dung heads the unit and sees Minh's day; Minh does not see Dung's.
    assert "0000001" in assert_good_page(logged_in("dung").get(behind))
    assert minh.get(behind.replace(str(world.cast.minh.pk), str(world.cast.dung.pk))).status_code == 404
    assert logged_in("hien").get(behind).status_code == 404


def test_the_quarter_is_settled_and_its_figures_open(world: World, logged_in: LogIn) -> None:
    book(world)
    pay(world, taken_in(world, paid_procedure()))
    dung = logged_in("dung")
    html = assert_good_page(dung.get("/quay/quyet-toan/?quy=2021-Q4"))
    assert world.cast.justice.name in html and "150.000" in html
    behind = f"/quay/quyet-toan/but-toan/?quy=2021-Q4&coquan={world.cast.justice.pk}&loai=LE_PHI"
    assert "50.000" in assert_good_page(dung.get(behind))
    file = dung.get("/quay/quyet-toan.xlsx?quy=2021-Q4")
    with zipfile.ZipFile(io.BytesIO(file.content)) as parts:
        assert "SUM(D6:D7)" in parts.read("xl/worksheets/sheet1.xml").decode()
    assert dung.get("/quay/quyet-toan/?quy=2021").status_code == 422
    assert "Quý này chưa thu khoản nào" in assert_good_page(logged_in("hien").get("/quay/quyet-toan/?quy=2021-Q4"))


def test_every_figure_of_the_quarter_opens_its_receipts(world: World, logged_in: LogIn) -> None:
    book(world)
    dossier = pay(world, taken_in(world, paid_procedure()))
    words: dict[str, Any] = {"reason": "Thu nhầm", "actor": world.actor("minh"), "at": moment("2021-11-02 08:00")}
    fees.cancel_receipt(dossier.pk, receipt_id=Receipt.objects.get().pk, **words)
    dung = logged_in("dung")
    page = assert_good_page(dung.get("/quay/quyet-toan/?quy=2021-Q4"))
    behind = f"/quay/quyet-toan/but-toan/?quy=2021-Q4&coquan={world.cast.justice.pk}&loai=PHI"
    for figure, taken, back in (
        ("thu", True, False),
        ("hoan", False, True),
        ("tien-mat", True, True),
        ("", True, True),
    ):
        address = f"{behind}&so={figure}" if figure else behind
        assert address.replace("&", "&amp;") in page
        html = assert_good_page(dung.get(address))
        assert ("Đã thu" in html, "Đã hoàn" in html) == (taken, back), figure
    assert dung.get(f"{behind}&so=x").status_code == 404
    with zipfile.ZipFile(io.BytesIO(dung.get("/quay/quyet-toan.xlsx?quy=2021-Q4").content)) as parts:
        links = parts.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    assert "so=hoan" in links and "/quay/quyet-toan/but-toan/?quy=2021-Q4" in links


def test_the_cash_day_is_a_workbook_whose_sums_are_alive(world: World, logged_in: LogIn) -> None:
    book(world)
    pay(world, taken_in(world, paid_procedure()))
    minh = logged_in("minh")
    center = world.cast.center.pk
    address = f"/quay/khoa-so.xlsx?quay={center}&ngay=2021-11-01"
    assert "khoa-so.xlsx" in assert_good_page(minh.get("/quay/khoa-so/"))
    sheet, words, links = parts_of(minh.get(address).content)
    for formula in ("SUM(F6:F7)", "F8-G8", "SUM(C12:C20)", "A12*B12", "C21-F9"):
        assert f"<f>{formula}</f>" in sheet, formula
    assert "<v>150000</v>" in sheet and "<v>-150000</v>" in sheet
    assert f"/quay/bien-lai/{Receipt.objects.get().pk}.pdf" in links and "AA-21T 0000001" in words
    assert "Chưa khoá sổ" in words
    typed = {name: minh.get("/quay/khoa-so/").context["form"][name].value() for name in ("office", "day")}
    minh.post("/quay/khoa-so/", {**typed, "n100000": "1", "n50000": "1"})
    sheet, words, _links = parts_of(minh.get(address).content)
    assert "Ký khoá sổ: Phạm Quang Minh" in words and "<f>C21-F9</f><v>0</v>" in sheet
    # The head sees the day of Minh, he does not see hers, and a till of nobody is not there.
    assert logged_in("dung").get(f"{address}&canbo={world.cast.minh.pk}").status_code == 200
    assert minh.get(f"{address}&canbo={world.cast.dung.pk}").status_code == 404
    assert logged_in("dung").get(f"{address}&canbo=999999").status_code == 404
    assert "<f>" in parts_of(minh.get(address.replace("11-01", "11-05")).content)[0]


def parts_of(workbook: bytes) -> tuple[str, str, str]:
    """The sheet, the words and the links of a workbook."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        names = ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/worksheets/_rels/sheet1.xml.rels")
        return tuple(parts.read(name).decode() if name in parts.namelist() else "" for name in names)  # type: ignore[return-value]


def test_dung_opens_and_closes_a_book_and_minh_sees_what_is_left(world: World, logged_in: LogIn) -> None:
    book(world, last_no=1000)
    pay(world, taken_in(world, paid_procedure()))
    dung, minh = logged_in("dung"), logged_in("minh")
    page = dung.get("/quay/quyen-bien-lai/")
    assert "999" in assert_good_page(page)
    form = page.context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    assert (typed["serial"], typed["first_no"], typed["last_no"]) == ("AA-21T", 1001, 2000)
    taken = dung.post("/quay/quyen-bien-lai/", {**typed, "first_no": "1000"})
    assert taken.status_code == 422 and "Đã có quyển biên lai" in assert_good_page(taken, 422)
    assert dung.post("/quay/quyen-bien-lai/", {**typed, "holder": str(world.cast.minh.pk)}).status_code == 302
    new = ReceiptBook.objects.get(first_no=1001)
    assert (new.holder, new.opened_by) == (world.cast.minh, world.cast.dung)
    html = assert_good_page(minh.get("/quay/quyen-bien-lai/"))
    assert "Phạm Quang Minh" in html and "Mở quyển mới" not in html and "Đóng quyển" not in html
    assert minh.post("/quay/quyen-bien-lai/", {**typed, "first_no": "3000", "last_no": "4000"}).status_code in (
        403,
        422,
    )
    close = f"/quay/quyen-bien-lai/{new.pk}/dong/"
    assert minh.post(close).status_code in (403, 404)
    assert dung.post(close)["Location"] == "/quay/quyen-bien-lai/"
    assert "Đã đóng" in assert_good_page(dung.get("/quay/quyen-bien-lai/"))
    assert dung.post(close).status_code == 409
    assert "chưa có quyển biên lai" in assert_good_page(logged_in("hien").get("/quay/quyen-bien-lai/"))


def test_what_is_not_settled_is_listed(world: World, logged_in: LogIn) -> None:
    dossier = taken_in(world, paid_procedure())
    assert str(reread(dossier)) in assert_good_page(logged_in("minh").get("/quay/phi/"))
    assert str(reread(dossier)) not in assert_good_page(logged_in("hien").get("/quay/phi/"))


def test_a_parcel_is_found_by_its_number_and_goes_to_the_next_hand(
    world: World, logged_in: LogIn, clock: WallClock
) -> None:
    dossier = finished(world)
    words: dict[str, Any] = {"way": "post", "parcel_no": "EB1VN", "postman": "Bưu tá Hải"}
    handover.hand_over(dossier.pk, actor=world.actor("minh"), at=moment("2021-11-03 16:00"), **words)
    parcel = Parcel.objects.get()
    minh = logged_in("minh")
    clock("2021-11-08 09:00")
    assert minh.get("/quay/buu-chinh/?so=eb1vn")["Location"] == f"/quay/buu-chinh/{parcel.pk}/"
    html = assert_good_page(minh.get("/quay/buu-chinh/?ngay=2021-11-03"))
    assert "EB1VN" in html and "Quá hạn" in html
    page = assert_good_page(minh.get(f"/quay/buu-chinh/{parcel.pk}/"))
    assert "Bưu tá Hải" in page and str(reread(dossier)) in page
    early = minh.post(f"/quay/buu-chinh/{parcel.pk}/", {"move": "came_back-agency", "to_name": "Minh"})
    assert early.status_code == 409 and "Phải mời nhận 2 lần" in early.content.decode()
    assert minh.post(f"/quay/buu-chinh/{parcel.pk}/", {"move": "handed-post"}).status_code == 422
    sent = {"move": "delivered-recipient", "to_name": "Trần Thị Lan"}
    assert minh.post(f"/quay/buu-chinh/{parcel.pk}/", sent).status_code == 302
    assert Parcel.objects.get().state == "delivered"
    assert "EB1VN" in assert_good_page(minh.get("/quay/buu-chinh/bien-ban/?ngay=2021-11-03&chieu=out"))
    assert logged_in("hien").get(f"/quay/buu-chinh/{parcel.pk}/").status_code == 404

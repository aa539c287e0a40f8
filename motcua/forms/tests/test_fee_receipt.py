"""The receipt for phí and lệ phí: everything that the decree asks for is on it; a cancelled one says so across.

Law: ND123-2020 32
"""

from __future__ import annotations

from typing import Any

import pytest

from motcua.dossiers.acts import fees
from motcua.dossiers.tests.purse import book, paid_procedure, pay, taken_in
from motcua.fees.models import Receipt
from motcua.forms.fee_receipt import fee_receipt_pdf
from motcua.forms.tests.test_papers import text_of
from motcua.offices.models import Office
from tests.pdf_tools import assert_archived
from tests.world import World, moment

pytestmark = pytest.mark.django_db


def test_a_receipt_says_all_that_the_decree_asks(world: World) -> None:
    Office.objects.filter(pk=world.cast.center.pk).update(address="76 Lý Thường Kiệt", phone="0227 1234")
    book(world)
    dossier = pay(world, taken_in(world, paid_procedure()))
    document = fee_receipt_pdf(Receipt.objects.get(), str(dossier))
    text = text_of(document)
    for fact in (
        "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
        "76 Lý Thường Kiệt",
        "0227 1234",
        "01BLP0-001",
        "AA-21T",
        "0000001",
        "BIÊN LAI THU PHÍ, LỆ PHÍ",
        "Ngày 01 tháng 11 năm 2021",
        "Người nộp tiền: Trần Thị Lan",
        str(dossier.code),
        "Thu cho: Sở Tư pháp",
        "Phí thẩm định Phí 100.000",
        "Lệ phí cấp giấy Lệ phí 50.000",
        "150.000",
        "Một trăm năm mươi nghìn đồng",
        "Tiền mặt, lúc 08 giờ 05 phút, ngày 01/11/2021",
        "NGƯỜI THU TIỀN (Ký và ghi rõ họ tên)",
        "Phạm Quang Minh",
    ):
        assert fact in text, fact
    assert "HUỶ" not in text
    assert_archived(document, "Biên lai AA-21T số 0000001")


def test_a_cancelled_receipt_says_so_and_why(world: World) -> None:
    book(world)
    dossier = pay(world, taken_in(world, paid_procedure()))
    words: dict[str, Any] = {"reason": "Ghi nhầm tên", "actor": world.actor("minh"), "at": moment("2021-11-01 08:30")}
    fees.cancel_receipt(dossier.pk, receipt_id=Receipt.objects.get().pk, **words)
    assert "BIÊN LAI ĐÃ HUỶ – Ghi nhầm tên" in text_of(fee_receipt_pdf(Receipt.objects.get(), str(dossier)))

"""A fee is asked of the applicant only when its amount is plain; zero is not always free of charge."""

from decimal import Decimal

import pytest

from motcua.catalogue.fee_text import read_fee, read_fees, read_money


@pytest.mark.parametrize(
    ("text", "amount"),
    [("70,000", 70_000), ("215.000", 215_000), ("1.000.000", 1_000_000), ("500000", 500_000), ("70.000 đ", 70_000),
     ("70,5", None), ("1.0000", None), ("1,000.000", None), ("", None), ("miễn phí", None), ("1100,000", None)],
)  # fmt: skip
def test_whole_dong_from_both_ways_of_printing_thousands(text: str, amount: int | None) -> None:
    assert read_money(text) == amount


@pytest.mark.parametrize(
    ("fee", "doubt"),
    [
        ({"amount": 0, "currency": "VND"}, ""),
        ({"amount": 0, "currency": "VND", "note": "Không có"}, ""),
        ({"amount": 500000, "currency": "VND", "kind": "PHI", "note": "/hồ sơ"}, ""),
        ({"amount": 0, "currency": "VND", "note": "Theo quy định của Hội đồng nhân dân cấp tỉnh"}, "doubtful_zero"),
        ({"amount": 0, "currency": "VND", "amount_doubtful": True}, "doubtful_zero"),
        ({"amount": 0, "currency": "VND", "note": "Miễn lệ phí đối với những trường hợp sau"}, "doubtful_zero"),
        ({"amount": None, "currency": "VND", "raw": "1100 VNĐ"}, "fused_with_limit"),
        ({"amount": None, "currency": "VND", "note": "Theo quy định của Bộ Tài chính"}, "no_amount"),
        ({"amount": 155, "currency": "VND"}, "small_amount"),
        ({"amount": "6.5", "currency": "VND"}, "odd_amount"),
        ({"amount": -5000, "currency": "VND"}, "odd_amount"),
        ({"amount": 10, "currency": "USD"}, "foreign_currency"),
        ({"amount": 2000, "currency": "VND", "note": "/trang"}, "per_unit"),
        ({"amount": 50000, "currency": "VND", "note": "Phí công bố: 100.000 đồng/lần"}, "note_has_other_amounts"),
        (
            {"amount": 800000, "currency": "VND", "note": "áp dụng mức phí 400.000 đồng/hồ sơ kể từ ngày 01/7/2025"},
            "dated_tariff",
        ),
    ],
)
def test_when_a_person_must_look(fee: dict[str, object], doubt: str) -> None:
    assert read_fee(fee).doubt == doubt


def test_dollars_stay_dollars() -> None:
    reading = read_fee({"amount": "0.42", "currency": "USD"})
    assert (reading.amount_vnd, reading.amount_foreign, reading.currency) == (None, Decimal("0.42"), "USD")


def test_a_zero_that_means_unknown_has_no_amount() -> None:
    assert read_fee({"amount": 0, "currency": "VND", "amount_doubtful": True}).amount_vnd is None


def test_several_fees_of_one_kind_are_a_tariff_and_two_kinds_are_not() -> None:
    tariff = [{"amount": n, "currency": "VND", "kind": "PHI"} for n in (20_000, 30_000)]
    assert [reading.doubt for reading in read_fees(tariff)] == ["choose_tariff"] * 2
    both = [{"amount": 20_000, "currency": "VND", "kind": kind} for kind in ("PHI", "LE_PHI")]
    assert [reading.doubt for reading in read_fees(both)] == ["", ""]

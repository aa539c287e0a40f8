"""Amounts in words, as people say them."""

from __future__ import annotations

import pytest

from motcua.fees.money import LARGEST_VND
from motcua.fees.spoken import vnd_in_words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (101, "Một trăm linh một đồng"),
        (8_000, "Tám nghìn đồng"),
        (15_000, "Mười lăm nghìn đồng"),
        (105_000, "Một trăm linh năm nghìn đồng"),
        (111_111, "Một trăm mười một nghìn một trăm mười một đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (2_050_000, "Hai triệu không trăm năm mươi nghìn đồng"),
        (1_000_000_005, "Một tỷ không trăm linh năm đồng"),
        (
            999_999_999_999,
            "Chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn"
            " chín trăm chín mươi chín đồng",
        ),
    ],
)
def test_an_amount_is_said_as_people_say_it(amount: int, words: str) -> None:
    assert vnd_in_words(amount) == words


def test_every_amount_that_the_ledger_knows_can_be_said() -> None:
    assert vnd_in_words(LARGEST_VND - 1)
    for amount in (-1, LARGEST_VND):
        with pytest.raises(ValueError, match="no amount"):
            vnd_in_words(amount)


def test_two_amounts_are_never_said_alike() -> None:
    amounts = [*range(2_000), *range(100_000, 102_000), *range(1_000_000, 1_120_000, 1_000)]
    assert len({vnd_in_words(amount) for amount in amounts}) == len(set(amounts))

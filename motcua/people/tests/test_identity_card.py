"""The code of an identity card: whatever a card may say comes back as it was, and nothing else is taken for a card."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.text import tidy
from motcua.people.identity_card import IdentityCard, is_card, read_card

WORDS = st.text(
    alphabet=st.characters(codec="utf-8", exclude_characters="|", exclude_categories=("C", "Z", "Cs")),
    min_size=1,
    max_size=12,
)
NAMES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join).filter(lambda name: any(sign.isalpha() for sign in name))
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
NUMBERS = st.from_regex(r"[0-9]{12}", fullmatch=True)
OLD = st.one_of(st.just(""), st.from_regex(r"[0-9]{9}", fullmatch=True))


@given(NUMBERS, OLD, NAMES, DAYS, st.sampled_from(["Nam", "Nữ"]), NAMES, DAYS)
def test_whatever_a_card_says_is_read_as_it_is(
    number: str, old: str, name: str, born: date, sex: str, address: str, issued: date
) -> None:
    card = read_card(f"{number}|{old}|{name}|{born:%d%m%Y}|{sex}|{address}|{issued:%d%m%Y}")
    assert card == IdentityCard(number, tidy(name), born.year, born, sex, tidy(address), old, issued)


@given(st.text(max_size=700))
def test_no_text_breaks_it_and_only_a_card_is_one(text: str) -> None:
    card = read_card(text)
    assert card is None or (is_card(text) and card.number in text and card.name)


@given(NUMBERS, NAMES, st.lists(st.text(alphabet="ab|0 ", max_size=5), max_size=9))
def test_more_fields_than_we_know_are_left_out(number: str, name: str, more: list[str]) -> None:
    card = read_card(f"{number}||{name}|1950|Nam|Xã A|01012021|{'|'.join(more)}")
    assert card is not None
    assert (card.number, card.birth_year, card.address) == (number, 1950, "Xã A")


@pytest.mark.parametrize(
    ("birth", "year", "day", "words"),
    [
        ("05091990", 1990, date(1990, 9, 5), "05/09/1990"),
        ("1950", 1950, None, "1950"),
        ("00001950", 1950, None, "1950"),
        ("31021990", None, None, ""),
        ("", None, None, ""),
        ("không rõ", None, None, ""),
    ],
)
def test_a_card_may_know_the_year_alone(birth: str, year: int | None, day: date | None, words: str) -> None:
    card = read_card(f"034150000001||Đỗ Thị Mít|{birth}|Nữ|Thôn Đồi|01012022")
    assert card is not None
    assert (card.birth_year, card.born_on, card.birth) == (year, day, words)


def test_a_name_of_one_word_and_a_card_without_an_old_number() -> None:
    card = read_card("034190000001||Hương|05091990|Nữ|Thôn Đồi, Đông Các, Đông Hưng, Thái Bình|25042021")
    assert card is not None
    assert (card.name, card.old_number, card.issued_on) == ("Hương", "", date(2021, 4, 25))


@pytest.mark.parametrize(
    "text",
    [
        "034190000001",
        "034190000001|",
        "034190000001||",
        "034190000001|| |05091990|Nam|Xã|01012021",
        "03419000000||Lan|05091990|Nữ|Xã|01012021",
        "034190000001|12|Lan|05091990|Nữ|Xã|01012021",
        "H54-20211101-0001|000|Lan",
        "https://motcua.example/ho-so/tra-cuu/?ma=1",
        "034190000001||" + "Lan" * 300,
    ],
)
def test_what_is_no_card_is_none(text: str) -> None:
    assert read_card(text) is None


@pytest.mark.parametrize(
    ("number", "birth", "sex", "agrees"),
    [
        ("034190000001", "05091990", "Nữ", True),
        ("034090000001", "05091990", "Nữ", False),
        ("034190000001", "05091991", "Nữ", False),
        ("034212000001", "05092012", "Nam", True),
        ("034150000001", "1950", "Nữ", True),
        ("034150000001", "", "", True),
    ],
)
def test_a_number_that_contradicts_its_card_is_seen(number: str, birth: str, sex: str, agrees: bool) -> None:
    card = read_card(f"{number}||Lan|{birth}|{sex}|Xã|01012021")
    assert card is not None and card.agrees is agrees

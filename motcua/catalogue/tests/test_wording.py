"""What is typed is read as it was meant: mistyped syllables, a keyboard that didn't understand, everyday words."""

import pytest

from motcua.catalogue.lexicon import lexicon_of, sound, untyped
from motcua.catalogue.wording import said_phrases, understood

NAMES = [
    "thu tuc dang ky khai sinh",
    "thu tuc dang ky lai khai sinh",
    "thu tuc dang ky khai tu",
    "thu tuc dang ky ket hon",
    "thu tuc dang ky lai ket hon",
    "dang ky thanh lap ho kinh doanh",
    "cham dut hoat dong ho kinh doanh",
    "thu tuc cap giay phep kinh doanh dich vu karaoke",
    "hop dong doan the",
    "dang ky khai sinh luu dong",
    "dang ky ket hon luu dong",
    "cap doi giay dang ky ho kinh doanh",
] * 2
KNOWN = lexicon_of(NAMES, said_phrases())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("giay kai sinh cho be", "giay khai sinh cho be"),
        ("dang ky khia sinh", "dang ky khai sinh"),
        ("ket hom", "ket hon"),
        ("ddawng kys keest hoon", "dang ky ket hon"),
        ("karaokee", "karaoke"),
        ("ho kinh doan ca the", "ho kinh doanh ca the"),
        ("hop dong doan the", "hop dong doan the"),  # known words stay
        ("xyzzy plugh", "xyzzy plugh"),  # nothing is made up
        ("kai", "kai"),  # may become anything
    ],
)
def test_words_are_mended_by_their_neighbours(typed: str, meant: str) -> None:
    assert " ".join(understood(f"{typed} ", KNOWN).words) == meant


def test_a_word_that_is_being_typed_is_left_alone() -> None:
    asked = understood("dang ky ket ho", KNOWN)
    assert not asked.mended
    assert [term.query for term in asked.terms if not term.is_pair][-1] == "ho:*"


def test_what_was_typed_with_marks_is_read_without() -> None:
    assert understood("Đăng ký KHAI SINH ", KNOWN).words == ("dang", "ky", "khai", "sinh")


def test_weights_make_one_and_words_around_weigh_hardly_anything() -> None:
    asked = understood("tôi muốn đăng ký kết hôn ", KNOWN)
    worth = {term.query: term.weight for term in asked.terms}
    assert sum(worth.values()) == pytest.approx(1)
    assert worth["toi"] < worth["ky"] < worth["hon"]


def test_an_everyday_phrase_asks_for_the_words_of_the_law_too() -> None:
    (term,) = understood("cưới vợ ", KNOWN).terms
    assert term.query == "( cuoi & vo ) | ( dang & ky & ket & hon )"
    assert term.in_name == "( cuoi:A & vo:A ) | ( dang:A & ky:A & ket:A & hon:A )"


@pytest.mark.parametrize("text", ["", "   ", "'&|!:*()", "' or 1=1 --", "\x00", "𝕏", "a" * 500])
def test_nonsense_is_read_without_harm(text: str) -> None:
    for term in understood(text, KNOWN).terms:
        assert set(term.query) <= set("abcdefghijklmnopqrstuvwxyz0123456789𝕏 ()|&:*<->")


@pytest.mark.parametrize(
    ("one", "other"), [("truc", "chuc"), ("sanh", "xanh"), ("ky", "ki"), ("nang", "lan"), ("giay", "day")]
)
def test_what_is_said_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(("typed", "meant"), [("ddawng", "dang"), ("tuwr", "tu"), ("keest", "ket"), ("hoon", "hon")])
def test_telex(typed: str, meant: str) -> None:
    assert untyped(typed) == meant

"""Text as Vietnamese people write, search and sort it; Python and SQL must agree."""

import random
import unicodedata

import pytest
from django.db import connection

from motcua.base.text import fold, sort_key, tidy

ALPHABET = "abcdđefghijklmnopqrstuvwxyzàảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
SAMPLES = [
    "",
    " ",
    "Đường Đồng Đăng",
    "  Thái \t Bình\n tỉnh\u00a0 ",
    "NGUYỄN THỊ ÁNH NGUYỆT",
    "Ủy ban nhân dân xã Quỳnh Hải",
    "Zürich, Çà 123 – «mã» [x] \\ ^ _ `a` {z} 'nháy'",
    "日本 Ωμέγα ß ﬁ ½",
    "a\u200bb\ufeffc\u2009d",
]


def random_texts(count: int) -> list[str]:
    dice = random.Random(1945)
    letters = ALPHABET + ALPHABET.upper() + "0123456789  ,.-'\t\u00a0"
    texts = ["".join(dice.choices(letters, k=dice.randint(1, 30))) for _ in range(count)]
    return texts + [unicodedata.normalize("NFD", text) for text in texts]


def test_search_form_has_no_marks_no_case_and_plain_d() -> None:
    assert fold("  Hồ sơ ĐẤT   đai ") == "ho so dat dai"
    assert fold(unicodedata.normalize("NFD", "Đặng Thị Ươm")) == "dang thi uom"


def test_tidy_keeps_what_was_meant() -> None:
    assert tidy("  Nguye\u0302\u0303n\u00a0\x00 Văn  A\n") == "Nguyễn Văn A"


def test_order_of_the_vietnamese_alphabet() -> None:
    names = ["Đào", "Dương", "An", "Ân", "Ăn", "Anh", "Bình", "Ê", "E", "Ơn", "Ôn", "On", "Ưng", "Ung", "Yên"]
    ordered = ["An", "Anh", "Ăn", "Ân", "Bình", "Dương", "Đào", "E", "Ê", "On", "Ôn", "Ơn", "Ung", "Ưng", "Yên"]
    assert sorted(names, key=sort_key) == ordered


def test_every_letter_of_the_alphabet_has_its_place() -> None:
    alphabet = list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")
    words = [letter + rest for letter in alphabet for rest in ("", "a", "z")]
    assert sorted(reversed(words), key=sort_key) == words


def test_tones_break_a_tie_in_the_order_of_the_dictionary() -> None:
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert sorted(["mần", "mẫn", "mân", "man", "mãn"], key=sort_key) == ["man", "mãn", "mân", "mần", "mẫn"]
    assert sorted(["Hòa An", "Hoa Bình"], key=sort_key) == ["Hòa An", "Hoa Bình"]
    assert sort_key("ĐẶNG thị Én") == sort_key("Đặng Thị én")


@pytest.mark.django_db
def test_the_database_folds_and_sorts_as_python_does() -> None:
    texts = SAMPLES + random_texts(1000)
    with connection.cursor() as cursor:
        cursor.execute("select t, fold(t), vi_key(t) from unnest(%s::text[]) as x(t)", [texts])
        rows = cursor.fetchall()
    assert rows == [(text, fold(text), sort_key(text)) for text in texts]

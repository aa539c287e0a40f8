"""What was typed into a form: what it means, what is wrong with it, and that the same value comes back whatever is typed."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue.filling_in import Value, check, told
from motcua.catalogue.form_fields import FormField, read_fields

ON = date(2021, 11, 5)
FORMS = [
    read_fields(json.loads(line)["fields"])
    for line in (Path(settings.DATA_DIR) / "procedures/forms.jsonl").read_text(encoding="utf-8").splitlines()
]


def field(kind: str, **more: Any) -> tuple[FormField, ...]:
    return read_fields([{"key": "it", "kind": kind, "label": {"vi": "Mục", "en": "It"}} | more])


def value_of(fields: tuple[FormField, ...], typed: str) -> Value | None:
    return check(fields, {"it": typed}, ON).values.get("it")


@pytest.mark.parametrize(
    ("fields", "typed", "value"),
    [
        (field("text"), "  Trần   Thị\tLan \r\n", "Trần Thị Lan"),
        (field("text"), "Thôn 1\r\nxã A", "Thôn 1\nxã A"),
        (field("number"), "1.500", 1500),
        (field("number"), "0", 0),
        (field("number", decimals=2), "85,50", "85.5"),
        (field("number", decimals=1), "0,0", "0"),
        (field("money"), "50.000.000 đồng", 50_000_000),
        (field("money"), "70000đ", 70_000),
        (field("date"), "2021-11-05", "2021-11-05"),
        (field("date", past=True), "5/11/2021", "2021-11-05"),
        (field("date"), "05-11-2021", "2021-11-05"),
        (field("yes_no"), "yes", True),
        (field("yes_no"), "no", False),
        (field("id_no"), "034 190 000 001", "034190000001"),
        (field("phone"), "+84 912 345 678", "0912345678"),
        (field("email"), "lan@vidu.vn", "lan@vidu.vn"),
        (field("address"), "Số 1, phố Chợ", "Số 1, phố Chợ"),
    ],
)
def test_what_is_typed_becomes_a_value(fields: tuple[FormField, ...], typed: str, value: Value) -> None:
    found = check(fields, {"it": typed}, ON)
    assert found.errors == {}
    assert found.values == {"it": value} and type(found.values["it"]) is type(value)


@pytest.mark.parametrize(
    ("fields", "typed", "sentence"),
    [
        (field("text"), " \r\n ", "Hãy điền mục này."),
        (field("yes_no"), "", "Hãy chọn một."),
        (field("text", longest=3), "abcd", "Dài quá 3 chữ (đang có 4)."),
        (
            field("text", pattern="[0-9]+", pattern_words={"vi": "Chỉ chữ số.", "en": "Digits only."}),
            "1a",
            "Chỉ chữ số.",
        ),
        (field("number"), "12,5", "Hãy ghi một số nguyên bằng chữ số, ví dụ 12."),
        (field("number"), "1.5", "Hãy ghi một số nguyên bằng chữ số, ví dụ 12."),
        (field("number"), "٣", "Hãy ghi một số nguyên bằng chữ số, ví dụ 12."),
        (field("number", decimals=1), "1.5", "dùng dấu chấm"),
        (field("number", decimals=1), "1,55", "Nhiều nhất 1 chữ số sau dấu phẩy."),
        (field("number", least=1), "0", "Ít nhất là 1."),
        (field("number", most=50), "51", "Nhiều nhất là 50."),
        (field("money"), "50,5", "Hãy ghi số tiền bằng đồng"),
        (field("money"), "-5", "Hãy ghi số tiền bằng đồng"),
        (field("money", least=1), "0", "Ít nhất là 1 đồng."),
        (field("date"), "31/02/2021", "Không có ngày 31/02/2021 trong lịch."),
        (field("date"), "hôm qua", "“hôm qua” không phải là ngày."),
        (field("date"), "05/11/0021", "Năm 21 không đúng."),
        (field("date", past=True), "2021-11-06", "Ngày này chưa đến."),
        (field("yes_no"), "true", "Hãy chọn một trong các lựa chọn."),
        (field("id_no"), "٠٣٤١٩٠٠٠٠٠٠١", "Số định danh có 12 chữ số"),
        (field("id_no"), "03419000000", "Số định danh có 12 chữ số"),
        (field("phone"), "12345", "Số điện thoại có 10 chữ số"),
        (field("email"), "lan@", "Hãy ghi một địa chỉ thư điện tử"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(fields: tuple[FormField, ...], typed: str, sentence: str) -> None:
    found = check(fields, {"it": typed}, ON)
    assert found.values == {} and sentence in found.errors["it"]


def test_sentences_are_in_the_reader_s_language() -> None:
    with translation.override("en"):
        assert check(field("text"), {}, ON).errors == {"it": "Please fill this in."}


def test_what_need_not_be_filled_in_may_be_empty() -> None:
    assert check(field("id_no", required=False), {"it": " "}, ON).errors == {}
    assert check(field("id_no", required=False), {"it": "1"}, ON).errors != {}


def test_a_field_is_asked_only_while_the_other_has_its_value() -> None:
    fields = read_fields([
        {"key": "has", "kind": "yes_no", "label": {"vi": "Có cha", "en": "Father"}},
        {"key": "name", "kind": "text", "label": {"vi": "Tên cha", "en": "Name"}, "only_if": {"key": "has", "among": ["yes"]}},
    ])  # fmt: skip
    assert check(fields, {"has": "yes"}, ON).errors == {"name": "Hãy điền mục này."}
    assert check(fields, {"has": "yes", "name": "A"}, ON).values == {"has": True, "name": "A"}
    without = check(fields, {"has": "no", "name": "A", "strange": "x"}, ON)
    assert (without.values, without.errors) == ({"has": False}, {})
    assert set(check(fields, {}, ON).errors) == {"has"}  # nobody is asked before the question is answered


def test_what_was_filled_in_is_told_in_words() -> None:
    fields = read_fields([
        {"key": "on", "kind": "date", "label": {"vi": "Ngày", "en": "Day"}},
        {"key": "sex", "kind": "choice", "label": {"vi": "Giới", "en": "Sex"}, "choices": [{"key": "f", "vi": "Nữ", "en": "Female"}]},
        {"key": "has", "kind": "yes_no", "label": {"vi": "Có", "en": "Has"}},
        {"key": "vnd", "kind": "money", "label": {"vi": "Vốn", "en": "Capital"}},
        {"key": "area", "kind": "number", "decimals": 1, "label": {"vi": "Đất", "en": "Land"}},
    ])  # fmt: skip
    found = check(fields, {"on": "05/11/2021", "sex": "f", "has": "no", "vnd": "50000000", "area": "12,50"}, ON)
    assert told(fields, found.values) == [
        ("Ngày", "05/11/2021"),
        ("Giới", "Nữ"),
        ("Có", "Không"),
        ("Vốn", "50.000.000 đồng"),
        ("Đất", "12,5"),
    ]
    with translation.override("en"):
        assert told(fields, found.values)[1:3] == [("Sex", "Female"), ("Has", "No")]


def typed_again(field: FormField, value: Value) -> str:
    """How somebody would type a value that was understood."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace(".", ",") if field.decimals else str(value)


@st.composite
def filled_in(draw: st.DrawFn) -> tuple[tuple[FormField, ...], dict[str, str]]:
    """A seeded form, and anything at all typed into its fields, often something fitting."""
    fields = draw(st.sampled_from(FORMS))
    fitting = [
        "",
        "yes",
        "no",
        "2020-02-29",
        "01/01/1990",
        "034190000001",
        "1.000",
        "12",
        "Nguyễn Văn A",
        "Hộ kinh doanh A",
    ]
    options = [key for field in fields for key, _words in field.options]
    return fields, {
        field.key: draw(
            st.sampled_from(fitting + options) | st.text(max_size=40) | st.text("0123456789.,-/ đ", max_size=12)
        )
        for field in fields
    }


@given(filled_in())
def test_anything_typed_is_either_a_value_or_an_error_and_the_value_comes_back(
    form: tuple[tuple[FormField, ...], dict[str, str]],
) -> None:
    fields, typed = form
    found = check(fields, typed, ON)
    assert not set(found.values) & set(found.errors)
    assert json.loads(json.dumps(found.values)) == found.values
    by_key = {field.key: field for field in fields}
    again = check(fields, {key: typed_again(by_key[key], value) for key, value in found.values.items()}, ON)
    assert again.values == found.values
    assert set(again.errors) <= set(found.errors)
    assert len(told(fields, found.values)) == len(found.values)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_a_number_with_a_fraction_is_kept_exactly(number: Decimal) -> None:
    value = value_of(field("number", decimals=3), f"{number:f}".replace(".", ","))
    assert value is not None and Decimal(str(value)) == number


@given(st.dates(min_value=date(1850, 1, 1), max_value=ON))
def test_both_ways_to_write_a_day_are_the_same_day(day: date) -> None:
    fields = field("date", past=True)
    assert value_of(fields, f"{day:%d/%m/%Y}") == value_of(fields, day.isoformat()) == day.isoformat()

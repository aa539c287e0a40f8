"""Values that make no sense, alone or together, are refused with the sentence that explains it."""

from datetime import date, time
from typing import Any, Literal, get_args

import pytest
from django.utils import translation

from motcua.law.checking import RegimeError, check_office_hours, check_value, facts_from, kind_of
from motcua.law.facts import ABOUT, DECLARED, TYPES
from motcua.law.presets import read_presets
from motcua.law.tests.settling import HOURS
from motcua.law.tests.test_presets import DATA
from motcua.law.wording import allowed_words, value_words

IDENTITY = {"code": "r", "name": "r", "valid_from": date(2025, 1, 1), "valid_to": None, "basis": "ND118-2025"}
LATEST = {key: said[0] for key, said in read_presets(DATA)[-1].last.items()}


def facts(**changes: Any) -> Any:
    return facts_from(IDENTITY, {**LATEST, **changes})


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("max_extensions", "2", "số nguyên từ 0 đến 9"),
        ("max_extensions", -1, "số nguyên từ 0 đến 9"),
        ("max_extensions", True, "số nguyên"),
        ("max_extensions", None, "phải có giá trị"),
        ("supplement_clock", "maybe", "chỉ nhận: tính lại từ đầu; tính tiếp phần còn lại"),
        ("supplement_clock", ["restart"], "chỉ nhận"),
        ("tiers", True, "chỉ nhận"),
        ("transfer_cutoff", "25:00", "phải là giờ, ví dụ 15:00"),
        ("transfer_cutoff", 15, "phải là giờ"),
        ("kiosk", 1, "có hoặc không"),
        ("processing_system", "ministry:", "viết như: province, ministry:cong-an"),
        ("no_such", 1, "Không có tham số no_such"),
    ],
)
def test_a_wrong_value_is_refused_with_what_is_right(key: str, value: Any, sentence: str) -> None:
    with pytest.raises(RegimeError, match=sentence):
        check_value(key, value)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"max_extensions": 0, "max_extension_days": 5}, r"không có số ngày hẹn thêm \(đang là 5\)"),
        ({"max_supplements": 0, "max_supplements_intake": 0, "supplement_override": "none", "supplement_wait_days": 9},
         "không có thời gian chờ bổ sung"),
        ({"cross_boundary": "none"}, "Không tiếp nhận phi địa giới"),
        ({"tiers": 3}, "không khớp"),
        ({"district_successor": "standing"}, "không khớp"),
        ({"alert_first_percent": 75}, "phải trước lần nhắc thứ hai"),
        ({"pickup_invitation_gap_days": 0}, "cách nhau ít nhất một ngày"),
        ({"pickup_invitations": 1}, "cách nhau"),
    ],
)  # fmt: skip
def test_values_that_contradict_each_other_are_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(RegimeError, match=sentence):
        facts(**changes)


def test_values_that_agree_are_taken() -> None:
    assert facts(max_extensions=0, max_extension_days=None).max_extensions == 0
    assert facts(max_extension_days=10).max_extension_days == 10
    assert facts(pickup_invitations=1, pickup_invitation_gap_days=0).pickup_invitations == 1


@pytest.mark.parametrize("hour", ["07:00", "12:30", "18:00"])
def test_the_transfer_hour_lies_in_office_hours(hour: str) -> None:
    with pytest.raises(RegimeError, match=rf"{hour} nằm ngoài giờ làm việc \(07:00–11:30, 13:30–17:00\)"):
        check_office_hours(facts(transfer_cutoff=hour), HOURS)
    check_office_hours(facts(transfer_cutoff="17:00"), HOURS)


@pytest.mark.parametrize("key", DECLARED)
def test_every_parameter_says_what_it_is_in_both_languages(key: str) -> None:
    declared, kind = DECLARED[key], kind_of(key)
    assert declared.says.vi and declared.says.en and declared.says.vi != declared.says.en
    assert (kind is int) == (declared.unit is not None), "a number has a unit, nothing else has"
    assert (type(None) in get_args(TYPES[key])) == (declared.open is not None)
    assert kind is not Literal or set(declared.words) == set(get_args(TYPES[key]))
    assert (declared.pattern is not None) == (kind is str)
    if kind in (str, time):
        assert check_value(key, declared.example.partition(",")[0])
    assert allowed_words(key)


def test_every_parameter_is_in_one_group() -> None:
    assert sorted(key for keys in ABOUT.values() for key in keys) == sorted(DECLARED)


def test_values_speak_the_reader_s_language() -> None:
    assert value_words("ineligible_return_days", 3) == "3 ngày làm việc"
    assert value_words("max_extension_days", None) == "không quy định"
    with translation.override("en"):
        assert value_words("supplement_clock", "restart") == "is counted again from the start"
        assert value_words("kiosk", True) == "yes"

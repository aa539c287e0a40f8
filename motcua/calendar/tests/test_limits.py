"""A limit is typed and exact; a unit is never guessed."""

from datetime import date, time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.calendar.limits import Limit, LimitError, LimitKind, Part, Unit


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("5wd", "05 ngày làm việc"),
        ("30d", "30 ngày"),
        ("8wh", "08 giờ làm việc"),
        ("24h", "24 giờ"),
        ("2m+15wd", "02 tháng và 15 ngày làm việc"),
        ("1y", "01 năm"),
        ("0.5wd", "0,5 ngày làm việc"),
        ("0,25wh", "0,25 giờ làm việc"),
        ("1/3wd", "1/3 ngày làm việc"),
        ("1.5wd", "1,5 ngày làm việc"),
        ("same-day@15:00", "trong ngày (nhận sau 15 giờ thì trong ngày làm việc tiếp theo)"),
        ("same-day", "trong ngày (nhận sau 15 giờ thì trong ngày làm việc tiếp theo)"),
        ("same-day@10:30", "trong ngày (nhận sau 10 giờ 30 thì trong ngày làm việc tiếp theo)"),
        ("none", "không quy định thời hạn"),
        ("immediate", "trả kết quả ngay"),
        ("unknown", "chưa xác định"),
        ("fixed-date", "theo ngày ấn định"),
        ("date:2021-09-30", "vào ngày 30/09/2021"),
        ("10cd", "10 ngày"),
        ("sameday", "trong ngày (nhận sau 15 giờ thì trong ngày làm việc tiếp theo)"),
    ],
)
def test_compact_text_is_read_and_shown_in_vietnamese(text, shown):
    assert str(Limit.parse(text)) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "5",
        "0wd",
        "-5wd",
        "5 ngày",
        "1.5m",
        "5wd+",
        "1100 VNĐ",
        "same-day@25:00",
        "duration",
        "1/0wd",
        "101y",
        "99999d",
        "1d+1d+1d+1d+1d",
        "date:",
        "date:30/9",
        "date:2021-09-31",
        "5ch",
    ],
)
def test_what_is_not_certain_is_refused_and_never_guessed(text):
    with pytest.raises(LimitError):
        Limit.parse(text)


def test_a_float_is_not_exact():
    with pytest.raises(LimitError):
        Part(0.5, Unit.WORKING_DAY)


def test_only_a_confirmed_kind_may_start_a_clock():
    certain = {kind for kind in LimitKind if kind is not LimitKind.DURATION and Limit(kind).is_certain}
    assert certain == {LimitKind.SAME_DAY, LimitKind.IMMEDIATE, LimitKind.NONE}
    assert Limit.working_days(5).is_certain
    assert Limit.parse("date:2021-09-30").is_certain


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"kind": "week"},
        {"kind": "duration"},
        {"kind": "none", "cutoff": "15:00"},
        {"kind": "duration", "parts": [["x", "wd"]]},
        {"kind": "duration", "parts": 3},
        {"kind": "none", "on": "2021-09-30"},
        {"kind": "fixed-date", "on": "30/9"},
    ],
)
def test_a_damaged_payload_is_refused(payload):
    with pytest.raises(LimitError):
        Limit.from_json(payload)


def whole_or_fraction(unit):
    whole = st.integers(1, 100).map(Fraction)
    if unit in (Unit.MONTH, Unit.YEAR):
        return whole
    return whole | st.fractions(min_value=Fraction(1, 60), max_value=400, max_denominator=60)


parts = st.sampled_from(list(Unit)).flatmap(lambda unit: st.builds(Part, whole_or_fraction(unit), st.just(unit)))
limits = (
    st.builds(Limit, st.just(LimitKind.DURATION), st.lists(parts, min_size=1, max_size=3).map(tuple))
    | st.builds(
        lambda hour, minute: Limit(LimitKind.SAME_DAY, cutoff=time(hour, minute)),
        st.integers(0, 23),
        st.integers(0, 59),
    )
    | st.sampled_from([LimitKind.NONE, LimitKind.UNKNOWN, LimitKind.IMMEDIATE, LimitKind.FIXED_DATE]).map(Limit)
    | st.dates(date(2018, 1, 1), date(2027, 12, 31)).map(lambda day: Limit(LimitKind.FIXED_DATE, on=day))
)


@given(limits)
def test_both_spellings_lose_nothing(limit):
    assert Limit.parse(limit.code) == limit
    assert Limit.from_json(limit.to_json()) == limit

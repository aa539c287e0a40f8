"""Periods by the calendar, by the closing dates of Decree 09/2019, and any two days."""

from datetime import date

import pytest

from motcua.base.errors import Invalid
from motcua.reports.periods import between, parse_period


@pytest.mark.parametrize(
    ("text", "closing", "first", "last"),
    [
        ("2021-11", "calendar", (2021, 11, 1), (2021, 11, 30)),
        ("2021-Q2", "calendar", (2021, 4, 1), (2021, 6, 30)),
        ("2021-q4", "calendar", (2021, 10, 1), (2021, 12, 31)),
        ("2020", "calendar", (2020, 1, 1), (2020, 12, 31)),
        ("2024-2", "calendar", (2024, 2, 1), (2024, 2, 29)),
        ("2021-11", "nd09", (2021, 10, 15), (2021, 11, 14)),
        ("2021-01", "nd09", (2020, 12, 15), (2021, 1, 14)),
        ("2021-Q2", "nd09", (2021, 3, 15), (2021, 6, 14)),
        ("2021-H1", "nd09", (2020, 12, 15), (2021, 6, 14)),
        ("2021-9M", "nd09", (2020, 12, 15), (2021, 9, 14)),
        ("2021", "nd09", (2020, 12, 15), (2021, 12, 14)),
    ],
)
def test_a_period_is_written_in_one_word(text: str, closing: str, first: tuple, last: tuple) -> None:
    period = parse_period(text, closing)  # type: ignore[arg-type]
    assert (period.first, period.last) == (date(*first), date(*last))


@pytest.mark.parametrize("text", ["", "2021-13", "2021-00", "2021-Q5", "21-11", "2021-11-05", "Tết", "1066", "2021-H3"])
def test_a_word_that_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parse_period(text)


def test_two_days_in_the_wrong_order_are_refused() -> None:
    assert between(date(2019, 1, 1), date(2019, 7, 20)).key == "2019-01-01_2019-07-20"
    with pytest.raises(Invalid):
        between(date(2021, 2, 1), date(2021, 1, 31))

"""Periods of a report: whole Vietnamese days, by the calendar or by the closing dates of the reporting regime."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, timedelta
from typing import Literal

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.times import end_of, start_of

Closing = Literal["calendar", "nd09"]
# What is written after the year, and the first and last month it spans.
SPANS = {
    **{f"{month:02d}": (month, month) for month in range(1, 13)},
    **{f"Q{quarter}": (3 * quarter - 2, 3 * quarter) for quarter in range(1, 5)},
    "H1": (1, 6),
    "H2": (7, 12),
    "9M": (1, 9),
    "": (1, 12),
}
_TEXT = re.compile(r"(\d{4})(?:-(\d{1,2}|Q\d|H\d|9M))?", re.IGNORECASE)
# Days outside can't be told from slips of the pen, and reach past what the calendar arithmetic can hold.
YEARS = range(1990, MAXYEAR - 1)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both inclusive."""

    first: date
    last: date
    text: str = ""

    @property
    def start(self) -> datetime:
        """First instant, inclusive."""
        return start_of(self.first)

    @property
    def end(self) -> datetime:
        """First instant after the period: an exclusive bound. Things are judged as they stood just before."""
        return end_of(self.last)

    @property
    def key(self) -> str:
        """One spelling for addresses and file names."""
        return self.text or f"{self.first:%Y-%m-%d}_{self.last:%Y-%m-%d}"

    def __str__(self) -> str:
        days = _("từ ngày %(first)s đến hết ngày %(last)s") % {
            "first": f"{self.first:%d/%m/%Y}",
            "last": f"{self.last:%d/%m/%Y}",
        }
        return f"{self.text} ({days})" if self.text else days


def between(first: date, last: date) -> Period:
    """Any two days, both inclusive. Raises Invalid when they are in the wrong order or out of reach."""
    if last < first:
        sentence = _("Ngày đầu kỳ phải trước hoặc bằng ngày cuối kỳ.")
        raise Invalid(sentence, fields={"from": sentence}, code="period")
    if first.year not in YEARS or last.year not in YEARS:
        raise Invalid(_("Kỳ báo cáo nằm ngoài các năm hệ thống có thể tính."), code="period")
    return Period(first, last)


def parse_period(text: str, closing: Closing = "calendar") -> Period:
    """`2021-11`, `2021-Q2`, `2021-H1`, `2021-9M` or `2021`.

    closing: `calendar` for whole months; `nd09` from the 15th of the month before to the 14th of the last month.
    Raises Invalid on anything else. Law: ND09-2019 12
    """
    found = _TEXT.fullmatch(text.strip())
    year, tail = (int(found[1]), (found[2] or "").upper()) if found else (0, "")
    span = SPANS.get(tail.zfill(2) if tail.isdigit() else tail)
    if span is None or year not in YEARS:
        raise Invalid(
            _("Không hiểu kỳ báo cáo “%(text)s”. Hãy ghi 2021-11, 2021-Q2, 2021-H1 hoặc 2021.") % {"text": text},
            code="period",
        )
    first, after = _month(year, span[0]), _month(year, span[1] + 1)
    if closing == "nd09":
        first, after = _month(year, span[0] - 1).replace(day=15), _month(year, span[1]).replace(day=15)
    name = text.strip().upper() + ("-ND09" if closing == "nd09" else "")
    return Period(first, after - timedelta(days=1), name)


def _month(year: int, month: int) -> date:
    """First day of a month; 0 is December of the year before, 13 January of the year after."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)

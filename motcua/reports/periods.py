"""Periods of a report: whole Vietnamese days, by the calendar or by the closing dates of the reporting regime."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
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
    """From the first to the last day, both inclusive. is_running: it is not over, and `last` is today instead."""

    first: date
    last: date
    text: str = ""
    is_running: bool = False

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
        if self.is_running:
            days = _("%(days)s, kỳ chưa kết thúc") % {"days": days}
        return f"{self.text} ({days})" if self.text else days


def period_asked(
    text: str = "", first: date | None = None, last: date | None = None, closing: str = "calendar", *, today: date
) -> Period:
    """The period that somebody asks for today: two days, or a word such as `2021-11`; as far as it is over.

    The one door of pages, commands and the API. Raises Invalid: nothing, half or twice said; backwards; not begun.
    """
    if first is None and last is None:
        return so_far(parse_period(text, "nd09" if closing == "nd09" else "calendar"), today)
    if first is None or last is None:
        sentence = _("Cần cả ngày đầu và ngày cuối.")
        raise Invalid(sentence, fields={"from" if first is None else "to": sentence}, code="period")
    if text:
        raise Invalid(_("Hãy ghi kỳ báo cáo hoặc hai ngày, không ghi cả hai."), code="period")
    return so_far(between(first, last), today)


def so_far(period: Period, today: date) -> Period:
    """A period that is not over is told as of today, so that nothing is called late beforehand.

    Raises Invalid for one that has not begun: nobody can count what has not happened.
    """
    if period.first > today:
        sentence = _("Kỳ này chưa bắt đầu (ngày %(first)s): chưa có gì để tính.") % {
            "first": f"{period.first:%d/%m/%Y}"
        }
        raise Invalid(sentence, fields={"period": sentence}, code="period_ahead")
    return replace(period, last=today, is_running=True) if today < period.last else period


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

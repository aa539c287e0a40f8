"""The period that a page of this room is asked for, and the usual ones as links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from motcua.base.times import day_of
from motcua.pages.layout.requests import PersonRequest
from motcua.reports.periods import Period, between, parse_period


@dataclass(frozen=True)
class Shortcut:
    """A period that is often asked for."""

    label: Any
    query: str
    is_here: bool


def period_of(request: PersonRequest) -> Period:
    """`ky` of the address, this month without one. Raises Invalid with the sentence why."""
    return parse_period(request.GET.get("ky", "")[:20] or f"{day_of(request.at):%Y-%m}")


def shortcuts(request: PersonRequest, period: Period, **kept: str) -> list[Shortcut]:
    """This month and the last, this quarter, this year and the last."""
    today = day_of(request.at)
    before = today.replace(day=1) - timedelta(days=1)
    words = (
        (_("Tháng này"), f"{today:%Y-%m}"),
        (_("Tháng trước"), f"{before:%Y-%m}"),
        (_("Quý này"), f"{today.year}-Q{(today.month + 2) // 3}"),
        (_("Năm nay"), f"{today.year}"),
        (_("Năm trước"), f"{today.year - 1}"),
    )
    more = {key: value for key, value in kept.items() if value}
    return [Shortcut(label, "?" + urlencode({"ky": word, **more}), word == period.key) for label, word in words]


def so_far(period: Period, today: date) -> Period:
    """A period that is not over is told as of today, so that nothing is called late beforehand."""
    return between(period.first, today) if period.first <= today < period.last else period

"""The usual periods as links of this room's pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from motcua.base.times import day_of
from motcua.pages.layout.periods import usual_periods
from motcua.pages.layout.requests import PersonRequest
from motcua.reports.periods import Period


@dataclass(frozen=True)
class Shortcut:
    """A period that is often asked for."""

    label: Any
    query: str
    is_here: bool


def shortcuts(request: PersonRequest, period: Period, **kept: str) -> list[Shortcut]:
    """The usual periods; what else was asked stays."""
    more = {key: value for key, value in kept.items() if value}
    words = usual_periods(day_of(request.at))
    return [Shortcut(label, "?" + urlencode({"ky": word, **more}), word == period.key) for label, word in words]

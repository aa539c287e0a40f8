"""How a bulletin calls its period and its office. Papers are Vietnamese."""

from __future__ import annotations

import re

from motcua.reports.periods import Period
from motcua.reports.scope import Scope

_ROMAN = ("I", "II", "III", "IV")
_SPANS = {"H1": "6 tháng đầu năm", "H2": "6 tháng cuối năm", "9M": "9 tháng đầu năm", "": "năm"}


def period_words(period: Period) -> str:
    """`trong tháng 11 năm 2021`, `trong quý II năm 2021`; any other days by their dates."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{2}|Q\d|H\d|9M))?", period.text)
    whole_months = period.first.day == 1 and not period.is_running
    if found is None or not whole_months:
        return f"từ ngày {period.first:%d/%m/%Y} đến hết ngày {period.last:%d/%m/%Y}"
    year, tail = found[1], found[2] or ""
    if tail.isdigit():
        return f"trong tháng {int(tail)} năm {year}"
    if tail.startswith("Q"):
        return f"trong quý {_ROMAN[int(tail[1]) - 1]} năm {year}"
    return f"trong {_SPANS[tail]} {year}"


def office_words(scope: Scope) -> str:
    """The office as the subject of a sentence."""
    return scope.office.name if scope.office else "các cơ quan trong phạm vi báo cáo"


def title_of(period: Period) -> str:
    """`Kết quả giải quyết thủ tục hành chính tháng 11 năm 2021`"""
    return f"Kết quả giải quyết thủ tục hành chính {period_words(period).removeprefix('trong ')}"

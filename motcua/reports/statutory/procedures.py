"""07b/BTP: the procedures of the catalogue by the levels that carry them out, their online level and their process.

As of the last day of the period; what the catalogue knows, whosever dossiers there were. Law: ND309-2026 11
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.catalogue.life.listing import Listed, listing
from motcua.reports.periods import Period
from motcua.reports.scope import Scope
from motcua.reports.statutory.heading import sheet_of
from motcua.reports.statutory.shapes import Column, Form, Identity, Line, Sheet, values_of

ONLINE, PROCESS = lazy("Mức cung cấp trực tuyến"), lazy("Quy trình")
LEVELS = {"BO": lazy("cấp bộ"), "TINH": lazy("cấp tỉnh"), "XA": lazy("cấp xã"), "KHAC": lazy("cơ quan khác")}
FULL, PARTIAL = frozenset({"full", "proactive", "4"}), frozenset({"partial", "3"})


def _online(row: Listed) -> str:
    """By the scheme that spoke last; the four levels read as the later law reads them."""
    newest = max(row.services.values(), key=lambda one: (one.valid_from, one.pk), default=None)
    level = newest.level if newest else ""
    return "full" if level in FULL else "partial" if level in PARTIAL else "other"


SETS: dict[str, Callable[[Listed], bool]] = {
    "3": lambda row: True,
    "4": lambda row: _online(row) == "full",
    "5": lambda row: _online(row) == "partial",
    "6": lambda row: _online(row) == "other",
    "7": lambda row: row.mode == "five",
    "8": lambda row: row.mode == "four",
    "9": lambda row: not row.mode,
}
COLUMNS = (
    Column("3", lazy("Tổng số thủ tục"), ("3",), ("4", "5", "6")),
    Column("4", lazy("Toàn trình"), ("4",), (), ONLINE),
    Column("5", lazy("Một phần"), ("5",), (), ONLINE),
    Column("6", lazy("Khác"), ("6",), (), ONLINE),
    Column("7", lazy("5 tại chỗ"), ("7",), (), PROCESS),
    Column("8", lazy("4 tại chỗ"), ("8",), (), PROCESS),
    Column("9", lazy("Quy trình thông thường"), ("9",), (), PROCESS),
)
IDENTITIES = (Identity("3", ("4", "5", "6")), Identity("3", ("7", "8", "9")))


def levels_key(row: Listed) -> str:
    """`TINH+XA`: a procedure that several levels carry out stands in a row of its own, so that none counts twice."""
    return "+".join(level for level in LEVELS if level in row.levels) or "-"


def procedures_behind(period: Period, no: str, row: str = "") -> list[Listed]:
    """The procedures that a figure counts, by code."""
    found = [one for one in listing(period.last) if one.is_current and SETS[no](one)]
    return [one for one in found if not row or levels_key(one) == row]


def procedure_sheet(form: Form, period: Period, scope: Scope, by: str) -> Sheet:
    """The form filled in. Raises Unbalanced."""
    current = [row for row in listing(period.last) if row.is_current]
    by_key: dict[str, list[Listed]] = {}
    for row in current:
        by_key.setdefault(levels_key(row), []).append(row)
    lines = [Line(_name(key), values_of(COLUMNS, _counts(by_key[key])), key, by) for key in sorted(by_key, key=_order)]
    notes = (
        _("Thủ tục đang có hiệu lực, kể cả đang tạm ngừng, vào ngày cuối kỳ; của cả danh mục, không theo đơn vị."),
    )
    return sheet_of(form, period, scope, by, COLUMNS, lines, _counts(current), identities=IDENTITIES, notes=notes)


def _counts(rows: list[Listed]) -> dict[str, int]:
    return {no: sum(map(holds, rows)) for no, holds in SETS.items()}


def _order(key: str) -> tuple[int, ...]:
    return tuple(list(LEVELS).index(level) if level in LEVELS else len(LEVELS) for level in key.split("+"))


def _name(key: str) -> str:
    words = ", ".join(str(LEVELS[level]) for level in key.split("+") if level in LEVELS) or _("chưa ghi cấp")
    return words[:1].upper() + words[1:]

"""What stands above and beneath a form: who reports to whom, and how the figures are to be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.base.numbers import percent, show_count, show_percent
from motcua.law.store import regime_on
from motcua.reports.measures import IN
from motcua.reports.periods import Period
from motcua.reports.scope import Scope
from motcua.reports.statutory.columns import Switches
from motcua.reports.statutory.shapes import Column, Form, Line, Sheet, identities_of, values_of, verified

QUARTERS = ("I", "II", "III", "IV")


def heading(scope: Scope, period: Period) -> tuple[str, str]:
    """The reporting and the receiving unit: the office and whatever is above it, in the end the central body of that time."""
    office = scope.office
    reporting = office.name if office else _("Tất cả cơ quan trong phạm vi báo cáo")
    receiving = office.parent.name if office and office.parent else _central(period.last)
    return reporting, receiving


def sheet_of(
    form: Form,
    period: Period,
    scope: Scope,
    by: str,
    columns: tuple[Column, ...],
    lines: Iterable[Line],
    counted: Mapping[str, int],
    **more: Any,
) -> Sheet:
    """The form filled in, with who reports to whom. counted: of all rows together, by leaf. Raises Unbalanced.

    more: `identities` where there are others than those of the columns, `notes`, `checks`, `word_heads`.
    """
    reporting, receiving = heading(scope, period)
    total = values_of(columns, counted)
    facts: dict[str, Any] = {"identities": identities_of(columns), **more}
    return verified(
        Sheet(form, period, scope, by, reporting, receiving, columns, lines=tuple(lines), total=total, **facts)
    )


def _central(day: date) -> str:
    try:
        is_new = regime_on(day).report_form == "07a/BTP"
    except NotThere:
        is_new = False
    return _("Bộ Tư pháp") if is_new else _("Văn phòng Chính phủ")


def period_words(period: Period) -> str:
    """`Quý II năm 2021 (từ ngày 15/03/2021 đến ngày 14/06/2021)`; of two days only the days."""
    year, _dash, rest = period.text.removesuffix("-ND09").partition("-")
    days = _("từ ngày %(first)s đến ngày %(last)s") % {
        "first": f"{period.first:%d/%m/%Y}",
        "last": f"{period.last:%d/%m/%Y}",
    }
    if not year:
        return days[:1].upper() + days[1:]
    if rest.startswith("Q"):
        name = _("Quý %(quarter)s năm %(year)s") % {"quarter": QUARTERS[int(rest[1]) - 1], "year": year}
    elif rest in ("H1", "H2"):
        name = (_("6 tháng đầu năm %(year)s") if rest == "H1" else _("6 tháng cuối năm %(year)s")) % {"year": year}
    elif rest == "9M":
        name = _("9 tháng đầu năm %(year)s") % {"year": year}
    elif rest:
        name = _("Tháng %(month)s năm %(year)s") % {"month": int(rest), "year": year}
    else:
        name = _("Năm %(year)s") % {"year": year}
    return f"{name} ({days})"


def notes_of(
    scope: Scope,
    switches: Switches | None = None,
    *,
    counts_dossiers: bool = True,
    figures: Mapping[str, int] = MappingProxyType({}),
) -> tuple[str, ...]:
    """How to read the figures. figures: what was counted, for what is told apart beneath a form."""
    notes = []
    if counts_dossiers:
        is_received = scope.place == "receiving"
        notes.append(_("Tính cho nơi tiếp nhận hồ sơ.") if is_received else _("Tính cho cơ quan giải quyết hồ sơ."))
    if switches is not None and switches.supplement == "pending_within":
        notes.append(_("Hồ sơ chờ bổ sung tính là đang giải quyết, trong hạn."))
    if switches is not None and figures.get("new_online_helped"):
        notes.append(_helped_words(switches, figures))
    if scope.allowed is not None:
        notes.append(_("Số liệu trong phạm vi người lập báo cáo được xem."))
    return tuple(notes)


def _helped_words(switches: Switches, figures: Mapping[str, int]) -> str:
    """How many handed in online by themselves, and how many with help, whatever the column counts."""
    new = sum(figures.get(key, 0) for key in IN if key != "carried_over")
    alone = figures.get("new_online_self", 0)
    words = {
        "helped": show_count(figures["new_online_helped"]),
        "alone": show_count(alone),
        "rate": show_percent(percent(alone, new)),
    }
    if switches.helped == "online":
        return (
            _(
                "Trong số nhận trực tuyến có %(helped)s hồ sơ có người giúp nộp; tự nộp trực tuyến %(alone)s hồ sơ, "
                "bằng %(rate)s số tiếp nhận mới."
            )
            % words
        )
    return (
        _(
            "%(helped)s hồ sơ nộp trực tuyến có người giúp tính là trực tiếp; tự nộp trực tuyến %(alone)s hồ sơ, "
            "bằng %(rate)s số tiếp nhận mới."
        )
        % words
    )

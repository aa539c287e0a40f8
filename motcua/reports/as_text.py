"""The report as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from motcua.base.numbers import NOTHING, show_count, show_percent
from motcua.reports.beginning import before_all
from motcua.reports.measures import MEASURES, RATES, Figures, rates
from motcua.reports.month import Report

COLUMNS = (
    "carried_over",
    "new",
    "total",
    "resolved_early",
    "resolved_on_time",
    "resolved_late",
    "ended",
    "waiting_supplement",
    "open_within",
    "open_late",
)
WIDTH = 44


def lines(made: Report) -> Iterator[str]:
    """Title, every figure of the whole, its rates, then one line per row."""
    office = made.scope.office.name if made.scope.office else _("Toàn hệ thống")
    yield _("Tình hình giải quyết thủ tục hành chính, %(period)s") % {"period": made.period}
    yield office
    yield before_all(made.period)
    for key, measure in MEASURES.items():
        indent = "  " if _is_part(key) else ""
        yield f"{indent + str(measure.name):<{WIDTH}}{show_count(made.total[key]):>12}"
    yield ""
    for key, share in rates(made.total).items():
        yield f"{RATES[key].name!s:<{WIDTH}}{show_percent(share):>12}"
    yield ""
    yield f"{'':<{WIDTH}}" + "".join(f"{_short(key):>13}" for key in COLUMNS)
    for row in made.rows:
        yield _line(f"{row.code} {row.name}".strip(), row.figures)
    yield _line(_("Tổng"), made.total) if made.rows else NOTHING


def _line(name: str, figures: Figures) -> str:
    short = name if len(name) < WIDTH else name[: WIDTH - 2] + "…"
    return f"{short:<{WIDTH}}" + "".join(f"{show_count(figures[key]):>13}" for key in COLUMNS)


def _is_part(key: str) -> bool:
    return any(key in measure.parts for measure in MEASURES.values() if measure.key != "total")


def _short(key: str) -> str:
    return str(
        {
            "carried_over": _("kỳ trước"),
            "new": _("mới"),
            "total": _("tổng"),
            "resolved_early": _("trước hạn"),
            "resolved_on_time": _("đúng hạn"),
            "resolved_late": _("quá hạn"),
            "ended": _("rút, dừng"),
            "waiting_supplement": _("bổ sung"),
            "open_within": _("đang, trong"),
            "open_late": _("đang, quá"),
        }[key]
    )

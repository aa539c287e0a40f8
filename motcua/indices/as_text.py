"""The indices as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from motcua.base.numbers import NOTHING, show_count, show_percent
from motcua.indices.formulas import CLASS_NAMES
from motcua.indices.nine import Sheet
from motcua.indices.quality import Quality
from motcua.indices.tables import Table
from motcua.reports.periods import Period


def comma(value: Decimal | None) -> str:
    """`4,46`; nothing prints the dash."""
    return NOTHING if value is None else f"{value}".replace(".", ",")


def quality_lines(made: Quality) -> Iterator[str]:
    """A line for each component, the sum and the class."""
    yield f"{made.table.name}, {made.period}"
    yield made.scope.office.name if made.scope.office else _("Tất cả cơ quan")
    for group in made.groups:
        yield f"{group.group.name}: {comma(group.points)} / {comma(group.group.points)}"
        for one in group.components:
            rate = f"{show_count(one.part)}/{show_count(one.whole)} = {show_percent(one.rate)}"
            if one.days is not None:
                rate = _("%(days)s ngày") % {"days": comma(one.days)}
            shown = rate if one.status in ("counted", "information") else one.reason
            points = f"{comma(one.points)} / {comma(one.row.rule.max_points)}"
            yield f"  {one.row.code:<5} {points:>13}  {one.row.name}: {shown}" + (one.beside and f". {one.beside}")
    yield f"{_('Tổng')}: {comma(made.result)} – {CLASS_NAMES[made.class_name]}"
    if made.missing_max:
        yield _("Trong đó %(points)s điểm tối đa thuộc các thành phần chưa có dữ liệu.") % {
            "points": comma(made.missing_max)
        }


def sheet_lines(period: Period, table: Table, sheets: Sequence[Sheet]) -> Iterator[str]:
    """A line for each agency or officer: scores by index, sum, class."""
    yield f"{table.name}, {period}"
    for one in sheets:
        scores = "  ".join(f"{score.row.code}={comma(score.value)}" for score in one.scores)
        name = CLASS_NAMES.get(one.class_name, "")
        yield f"{comma(one.total):>5} / {one.most}  {one.name} ({show_count(one.dossiers)}): {scores}  {name}"

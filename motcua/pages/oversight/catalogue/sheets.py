"""The catalogue's lists as workbooks, and limits in the reader's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy

from motcua.base.numbers import show_count
from motcua.calendar.limit_words import limit_words
from motcua.calendar.limits import Limit
from motcua.catalogue.life.deadlines import Watched
from motcua.catalogue.life.listing import Listed
from motcua.catalogue.life.onsite import Checked
from motcua.catalogue.life.rows import OnsiteEntry, Proposal, ProposalStep, ServiceLevel
from motcua.reports.table_workbook import Cell, table_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FAMILIES = {
    "working": gettext_lazy("ngày làm việc"),
    "calendar": gettext_lazy("ngày"),
    "hours": gettext_lazy("giờ"),
    "months": gettext_lazy("tháng"),
}


def limits_in_words(limits: Iterable[Limit]) -> str:
    """Several limits in one cell."""
    return "; ".join(limit_words(limit) for limit in limits)


def cut_lines(sums: dict[str, tuple[Fraction, Fraction, Decimal | None]]) -> list[dict[str, Any]]:
    """The cut of the sums, one line for each family of units."""
    return [
        {"unit": FAMILIES[family], "before": _plain(before), "after": _plain(after), "share": share}
        for family, (before, after, share) in sums.items()
    ]


def sheet(of: str, rows: Iterable[Any]) -> bytes:
    """One of the lists as a file."""
    title, heads, cells = SHEETS[of]
    return table_workbook(str(title), [str(head) for head in heads], map(cells, rows))


def _listed(row: Listed) -> Sequence[Cell]:
    levels = [
        row.services[scheme].get_level_display() if scheme in row.services else "" for scheme in ServiceLevel.Scheme
    ]
    shares = [cut.percent for cut in row.cuts]
    return (
        row.code, row.name, row.field, ", ".join(row.levels), str(row.standing.label), limits_in_words(row.statutory),
        limits_in_words(cut.committed for cut in row.cuts), shares[0] if len(shares) == 1 else "; ".join(map(str, shares)),
        "; ".join(str(cut.row.act) for cut in row.cuts), *levels,
        str(OnsiteEntry.Mode(row.mode).label) if row.mode else "",
        ", ".join(str(Proposal.Kind(kind).label) for kind in sorted(row.proposed)),
    )  # fmt: skip


def _duty(one: Watched) -> Sequence[Cell]:
    event = one.event
    return (
        event.procedure.code, event.procedure.name, str(event.get_kind_display()), str(event.act), event.on,
        str(one.duty.label), one.last_day, one.done_on, str(one.outcome.label), one.days,
    )  # fmt: skip


def _checked(one: Checked) -> Sequence[Cell]:
    entry = one.entry
    return entry.procedure.code, entry.procedure.name, str(entry.get_mode_display()), " ".join(one.violations)


def _proposal(row: Any) -> Sequence[Cell]:
    state = str(ProposalStep.State(row.state).label)
    return (
        row.review.title, row.procedure.code, row.procedure.name, str(row.get_kind_display()), row.words, row.on, state,
        str(row.act or ""),
    )  # fmt: skip


_CODE, _NAME = gettext_lazy("Mã thủ tục"), gettext_lazy("Tên thủ tục")
SHEETS: dict[str, tuple[Any, tuple[Any, ...], Callable[[Any], Sequence[Cell]]]] = {
    "danh-muc": (
        gettext_lazy("Danh mục thủ tục hành chính"),
        (
            _CODE, _NAME, gettext_lazy("Lĩnh vực"), gettext_lazy("Cấp"), gettext_lazy("Tình trạng"),
            gettext_lazy("Thời hạn quy định"), gettext_lazy("Thời hạn cam kết"), gettext_lazy("Cắt giảm (%)"),
            gettext_lazy("Văn bản cam kết"), *ServiceLevel.Scheme.labels, gettext_lazy("Tại chỗ"),
            gettext_lazy("Kết quả rà soát"),
        ),
        _listed,
    ),
    "thoi-han": (
        gettext_lazy("Theo dõi thời hạn công bố, công khai thủ tục hành chính"),
        (
            _CODE, _NAME, gettext_lazy("Việc đã xảy ra"), gettext_lazy("Văn bản"), gettext_lazy("Ngày"),
            gettext_lazy("Việc phải làm"), gettext_lazy("Ngày cuối"), gettext_lazy("Ngày thực hiện"),
            gettext_lazy("Tình trạng"), gettext_lazy("Số ngày làm việc còn lại"),
        ),
        _duty,
    ),
    "tai-cho": (
        gettext_lazy("Danh mục thủ tục thực hiện tại chỗ"),
        (_CODE, _NAME, gettext_lazy("Tại chỗ"), gettext_lazy("Chưa bảo đảm")),
        _checked,
    ),
    "ra-soat": (
        gettext_lazy("Đề xuất sau rà soát thủ tục hành chính"),
        (
            gettext_lazy("Đợt rà soát"), _CODE, _NAME, gettext_lazy("Loại đề xuất"), gettext_lazy("Nội dung"),
            gettext_lazy("Ngày"), gettext_lazy("Tình trạng"), gettext_lazy("Văn bản"),
        ),
        _proposal,
    ),
}  # fmt: skip


def _plain(value: Fraction) -> str:
    return show_count(value.numerator) if value.denominator == 1 else f"{float(value):.2f}".replace(".", ",")

"""II.05a and II.05b: petitions of a period by what they are about, how they came and what became of them.

Opened again counts as new. Law: TT01-2020 2; ND20-2008 9
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from motcua.offices.models import Office
from motcua.petitions.table import PETITIONS, Kind
from motcua.reports.periods import Period
from motcua.reports.petitions import counted_petitions
from motcua.reports.scope import Scope
from motcua.reports.statutory.heading import heading, notes_of, sheet_of
from motcua.reports.statutory.shapes import Column, Form, Identity, Line, Sheet, identities_of, values_of

CAME = ("carried_over", "new", "reopened")
DONE = ("done_in_time", "done_late")
STILL = ("open_within", "open_late", "open_waiting")
PUBLISHED = ("published_in_time", "published_late")
RECEIVED = _("Số phản ánh, kiến nghị tiếp nhận")
HANDLED = _("Kết quả xử lý")


@dataclass(frozen=True, slots=True)
class Behind:
    """What a column counts: these measures of petitions, of this kind (empty: of all)."""

    measures: tuple[str, ...]
    kind: str = ""


BEHIND = {
    "3": Behind(CAME),
    "4": Behind(CAME, Kind.CONDUCT),
    "5": Behind(CAME, Kind.REGULATION),
    "6": Behind(CAME, Kind.BOTH),
    "7": Behind(("carried_over",)),
    "8": Behind(("new", "reopened")),
    "9": Behind(DONE),
    "10": Behind(STILL),
    "11": Behind(PUBLISHED),
}


def _leaves(no: str) -> tuple[str, ...]:
    kinds: Iterable[str] = [BEHIND[no].kind] if BEHIND[no].kind else PETITIONS
    return tuple(f"{kind}:{measure}" for kind in kinds for measure in BEHIND[no].measures)


COLUMNS = (
    Column("3", _("Tổng số"), _leaves("3"), ("4", "5", "6"), RECEIVED),
    Column("4", _("Về hành vi hành chính"), _leaves("4"), (), RECEIVED),
    Column("5", _("Về quy định hành chính"), _leaves("5"), (), RECEIVED),
    Column("6", _("Về cả hành vi và quy định"), _leaves("6"), (), RECEIVED),
    Column("7", _("Kỳ trước chuyển qua"), _leaves("7"), (), RECEIVED),
    Column("8", _("Tiếp nhận mới trong kỳ"), _leaves("8"), (), RECEIVED),
    Column("9", _("Đã xử lý"), _leaves("9"), (), HANDLED),
    Column("10", _("Đang xử lý"), _leaves("10"), (), HANDLED),
    Column("11", _("Đã đăng tải công khai"), _leaves("11"), (), HANDLED),
)
IDENTITIES = (*identities_of(COLUMNS), Identity("3", ("7", "8")), Identity("3", ("9", "10")))


def voice_sheet(form: Form, period: Period, scope: Scope, by: str) -> Sheet:
    """The form filled in: one row for all, or one for each office that answers. Raises Unbalanced."""
    counted: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    total: dict[str, int] = defaultdict(int)
    for office, kind, measure, count in counted_petitions(period, scope):
        counted[office][f"{kind}:{measure}"] += count
        total[f"{kind}:{measure}"] += count
    lines = [Line(heading(scope, period)[0], values_of(COLUMNS, total), "", "whole")]
    if by == "office":
        offices = Office.objects.filter(pk__in=counted).order_by("name_order", "id")
        lines = [
            Line(office.name, values_of(COLUMNS, counted[office.pk]), str(office.pk), by, office.code)
            for office in offices
        ]
        lines = [line for line in lines if any(line.values.values())]
    notes = notes_of(scope, counts_dossiers=False)
    return sheet_of(form, period, scope, by, COLUMNS, lines, total, identities=IDENTITIES, notes=notes)

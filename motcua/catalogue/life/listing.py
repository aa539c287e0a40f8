"""The catalogue as a list for those who keep it: each procedure with its standing, levels, limits and place, on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.base.numbers import percent
from motcua.base.text import fold
from motcua.calendar.limits import Limit
from motcua.catalogue.life.commitments import Cut, cuts_on, reaches_aim, statutory_limits
from motcua.catalogue.life.cuts import Pair, average_cut, cut_of_sums
from motcua.catalogue.life.events import Standing, standings
from motcua.catalogue.life.levels import levels_on
from motcua.catalogue.life.onsite import modes_on
from motcua.catalogue.life.rows import Proposal, ServiceLevel
from motcua.catalogue.models import Procedure

DECENTRALISING = (Proposal.Kind.DECENTRALISE, Proposal.Kind.DELEGATE)


@dataclass(frozen=True, slots=True)
class Listed:
    """One procedure of the list."""

    id: int
    code: str
    name: str
    field: str
    levels: tuple[str, ...]
    standing: Standing
    services: dict[str, ServiceLevel]
    statutory: tuple[Limit, ...]
    cuts: tuple[Cut, ...]
    mode: str
    proposed: frozenset[str]

    @property
    def is_current(self) -> bool:
        """Neither replaced nor abolished, and no longer only coming."""
        return self.standing in (Standing.IN_USE, Standing.SUSPENDED)


def listing(on: date) -> list[Listed]:
    """Every procedure that has or had a version, by code; eight statements however many there are."""
    rows = Procedure.objects.filter(current__isnull=False).order_by("code")
    facts = list(rows.values_list("pk", "code", "current__name", "current__field", "current__levels"))
    ids = [row[0] for row in facts]
    standing, services, cuts, modes = standings(on), levels_on(on), cuts_on(on), modes_on(on)
    law = statutory_limits(ids)
    proposed: dict[int, set[str]] = {}
    for procedure_id, kind in Proposal.objects.filter(on__lte=on).values_list("procedure_id", "kind"):
        proposed.setdefault(procedure_id, set()).add(kind)
    return [
        Listed(
            pk,
            code,
            name,
            field,
            tuple(levels),
            standing.get(pk, Standing.IN_USE),
            {scheme: row for scheme in ServiceLevel.Scheme if (row := services.get(pk, {}).get(scheme))},
            tuple(dict.fromkeys(limit for _case, limit in law.get(pk, ()))),
            tuple(cuts.get(pk, ())),
            modes.get(pk, ""),
            frozenset(proposed.get(pk, ())),
        )
        for pk, code, name, field, levels in facts
    ]


def _level(scheme: str, *levels: str) -> Callable[[Listed], bool]:
    return lambda row: row.is_current and scheme in row.services and row.services[scheme].level in levels


# What a figure of the catalogue counts, and what its list shows: one name for both.
SETS: dict[str, tuple[Any, Callable[[Listed], bool]]] = {
    "current": (_("Thủ tục đang trong danh mục"), lambda row: row.is_current),
    "coming": (_("Chưa đưa vào thực hiện"), lambda row: row.standing == Standing.COMING),
    "suspended": (_("Tạm ngừng"), lambda row: row.standing == Standing.SUSPENDED),
    "replaced": (_("Đã bị thay thế"), lambda row: row.standing == Standing.REPLACED),
    "abolished": (_("Đã bãi bỏ"), lambda row: row.standing == Standing.ABOLISHED),
    "level_3": (_("Trực tuyến mức độ 3"), _level("four_levels", "3")),
    "level_4": (_("Trực tuyến mức độ 4"), _level("four_levels", "4")),
    "partial": (_("Trực tuyến một phần (Nghị định 42/2022)"), _level("full_partial", "partial")),
    "full": (_("Trực tuyến toàn trình (Nghị định 42/2022)"), _level("full_partial", "full")),
    "full_now": (_("Trực tuyến toàn trình (Nghị định 224/2026)"), _level("full_by_default", "full")),
    "proactive": (_("Cung cấp chủ động (Nghị định 224/2026)"), _level("full_by_default", "proactive")),
    "committed": (_("Có thời hạn cam kết ngắn hơn quy định"), lambda row: row.is_current and bool(row.cuts)),
    "aim": (_("Cắt giảm đạt mục tiêu 40 %"), lambda row: row.is_current and reaches_aim(row.cuts)),
    "onsite": (_("Trong danh mục tại chỗ"), lambda row: row.is_current and bool(row.mode)),
    "onsite_four": (_("4 tại chỗ"), lambda row: row.is_current and row.mode == "four"),
    "onsite_five": (_("5 tại chỗ"), lambda row: row.is_current and row.mode == "five"),
    "proposed": (
        _("Được đề xuất phân cấp, ủy quyền"),
        lambda row: row.is_current and not row.proposed.isdisjoint(DECENTRALISING),
    ),
}


OUTSIDE = frozenset({"coming", "replaced", "abolished"})


@dataclass(frozen=True, slots=True)
class Figure:
    """How many procedures are in one set, and which share of the current ones; None for those that are not among them."""

    key: str
    name: Any
    count: int
    share: Decimal | None


def figures(rows: Iterable[Listed]) -> list[Figure]:
    """Every figure of the catalogue."""
    known = list(rows)
    whole = sum(row.is_current for row in known)
    counted = {key: sum(map(belongs, known)) for key, (_name, belongs) in SETS.items()}
    return [
        Figure(key, SETS[key][0], count, None if key in OUTSIDE else percent(count, whole))
        for key, count in counted.items()
    ]


def shares_of_cuts(rows: Iterable[Listed]) -> tuple[dict[str, Any], Decimal | None]:
    """The cut of the sums by family of units, and the average of the cuts, over what is promised now."""
    pairs: list[Pair] = [(cut.statutory, cut.committed) for row in rows if row.is_current for cut in row.cuts]
    return cut_of_sums(pairs), average_cut(pairs)


def chosen(rows: Iterable[Listed], *, text: str = "", field: str = "", level: str = "", of: str = "") -> list[Listed]:
    """The rows of a set whose code or name has every word of the text, of this field and level. KeyError: no such set."""
    belongs = SETS[of][1] if of else lambda row: True
    words = fold(text).split()
    return [
        row
        for row in rows
        if belongs(row)
        and (not field or row.field == field)
        and (not level or level in row.levels)
        and all(word in fold(f"{row.code} {row.name}") for word in words)
    ]

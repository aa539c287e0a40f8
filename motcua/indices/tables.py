"""Tables of indicators as they are read, checked and kept: points that don't add up are refused with a sentence.

Law: QD766-2022; TT01-2018 13
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.indices.formulas import CLASS_NAMES, FORMULAS, NINE
from motcua.indices.models import Indicator, IndicatorTable, Scheme
from motcua.indices.scoring import Rule
from motcua.law.store import regime_on

WHOLE = {Scheme.SERVICE_QUALITY: Decimal(100), Scheme.NINE: Decimal(18)}
KNOWN = {Scheme.SERVICE_QUALITY: frozenset(FORMULAS), Scheme.NINE: frozenset(NINE)}
CLASSES = {Scheme.SERVICE_QUALITY: ("classes",), Scheme.NINE: ("officer_classes", "agency_classes")}
CHOICES = {"empty": ("zero", "left_out"), "missing": ("zero", "left_out"), "scale": ("none", "proportional")}
PERCENTAGES = (
    "petitions_percent",
    "online_procedures_percent",
    "online_dossiers_percent",
    "online_dossiers_half_percent",
)


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of a table with the points of its rows together."""

    code: str
    name: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator."""

    code: str
    name: str
    formula: str
    group: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose points add up. `approved_by` is empty where it came with the software."""

    scheme: str
    code: str
    name: str
    valid_from: date
    valid_to: date | None
    basis: str
    source: str
    groups: tuple[Group, ...]
    rows: tuple[Row, ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    approved_by: str = ""
    approved_at: datetime | None = None

    def classes(self, key: str = "classes") -> list[tuple[str, Decimal]]:
        """Classes with their lower bounds, the highest first."""
        return [(name, Decimal(bound)) for name, bound in self.parameters[key]]

    def parameter(self, key: str) -> str:
        """A choice of the table, such as what an empty denominator gives."""
        return str(self.parameters.get(key, CHOICES[key][0]))

    def percent(self, key: str) -> Decimal:
        """A bound of the nine indices, in percent."""
        return Decimal(self.parameters[key])


def read_table(said: Mapping[str, Any]) -> Table:
    """A table from plain data, as `data/indices/tables.json` has it. Raises Invalid saying what is wrong."""
    try:
        end = said.get("valid_to")
        table = Table(
            scheme=Scheme(said["scheme"]),
            code=str(said["code"])[:40],
            name=str(said["name"])[:300],
            valid_from=date.fromisoformat(said["valid_from"]),
            valid_to=date.fromisoformat(end) if end else None,
            basis=str(said["basis"])[:300],
            source=str(said.get("source", "")),
            groups=tuple(Group(str(code), str(name), Decimal(points)) for code, name, points in said["groups"]),
            rows=tuple(_row(row) for row in said["indicators"]),
            parameters=dict(said.get("parameters", {})),
        )
    except (KeyError, TypeError, ValueError, InvalidOperation, AttributeError) as error:
        raise Invalid(_("Không đọc được bảng chỉ số: %(what)s.") % {"what": error}, code="table_unread") from error
    check(table)
    return table


def check(table: Table) -> None:
    """Raises Invalid unless the rows of each group add up to its points, and the groups to 100 (18 for the nine indices)."""
    _check_rows(table)
    for group in table.groups:
        found = sum((row.rule.max_points for row in table.rows if row.group == group.code), Decimal(0))
        if found != group.points:
            words = {"group": group.name, "found": _plain(found), "points": _plain(group.points)}
            raise Invalid(
                _("Nhóm “%(group)s”: các thành phần cộng lại được %(found)s điểm, nhóm có %(points)s điểm.") % words,
                code="table_sum",
            )
    whole, wanted = sum((group.points for group in table.groups), Decimal(0)), WHOLE[Scheme(table.scheme)]
    if whole != wanted:
        words = {"found": _plain(whole), "points": _plain(wanted)}
        raise Invalid(_("Tổng điểm của bảng là %(found)s, phải là %(points)s.") % words, code="table_sum")
    _check_parameters(table)


def table_on(scheme: str, day: date) -> Table | None:
    """The table in force on a day: the one that began last and has not ended; two statements. Raises Invalid when what the
    database holds does not add up."""
    row = IndicatorTable.objects.filter(scheme=scheme, valid_from__lte=day).order_by("-valid_from").first()
    if row is None or (row.valid_to is not None and row.valid_to <= day):
        return None
    return from_rows(row, row.indicators.all())


def is_binding(scheme: str, day: date) -> bool:
    """Whether the regime of a day rates by this index; else it is only for information (`rating_scheme`, `index_scheme`)."""
    facts = regime_on(day)
    return facts.rating_scheme == "nine_indices" if scheme == Scheme.NINE else facts.index_scheme != "none"


def from_rows(row: IndicatorTable, indicators: Sequence[Indicator] | Any) -> Table:
    """The table that these rows hold, checked again: an adversary may have added one."""
    table = Table(
        scheme=row.scheme,
        code=row.code,
        name=row.name,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        basis=row.basis,
        source=row.source,
        groups=tuple(Group(code, name, Decimal(points)) for code, name, points in row.groups),
        rows=tuple(
            Row(
                one.code, one.name, one.formula, one.group, Rule(one.max_points, one.target, one.scoring == "threshold")
            )
            for one in indicators
        ),
        parameters=row.parameters,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
    )
    check(table)
    return table


@transaction.atomic
def load_tables(folder: Path) -> int:
    """Add the bundled tables that are not there yet; how many are new. What stands is left alone. Raises Invalid."""
    said = json.loads((folder / "indices" / "tables.json").read_text(encoding="utf-8"))["tables"]
    known = set(IndicatorTable.objects.values_list("code", flat=True))
    taken = set(IndicatorTable.objects.values_list("scheme", "valid_from"))
    tables = [table for table in map(read_table, said) if table.code not in known]
    new = [table for table in tables if (table.scheme, table.valid_from) not in taken]
    for table in new:
        keep(table)
    return len(new)


def keep(table: Table, **approval: Any) -> IndicatorTable:
    """The rows of a table; `approval`: proposal, approved_by, approved_at where the province decided it."""
    row = IndicatorTable.objects.create(
        scheme=table.scheme,
        code=table.code,
        name=table.name,
        valid_from=table.valid_from,
        valid_to=table.valid_to,
        basis=table.basis,
        source=table.source,
        groups=[[group.code, group.name, str(group.points)] for group in table.groups],
        parameters=table.parameters,
        **approval,
    )
    Indicator.objects.bulk_create(
        Indicator(
            table=row,
            seq=seq,
            code=one.code,
            name=one.name,
            formula=one.formula,
            group=one.group,
            max_points=one.rule.max_points,
            target=one.rule.target,
            scoring="threshold" if one.rule.is_threshold else "linear",
        )
        for seq, one in enumerate(table.rows, 1)
    )
    return row


def _row(said: Sequence[Any]) -> Row:
    code, name, formula, group, most, target, scoring = said
    scoring = Indicator.Scoring(scoring)
    rule = Rule(Decimal(most), None if target is None else Decimal(target), scoring == Indicator.Scoring.THRESHOLD)
    return Row(str(code), str(name), str(formula), str(group), rule)


def _check_rows(table: Table) -> None:
    groups = {group.code for group in table.groups}
    for row in table.rows:
        words = {"code": row.code, "formula": row.formula, "group": row.group}
        if row.formula not in KNOWN[Scheme(table.scheme)]:
            raise Invalid(_("Chỉ số %(code)s: không có công thức “%(formula)s”.") % words, code="formula")
        if row.group not in groups:
            raise Invalid(_("Chỉ số %(code)s: không có nhóm “%(group)s”.") % words, code="group")
        if row.rule.max_points < 0 or row.rule.max_points > 100:
            raise Invalid(_("Chỉ số %(code)s: điểm tối đa phải từ 0 đến 100.") % words, code="points")
        if row.rule.target is not None and not 0 < row.rule.target <= 100:
            raise Invalid(_("Chỉ số %(code)s: mục tiêu phải lớn hơn 0 và không quá 100 %%.") % words, code="target")
        if row.rule.is_threshold and row.rule.target is None:
            raise Invalid(_("Chỉ số %(code)s: tính theo ngưỡng thì phải có mục tiêu.") % words, code="target")
        if table.scheme == Scheme.NINE and row.rule.max_points != 2:
            raise Invalid(_("Chỉ số %(code)s: mỗi chỉ số trong chín chỉ số có tối đa 2 điểm.") % words, code="points")
    for of in ("code", "formula"):
        twice = [one for one, count in Counter(getattr(row, of) for row in table.rows).items() if count > 1]
        if twice:
            raise Invalid(_("Bảng có hai dòng cùng mã hoặc công thức: %(what)s.") % {"what": twice[0]}, code="twice")


def _check_parameters(table: Table) -> None:
    for key, choices in CHOICES.items():
        if table.parameter(key) not in choices:
            raise Invalid(
                _("Tham số “%(key)s” của bảng phải là một trong: %(choices)s.")
                % {"key": key, "choices": ", ".join(choices)},
                code="parameter",
            )
    try:
        for key in CLASSES[Scheme(table.scheme)]:
            bounds = [bound for _name, bound in table.classes(key)]
            if sorted(bounds, reverse=True) != bounds or bounds[-1] != 0:
                raise Invalid(_("Các mức xếp loại phải giảm dần đến 0."), code="classes")
            if any(name not in CLASS_NAMES for name, _bound in table.classes(key)):
                raise Invalid(_("Bảng có mức xếp loại không rõ tên."), code="classes")
        if table.scheme == Scheme.NINE:
            for key in PERCENTAGES:
                table.percent(key)
            for level in ("province", "district", "commune"):
                Decimal(table.parameters["onsite_percent"][level])
    except (KeyError, TypeError, ValueError, InvalidOperation, IndexError) as error:
        words = {"what": error}
        raise Invalid(
            _("Bảng thiếu tham số hoặc tham số không đọc được: %(what)s.") % words, code="parameter"
        ) from error


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")

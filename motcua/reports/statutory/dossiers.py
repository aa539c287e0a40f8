"""II.06a to II.06d and 07a/BTP: dossiers of a period by field, office, level, branch or procedure.

The figures are those of the sets behind the measures, as they stood at the end of the period. Law: TT01-2020 2; ND309-2026 11
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from motcua.offices.models import Office
from motcua.reports.measures import Figures, Unbalanced
from motcua.reports.month import Key, count_figures, named
from motcua.reports.periods import Period
from motcua.reports.scope import Scope, branches
from motcua.reports.sets import SOURCES
from motcua.reports.sets_more import ALL_SOURCES
from motcua.reports.statutory.carried import carried_check
from motcua.reports.statutory.columns import columns_06, columns_07a, switches_on
from motcua.reports.statutory.heading import notes_of, sheet_of
from motcua.reports.statutory.shapes import Column, Form, Line, Sheet, values_of

MINISTRY = "II.06d"
LEVELS = (Office.Level.PROVINCE, Office.Level.DISTRICT, Office.Level.COMMUNE)


def sources_of(form: Form) -> dict[str, frozenset[str]]:
    """The sets that the form is counted from."""
    return ALL_SOURCES if form.code == "07a" else SOURCES


def columns_of(form: Form, period: Period) -> tuple[Column, ...]:
    """The columns of a form about dossiers."""
    switches = switches_on(period.last)
    return (columns_07a if form.code == "07a" else columns_06)(switches)[0]


def scope_of(form: Form, scope: Scope) -> Scope:
    """Whose dossiers the form tells of: II.06d those of central agencies in the province alone."""
    if form.code != MINISTRY:
        return scope
    central = frozenset(Office.objects.filter(kind=Office.Kind.VERTICAL_AGENCY).values_list("pk", flat=True))
    return replace(scope, offices=central if scope.offices is None else scope.offices & central)


def dossier_sheet(form: Form, period: Period, scope: Scope, by: str) -> Sheet:
    """The form filled in. Raises Unbalanced when a row, or the rows together, don't keep the form's identities."""
    switches = switches_on(period.last)
    columns, identities = (columns_07a if form.code == "07a" else columns_06)(switches)
    inner = scope_of(form, scope)
    wanted = {leaf for column in columns for leaf in column.leaves}
    sources = {sql: holds for sql, holds in sources_of(form).items() if holds & wanted}
    counted, total = count_figures(period, inner, "office" if by in ("level", "branch") else by, sources)
    _refuse_unknown(total, frozenset().union(*sources_of(form).values()))
    lines = _lines(counted, columns, by, inner, period)
    checks = (carried_check(period, inner, "11" if form.code == "07a" else "6"),)
    notes = notes_of(scope, switches, figures=total)
    return sheet_of(form, period, inner, by, columns, lines, total, identities=identities, checks=checks, notes=notes)


def _refuse_unknown(total: Mapping[str, int], known: frozenset[str]) -> None:
    """A dossier whose row says something that no measure knows must not be lost in silence."""
    unknown = sorted(str(measure) for measure in total if measure not in known)
    if unknown:
        raise Unbalanced(
            _("Có hồ sơ không thuộc chỉ tiêu nào (%(unknown)s). Hãy chạy “motcua audit”.")
            % {"unknown": ", ".join(unknown)},
            unknown=unknown,
        )


def _lines(
    counted: dict[Key, Figures], columns: tuple[Column, ...], by: str, scope: Scope, period: Period
) -> tuple[Line, ...]:
    if by == "level":
        return tuple(_by_level(counted, columns))
    if by == "branch":
        counted = _folded(counted, branches(scope, period.last))
    return tuple(
        Line(name, values_of(columns, counted[key]), str(key) or "-", by, code)
        for key, code, name in named(counted, by)
    )


def _by_level(counted: dict[Key, Figures], columns: tuple[Column, ...]) -> list[Line]:
    """Each level as a heading with the sum of its offices, which follow it."""
    names = named(counted, "office")
    levels = dict(Office.objects.filter(pk__in=counted).values_list("pk", "level"))
    lines: list[Line] = []
    for level in LEVELS:
        inside = [row for row in names if levels[int(row[0])] == level]
        if not inside:
            continue
        rows = [Line(name, values_of(columns, counted[key]), str(key), "office", code) for key, code, name in inside]
        sums = {column.no: sum(row.values[column.no] for row in rows) for column in columns}
        head = str(level.label)
        lines += [Line(head[:1].upper() + head[1:], sums, level.value, "level", is_heading=True), *rows]
    return lines


def _folded(counted: dict[Key, Figures], branch_of: dict[int, int]) -> dict[Key, Figures]:
    sums: dict[Key, Figures] = defaultdict(lambda: defaultdict(int))
    for office, figures in counted.items():
        branch = sums[branch_of.get(int(office), office)]
        for measure, count in figures.items():
            branch[measure] += count
    return dict(sums)

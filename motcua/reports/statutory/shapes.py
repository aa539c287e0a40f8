"""What a form is made of, and the identities that it must keep before anybody sees it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from motcua.reports.measures import Unbalanced
from motcua.reports.periods import Period
from motcua.reports.scope import Scope

Values = dict[str, int]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures. leaves: the counted measures that it is the sum of; parts: the columns it is the sum of.

    Both are known of every total, so that one can check the other. `group` stands above neighbouring columns.
    """

    no: str
    title: Any
    leaves: tuple[str, ...]
    parts: tuple[str, ...] = ()
    group: Any = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """One column is the sum of others, in every row."""

    whole: str
    parts: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.whole} = {' + '.join(self.parts)}"


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the law: its code in addresses and commands, its number as printed, its title.

    about: what it tells, in a sentence; bys: what its rows may be about, the first one unless somebody asks otherwise.
    """

    code: str
    number: str
    title: Any
    law: str
    about: Any
    bys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One row. row and by: how the list behind its figures is asked for; a heading is the sum of the lines below it.

    words: what stands after the figures, where a form has words there.
    """

    name: str
    values: Values
    row: str = ""
    by: str = ""
    code: str = ""
    is_heading: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """Something that is compared and shown beneath the form: what, both figures, and why they may differ."""

    says: str
    here: int
    there: int
    differences: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether both are the same, dossier by dossier."""
        return self.here == self.there and not self.differences


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form filled in for a period."""

    form: Form
    period: Period
    scope: Scope
    by: str
    reporting: str
    receiving: str
    columns: tuple[Column, ...]
    identities: tuple[Identity, ...]
    lines: tuple[Line, ...]
    total: Values
    checks: tuple[Check, ...] = ()
    notes: tuple[str, ...] = ()
    word_heads: tuple[str, ...] = ()

    def column(self, no: str) -> Column | None:
        """The column with this number."""
        return next((column for column in self.columns if column.no == no), None)


def values_of(columns: Iterable[Column], figures: Mapping[str, int]) -> Values:
    """The figure of each column, from what was counted."""
    return {column.no: sum(figures.get(leaf, 0) for leaf in column.leaves) for column in columns}


def identities_of(columns: Iterable[Column]) -> tuple[Identity, ...]:
    """That each total is the sum of its parts."""
    return tuple(Identity(column.no, column.parts) for column in columns if column.parts)


def verified(sheet: Sheet) -> Sheet:
    """The sheet, if every identity holds in every row and the rows are the total. Raises Unbalanced otherwise."""
    for name, values in [*((line.name, line.values) for line in sheet.lines), (str(_("Tổng số")), sheet.total)]:
        for identity in sheet.identities:
            whole, parts = values[identity.whole], sum(values[part] for part in identity.parts)
            if whole != parts:
                raise Unbalanced(
                    _("Biểu %(form)s không cân, dòng “%(row)s”: %(identity)s, nhưng %(whole)s ≠ %(parts)s.")
                    % {
                        "form": sheet.form.code,
                        "row": name,
                        "identity": str(identity),
                        "whole": whole,
                        "parts": parts,
                    }
                )
    for column in sheet.columns:
        summed = sum(line.values[column.no] for line in sheet.lines if not line.is_heading)
        if summed != sheet.total[column.no]:
            raise Unbalanced(
                _("Biểu %(form)s: cột %(column)s cộng các dòng được %(sum)s, tổng số là %(total)s.")
                % {
                    "form": sheet.form.code,
                    "column": column.no,
                    "sum": summed,
                    "total": sheet.total[column.no],
                }
            )
    return sheet

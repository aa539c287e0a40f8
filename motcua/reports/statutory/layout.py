"""A form laid out: heads over columns, numbers of rows, the words around the table; for every kind of file alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, groupby

from django.utils.translation import gettext as _

from motcua.base.numbers import show_count
from motcua.reports.statutory.forms import ROW_HEADS
from motcua.reports.statutory.heading import period_words
from motcua.reports.statutory.shapes import Check, Column, Line, Sheet

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring columns under one head; without a title each stands alone over both rows of heads."""

    title: str
    columns: tuple[Column, ...]


def groups(sheet: Sheet) -> list[Group]:
    """The columns as the heads span them."""
    return [Group(title, tuple(columns)) for title, columns in groupby(sheet.columns, lambda one: str(one.group))]


def numbers(column: Column) -> str:
    """What stands beneath a head: `3 = 4 + 5 + 6`, or the number alone."""
    return f"{column.no} = {' + '.join(column.parts)}" if column.parts else column.no


def numbered(sheet: Sheet) -> Iterator[tuple[str, Line]]:
    """Each row with its STT: headings in Roman numerals, the rows below each counted anew."""
    romans, places = iter(ROMAN), count(1)
    for line in sheet.lines:
        if line.is_heading:
            places = count(1)
            yield next(romans), line
        else:
            yield str(next(places)), line


def title(sheet: Sheet) -> str:
    """`TÌNH HÌNH, … TẠI SỞ TƯ PHÁP`."""
    return _("%(title)s TẠI %(office)s") % {"title": sheet.form.title, "office": sheet.reporting.upper()}


def row_head(sheet: Sheet) -> str:
    """What the rows are about."""
    return str(ROW_HEADS[sheet.by])


def around(sheet: Sheet) -> list[tuple[str, str]]:
    """The words above the table: what, and which."""
    return [
        (_("Kỳ báo cáo"), period_words(sheet.period)),
        (_("Đơn vị báo cáo"), sheet.reporting),
        (_("Đơn vị nhận báo cáo"), sheet.receiving),
    ]


def check_words(check: Check) -> str:
    """One sentence: what was compared, and how it came out."""
    if check.holds:
        return _("%(check)s: khớp (%(count)s).") % {"check": check.says, "count": show_count(check.here)}
    return _("%(check)s: chênh lệch, %(here)s và %(there)s.") % {
        "check": check.says,
        "here": show_count(check.here),
        "there": show_count(check.there),
    }


def beneath(sheet: Sheet) -> list[str]:
    """The lines beneath the table: identities, checks with their differences, notes."""
    lines = [_("Đẳng thức đã kiểm tra: %(all)s.") % {"all": "; ".join(map(str, sheet.identities))}]
    for check in sheet.checks:
        lines += [check_words(check), *(f"– {difference}" for difference in check.differences)]
    return [*lines, *sheet.notes]

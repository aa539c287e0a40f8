"""The indices as workbooks: what was counted are numbers, rates, points and sums are live formulas over them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell as cell
from xlsxwriter.worksheet import Worksheet

from motcua.base.numbers import NOTHING
from motcua.indices.formulas import CLASS_NAMES
from motcua.indices.nine import Sheet
from motcua.indices.quality import Component, Quality
from motcua.indices.tables import Table
from motcua.reports.periods import Period

HEAD_ROW = 4


class _Paper:
    """A workbook under way, with its few formats."""

    def __init__(self) -> None:
        self.memory = io.BytesIO()
        self.book = Workbook(self.memory, {"in_memory": True, "strings_to_formulas": False})
        self.title = self.book.add_format({"bold": True, "font_size": 14})
        self.bold = self.book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter"})
        self.words = self.book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        self.count = self.book.add_format({"num_format": "#,##0", "border": 1})
        self.two = self.book.add_format({"num_format": "0.00", "border": 1, "align": "right"})
        self.one = self.book.add_format({"num_format": "0.0", "border": 1, "align": "right"})
        self.sum = self.book.add_format({"num_format": "0.00", "border": 1, "bold": True, "align": "right"})

    def sheet(self, name: str, lines: Sequence[str], heads: Sequence[str]) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        for row, line in enumerate(lines):
            sheet.write_string(row, 0, line, self.title if row == 0 else None)
        for column, head in enumerate(heads):
            sheet.write_string(HEAD_ROW, column, head, self.bold)
        return sheet

    def done(self) -> bytes:
        self.book.close()
        return self.memory.getvalue()


def quality_workbook(made: Quality) -> bytes:
    """The index of a scope: one sheet with the components, one with what they mean."""
    paper = _Paper()
    office = made.scope.office.name if made.scope.office else _("Tất cả cơ quan")
    lines = [made.table.name, str(made.period), office]
    if made.scope.allowed is not None:
        lines.append(_("Số liệu trong phạm vi người lập báo cáo được xem."))
    heads = [
        _("Mã"), _("Thành phần"), _("Tử số"), _("Mẫu số"), _("Tỷ lệ (%)"), _("Mục tiêu (%)"), _("Điểm tối đa"), _("Điểm"),
        _("Ghi chú"),
    ]  # fmt: skip
    sheet = paper.sheet(_("Chỉ số"), lines, heads)
    at, sums = HEAD_ROW + 1, []
    for group in made.groups:
        first = at + 1
        for place, one in enumerate(group.components):
            _component(sheet, paper, first + place, one)
        last = first + len(group.components) - 1
        sheet.write_string(at, 0, group.group.code, paper.bold)
        sheet.write_string(at, 1, group.group.name, paper.bold)
        for column in range(2, 6):
            sheet.write_blank(at, column, None, paper.bold)
        for column, value in ((6, group.group.points), (7, group.points)):
            formula = f"=SUM({cell(first, column)}:{cell(last, column)})"
            sheet.write_formula(at, column, formula, paper.sum, float(value))
        sums.append(at)
        at = last + 1
    sheet.write_string(at, 1, _("Tổng"), paper.bold)
    for column, value in ((6, sum((group.group.points for group in made.groups), Decimal(0))), (7, made.points)):
        sheet.write_formula(at, column, "=" + "+".join(cell(row, column) for row in sums), paper.sum, float(value))
    sheet.write_string(at + 1, 1, _("Xếp loại"), paper.bold)
    sheet.write_string(at + 1, 7, str(CLASS_NAMES[made.class_name]), paper.bold)
    sheet.set_column(1, 1, 52)
    sheet.set_column(2, 7, 12)
    sheet.set_column(8, 8, 60)
    sheet.freeze_panes(HEAD_ROW + 1, 2)
    _meanings(paper, [(one.row.code, one.row.name, str(one.formula.sentence)) for one in made.components])
    return paper.done()


def sheets_workbook(title: str, period: Period, table: Table, sheets: Sequence[Sheet]) -> bytes:
    """Sheets of agencies or officers, a row each: how many dossiers have 2, 1, 0 points, the scores and their sum."""
    paper = _Paper()
    heads = [_("Tên"), _("Số hồ sơ")]
    rows = sheets[0].scores if sheets else ()
    for score in rows:
        if score.counts is not None:
            heads += [f"{score.row.code}: {points} {_('điểm')}" for points in (2, 1, 0)]
        heads.append(_("Chỉ số %(code)s") % {"code": score.row.code})
    heads += [_("Tổng"), _("Xếp loại")]
    sheet = paper.sheet(_("Chỉ số"), [title, str(period), table.name], heads)
    for place, one in enumerate(sheets, start=HEAD_ROW + 1):
        _line(sheet, paper, place, one)
    sheet.set_column(0, 0, 44)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    _meanings(paper, [(score.row.code, score.row.name, str(score.sentence)) for score in rows])
    return paper.done()


def _component(sheet: Worksheet, paper: _Paper, at: int, one: Component) -> None:
    sheet.write_string(at, 0, one.row.code, paper.words)
    sheet.write_string(at, 1, one.row.name, paper.words)
    part, whole, most = cell(at, 2), cell(at, 3), cell(at, 6)
    for column, value in ((2, one.part), (3, one.whole)):
        if value is None:
            sheet.write_string(at, column, NOTHING, paper.count)
        else:
            sheet.write_number(at, column, value, paper.count)
    rule = one.row.rule
    if rule.target is None:
        sheet.write_string(at, 5, NOTHING, paper.two)
    else:
        sheet.write_number(at, 5, float(rule.target), paper.two)
    sheet.write_number(at, 6, float(rule.max_points), paper.two)
    if one.status == "counted":
        sheet.write_formula(at, 4, f"=ROUND(100*{part}/{whole},2)", paper.two, float(one.rate or 0))
        reached = f"{part}/{whole}/({cell(at, 5)}/100)" if rule.target is not None else f"{part}/{whole}"
        worth = f"INT(MIN(1,{reached}))" if rule.is_threshold else f"MIN(1,{reached})"
        sheet.write_formula(at, 7, f"=ROUND({most}*{worth},2)", paper.two, float(one.points or 0))
    else:
        sheet.write_string(at, 4, NOTHING, paper.two)
        _value(sheet, at, 7, one.points, paper.two)
    days = _("%(days)s ngày") % {"days": f"{one.days}".replace(".", ",")} if one.days is not None else ""
    sheet.write_string(at, 8, one.reason or days or one.beside, paper.words)


def _line(sheet: Worksheet, paper: _Paper, at: int, one: Sheet) -> None:
    sheet.write_string(at, 0, one.field or one.name, paper.words)
    sheet.write_number(at, 1, one.dossiers, paper.count)
    column, scores = 2, []
    for score in one.scores:
        if score.counts is not None:
            two, single, none = (cell(at, column + place) for place in range(3))
            for place, count in enumerate(score.counts):
                sheet.write_number(at, column + place, count, paper.count)
            column += 3
            whole = f"({two}+{single}+{none})"
            formula = f'=IF({whole}=0,"{NOTHING}",ROUND((2*{two}+{single})/{whole},1))'
            shown = NOTHING if score.value is None else float(score.value)
            sheet.write_formula(at, column, formula, paper.one, shown)
        else:
            _value(sheet, at, column, score.value, paper.one)
        scores.append(cell(at, column))
        column += 1
    shown = NOTHING if one.total is None else float(one.total)
    if one.total is None:
        sheet.write_string(at, column, NOTHING, paper.one)
    else:
        # SUM passes over the dashes of what has no data.
        sheet.write_formula(at, column, f"=SUM({','.join(scores)})", paper.one, shown)
    sheet.write_string(at, column + 1, str(CLASS_NAMES[one.class_name]) if one.class_name else "", paper.words)


def _value(sheet: Worksheet, row: int, column: int, value: Any, form: Format) -> None:
    if value is None:
        sheet.write_string(row, column, NOTHING, form)
    else:
        sheet.write_number(row, column, float(value), form)


def _meanings(paper: _Paper, rows: Sequence[tuple[str, str, str]]) -> None:
    sheet = paper.book.add_worksheet(_("Định nghĩa"))
    for column, head in enumerate((_("Mã"), _("Tên"), _("Định nghĩa"))):
        sheet.write_string(0, column, head, paper.bold)
    for row, texts in enumerate(rows, start=1):
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, paper.words)
    sheet.set_column(1, 1, 52)
    sheet.set_column(2, 2, 90)

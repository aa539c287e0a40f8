"""A form as a workbook: counted figures are numbers, sums are live formulas, and a second sheet tests every identity."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from motcua.reports.statutory.layout import around, beneath, groups, numbered, numbers, row_head, title
from motcua.reports.statutory.shapes import Identity, Line, Sheet

HEAD_ROW = 6
FIRST_ROW = HEAD_ROW + 3
FIRST_COLUMN = 2


class _Formats:
    def __init__(self, book: Workbook) -> None:
        edge = {"border": 1, "text_wrap": True, "valign": "vcenter"}
        self.title = book.add_format({"bold": True, "font_size": 13})
        self.head = book.add_format({**edge, "bold": True, "align": "center"})
        self.small = book.add_format({**edge, "italic": True, "align": "center", "font_size": 9})
        self.name = book.add_format(edge)
        self.bold_name = book.add_format({**edge, "bold": True})
        self.count = book.add_format({"border": 1, "num_format": "#,##0"})
        self.bold_count = book.add_format({"border": 1, "num_format": "#,##0", "bold": True})


def sheetbook(sheet: Sheet) -> bytes:
    """The file."""
    memory = io.BytesIO()
    book = Workbook(memory, {"in_memory": True, "strings_to_formulas": False})
    try:
        formats = _Formats(book)
        page = book.add_worksheet(_("Biểu"))
        _head(page, sheet, formats)
        for place, (number, line) in enumerate(numbered(sheet)):
            _line(page, FIRST_ROW + place, number, line, sheet, formats)
        end = FIRST_ROW + len(sheet.lines)
        _total(page, end, sheet, formats)
        for place, words in enumerate(beneath(sheet), start=end + 2):
            page.write_string(place, 1, words)
        page.freeze_panes(FIRST_ROW, FIRST_COLUMN)
        page.set_column(0, 0, 6)
        page.set_column(1, 1, 44)
        page.set_column(FIRST_COLUMN, FIRST_COLUMN + len(sheet.columns) - 1, 11)
        if sheet.word_heads:
            after = FIRST_COLUMN + len(sheet.columns)
            page.set_column(after, after + len(sheet.word_heads) - 1, 40)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        _identities(book.add_worksheet(_("Kiểm tra")), page.get_name(), end, sheet, formats)
    finally:
        book.close()
    return memory.getvalue()


def _place(sheet: Sheet, no: str) -> int:
    return FIRST_COLUMN + [column.no for column in sheet.columns].index(no)


def _head(page: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    page.write_string(0, 0, _("Biểu số %(number)s") % {"number": sheet.form.number})
    page.write_string(1, 0, title(sheet), formats.title)
    for row, (what, which) in enumerate(around(sheet), start=2):
        page.write_string(row, 0, f"{what}: {which}")
    for place, words in enumerate((_("STT"), row_head(sheet))):
        page.merge_range(HEAD_ROW, place, HEAD_ROW + 1, place, words, formats.head)
        page.write_string(HEAD_ROW + 2, place, str(place + 1), formats.small)
    at = FIRST_COLUMN
    for group in groups(sheet):
        last = at + len(group.columns) - 1
        if not group.title:
            for place, column in enumerate(group.columns, start=at):
                page.merge_range(HEAD_ROW, place, HEAD_ROW + 1, place, str(column.title), formats.head)
        else:
            _merged(page, HEAD_ROW, at, last, group.title, formats.head)
            for place, column in enumerate(group.columns, start=at):
                page.write_string(HEAD_ROW + 1, place, str(column.title), formats.head)
        for place, column in enumerate(group.columns, start=at):
            page.write_string(HEAD_ROW + 2, place, numbers(column), formats.small)
        at = last + 1
    for place, words in enumerate(sheet.word_heads, start=at):
        page.merge_range(HEAD_ROW, place, HEAD_ROW + 1, place, words, formats.head)
        page.write_string(HEAD_ROW + 2, place, "", formats.small)


def _merged(page: Worksheet, row: int, first: int, last: int, words: str, form: Format) -> None:
    if first == last:
        page.write_string(row, first, words, form)
    else:
        page.merge_range(row, first, row, last, words, form)


def _line(page: Worksheet, at: int, number: str, line: Line, sheet: Sheet, formats: _Formats) -> None:
    name, count = (formats.bold_name, formats.bold_count) if line.is_heading else (formats.name, formats.count)
    page.write_string(at, 0, number, name)
    page.write_string(at, 1, line.name, name)
    below = _below(sheet, at - FIRST_ROW) if line.is_heading else 0
    for place, column in enumerate(sheet.columns, start=FIRST_COLUMN):
        value = line.values[column.no]
        if line.is_heading:
            first, last = xl_rowcol_to_cell(at + 1, place), xl_rowcol_to_cell(at + below, place)
            page.write_formula(at, place, f"=SUM({first}:{last})", count, value)
        elif column.parts:
            page.write_formula(at, place, "=" + _sum_of(sheet, column.parts, at), count, value)
        else:
            page.write_number(at, place, value, count)
    for place, words in enumerate(line.words, start=FIRST_COLUMN + len(sheet.columns)):
        page.write_string(at, place, words, name)


def _below(sheet: Sheet, heading: int) -> int:
    """How many rows follow a heading until the next one."""
    after = sheet.lines[heading + 1 :]
    return next((place for place, line in enumerate(after) if line.is_heading), len(after))


def _sum_of(sheet: Sheet, parts: tuple[str, ...], at: int) -> str:
    return "+".join(xl_rowcol_to_cell(at, _place(sheet, part)) for part in parts)


def _total(page: Worksheet, at: int, sheet: Sheet, formats: _Formats) -> None:
    page.write_string(at, 0, "", formats.bold_name)
    page.write_string(at, 1, _("Tổng số"), formats.bold_name)
    headings = [FIRST_ROW + place for place, line in enumerate(sheet.lines) if line.is_heading]
    for place, column in enumerate(sheet.columns, start=FIRST_COLUMN):
        value = sheet.total[column.no]
        if not sheet.lines:
            page.write_number(at, place, value, formats.bold_count)
            continue
        if headings:
            formula = "=" + "+".join(xl_rowcol_to_cell(row, place) for row in headings)
        else:
            first, last = xl_rowcol_to_cell(FIRST_ROW, place), xl_rowcol_to_cell(at - 1, place)
            formula = f"=SUM({first}:{last})"
        page.write_formula(at, place, formula, formats.bold_count, value)
    for place in range(FIRST_COLUMN + len(sheet.columns), FIRST_COLUMN + len(sheet.columns) + len(sheet.word_heads)):
        page.write_string(at, place, "", formats.bold_name)


def _identities(page: Worksheet, named: str, total: int, sheet: Sheet, formats: _Formats) -> None:
    for column, words in enumerate((_("Đẳng thức"), _("Vế trái"), _("Vế phải"), _("Kết quả"))):
        page.write_string(0, column, words, formats.head)
    for row, identity in enumerate(sheet.identities, start=1):
        left = _outer(named, total, sheet, (identity.whole,))
        right = _outer(named, total, sheet, identity.parts)
        whole, parts = sheet.total[identity.whole], _parts(sheet, identity)
        page.write_string(row, 0, str(identity), formats.name)
        page.write_formula(row, 1, f"={left}", formats.count, whole)
        page.write_formula(row, 2, f"={right}", formats.count, parts)
        right_word, wrong_word = _("đúng"), _("sai")
        said = right_word if whole == parts else wrong_word
        page.write_formula(row, 3, f'=IF(B{row + 1}=C{row + 1},"{right_word}","{wrong_word}")', formats.name, said)
    page.set_column(0, 0, 36)


def _outer(named: str, total: int, sheet: Sheet, parts: tuple[str, ...]) -> str:
    return "+".join(f"'{named}'!{xl_rowcol_to_cell(total, _place(sheet, part))}" for part in parts)


def _parts(sheet: Sheet, identity: Identity) -> int:
    return sum(sheet.total[part] for part in identity.parts)

"""A plain list as a workbook: a title, heads, rows; numbers stay numbers, days stay days."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from xlsxwriter import Workbook

Cell = str | int | Decimal | Fraction | date | datetime | None
HEAD_ROW = 2


def table_workbook(title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The file: text is never read as a formula; an empty cell stays empty."""
    memory = io.BytesIO()
    book = Workbook(memory, {"constant_memory": True, "remove_timezone": True, "strings_to_formulas": False})
    try:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "text_wrap": True, "border": 1})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 13}))
        for column, head in enumerate(heads):
            sheet.write_string(HEAD_ROW, column, head, bold)
        for row, cells in enumerate(rows, start=HEAD_ROW + 1):
            for column, value in enumerate(cells):
                if isinstance(value, date):
                    sheet.write_datetime(row, column, value, day)
                elif isinstance(value, int | Decimal | Fraction):
                    sheet.write_number(row, column, float(value))
                elif value:
                    sheet.write_string(row, column, value)
    finally:
        book.close()
    return memory.getvalue()

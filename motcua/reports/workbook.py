"""The report as a workbook: counted figures are numbers, sums and rates are live formulas over them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from motcua.base.numbers import NOTHING
from motcua.dossiers.kinds import Channel
from motcua.reports.behind import Member
from motcua.reports.measures import MEASURES, RATES, Figures, Rate, rates
from motcua.reports.month import Report

HEAD_ROW = 4
FIRST_ROW = HEAD_ROW + 1
FIRST_COLUMN = 2
COLUMNS = {key: FIRST_COLUMN + place for place, key in enumerate(MEASURES)}
RATE_COLUMNS = {key: FIRST_COLUMN + len(MEASURES) + place for place, key in enumerate(RATES)}


def workbook(made: Report) -> bytes:
    """The file: one sheet with the figures, one with what they mean."""
    memory = io.BytesIO()
    book = Workbook(memory, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    try:
        _figures(book, made)
        _meanings(book)
    finally:
        book.close()
    return memory.getvalue()


def members_workbook(title: str, members: Iterable[Member]) -> bytes:
    """The dossiers behind a figure as a file."""
    memory = io.BytesIO()
    book = Workbook(memory, {"constant_memory": True, "remove_timezone": True})
    try:
        sheet = book.add_worksheet(_("Hồ sơ"))
        bold = book.add_format({"bold": True, "text_wrap": True, "border": 1})
        sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 13}))
        heads = (
            _("Mã hồ sơ"), _("Thủ tục"), _("Nơi đang ở"), _("Người giữ"), _("Cách nộp"), _("Tiếp nhận"), _("Hẹn trả"),
            _("Thời điểm tính"), _("Số ngày quá hạn"), _("Lý do hẹn lại"), _("Ngày hẹn đã đính chính"),
        )  # fmt: skip
        for column, head in enumerate(heads):
            sheet.write_string(2, column, head, bold)
        for row, member in enumerate(members, start=3):
            for column, value in enumerate(_cells(member)):
                _write(sheet, row, column, value)
    finally:
        book.close()
    return memory.getvalue()


def _figures(book: Workbook, made: Report) -> None:
    sheet = book.add_worksheet(_("Báo cáo"))
    bold = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter", "align": "center"})
    count = book.add_format({"num_format": "#,##0", "border": 1})
    share = book.add_format({"num_format": "0.00", "border": 1, "align": "right"})
    office = made.scope.office.name if made.scope.office else _("Toàn hệ thống")
    title = book.add_format({"bold": True, "font_size": 14})
    sheet.write_string(0, 0, _("TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH"), title)
    sheet.write_string(1, 0, str(made.period))
    sheet.write_string(2, 0, office)
    if made.scope.allowed is not None:
        sheet.write_string(3, 0, _("Số liệu trong phạm vi người lập báo cáo được xem."))
    for column, head in enumerate((_("Mã"), _("Tên"))):
        sheet.write_string(HEAD_ROW, column, head, bold)
    for key, measure in MEASURES.items():
        sheet.write_string(HEAD_ROW, COLUMNS[key], str(measure.name), bold)
    for key, rate in RATES.items():
        sheet.write_string(HEAD_ROW, RATE_COLUMNS[key], str(rate.name) + " (%)", bold)
    for place, row in enumerate(made.rows):
        _row(sheet, FIRST_ROW + place, (row.code, row.name), row.figures, count, share)
    _total(sheet, made, count, share, bold)
    sheet.freeze_panes(FIRST_ROW, FIRST_COLUMN)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 44)
    sheet.set_column(FIRST_COLUMN, FIRST_COLUMN + len(MEASURES) + len(RATES), 13)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _row(sheet: Worksheet, at: int, names: tuple[str, str], figures: Figures, count: Format, share: Format) -> None:
    for column, name in enumerate(names):
        sheet.write_string(at, column, name, count)
    for key, measure in MEASURES.items():
        if measure.parts:
            cells = "+".join(xl_rowcol_to_cell(at, COLUMNS[part]) for part in measure.parts)
            sheet.write_formula(at, COLUMNS[key], f"={cells}", count, figures[key])
        else:
            sheet.write_number(at, COLUMNS[key], figures[key], count)
    _rates(sheet, at, figures, share)


def _total(sheet: Worksheet, made: Report, count: Format, share: Format, bold: Format) -> None:
    at = FIRST_ROW + len(made.rows)
    sheet.write_string(at, 0, "", bold)
    sheet.write_string(at, 1, _("Tổng"), bold)
    for key in MEASURES:
        column = xl_col_to_name(COLUMNS[key])
        if made.rows:
            formula = f"=SUM({column}{FIRST_ROW + 1}:{column}{at})"
            sheet.write_formula(at, COLUMNS[key], formula, count, made.total[key])
        else:
            sheet.write_number(at, COLUMNS[key], made.total[key], count)
    _rates(sheet, at, made.total, share)


def _rates(sheet: Worksheet, at: int, figures: Figures, share: Format) -> None:
    for key, value in rates(figures).items():
        whole = xl_rowcol_to_cell(at, COLUMNS[RATES[key].whole])
        # ROUND rounds half up, as the printed figures do.
        formula = f'=IF({whole}=0,"{NOTHING}",ROUND(100*({_part(RATES[key], at)})/{whole},2))'
        sheet.write_formula(at, RATE_COLUMNS[key], formula, share, NOTHING if value is None else float(value))


def _part(rate: Rate, at: int) -> str:
    keys = ("resolved_early", "resolved_on_time") if rate.part == "in_time" else (rate.part,)
    return "+".join(xl_rowcol_to_cell(at, COLUMNS[key]) for key in keys)


def _meanings(book: Workbook) -> None:
    sheet = book.add_worksheet(_("Định nghĩa"))
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for column, head in enumerate((_("Chỉ tiêu"), _("Định nghĩa"), _("Căn cứ"))):
        sheet.write_string(0, column, head, bold)
    for row, measure in enumerate(MEASURES.values(), start=1):
        for column, text in enumerate((measure.name, measure.sentence, measure.law)):
            sheet.write_string(row, column, str(text), wrapped)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    sheet.set_column(2, 2, 18)


def _cells(member: Member) -> tuple[Any, ...]:
    def day(instant: Any) -> str:
        from motcua.base.times import VIETNAM

        return f"{instant.astimezone(VIETNAM):%d/%m/%Y %H:%M}" if instant else NOTHING

    return (
        member.code or member.submission_no, member.procedure, member.office, member.holder,
        str(Channel(member.channel).label), day(member.accepted_at), day(member.due_at), day(member.at),
        member.days_late, member.cause, _("có") if member.is_redated else "",
    )  # fmt: skip


def _write(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    if isinstance(value, int):
        sheet.write_number(row, column, value)
    else:
        # Never as a formula: these are words that applicants and officers typed.
        sheet.write_string(row, column, str(value))

"""The quarterly settlement of fees as a workbook: counted figures are numbers, sums are live formulas."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from motcua.fees.settlement import Share

HEAD = 4
COLUMNS = "CDEFG"


# Column of a figure, its value, and the name by which its entries are opened (empty: all of the share's).
FIGURES: tuple[tuple[int, str, str], ...] = (
    (2, "bills", "thu"),
    (3, "paid_vnd", "thu"),
    (4, "refunded_vnd", "hoan"),
    (6, "cash_vnd", "tien-mat"),
)


def settlement_workbook(
    title: str, counters: Sequence[str], rows: Sequence[Share], opens: Callable[[Share, str], str]
) -> bytes:
    """The file. Names are written as words, never as formulas. Law: ND61-2018 22

    opens: the address of the entries behind a figure of a share; "" for all of them.
    """
    memory = io.BytesIO()
    book = Workbook(memory, {"in_memory": True})
    try:
        sheet = book.add_worksheet(_("Quyết toán"))
        bold = book.add_format({"bold": True, "text_wrap": True, "border": 1})
        plain = book.add_format({"border": 1, "text_wrap": True})
        money = book.add_format({"num_format": "#,##0", "border": 1})
        heading = book.add_format({"bold": True, "font_size": 14})
        sheet.write_string(0, 0, _("QUYẾT TOÁN PHÍ, LỆ PHÍ ĐÃ THU HỘ"), heading)
        sheet.write_string(1, 0, title)
        sheet.write_string(2, 0, "; ".join(counters))
        heads = (
            _("Cơ quan"), _("Loại"), _("Số phiếu thu"), _("Đã thu (đồng)"), _("Đã hoàn (đồng)"),
            _("Phải chuyển (đồng)"), _("Trong đó tiền mặt (đồng)"),
        )  # fmt: skip
        for column, head in enumerate(heads):
            sheet.write_string(HEAD, column, head, bold)
        for at, row in enumerate(rows, start=HEAD + 1):
            sheet.write_string(at, 0, row.agency, plain)
            sheet.write_string(at, 1, row.kind_label, plain)
            for column, name, figure in FIGURES:
                # A link first, then the number in its place: the cell keeps both.
                sheet.write_url(at, column, opens(row, figure), money)
                sheet.write_number(at, column, getattr(row, name), money)
            sheet.write_url(at, 5, opens(row, ""), money)
            sheet.write_formula(at, 5, f"=D{at + 1}-E{at + 1}", money, row.net_vnd)
        end = HEAD + 1 + len(rows)
        sheet.write_string(end, 0, _("Tổng"), bold)
        sheet.write_string(end, 1, "", bold)
        names = ("bills", "paid_vnd", "refunded_vnd", "net_vnd", "cash_vnd")
        sums = [sum(getattr(row, name) for row in rows) for name in names]
        for column, (letter, value) in enumerate(zip(COLUMNS, sums, strict=True), start=2):
            if rows:
                sheet.write_formula(end, column, f"=SUM({letter}{HEAD + 2}:{letter}{end})", money, value)
            else:
                sheet.write_number(end, column, 0, money)
        sheet.set_column(0, 0, 48)
        sheet.set_column(1, 6, 16)
        sheet.freeze_panes(HEAD + 1, 1)
    finally:
        book.close()
    return memory.getvalue()

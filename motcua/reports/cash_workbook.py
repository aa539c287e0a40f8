"""One cash day of one till as a workbook: every receipt a row that opens it, the count, and what differs, all live sums."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from motcua.base.times import VIETNAM
from motcua.fees.closing import DENOMINATIONS
from motcua.fees.kinds import EntryKind, Way
from motcua.fees.models import CashClose, Entry

HEAD = 4


@dataclass(frozen=True, slots=True)
class CashRow:
    """An entry of the day with its dossier's code and the address of its receipt (empty: none)."""

    entry: Entry
    code: str
    address: str


def cash_workbook(*, office: str, officer: str, day: date, rows: Sequence[CashRow], closed: CashClose | None) -> bytes:
    """The file. Names are written as words, never as formulas. Law: LKT-2015 40"""
    memory = io.BytesIO()
    book = Workbook(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    try:
        _Sheet(book).write(office, officer, day, rows, closed)
    finally:
        book.close()
    return memory.getvalue()


class _Sheet:
    """The one sheet while it is written, from above to below."""

    def __init__(self, book: Workbook) -> None:
        self.sheet = book.add_worksheet(_("Sổ quỹ ngày"))
        self.bold = book.add_format({"bold": True, "text_wrap": True, "border": 1})
        self.plain = book.add_format({"border": 1, "text_wrap": True})
        self.money = book.add_format({"num_format": "#,##0", "border": 1})
        self.sum = book.add_format({"num_format": "#,##0", "border": 1, "bold": True})
        self.heading = book.add_format({"bold": True, "font_size": 14})
        self.link = book.add_format({"border": 1, "font_color": "#0b57d0", "underline": 1})

    def write(self, office: str, officer: str, day: date, rows: Sequence[CashRow], closed: CashClose | None) -> None:
        self.sheet.write_string(0, 0, _("SỔ QUỸ TIỀN MẶT NGÀY %(day)s") % {"day": f"{day:%d/%m/%Y}"}, self.heading)
        self.sheet.write_string(1, 0, office)
        self.sheet.write_string(2, 0, _("Người thu: %(name)s") % {"name": officer})
        net = self._entries(rows)
        self._count(HEAD + len(rows) + 4, net, closed)
        for first, last, width in ((0, 0, 12), (1, 2, 26), (3, 4, 30), (5, 7, 18)):
            self.sheet.set_column(first, last, width)
        self.sheet.freeze_panes(HEAD + 1, 0)

    def _entries(self, rows: Sequence[CashRow]) -> int:
        """The rows and their sums; what cash should be there."""
        heads = (
            _("Lúc"), _("Biên lai"), _("Hồ sơ"), _("Người nộp"), _("Khoản"), _("Thu tiền mặt (đồng)"),
            _("Hoàn tiền mặt (đồng)"), _("Không dùng tiền mặt (đồng)"),
        )  # fmt: skip
        self._line(HEAD, heads, self.bold)
        totals = [0, 0, 0]
        for at, row in enumerate(rows, start=HEAD + 1):
            entry = row.entry
            self._line(at, ("", "", row.code, entry.bill.payer_name, entry.line.name), self.plain)
            self.sheet.write_string(at, 0, f"{entry.at.astimezone(VIETNAM):%H:%M}", self.plain)
            self._receipt(at, row)
            place, amount = _column(entry)
            totals[place] += amount
            for column in range(3):
                self.sheet.write_number(at, 5 + column, amount if column == place else 0, self.money)
        end = HEAD + 1 + len(rows)
        self._line(end, (_("Tổng"), "", "", "", ""), self.bold)
        for column, letter in enumerate("FGH"):
            area = f"{letter}{HEAD + 2}:{letter}{max(end, HEAD + 2)}" if rows else ""
            self._formula(end, 5 + column, f"=SUM({area})" if rows else "=0", totals[column])
        self.sheet.write_string(end + 1, 4, _("Theo sổ phải có"), self.bold)
        self._formula(end + 1, 5, f"=F{end + 1}-G{end + 1}", totals[0] - totals[1])
        return totals[0] - totals[1]

    def _receipt(self, at: int, row: CashRow) -> None:
        receipt = row.entry.receipt
        words = f"{receipt.book.serial} {receipt}" if receipt else ""
        if row.address:
            self.sheet.write_url(at, 1, row.address, self.link, words)
        else:
            self.sheet.write_string(at, 1, words, self.plain)

    def _count(self, top: int, net: int, closed: CashClose | None) -> None:
        """The count by denomination, its sum, and how it differs from the book."""
        self._line(top, (_("Mệnh giá"), _("Số tờ"), _("Thành tiền (đồng)")), self.bold)
        counted = closed.counted if closed else {}
        for at, note in enumerate(DENOMINATIONS, start=top + 1):
            pieces = int(counted.get(str(note), 0))
            self.sheet.write_number(at, 0, note, self.money)
            self.sheet.write_number(at, 1, pieces, self.money)
            self._formula(at, 2, f"=A{at + 1}*B{at + 1}", note * pieces, self.money)
        end = top + 1 + len(DENOMINATIONS)
        total = closed.counted_vnd if closed else 0
        self._line(end, (_("Đếm được"), ""), self.bold)
        self._formula(end, 2, f"=SUM(C{top + 2}:C{end})", total)
        self._line(end + 1, (_("Chênh lệch"), ""), self.bold)
        self._formula(end + 1, 2, f"=C{end + 1}-F{top - 1}", total - net)
        if closed is None:
            self.sheet.write_string(end + 2, 0, _("Chưa khoá sổ: nhập số tờ đếm được vào cột B."))
            return
        if closed.reason:
            self.sheet.write_string(end + 2, 0, _("Lý do chênh lệch: %(why)s") % {"why": closed.reason})
        signed = {"name": closed.officer.full_name, "at": f"{closed.signed_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"}
        self.sheet.write_string(end + 3, 0, _("Ký khoá sổ: %(name)s, lúc %(at)s") % signed)

    def _line(self, at: int, words: Sequence[str], look: object) -> None:
        for column, word in enumerate(words):
            self.sheet.write_string(at, column, word, look)

    def _formula(self, at: int, column: int, formula: str, value: int, look: object = None) -> None:
        self.sheet.write_formula(at, column, formula, look or self.sum, value)


def _column(entry: Entry) -> tuple[int, int]:
    """Under which head an entry stands, and its amount; what was given back without cash lessens that column."""
    if entry.way != Way.CASH:
        return 2, entry.amount_vnd if entry.kind == EntryKind.PAID else -entry.amount_vnd
    return (0 if entry.kind == EntryKind.PAID else 1), entry.amount_vnd

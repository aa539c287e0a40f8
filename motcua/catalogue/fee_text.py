"""From what a source prints to a fee: certain only when amount and currency are explicit and the note agrees.

Pure; no Django. Whole đồng; another currency keeps its own amount and waits for a person.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from motcua.catalogue.limit_text import plain

LARGEST_VND = 10**12
SMALLEST_VND = 1000
_AMOUNT = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*|\d+")
_MONEY_IN_TEXT = re.compile(r"(\d[\d.,]*)\s*(?:vnđ|vnd|đồng|đ\b)")
_FREE = re.compile(
    r"\(?(?:không|không có|không thu|không thu (?:phí|lệ phí|phí, lệ phí)|không quy định|miễn phí|miễn lệ phí|miễn"
    r"|chưa quy định|không mất phí)\)?[.;]?"
)
_PER_UNIT = re.compile(
    r"/\s*(?:trang|tờ|bản|điểm|m2|m²|m3|km|ha|tấn|kg|con|người|ngày|tháng|năm|lô|mẫu|chỉ tiêu|thửa)|mỗi trang|%"
)
_DATED = re.compile(r"(?:từ|đến|kể từ|hết)(?: hết)? ngày \d|từ \d{1,2}/\d{1,2}/\d{4}")
_REDUCED = re.compile(r"bằng \d+ ?%|giảm|miễn|trường hợp|đối với|tùy|tuỳ|nếu có")


@dataclass(frozen=True, slots=True)
class FeeReading:
    """What was read; `doubt` is a reason code, empty exactly when the fee is certain."""

    kind: str
    amount_vnd: int | None
    currency: str
    amount_foreign: Decimal | None
    doubt: str

    @property
    def certain(self) -> bool:
        """May be asked of the applicant without a person's word."""
        return not self.doubt


def read_money(text: object) -> int | None:
    """Whole đồng from `70,000`, `215.000`, `1.000.000`, `500000`; None when it isn't one plain amount."""
    found = _AMOUNT.fullmatch(plain(text).rstrip("đ").strip())
    return int(re.sub(r"[.,]", "", found[0])) if found and len(found[0]) <= 20 else None


def read_fees(fees: Sequence[Mapping[str, Any]]) -> list[FeeReading]:
    """The fees of one channel row; several of one kind are a tariff, from which a person chooses."""
    readings = [read_fee(fee) for fee in fees]
    kinds = [reading.kind for reading in readings]
    return [
        FeeReading(r.kind, r.amount_vnd, r.currency, r.amount_foreign, r.doubt or "choose_tariff")
        if kinds.count(r.kind) > 1
        else r
        for r in readings
    ]


def read_fee(fee: Mapping[str, Any]) -> FeeReading:
    """One fee of the source. Zero is free of charge only when nothing in the row speaks of a rule or an amount."""
    kind = str(fee["kind"]) if fee.get("kind") in ("PHI", "LE_PHI") else ""
    currency = str(fee.get("currency") or "").upper()[:8]
    amount = _decimal(fee.get("amount"))
    note = plain(fee.get("note"))
    if currency not in ("VND", ""):
        return FeeReading(kind, None, currency, amount, "foreign_currency" if amount is not None else "no_amount")
    doubt = _doubt(amount, currency, note, fee)
    known = amount is not None and amount == amount.to_integral_value() and 0 <= amount <= LARGEST_VND
    keep = known and doubt not in ("doubtful_zero", "small_amount")
    return FeeReading(kind, int(amount) if keep and amount is not None else None, "VND", None, doubt)


def _doubt(amount: Decimal | None, currency: str, note: str, fee: Mapping[str, Any]) -> str:
    if amount is None:
        return "fused_with_limit" if fee.get("raw") else "no_amount"
    if amount == 0:
        return "doubtful_zero" if fee.get("amount_doubtful") or not (_FREE.fullmatch(note) or not note) else ""
    if not currency:
        return "no_currency"
    if amount != amount.to_integral_value() or not 0 < amount <= LARGEST_VND:
        return "odd_amount"
    if amount < SMALLEST_VND:
        return "small_amount"
    return "doubtful_amount" if fee.get("amount_doubtful") else _note_doubt(int(amount), note)


def _note_doubt(amount: int, note: str) -> str:
    """Does the note make the amount depend on something?"""
    if _DATED.search(note) and ("áp dụng" in note or "mức" in note):
        return "dated_tariff"
    said = {read_money(found[1].rstrip(".,")) for found in _MONEY_IN_TEXT.finditer(note)}
    if said - {amount}:
        return "note_has_other_amounts"
    if _PER_UNIT.search(note):
        return "per_unit"
    return "by_case" if _REDUCED.search(note) else ""


def _decimal(value: object) -> Decimal | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        amount = Decimal(str(value)[:40])
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and abs(amount) < 10**13 else None

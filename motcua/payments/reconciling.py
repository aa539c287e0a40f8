"""One day of online payments side by side: orders, the gateway's money, the ledger, the receipts. A difference is shown,
never adjusted.

Law: ND61-2018 22
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.base.times import end_of, start_of
from motcua.payments.kinds import OrderState, Verdict
from motcua.payments.models import Order

# What can be wrong with a row, in the order in which it is told.
FAULTS = {
    "undecided": _("Chưa xử lý xong: hệ thống sẽ làm tiếp"),
    "sum": _("Ghi sổ cộng phải hoàn khác số tiền cổng báo"),
    "ledger": _("Sổ thu khác số đã ghi nhận"),
    "no_receipt": _("Chưa có biên lai"),
    "receipt": _("Biên lai khác số đã ghi nhận"),
    "contradicts": _("Cổng thanh toán báo hai số tiền khác nhau cho cùng một giao dịch"),
    "no_dong": _("Không phải số đồng nguyên: phải hoàn bằng tay"),
    "no_money": _("Có trong sổ thu, cổng thanh toán không báo"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One payment: what the gateway said, and what stands in our books; whole đồng, None where it says no đồng."""

    money_id: int | None
    gateway_ref: str
    number: str
    dossier_id: int | None
    dossier: str
    told_at: datetime
    said: str
    amount_vnd: int | None
    verdict: str
    booked_vnd: int
    back_vnd: int
    given_back: bool
    outcome_id: int | None
    ledger_vnd: int
    receipt_id: int | None
    receipt_no: str
    receipt_vnd: int
    contradicted: bool

    @property
    def verdict_label(self) -> str:
        """What became of it, in words."""
        return str(Verdict(self.verdict).label) if self.verdict else "–"

    @property
    def faults(self) -> list[str]:
        """What differs, in words; empty when everything agrees."""
        if self.money_id is None:
            return [str(FAULTS["no_money"])]
        if self.outcome_id is None:
            return [str(FAULTS["undecided"])]
        wrong = {
            "sum": self.amount_vnd is not None and self.amount_vnd != self.booked_vnd + self.back_vnd,
            "ledger": self.ledger_vnd != self.booked_vnd,
            "no_receipt": self.booked_vnd > 0 and self.receipt_id is None,
            "receipt": self.receipt_id is not None and self.receipt_vnd != self.booked_vnd,
            "contradicts": self.contradicted,
            "no_dong": self.amount_vnd is None and not self.given_back,
        }
        return [str(FAULTS[name]) for name, is_so in wrong.items() if is_so]


@dataclass(frozen=True, slots=True)
class Day:
    """One Vietnamese day, by when the gateway's word reached us; orders by when they were made."""

    day: date
    rows: tuple[Row, ...]
    orders: int
    ordered_vnd: int
    waiting: tuple[Order, ...]

    def total(self, name: str) -> int:
        """The sum of one column."""
        return sum(getattr(row, name) or 0 for row in self.rows)

    @property
    def totals(self) -> dict[str, int]:
        """The sums beneath the table, in whole đồng; `difference_vnd`: the gateway's money less ours, booked or set aside."""
        columns = ("amount_vnd", "booked_vnd", "back_vnd", "ledger_vnd", "receipt_vnd")
        sums = {name: self.total(name) for name in columns}
        return {**sums, "difference_vnd": sums["amount_vnd"] - sums["ledger_vnd"] - sums["back_vnd"]}

    @property
    def differing(self) -> list[Row]:
        """The rows on which something differs."""
        return [row for row in self.rows if row.faults]


_ROWS = """
WITH money AS (
    SELECT m.*, o.dossier_id FROM payments_money m LEFT JOIN payments_order o ON o.id = m.order_id
    WHERE m.told_at >= %(start)s AND m.told_at < %(end)s
)
SELECT m.id, m.gateway_ref, m.number, d.id, coalesce(d.code, d.submission_no, ''), m.told_at, m.said, m.amount_vnd::bigint,
    coalesce(c.verdict, ''), coalesce(c.booked_vnd, 0), coalesce(c.back_vnd, 0), g.id IS NOT NULL, c.id,
    coalesce((SELECT sum(e.amount_vnd) FROM fees_entry e
        WHERE e.reference = c.reference AND c.reference <> '' AND e.kind = 'paid'), 0)::bigint,
    r.id, coalesce(lpad(r.number::text, 7, '0'), ''), coalesce(r.amount_vnd, 0)::bigint,
    EXISTS (SELECT FROM payments_told t WHERE t.gateway_ref = m.gateway_ref AND t.gateway_ref <> ''
        AND t.state = 'DA_THANH_TOAN' AND (t.number <> m.number OR t.said <> m.said))
FROM money m LEFT JOIN dossiers_dossier d ON d.id = m.dossier_id
LEFT JOIN payments_outcome c ON c.money_id = m.id LEFT JOIN payments_givenback g ON g.outcome_id = c.id
LEFT JOIN fees_latereceipt l ON l.reference = c.reference AND c.reference <> ''
LEFT JOIN fees_receipt r ON r.id = coalesce(c.receipt_id, l.receipt_id)
WHERE %(all)s OR d.receiving_office_id = ANY(%(offices)s) OR (%(unknown)s AND d.id IS NULL)
UNION ALL
SELECT NULL, '', e.reference, d.id, coalesce(d.code, d.submission_no), min(e.at), '', NULL, '', 0, 0, false, NULL,
    sum(e.amount_vnd)::bigint, min(r.id), coalesce(min(lpad(r.number::text, 7, '0')), ''),
    coalesce(min(r.amount_vnd), 0)::bigint, false
FROM fees_entry e JOIN dossiers_dossier d ON d.bill_id = e.bill_id
LEFT JOIN fees_latereceipt l ON l.reference = e.reference AND e.reference <> ''
LEFT JOIN fees_receipt r ON r.id = coalesce(e.receipt_id, l.receipt_id)
WHERE e.kind = 'paid' AND e.way = 'gateway' AND e.at >= %(start)s AND e.at < %(end)s
    AND (%(all)s OR e.counter_id = ANY(%(offices)s))
    AND NOT EXISTS (SELECT FROM payments_outcome c WHERE c.reference = e.reference AND c.reference <> '')
GROUP BY e.reference, d.id, d.code, d.submission_no
ORDER BY 6, 2
"""


def day_of_payments(day: date, offices: Collection[int] | None, *, unknown: bool = False) -> Day:
    """The payments of a day at these counters (None: everywhere); three statements.

    unknown: also money that no order of ours explains.
    """
    words: dict[str, Any] = {
        "start": start_of(day), "end": end_of(day), "all": offices is None, "offices": list(offices or ()), "unknown": unknown,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, words)
        rows = tuple(Row(*row) for row in cursor.fetchall())
    orders = _at(Order.objects.filter(made_at__gte=words["start"], made_at__lt=words["end"]), offices)
    amounts = list(orders.values_list("amount_vnd", flat=True))
    waiting = orders.filter(state=OrderState.OPEN).select_related("dossier").order_by("id")
    return Day(day, rows, len(amounts), sum(amounts), tuple(waiting))


def _at(orders: QuerySet[Order], offices: Collection[int] | None) -> QuerySet[Order]:
    return orders if offices is None else orders.filter(dossier__receiving_office_id__in=offices)

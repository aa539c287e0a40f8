"""The quarterly settlement: what a counter collected for which agency. Law: ND61-2018 22; ND61-2018 12(9)"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.fees.kinds import MONEY, EntryKind, LineKind, Way
from motcua.fees.models import Entry

# Which entries a figure of a share is the sum of, by the name it has in addresses.
FIGURES = {
    "thu": Q(kind=EntryKind.PAID),
    "hoan": Q(kind=EntryKind.REFUNDED),
    "tien-mat": Q(way=Way.CASH),
}
QUARTER = re.compile(r"(\d{4})-Q([1-4])")


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months by their cash days: from `first`, no longer on `end`."""

    year: int
    number: int

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def end(self) -> date:
        return date(self.year + self.number // 4, 3 * self.number % 12 + 1, 1)

    @property
    def key(self) -> str:
        return f"{self.year}-Q{self.number}"

    def __str__(self) -> str:
        return _("Quý %(number)s năm %(year)s") % {"number": self.number, "year": self.year}

    def before(self) -> Quarter:
        """The quarter before."""
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)


def quarter_of(day: date) -> Quarter:
    """The quarter in which a day falls."""
    return Quarter(day.year, (day.month + 2) // 3)


def parse_quarter(text: str) -> Quarter:
    """`2026-Q3`. Raises Invalid."""
    found = QUARTER.fullmatch(text.strip())
    if found is None or not 2000 <= int(found[1]) <= 2100:
        raise Invalid(_("Quý phải có dạng 2026-Q3."), fields={"quy": _("Quý phải có dạng 2026-Q3.")})
    return Quarter(int(found[1]), int(found[2]))


@dataclass(frozen=True, slots=True)
class Share:
    """What was collected for one agency under one kind, in whole đồng."""

    agency_id: int
    agency: str
    kind: str
    bills: int
    paid_vnd: int
    refunded_vnd: int
    cash_vnd: int

    @property
    def net_vnd(self) -> int:
        """What is to be handed on: paid less given back."""
        return self.paid_vnd - self.refunded_vnd

    @property
    def kind_label(self) -> str:
        return str(LineKind(self.kind).label)


_SHARES = """
SELECT b.agency_id, o.name, l.kind, count(DISTINCT b.id),
    coalesce(sum(e.amount_vnd) FILTER (WHERE e.kind = 'paid'), 0)::bigint,
    coalesce(sum(e.amount_vnd) FILTER (WHERE e.kind = 'refunded'), 0)::bigint,
    coalesce(sum(CASE e.kind WHEN 'paid' THEN e.amount_vnd ELSE -e.amount_vnd END)
        FILTER (WHERE e.way = 'cash'), 0)::bigint
FROM fees_entry e JOIN fees_bill b ON b.id = e.bill_id JOIN fees_line l ON l.id = e.line_id
JOIN offices_office o ON o.id = b.agency_id
WHERE e.kind IN ('paid', 'refunded') AND e.counter_id = ANY(%s) AND e.booked_on >= %s AND e.booked_on < %s
GROUP BY b.agency_id, o.name, o.name_order, l.kind ORDER BY o.name_order, l.kind
"""


def shares(quarter: Quarter, counters: Collection[int]) -> list[Share]:
    """Per agency and kind, what these counters took in the quarter; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_SHARES, [list(counters), quarter.first, quarter.end])
        return [Share(*row) for row in cursor.fetchall()]


def total(rows: Iterable[Share]) -> dict[str, Any]:
    """The sums beneath a list of shares."""
    rows = list(rows)
    return {
        "paid_vnd": sum(row.paid_vnd for row in rows),
        "refunded_vnd": sum(row.refunded_vnd for row in rows),
        "net_vnd": sum(row.net_vnd for row in rows),
        "cash_vnd": sum(row.cash_vnd for row in rows),
    }


def entries_behind(
    quarter: Quarter, counters: Collection[int], agency_id: int, kind: str, figure: str = ""
) -> QuerySet[Entry]:
    """The entries that one figure of a share is the sum of; without a figure, all of the share's.

    figure: one of FIGURES.
    """
    rows = Entry.objects.filter(
        kind__in=MONEY,
        counter_id__in=counters,
        booked_on__gte=quarter.first,
        booked_on__lt=quarter.end,
        bill__agency_id=agency_id,
        line__kind=kind,
    )
    return rows.filter(FIGURES.get(figure, Q())).select_related("line", "bill", "receipt__book")

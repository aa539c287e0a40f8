"""The end of a cash day of one officer at one counter: expected by the ledger, counted by hand, signed.

Law: ND61-2018 22; LKT-2015 40
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid, Refused
from motcua.base.times import day_of
from motcua.fees import writing
from motcua.fees.kinds import MONEY
from motcua.fees.models import CashClose, Entry
from motcua.offices.actors import Actor

DENOMINATIONS = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000)
MOST_NOTES = 100_000
TAKING = ("receiver", "unit_head")


@dataclass(frozen=True, slots=True)
class CashDay:
    """One day of one till: in whole đồng; `closed` once it is signed."""

    day: date
    taken_vnd: int
    given_back_vnd: int
    payments: int
    closed: CashClose | None

    @property
    def expected_vnd(self) -> int:
        """Cash that should be there."""
        return self.taken_vnd - self.given_back_vnd


_DAYS = """
SELECT e.booked_on, coalesce(sum(e.amount_vnd) FILTER (WHERE e.kind = 'paid'), 0)::bigint,
    coalesce(sum(e.amount_vnd) FILTER (WHERE e.kind = 'refunded'), 0)::bigint,
    count(DISTINCT e.receipt_id) FILTER (WHERE e.kind = 'paid')
FROM fees_entry e
WHERE e.counter_id = %(office)s AND e.by_id = %(officer)s AND e.way = 'cash' AND e.kind IN ('paid', 'refunded')
    AND e.booked_on > coalesce((SELECT closed_through FROM fees_till
        WHERE office_id = %(office)s AND officer_id = %(officer)s), '-infinity'::date)
GROUP BY 1 ORDER BY 1
"""


def open_days(office_id: int, officer_id: int) -> list[CashDay]:
    """The cash days that were not closed yet, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, {"office": office_id, "officer": officer_id})
        return [CashDay(day, taken, back, payments, None) for day, taken, back, payments in cursor.fetchall()]


def day_to_close(office_id: int, officer_id: int, today: date) -> CashDay | None:
    """The day whose turn it is: the oldest open one with cash, else today; None when today is closed."""
    days = open_days(office_id, officer_id)
    if days and days[0].day <= today:
        return days[0]
    closed = CashClose.objects.filter(office_id=office_id, officer_id=officer_id, day=today).exists()
    return None if closed else CashDay(today, 0, 0, 0, None)


def close(
    *, office_id: int, day: date, counted: Mapping[int, int], reason: str, actor: Actor, at: datetime
) -> CashClose:
    """Close one's own cash day: count by denomination, say why it differs, sign. Later entries go to the next day.

    Raises Refused for a day that is closed, in the future, or not yet its turn; Invalid for a count that makes no
    sense, or a difference without a reason; Forbidden at a counter where one takes no money.
    """
    if actor.account_id is None or office_id not in actor.offices(*TAKING):
        raise Forbidden(_("Bạn không thu tiền tại quầy này."))
    total = count(counted)
    with transaction.atomic(durable=True):
        # Whoever takes money with this till waits here, and then finds the day closed.
        writing.hand(actor, office_id, at)
        if day > day_of(at):
            raise Refused(_("Chưa đến ngày này: không khoá sổ trước được."), code="future_day")
        if CashClose.objects.filter(office_id=office_id, officer_id=actor.account_id, day__gte=day).exists():
            raise Refused(_("Ngày này đã khoá sổ."), code="day_closed")
        days = open_days(office_id, actor.account_id)
        if days and days[0].day < day:
            sentence = _("Còn ngày %(day)s chưa khoá sổ: hãy khoá ngày đó trước.") % {"day": f"{days[0].day:%d/%m/%Y}"}
            raise Refused(sentence, code="earlier_day_open")
        expected = days[0].expected_vnd if days and days[0].day == day else 0
        if total != expected and not reason.strip():
            sentence = _("Chênh lệch phải có lý do.")
            raise Invalid(sentence, fields={"reason": sentence}, code="difference_needs_reason")
        made = CashClose.objects.create(
            office_id=office_id,
            officer_id=actor.account_id,
            day=day,
            expected_vnd=expected,
            counted={str(note): pieces for note, pieces in counted.items() if pieces},
            counted_vnd=total,
            reason=reason.strip(),
            signed_at=at,
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE fees_till SET closed_through = %s WHERE office_id = %s AND officer_id = %s",
                [day, office_id, actor.account_id],
            )
    return made


def count(counted: Mapping[int, int]) -> int:
    """The sum of notes by denomination, in whole đồng. Raises Invalid."""
    wrong = {}
    for note, pieces in counted.items():
        if note not in DENOMINATIONS or type(pieces) is not int or not 0 <= pieces <= MOST_NOTES:
            wrong[f"n{note}"] = _("Số tờ phải là số nguyên, không âm.")
    if wrong:
        raise Invalid(_("Bảng đếm tiền chưa đúng."), fields=wrong, code="bad_count")
    return sum(note * pieces for note, pieces in counted.items())


def entries_of_day(office_id: int, officer_id: int, day: date) -> QuerySet[Entry]:
    """The money entries of one till and cash day, cash or not."""
    rows = Entry.objects.filter(counter_id=office_id, by_id=officer_id, booked_on=day, kind__in=MONEY)
    return rows.select_related("line", "bill", "receipt__book")

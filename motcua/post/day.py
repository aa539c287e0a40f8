"""The post of a counter: what came and went on a day, what is under way, what is late. Law: QD45-2016 7"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from motcua.base.times import end_of, start_of
from motcua.post.chain import Holder, ParcelState, Step
from motcua.post.models import Custody, Direction, Parcel

MOST = 200


def parcels_of_day(offices: Collection[int], day: date, direction: str) -> list[Parcel]:
    """Parcels that were handed over at these counters on the day, as they came; at most MOST."""
    rows = Parcel.objects.filter(
        office_id__in=offices, direction=direction, handed_at__gte=start_of(day), handed_at__lt=end_of(day)
    )
    return list(rows.order_by("handed_at", "id")[:MOST])


def late_parcels(offices: Collection[int], day: date) -> list[Parcel]:
    """Results that the post still has although its working days are over, the longest first; at most MOST."""
    rows = Parcel.objects.filter(office_id__in=offices, state=ParcelState.ON_THE_WAY, due_on__lt=day)
    return list(rows.order_by("due_on", "id")[:MOST])


def find_parcel(offices: Collection[int], item_no: str) -> list[Parcel]:
    """The parcels with this item number, either way."""
    rows = Parcel.objects.filter(office_id__in=offices, item_no__iexact=item_no.strip())
    return list(rows.order_by("-handed_at", "-id")[:MOST])


def record_of(office_id: int, day: date, direction: str) -> list[Custody]:
    """The lines of the hand-over record (biên bản giao nhận) between post and counter on a day, in one direction.

    Law: QD45-2016 7
    """
    inbound = direction == Direction.INBOUND
    holders = (Holder.POST, Holder.AGENCY) if inbound else (Holder.AGENCY, Holder.POST)
    rows = Custody.objects.filter(
        parcel__office_id=office_id,
        at__gte=start_of(day),
        at__lt=end_of(day),
        from_holder=holders[0],
        to_holder=holders[1],
        step__in=(Step.HANDED, Step.CAME_BACK),
    )
    return list(rows.select_related("parcel").order_by("at", "id"))


@dataclass(frozen=True, slots=True)
class PostCounts:
    """Reception and return are counted apart. `received` came in, `sent` went out; the rest is of what went out."""

    received: int
    sent: int
    delivered: int
    undelivered: int
    lost: int
    late: int


_COUNTS = """
SELECT count(*) FILTER (WHERE direction = 'in'), count(*) FILTER (WHERE direction = 'out'),
    count(*) FILTER (WHERE direction = 'out' AND state = 'delivered'),
    count(*) FILTER (WHERE direction = 'out' AND state = 'undelivered'),
    count(*) FILTER (WHERE direction = 'out' AND state = 'lost'),
    count(*) FILTER (WHERE direction = 'out' AND state = 'on_the_way' AND due_on < %(today)s)
FROM post_parcel
WHERE office_id = ANY(%(offices)s) AND handed_at >= %(first)s AND handed_at < %(end)s
"""


def counts(offices: Collection[int], first: date, last: date, today: date) -> PostCounts:
    """Parcels handed over from `first` to `last`, both inclusive; one statement."""
    values: dict[str, Any] = {"offices": list(offices), "first": start_of(first), "end": end_of(last), "today": today}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, values)
        return PostCounts(*cursor.fetchone())

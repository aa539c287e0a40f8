"""Daily seals: one hash over everything that was recorded, bound to the seal before.

Who keeps a copy of a root elsewhere can prove later that nothing before it was changed, added or taken away.
Law: QCVN12-2026 2
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Refused
from motcua.base.times import day_of, end_of, start_of
from motcua.dossiers.models import Event, Seal

NO_ROOT = bytes(32)
# Leaves, inner nodes and whole seals are hashed apart, so that none can be passed off as another.
LEAF, NODE, SEAL = b"\x00", b"\x01", b"\x02"


def seal(upto: datetime, at: datetime) -> Seal | None:
    """Seal what was recorded after the last seal, up to an instant (inclusive) that is over; None when nothing was.

    Raises Refused when the instant is still to come or lies before the last seal.
    """
    if upto > at:
        raise Refused(_("Chỉ niêm phong được thời gian đã qua."), code="seal_too_early")
    _wait_for_acts_under_way()
    with transaction.atomic():
        _one_at_a_time()
        last = Seal.objects.order_by("-number").first()
        covers_from = last.covers_to if last else None
        if covers_from is not None and upto <= covers_from:
            raise Refused(_("Thời gian này đã được niêm phong."), code="sealed_already")
        root, events = merkle_root(hashes_between(covers_from, upto))
        if not events:
            return None
        number = last.number + 1 if last else 1
        previous = bytes(last.root) if last else NO_ROOT
        return Seal.objects.create(
            number=number,
            covers_from=covers_from,
            covers_to=upto,
            events=events,
            root=chained(number, upto, events, previous, root),
            previous_root=previous,
            made_at=at,
        )


def seal_past_days(at: datetime) -> list[Seal]:
    """Seal every Vietnamese day that is over and not yet sealed, one by one; days without events need none."""
    made = []
    last = Seal.objects.order_by("-number").first()
    open_events = Event.objects.filter(recorded_at__lt=start_of(day_of(at)))
    if last is not None:
        open_events = open_events.filter(recorded_at__gt=last.covers_to)
    while (first := open_events.order_by("recorded_at").values_list("recorded_at", flat=True).first()) is not None:
        # The last microsecond of the day: the bound is inclusive.
        upto = end_of(day_of(first)) - timedelta(microseconds=1)
        done = seal(upto, at)
        if done is None:
            raise AssertionError("a day with an event has something to seal")
        made.append(done)
        open_events = open_events.filter(recorded_at__gt=upto)
    return made


def merkle_root(leaves: Iterable[bytes]) -> tuple[bytes, int]:
    """Root and number of leaves; memory grows with the logarithm of their number. An odd node moves up as it is."""
    pending: list[tuple[int, bytes]] = []
    count = 0
    for leaf in leaves:
        count += 1
        height, node = 0, hashlib.sha256(LEAF + leaf).digest()
        while pending and pending[-1][0] == height:
            node = hashlib.sha256(NODE + pending.pop()[1] + node).digest()
            height += 1
        pending.append((height, node))
    if not pending:
        return NO_ROOT, 0
    root = pending.pop()[1]
    while pending:
        root = hashlib.sha256(NODE + pending.pop()[1] + root).digest()
    return root, count


def chained(number: int, covers_to: datetime, events: int, previous: bytes, root: bytes) -> bytes:
    """The root of a seal: over its number, its bound, how many events, the seal before, and the events' own root."""
    microseconds = round(covers_to.timestamp() * 1_000_000)
    head = f"{number} {microseconds} {events} ".encode()
    return hashlib.sha256(SEAL + head + previous + root).digest()


def hashes_between(after: datetime | None, upto: datetime) -> Iterator[bytes]:
    """Hashes of the events recorded in (after, upto], in the order of their ids. Needs a transaction."""
    events = Event.objects.filter(recorded_at__lte=upto)
    if after is not None:
        events = events.filter(recorded_at__gt=after)
    for value in events.order_by("id").values_list("hash", flat=True).iterator(chunk_size=5000):
        yield bytes(value)


def _wait_for_acts_under_way() -> None:
    """An act that wrote its event before now may still be committing; whoever comes later is recorded later."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE dossiers_event IN SHARE MODE")


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE dossiers_seal IN SHARE ROW EXCLUSIVE MODE")

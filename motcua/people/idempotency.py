"""A request that is sent twice happens once: the claim on a key, and the answer kept under it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from motcua.people.models import IdempotencyKey

# After this a key may be used anew; a claim without an answer is then a request that was cut off.
KEPT = timedelta(hours=24)
CUT_OFF = timedelta(seconds=60)

_CLAIM = """
insert into people_idempotencykey as known (account_id, key, digest, status, body, made_at)
values (%(account)s, %(key)s, %(digest)s, null, '', %(at)s)
on conflict (account_id, key) do update
set digest = excluded.digest, status = null, body = '', made_at = excluded.made_at
where known.made_at < %(forgotten)s
returning id
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is known under a key. is_mine: this request is the first and shall act."""

    id: int
    digest: str
    status: int | None
    body: str
    made_at: datetime
    is_mine: bool

    def is_cut_off(self, at: datetime) -> bool:
        """Whether the first request ended without an answer long enough ago to say that it will not come."""
        return self.status is None and at - self.made_at > CUT_OFF


def claim(account_id: int, key: str, digest: str, at: datetime) -> Claim | None:
    """Claim a key for one request; of two at once, one gets it. None when the owner gave it free in between."""
    values: dict[str, Any] = {"account": account_id, "key": key, "digest": digest, "at": at, "forgotten": at - KEPT}
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, values)
        row = cursor.fetchone()
    if row is not None:
        return Claim(row[0], digest, None, "", at, is_mine=True)
    known = IdempotencyKey.objects.filter(account_id=account_id, key=key).first()
    if known is None:
        return None
    return Claim(known.pk, known.digest, known.status, known.body, known.made_at, is_mine=False)


def settle(claim_id: int, status: int, body: str) -> None:
    """Keep the answer."""
    IdempotencyKey.objects.filter(pk=claim_id).update(status=status, body=body)


def release(claim_id: int) -> None:
    """Nothing happened: the key may be used again."""
    IdempotencyKey.objects.filter(pk=claim_id, status=None).delete()


def forget(at: datetime) -> int:
    """Delete keys older than a day; how many."""
    return IdempotencyKey.objects.filter(made_at__lt=at - KEPT).delete()[0]

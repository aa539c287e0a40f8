"""One-time codes: six digits, ten minutes, five tries, three in a quarter of an hour. Never kept, not even as a digest.

The digits are made of a random nonce with the house's secret key whenever they are needed: who reads the database alone
learns nothing, also not by trying all million of them, and the worker can send them after the page has answered, so that
the page takes as long whether or not there is an account.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from secrets import token_hex

from django.conf import settings
from django.db import transaction

from motcua.people.code_rows import AccountEvent, OneTimeCode, Purpose
from motcua.people.models import Account

DIGITS = 6
LIFE = timedelta(minutes=10)
MOST_TRIES = 5
MOST_ASKED, ASKED_WITHIN = 3, timedelta(minutes=15)


def digits_of(code: OneTimeCode) -> str:
    """The digits of a code, with leading zeros."""
    said = f"{code.account_id} {code.purpose} {code.nonce}".encode()
    mark = hmac.new(settings.SECRET_KEY.encode(), b"one-time code " + said, hashlib.sha256).digest()
    return f"{int.from_bytes(mark) % 10**DIGITS:0{DIGITS}}"


@transaction.atomic
def ask(
    account: Account, purpose: Purpose, address: str, at: datetime, *, given_by: int | None = None
) -> OneTimeCode | None:
    """A new code for an address; only the newest counts. None where too many were asked for lately: those that went still count.

    given_by: the administrator who hands it over; then it goes nowhere by itself.
    """
    Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    lately = OneTimeCode.objects.filter(account=account, purpose=purpose, made_at__gt=at - ASKED_WITHIN)
    if given_by is None and lately.count() >= MOST_ASKED:
        return None
    code = OneTimeCode.objects.create(
        account=account,
        purpose=purpose,
        address=address,
        nonce=token_hex(32),
        made_at=at,
        expires_at=at + LIFE,
        given_by_id=given_by,
    )
    if given_by is None:
        AccountEvent.objects.create(account=account, what=AccountEvent.What.CODE, address=address, at=at)
    return code


@transaction.atomic
def use(
    account: Account, purpose: Purpose, digits: str, at: datetime, *, address: str | None = None
) -> OneTimeCode | None:
    """The newest code of an account, used up now, where these are its digits; else None, and one try less.

    address: of a code for this address only. An older code never counts again once a newer one was asked for.
    """
    codes = OneTimeCode.objects.select_for_update(of=("self",)).filter(account=account, purpose=purpose)
    code = (codes if address is None else codes.filter(address=address)).order_by("-id").first()
    if code is None or code.used_at is not None or code.expires_at <= at or code.tries >= MOST_TRIES:
        return None
    code.tries += 1
    is_right = hmac.compare_digest(digits_of(code).encode(), digits.strip().encode())
    code.used_at = at if is_right else None
    code.save(update_fields=["tries", "used_at"])
    return code if is_right else None

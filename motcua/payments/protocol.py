"""The language of the payment gateway: signed fields, as the payment platform of the national portal names them. Pure.

Whoever has the shared key signs every message whole (HMAC-SHA512 over its fields in order), its kind with it, so that one
kind can't pass for another: what a browser brings back never passes for the gateway's own word.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

VERSION = "1.0.6"
SIGNATURE = "MaXacThuc"
VND = "VND"
MOST_FIELDS, LONGEST_FIELD = 40, 500
Fields = dict[str, str]

# Kinds of messages: we send people off to pay, the gateway says what became of it, we ask, it answers, people come back.
PAY, NOTICE, QUERY, ANSWER, RETURN = "THANH_TOAN", "XAC_NHAN", "TRUY_VAN", "TRA_LOI", "TRA_VE"
# What the gateway says of an order.
PAID, CANCELLED, FAILED, WAITING, UNKNOWN = "DA_THANH_TOAN", "DA_HUY", "THAT_BAI", "CHUA_THANH_TOAN", "KHONG_CO"
ENDED_UNPAID = (CANCELLED, FAILED)


class Code:
    """What we answer to a notice; after `TRY_AGAIN` alone the gateway tells it again."""

    TAKEN, UNKNOWN_ORDER, KNOWN, WRONG_AMOUNT, OTHER_CURRENCY = "00", "01", "02", "04", "05"
    CONTRADICTS, BAD_MESSAGE, BAD_SIGNATURE, TRY_AGAIN = "06", "07", "97", "99"


def signed(fields: Mapping[str, str], key: str) -> Fields:
    """The fields with their signature."""
    return {**fields, SIGNATURE: _signature(fields, key)}


def is_genuine(fields: Mapping[str, str], key: str, partner: str, kind: str) -> bool:
    """Whether a message of this kind, for this partner, was signed with the key. Without a key nothing is genuine."""
    given = fields.get(SIGNATURE, "")
    if not key or not given.isascii() or fields.get("LoaiBanTin") != kind or fields.get("MaDoiTac") != partner:
        return False
    bare = {name: value for name, value in fields.items() if name != SIGNATURE}
    return hmac.compare_digest(given.lower(), _signature(bare, key))


def _signature(fields: Mapping[str, str], key: str) -> str:
    text = urlencode(sorted(fields.items()))
    return hmac.new(key.encode(), text.encode(), hashlib.sha512).hexdigest()


@dataclass(frozen=True, slots=True)
class Word:
    """What a genuine message says of one order. amount_vnd: None where it says no positive whole number of đồng."""

    number: str
    state: str
    gateway_ref: str
    amount_vnd: int | None
    currency: str
    said: str

    @property
    def is_paid(self) -> bool:
        """Whether the gateway says that it took money."""
        return self.state == PAID


def word_of(fields: Mapping[str, str]) -> Word | None:
    """What a message says, or None where it says nothing that can be understood."""
    number, state, ref = (fields.get(name, "").strip() for name in ("MaThamChieu", "TrangThai", "MaGiaoDich"))
    amount, currency = (fields.get(name, "").strip() for name in ("SoTien", "LoaiTien"))
    if not number or len(number) > 40 or state not in {PAID, *ENDED_UNPAID, WAITING, UNKNOWN}:
        return None
    if state == PAID and not 0 < len(ref) <= 40:
        return None
    is_whole = currency == VND and re.fullmatch(r"[1-9][0-9]{0,11}", amount) is not None
    return Word(number, state, ref, int(amount) if is_whole else None, currency, f"{amount} {currency}".strip()[:60])

"""The gateway as it is set up, and the one question that we ask it ourselves. Off unless all four settings are given."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from motcua.base.posting import NoAnswer, post
from motcua.base.times import VIETNAM
from motcua.payments import protocol
from motcua.payments.protocol import Fields

SECONDS = 10
LONGEST_ANSWER = 16 * 1024
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Gateway:
    """Where people pay, where we ask, who we are there, and the key that both sides sign with."""

    pay_address: str
    query_address: str
    partner: str
    key: str

    @property
    def origin(self) -> str:
        """Scheme and host of the pages where people pay, for the policy of the page that sends them there."""
        where = urlsplit(self.pay_address)
        return f"{where.scheme}://{where.netloc}"

    def signed(self, kind: str, **fields: str) -> Fields:
        """A message of ours."""
        return protocol.signed(
            {"LoaiBanTin": kind, "PhienBan": protocol.VERSION, "MaDoiTac": self.partner, **fields}, self.key
        )

    def is_genuine(self, fields: Fields, kind: str) -> bool:
        """Whether a message of this kind is the gateway's own."""
        return protocol.is_genuine(fields, self.key, self.partner, kind)


def the_gateway() -> Gateway | None:
    """The gateway that the settings name; None: nothing is paid online here."""
    given = Gateway(
        settings.PAYMENT_ADDRESS, settings.PAYMENT_QUERY_ADDRESS, settings.PAYMENT_PARTNER, settings.PAYMENT_KEY
    )
    return given if all((given.pay_address, given.query_address, given.partner, given.key)) else None


def moment(at: datetime) -> str:
    """An instant as the gateway writes it: Vietnamese wall time to the second."""
    return at.astimezone(VIETNAM).strftime("%Y%m%d%H%M%S")


def ask(gateway: Gateway, number: str, at: datetime) -> Fields | None:
    """What the gateway says of an order, its signature checked; None where it gives no answer that can be trusted.

    Redirects are not followed, and the answer has `SECONDS` in all.
    """
    asked = gateway.signed(protocol.QUERY, MaThamChieu=number, ThoiGianGD=moment(at))
    try:
        fields = _posted(gateway.query_address, asked)
    except (NoAnswer, ValueError) as error:
        log.warning("payment gateway: %s: %s", number, getattr(error, "kind", type(error).__name__))
        return None
    if not gateway.is_genuine(fields, protocol.ANSWER) or fields.get("MaThamChieu") != number:
        log.warning("payment gateway: %s: an answer that is not signed or speaks of another order", number)
        return None
    return fields


def _posted(address: str, fields: Fields) -> Fields:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = post(address, urlencode(fields).encode(), headers, seconds=SECONDS, longest=LONGEST_ANSWER)
    if answer.status != 200:
        raise ValueError(f"HTTP {answer.status}")
    found = json.loads(answer.body)
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise ValueError("not an object of texts")
    return found

"""Secrets are not guessed: wrong tries are counted in the database, so by all workers and all ways in together.

From one address five wrong secrets for one subject within a quarter of an hour, or twenty for any subjects within five
minutes, and that address waits until the window has moved on. Tries that are under way at the same moment are not yet
counted: at most one more for each worker.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from motcua.base.postgresql import prepared

MOST_PER_SUBJECT, SUBJECT_WINDOW = 5, timedelta(minutes=15)
MOST_PER_ADDRESS, ADDRESS_WINDOW = 20, timedelta(minutes=5)

# The fifth last wrong try for the subject and the twentieth last of the address say when there is room again.
_CLOSED_UNTIL = """
with lately as (
  select subject, at from people_wrongguess where address = %(address)s and at > %(since)s
)
select greatest(
  (select at + %(subject_window)s from lately where subject = %(subject)s order by at desc offset %(per_subject)s limit 1),
  (select at + %(address_window)s from lately where at > %(address_since)s order by at desc offset %(per_address)s limit 1)
)
"""
_NOTE = """
with forgotten as (delete from people_wrongguess where at <= %(since)s)
insert into people_wrongguess (subject, address, at) values (%(subject)s, %(address)s, %(at)s)
"""


@dataclass(frozen=True, slots=True)
class Guesser:
    """Who tries secrets of what: the subject as it was typed (in capitals), the network address it came from."""

    subject: str
    address: str

    @classmethod
    def sending_petitions(cls, address: str) -> Guesser:
        """Who sends petitions, counted by themselves: five within a quarter of an hour, and no way to any secret closes."""
        return cls("PHAN-ANH", f"PA {address}")

    def closed_until(self, at: datetime) -> datetime | None:
        """The instant from which this address may try again; None when it may now."""
        (until,) = prepared(_CLOSED_UNTIL, self._values(at)).fetchone()
        return until if until is not None and until > at else None

    def was_wrong(self, at: datetime) -> None:
        """Count one wrong try; what is older than every window is forgotten on the way."""
        prepared(_NOTE, self._values(at))

    def _values(self, at: datetime) -> dict[str, Any]:
        return {
            "subject": self.subject.strip().upper()[:40],
            "address": self.address[:45],
            "at": at,
            "since": at - SUBJECT_WINDOW,
            "address_since": at - ADDRESS_WINDOW,
            "subject_window": SUBJECT_WINDOW,
            "address_window": ADDRESS_WINDOW,
            "per_subject": MOST_PER_SUBJECT - 1,
            "per_address": MOST_PER_ADDRESS - 1,
        }

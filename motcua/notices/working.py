"""The worker: reads the journal, sends what is due, and goes on whatever happens to the database meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from motcua.notices.codes import send_codes
from motcua.notices.forwarding import take_forwarding
from motcua.notices.outbox import take_all
from motcua.notices.petition_outbox import take_petitions
from motcua.notices.sending import send_due

Clock = Callable[[], datetime]


def once(clock: Clock) -> dict[str, int]:
    """Everything that can be told and sent now; how many. The journal is read again before each batch that is sent."""
    done = {"told": 0, "sent": 0, "later": 0, "given_up": 0}
    while True:
        done["sent"] += send_codes(clock())
        told = take_all(clock()) + take_petitions(clock()) + take_forwarding(clock())
        sent = send_due(clock(), clock=clock)
        for name, count in {"told": told, **sent}.items():
            done[name] += count
        if not told and not any(sent.values()):
            return done

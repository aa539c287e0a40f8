"""The worker: reads the journal, sends what is due, and goes on whatever happens to the database meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from motcua.notices.outbox import take_all
from motcua.notices.sending import send_due

Clock = Callable[[], datetime]


def once(clock: Clock) -> dict[str, int]:
    """Everything that can be told and sent now; how many."""
    done = {"told": take_all(clock()), "sent": 0, "later": 0, "given_up": 0}
    while any((sent := send_due(clock(), clock=clock)).values()):
        for name, count in sent.items():
            done[name] += count
    return done

"""How many counters an hour needs, so that nine of ten people wait no longer than the limit. Pure; no Django.

The rule is the M/M/c queue: people come at random at a mean rate, services of a mean length end at random, c counters
serve one common line. The chance of having to wait at all is Erlang's formula C, and whoever waits does so longer than t
with the chance exp(-(c/service - rate) * t). It is too careful where services vary little, and too hopeful where counters
can't serve every line; so it is a hint, and says so.
"""

from __future__ import annotations

import math

MOST = 60
OF_TEN = 0.9


def counters_needed(per_hour: float, service_minutes: float, limit_minutes: float) -> int | None:
    """The fewest counters with which nine of ten wait at most the limit; 0 where nobody comes, None above MOST."""
    if per_hour <= 0 or service_minutes <= 0:
        return 0
    for counters in range(1, MOST + 1):
        if chance_of_waiting_longer(per_hour, service_minutes, counters, limit_minutes) <= 1 - OF_TEN:
            return counters
    return None


def chance_of_waiting_longer(per_hour: float, service_minutes: float, counters: int, minutes: float) -> float:
    """The chance, 0 to 1, that somebody who comes waits longer than so many minutes; 1 where the line only grows."""
    load = per_hour * service_minutes / 60  # how many counters are busy on average
    if load >= counters:
        return 1.0
    blocked = 1.0  # Erlang's formula B, counter by counter, which never overflows
    for number in range(1, counters + 1):
        blocked = load * blocked / (number + load * blocked)
    waits = blocked / (1 - load / counters * (1 - blocked))
    return waits * math.exp(-(counters / service_minutes - per_hour / 60) * minutes)

"""Who is called next: the one rule. Pure; no Django.

Everybody stands where they came. Whoever has priority stands as if they had come some minutes earlier (`head_start`, by
the law of the day). So nobody is overtaken by anyone who came later than those minutes after them, however many have
priority; and of two with the same right the one who came first is called first. Law: ND61-2018 13
"""

from __future__ import annotations

from datetime import datetime, timedelta


def place_of(came_at: datetime, *, has_priority: bool, head_start: timedelta) -> datetime:
    """The instant by which somebody stands in the line: the earliest is called first, of equals the first number.

    came_at: when their waiting began, or the start of the time that they chose.
    """
    return came_at - head_start if has_priority else came_at

"""What is done once a day while the product runs: outages are allowed for, sorry is said for what is late, reminders are sent, silence is told, past days are sealed, past periods and past cases counted, request keys that nobody can send again go."""

import subprocess
import sys
import threading
import time
from datetime import UTC, date, datetime, timedelta, timezone

from motcua.launcher import places

COMMANDS = (
    "publish_groups",
    "apply_outages",
    "apologise",
    "remind",
    "watch",
    "seal",
    "keep_counts",
    "keep_past",
    "forget_keys",
)
VIETNAM = timezone(timedelta(hours=7))
SECONDS_BETWEEN_LOOKS = 60


def keep_doing(done_at: datetime) -> None:
    """From now on, soon after each midnight in Vietnam, until this process ends; done_at: when it was last done."""
    threading.Thread(target=_every_day, args=(_day_in_vietnam(done_at),), daemon=True).start()


def _every_day(done_on: date) -> None:
    while True:
        time.sleep(SECONDS_BETWEEN_LOOKS)
        done_on = catch_up(done_on, datetime.now(UTC))


def catch_up(done_on: date, at: datetime) -> date:
    """Do what this day asks, if it is not done; returns the last day that is done, so what failed is tried again.

    A clock that was set or a machine that slept through midnight needs no more than that.
    """
    today = _day_in_vietnam(at)
    return today if today == done_on or _do() else done_on


def _do() -> bool:
    """Every command in a process of its own, so that workers forked meanwhile inherit nothing of it.

    Returns whether all were done; one that fails says why on stderr, and the others are done all the same.
    """
    words = [[sys.executable, "-m", "motcua", name] for name in COMMANDS]
    codes = [subprocess.run(command, cwd=places.CHECKOUT, check=False).returncode for command in words]
    return not any(codes)


def _day_in_vietnam(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()

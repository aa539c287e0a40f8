"""`motcua notify`: tells people what happened; runs for ever beside `motcua serve`, with `--once` it ends when all is done.

Beside that, where payments go through a gateway, it asks about orders without an answer.
"""

import os
import signal
import sys
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection

from motcua.base.times import now
from motcua.launcher.processes import die_with_parent
from motcua.notices.working import once
from motcua.payments.checking import check
from motcua.payments.gateway import the_gateway

SECONDS_BETWEEN_QUESTIONS = 20.0


def _ask_for_ever() -> None:
    while True:
        try:
            check(now)
        except Exception as error:  # whatever happens, it is tried again
            print(f"motcua payments: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
            connection.close()
        time.sleep(SECONDS_BETWEEN_QUESTIONS)


class Command(BaseCommand):
    help = "Make notices of what the journal says, and send them by e-mail, SMS and Zalo"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="làm hết việc đang có rồi dừng")
        parser.add_argument("--seconds", type=float, default=2.0, help="nghỉ bao lâu giữa hai lần xem")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self.stdout.write("  ".join(f"{name} {count}" for name, count in once(now).items()))
            return
        if parent := os.environ.get("MOTCUA_NOTIFYING_FOR"):
            die_with_parent(int(parent))
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if the_gateway() is not None:
            # In a thread of its own: a gateway that takes its time holds up no message.
            threading.Thread(target=_ask_for_ever, daemon=True).start()
        while True:
            self._look()
            time.sleep(options["seconds"])

    def _look(self) -> None:
        """One round. A database that does not answer is asked again in the next one, on a new connection."""
        try:
            once(now)
        except DatabaseError as error:
            print(f"motcua notify: {error}", file=sys.stderr, flush=True)
            connection.close()

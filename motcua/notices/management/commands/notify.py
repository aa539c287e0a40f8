"""`motcua notify`: tells people what happened; runs for ever beside `motcua serve`, with `--once` it ends when all is done."""

import os
import signal
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection

from motcua.base.times import now
from motcua.launcher.processes import die_with_parent
from motcua.notices.working import once


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

"""`motcua watch`: nothing stays silent, no petition is forgotten; `motcua serve` does it daily, more often does no harm."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from motcua.base.errors import MotcuaError
from motcua.base.times import now, parse_local
from motcua.calendar.working_days import CalendarGap
from motcua.operations.petition_watch import watch_petitions
from motcua.operations.watching import watch


class Command(BaseCommand):
    help = "Tell officers, heads and the centre of silent dossiers, and applicants that theirs is still open"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--at", help="lúc xem, ví dụ 2021-11-08 07:00; không ghi thì là lúc này")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            at = parse_local(options["at"]) if options["at"] else now()
        except ValueError:
            self.stderr.write("--at: cần một thời điểm như 2021-11-08 07:00")
            sys.exit(2)
        try:
            done, petitions = watch(at), watch_petitions(at)
        except CalendarGap as gap:
            self.stderr.write(f"Chưa xem hồ sơ im lặng: {gap}")
            return
        except MotcuaError as error:
            self.stderr.write(str(error))
            sys.exit(1)
        steps = "  ".join(f"step_{step} {count}" for step, count in done.raised.items())
        self.stdout.write(f"{steps}  applicants {done.applicants}  unheard {done.unheard}  petitions {petitions}")

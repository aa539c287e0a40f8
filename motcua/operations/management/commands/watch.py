"""`motcua watch`: nothing stays silent, no petition is forgotten; `motcua serve` does it daily, more often does no harm."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from motcua.base.errors import MotcuaError
from motcua.base.times import now
from motcua.calendar.working_days import CalendarGap
from motcua.operations.command_line import add_at, at_asked
from motcua.operations.petition_watch import watch_petitions
from motcua.operations.watching import watch


class Command(BaseCommand):
    help = "Tell officers, heads and the centre of silent dossiers, and applicants that theirs is still open"

    def add_arguments(self, parser: CommandParser) -> None:
        add_at(parser, "xem")

    def handle(self, *args: Any, **options: Any) -> None:
        at = at_asked(self, options, now())
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

"""`motcua remind`: sends the reminders of the day; `motcua serve` does it daily, more often does no harm."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from motcua.base.errors import MotcuaError
from motcua.base.times import now
from motcua.calendar.working_days import CalendarGap
from motcua.operations.command_line import add_at, at_asked
from motcua.operations.escalation import remind


class Command(BaseCommand):
    help = "Remind holders of what is due, heads of units of what is late, overseers of what is late for long"

    def add_arguments(self, parser: CommandParser) -> None:
        add_at(parser, "gửi")

    def handle(self, *args: Any, **options: Any) -> None:
        at = at_asked(self, options, now())
        try:
            sent = remind(at)
        except CalendarGap as gap:
            # Without working days nothing can be said to be due tomorrow; the clock asks for the calendar, too.
            self.stderr.write(f"Chưa gửi đôn đốc: {gap}")
            return
        except MotcuaError as error:
            self.stderr.write(str(error))
            sys.exit(1)
        told = "  ".join(f"{reason} {one.now}" for reason, one in sent.items())
        waiting = sum(one.waiting for one in sent.values())
        self.stdout.write(told + (f"  còn chờ ngày sau {waiting}" if waiting else ""))

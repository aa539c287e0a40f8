"""`motcua keep past`: past cases are counted for the day, once; `motcua serve` does it daily."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.ahead.keeping import keep_past
from motcua.base.times import now
from motcua.calendar.working_days import CalendarGap


class Command(BaseCommand):
    help = "Count past cases, once a day, for the pages that tell when an open dossier will be done"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = keep_past(now())
        except CalendarGap as gap:  # pages say so too, until the year is published; trying again helps nobody
            self.stdout.write(str(gap))
            return
        if made is not None:
            self.stdout.write(str(made))

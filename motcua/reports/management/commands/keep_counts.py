"""`motcua keep counts`: what has been over for a day is counted once; `motcua serve` does it daily."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.base.times import now
from motcua.reports.keeping import keep_past_periods


class Command(BaseCommand):
    help = "Count every month, quarter, half year and year that is over, once, for the pages that ask for it"

    def handle(self, *args: Any, **options: Any) -> None:
        keep_past_periods(now(), lambda period, place: self.stdout.write(f"{period.key} {place}"))

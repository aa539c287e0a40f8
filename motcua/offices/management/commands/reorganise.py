"""motcua reorganise 2025-07-01"""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.base.errors import MotcuaError
from motcua.offices.reorganise import days_known, reorganise


class Command(BaseCommand):
    help = "Brings the tree of offices to a reorganisation's day, with succession rows; doing it twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        days = ", ".join(day.isoformat() for day in days_known())
        parser.add_argument("day", type=date.fromisoformat, help=f"one of: {days}")
        parser.add_argument("--json", action="store_true", help="print counts as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = reorganise(options["day"])
        except MotcuaError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(done))
            return
        for one in done:
            self.stdout.write(
                f"{one['day']}: mở {one['opened']}, đóng {one['closed']}, sáp nhập {one['merge']}, "
                f"chia tách {one['split']}, phân công {one['postings']} cán bộ"
            )

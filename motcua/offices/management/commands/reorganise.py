"""motcua reorganise 2025-07-01"""

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.base.errors import MotcuaError
from motcua.offices.reorganise import days_known, reorganise


def a_day(text: str) -> date:
    """A day as typed, such as 2025-07-01."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” không phải là ngày dạng 2025-07-01 / not a day like 2025-07-01") from error


class Command(BaseCommand):
    help = "Brings the tree of offices to a reorganisation's day, with succession rows; doing it twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        days = ", ".join(day.isoformat() for day in days_known())
        parser.add_argument("day", type=a_day, help=f"one of: {days}")
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

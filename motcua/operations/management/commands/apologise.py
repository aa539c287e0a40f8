"""`motcua apologise`: sorry for what is past its promised day; `motcua serve` does it daily, more often does no harm."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from motcua.base.times import now, parse_local
from motcua.operations.apologising import apologise


class Command(BaseCommand):
    help = "Say sorry to applicants whose dossier is past its promised day, once of each promised day"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--at", help="lúc xin lỗi, ví dụ 2021-11-08 07:00; không ghi thì là lúc này")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            at = parse_local(options["at"]) if options["at"] else now()
        except ValueError:
            self.stderr.write("--at: cần một thời điểm như 2021-11-08 07:00")
            sys.exit(2)
        self.stdout.write(f"apologised {apologise(at)}")

"""`motcua apologise`: sorry for what is past its promised day; `motcua serve` does it daily, more often does no harm."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from motcua.base.times import now
from motcua.operations.apologising import apologise
from motcua.operations.command_line import add_at, at_asked


class Command(BaseCommand):
    help = "Say sorry to applicants whose dossier is past its promised day, once of each promised day"

    def add_arguments(self, parser: CommandParser) -> None:
        add_at(parser, "xin lỗi")

    def handle(self, *args: Any, **options: Any) -> None:
        at = at_asked(self, options, now())
        self.stdout.write(f"apologised {apologise(at)}")

"""How the daily commands are asked for their moment: the same words, the same sentence where it can't be read."""

import sys
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from motcua.base.times import parse_local


def add_at(parser: CommandParser, what: str) -> None:
    """`--at`, the moment of `what`; by default now."""
    parser.add_argument("--at", help=f"lúc {what}, ví dụ 2021-11-08 07:00; không ghi thì là lúc này")


def at_asked(command: BaseCommand, options: dict[str, Any], now: datetime) -> datetime:
    """The moment that was asked for, `now` where none was. Ends the command with a sentence where it is none."""
    try:
        return parse_local(options["at"]) if options["at"] else now
    except ValueError:
        command.stderr.write("--at: cần một thời điểm như 2021-11-08 07:00")
        sys.exit(2)

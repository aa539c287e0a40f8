"""`motcua report 2021-11`: the report of any period, as a table or JSON."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from motcua.base.errors import MotcuaError
from motcua.base.times import day_of, now
from motcua.reports.as_json import as_json
from motcua.reports.as_text import lines
from motcua.reports.command_line import add_period, asked_with
from motcua.reports.month import BYS, Report, report


class Command(BaseCommand):
    help = "Report of a period: motcua report 2021-11 | 2021-Q2 | 2021-H1 | 2021 [--nd09], or --from DAY --to DAY"

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_period(parser, nd09=True)
        parser.add_argument("--by", choices=BYS, default="office")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--xlsx", type=Path, help="write a workbook to this file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period, scope = asked_with(options, day_of(now()))
            self.tell(report(period, scope, options["by"]), options)
        except MotcuaError as error:
            self.stderr.write(str(error))
            raise SystemExit(2 if error.status < 500 else 1) from None
        except OSError as error:
            self.stderr.write(f"Không ghi được tệp: {error}")
            raise SystemExit(2) from None

    def tell(self, made: Report, options: dict[str, Any]) -> None:
        """A workbook where one was asked for, else data or lines."""
        if options["xlsx"]:
            from motcua.reports.workbook import workbook

            options["xlsx"].write_bytes(workbook(made))
        elif options["json"]:
            self.stdout.write(json.dumps(as_json(made), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(lines(made)))

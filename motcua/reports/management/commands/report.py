"""`motcua report 2021-11`: the report of any period, as a table or JSON."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from motcua.base.errors import MotcuaError
from motcua.base.times import day_of, now
from motcua.offices.actors import SYSTEM
from motcua.reports.as_json import as_json, period_asked
from motcua.reports.as_text import lines
from motcua.reports.month import BYS, report
from motcua.reports.scope import scope_for


class Command(BaseCommand):
    help = "Report of a period: motcua report 2021-11 | 2021-Q2 | 2021-H1 | 2021 [--nd09], or --from DAY --to DAY"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("period", nargs="?", default="", help="2021-11, 2021-Q2, 2021-H1, 2021-9M, 2021")
        parser.add_argument("--from", dest="first", type=date.fromisoformat, help="first day, inclusive")
        parser.add_argument("--to", dest="last", type=date.fromisoformat, help="last day, inclusive")
        parser.add_argument("--nd09", action="store_true", help="closing dates of Decree 09/2019 (15th to 14th)")
        parser.add_argument("--office", default="", help="code of an office: it and everything below it")
        parser.add_argument("--by", choices=BYS, default="office")
        parser.add_argument("--place", choices=("competent", "receiving"), default="competent")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--xlsx", help="write a workbook to this file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            closing = "nd09" if options["nd09"] else "calendar"
            period = period_asked(options["period"], options["first"], options["last"], closing)
            scope = scope_for(
                SYSTEM, day_of(now()), office_code=options["office"], place=options["place"], until=period.last
            )
            made = report(period, scope, options["by"])
        except MotcuaError as error:
            self.stderr.write(str(error))
            raise SystemExit(2 if error.status < 500 else 1) from None
        if options["xlsx"]:
            from motcua.reports.workbook import workbook

            with open(options["xlsx"], "wb") as file:
                file.write(workbook(made))
        elif options["json"]:
            self.stdout.write(json.dumps(as_json(made), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(lines(made)))

"""`motcua index 766 2026-10`: the index of service quality; `motcua index officers|agencies 2026-Q3`: the nine indices."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from motcua.base.errors import MotcuaError
from motcua.base.times import day_of, now
from motcua.indices.as_json import quality_as_json, sheets_as_json
from motcua.indices.as_text import quality_lines, sheet_lines
from motcua.indices.models import Scheme
from motcua.indices.nine import agencies, officers
from motcua.indices.quality import quality, table_for
from motcua.offices.actors import SYSTEM
from motcua.reports.as_json import period_asked
from motcua.reports.scope import scope_for


class Command(BaseCommand):
    help = (
        "Index of service quality (766) or nine indices (officers, agencies): motcua index 766 2026-10 [--office CODE]"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=("766", "officers", "agencies"))
        parser.add_argument("period", nargs="?", default="", help="2026-10, 2026-Q3, 2026-H1, 2026")
        parser.add_argument("--from", dest="first", type=date.fromisoformat, help="first day, inclusive")
        parser.add_argument("--to", dest="last", type=date.fromisoformat, help="last day, inclusive")
        parser.add_argument("--office", default="", help="code of an office: it and everything below it")
        parser.add_argument("--place", choices=("competent", "receiving"), default="competent")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = period_asked(options["period"], options["first"], options["last"])
            scope = scope_for(
                SYSTEM, day_of(now()), office_code=options["office"], place=options["place"], until=period.last
            )
            if options["what"] == "766":
                made = quality(period, scope)
                said, lines = quality_as_json(made), quality_lines(made)
            else:
                table = table_for(period, Scheme.NINE)
                sheets = (officers if options["what"] == "officers" else agencies)(period, scope, table)
                said, lines = sheets_as_json(period, table, sheets), sheet_lines(period, table, sheets)
        except MotcuaError as error:
            self.stderr.write(str(error))
            raise SystemExit(2 if error.status < 500 else 1) from None
        self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2) if options["json"] else "\n".join(lines))

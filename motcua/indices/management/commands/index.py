"""`motcua index 766 2026-10`: the index of service quality; `motcua index officers|agencies 2026-Q3`: the nine indices."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from motcua.base.errors import MotcuaError
from motcua.base.times import day_of, now
from motcua.indices.as_json import quality_as_json, sheets_as_json
from motcua.indices.as_text import quality_lines, sheet_lines
from motcua.indices.models import Scheme
from motcua.indices.nine import agencies, officers
from motcua.indices.quality import quality, table_for
from motcua.reports.command_line import add_period, asked_with


class Command(BaseCommand):
    help = (
        "Index of service quality (766) or nine indices (officers, agencies): motcua index 766 2026-10 [--office CODE]"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=("766", "officers", "agencies"))
        add_period(parser)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period, scope = asked_with(options, day_of(now()))
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

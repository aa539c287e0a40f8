"""`motcua form II.06a 2021-11`: a statutory form of any period, as text, JSON, XLSX or PDF."""

import json
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from motcua.base.errors import MotcuaError
from motcua.base.numbers import show_count
from motcua.base.times import day_of, now
from motcua.reports.command_line import add_period, asked_with
from motcua.reports.statutory.as_json import as_json
from motcua.reports.statutory.filling import fill
from motcua.reports.statutory.forms import FORMS, form_named
from motcua.reports.statutory.layout import around, beneath, numbered, numbers, title
from motcua.reports.statutory.printing import as_pdf
from motcua.reports.statutory.shapes import Sheet
from motcua.reports.statutory.sheetbook import sheetbook


class Command(BaseCommand):
    help = "Statutory form: motcua form II.06a 2021-11 | 2021-Q4 [--nd09] [--office CODE] [--json] [--xlsx FILE] [--pdf FILE]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("form", help=", ".join(FORMS))
        add_period(parser, nd09=True)
        parser.add_argument("--by", default="", help="field, procedure, level, branch, office; where the form has it")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--xlsx", type=Path, help="write a workbook to this file")
        parser.add_argument("--pdf", type=Path, help="write a PDF to this file")

    def handle(self, *args: Any, **options: Any) -> None:
        at = now()
        try:
            with translation.override("vi"):
                self.tell(self.filled(at, options), at, options)
        except MotcuaError as error:
            self.stderr.write(str(error))
            raise SystemExit(2 if error.status < 500 else 1) from None
        except OSError as error:
            self.stderr.write(f"Không ghi được tệp: {error}")
            raise SystemExit(2) from None

    def filled(self, at: datetime, options: dict[str, Any]) -> Sheet:
        """The form that was asked for."""
        form = form_named(options["form"])
        period, scope = asked_with(options, day_of(at))
        return fill(form, period, scope, day_of(at), options["by"])

    def tell(self, made: Sheet, at: datetime, options: dict[str, Any]) -> None:
        """Files where they were asked for, else data or lines."""
        if options["xlsx"]:
            options["xlsx"].write_bytes(sheetbook(made))
        if options["pdf"]:
            options["pdf"].write_bytes(as_pdf(made, at))
        if options["json"]:
            self.stdout.write(json.dumps(as_json(made), ensure_ascii=False, indent=2))
        elif not options["xlsx"] and not options["pdf"]:
            self.stdout.write("\n".join(_lines(made)))


def _lines(made: Sheet) -> list[str]:
    heads = [f"{numbers(column):>14}" for column in made.columns]
    rows = [
        f"{number:>5} {line.name[:43]:<44}" + "".join(f"{show_count(line.values[one.no]):>14}" for one in made.columns)
        for number, line in numbered(made)
    ]
    total = f"{'':>5} {'Tổng số':<44}" + "".join(f"{show_count(made.total[one.no]):>14}" for one in made.columns)
    words = [f"{what}: {which}" for what, which in around(made)]
    return [made.form.number, title(made), *words, "", f"{'':>50}{''.join(heads)}", *rows, total, "", *beneath(made)]

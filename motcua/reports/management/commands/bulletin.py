"""`motcua bulletin 2021-11`: the bulletin of any period, as text, DOCX or PDF."""

from argparse import ArgumentParser
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from motcua.base.errors import MotcuaError
from motcua.base.times import day_of, now
from motcua.offices.actors import SYSTEM
from motcua.reports.as_json import period_asked
from motcua.reports.bulletin import document, writing
from motcua.reports.scope import scope_for


class Command(BaseCommand):
    help = "Bulletin of a period: motcua bulletin 2021-11 [--office CODE] [--docx FILE] [--pdf FILE]; else its text"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("period", help="2021-11, 2021-Q2, 2021-H1, 2021-9M, 2021")
        parser.add_argument("--office", default="", help="code of an office: it and everything below it")
        parser.add_argument("--place", choices=("competent", "receiving"), default="")
        parser.add_argument("--docx", type=Path, help="write a document to this file")
        parser.add_argument("--pdf", type=Path, help="write a PDF to this file")

    def handle(self, *args: Any, **options: Any) -> None:
        at = now()
        try:
            period = period_asked(options["period"])
            scope = scope_for(SYSTEM, day_of(at), office_code=options["office"], until=period.last)
            made = writing.bulletin(period, replace(scope, place=options["place"] or writing.place_for(scope.office)))
            self.tell(made, at, options)
        except MotcuaError as error:
            self.stderr.write(str(error))
            raise SystemExit(2 if error.status < 500 else 1) from None
        except OSError as error:
            self.stderr.write(f"Không ghi được tệp: {error}")
            raise SystemExit(2) from None

    def tell(self, made: writing.Bulletin, at: datetime, options: dict[str, Any]) -> None:
        """Files where they were asked for, else the text."""
        if options["docx"]:
            options["docx"].write_bytes(document.as_docx(made, at))
        if options["pdf"]:
            options["pdf"].write_bytes(writing.as_pdf(made, at))
        if not options["docx"] and not options["pdf"]:
            self.stdout.write(made.text.rstrip())

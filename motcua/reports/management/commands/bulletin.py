"""`motcua bulletin 2021-11`: the bulletin of any period, as text, DOCX or PDF."""

from argparse import ArgumentParser
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from motcua.base.errors import MotcuaError
from motcua.base.times import day_of, now
from motcua.reports.bulletin import document, writing
from motcua.reports.command_line import add_period, asked_with


class Command(BaseCommand):
    help = "Bulletin of a period: motcua bulletin 2021-11 [--office CODE] [--docx FILE] [--pdf FILE]; else its text"

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_period(parser, place="")
        parser.add_argument("--docx", type=Path, help="write a document to this file")
        parser.add_argument("--pdf", type=Path, help="write a PDF to this file")

    def handle(self, *args: Any, **options: Any) -> None:
        at = now()
        try:
            period, scope = asked_with(options, day_of(at))
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

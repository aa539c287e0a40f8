"""`motcua check-text FILE`: which sums, rates and comparisons of somebody's bulletin don't hold."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from motcua.reports.texts.checking import check_text
from motcua.reports.texts.reading import Unreadable, read
from motcua.reports.texts.telling import as_json, lines


class Command(BaseCommand):
    help = "Reads a bulletin in Vietnamese and tells which of its figures don't hold; exit 1 if any, 2 if it can't be read."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=".txt, .md, .html or .docx")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            checked = check_text(read(path))
        except Unreadable as error:
            self.stderr.write(str(error))
            raise SystemExit(2) from None
        if options["json"]:
            self.stdout.write(json.dumps(as_json(path.name, checked), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(lines(path.name, checked)))
        if checked.mistakes:
            raise SystemExit(1)

"""motcua print sample forms"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.base.times import now
from motcua.forms.samples import samples


class Command(BaseCommand):
    help = (
        "Writes a PDF of every form with made-up data, marked MẪU, to look at; no number is given and no row written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to", default="mau-giay-to", help="the folder (default mau-giay-to); made where it is not there"
        )

    def handle(self, *args: Any, to: str, **options: Any) -> None:
        folder = Path(to)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, document in samples(now()):
                (folder / f"{name}.pdf").write_bytes(document)
                self.stdout.write(str(folder / f"{name}.pdf"))
        except OSError as error:
            raise CommandError(f"Không ghi được {error.filename} / cannot write it: {error.strerror}") from error

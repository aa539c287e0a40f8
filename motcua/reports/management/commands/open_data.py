"""`motcua open-data 2021-11 --out DIR` and `motcua open-data verify DIR`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from motcua.base.errors import MotcuaError
from motcua.base.times import now
from motcua.reports.open_data import latest_close, publish, verify, write_files


class Command(BaseCommand):
    help = (
        "Open data of a closed month: motcua open-data 2021-11 --out DIR [--office CODE]; motcua open-data verify DIR"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", help="a month such as 2021-11, or the word verify")
        parser.add_argument("folder", nargs="?", type=Path, help="for verify: the folder with manifest.json")
        parser.add_argument("--out", type=Path, help="the folder to write to")
        parser.add_argument("--office", default="", help="code of the province, where there are several")
        parser.add_argument("--keys", type=Path, help="for verify: the published keys, got from elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"] or options["out"]
        if folder is None:
            self.stderr.write("Cần thư mục: open-data 2021-11 --out DIR, hoặc open-data verify DIR")
            raise SystemExit(2)
        try:
            if options["what"] == "verify":
                said = verify(folder, options["keys"])
                names = ", ".join(str(file["name"]) for file in said["files"])
                self.stdout.write(f"Đúng: {said['title']}; {names}")
            else:
                made = publish(latest_close(options["what"], options["office"]), now())
                for path in write_files(made, folder):
                    self.stdout.write(str(path))
        except MotcuaError as error:
            self.stderr.write(str(error))
            raise SystemExit(1 if options["what"] == "verify" else 2) from None
        except OSError as error:
            self.stderr.write(f"Không ghi được tệp: {error}")
            raise SystemExit(2) from None

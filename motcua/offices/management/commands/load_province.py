"""motcua load province thai-binh"""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.base.errors import MotcuaError
from motcua.offices.province import load_province, provinces


class Command(BaseCommand):
    help = "Loads the offices of a province from the project's data; loading twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("province", help=f"one of: {', '.join(provinces())}")
        parser.add_argument("--json", action="store_true", help="print counts as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = load_province(options["province"])
        except MotcuaError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(counts))
        else:
            self.stdout.write(
                f"{options['province']}: {counts['read']} cơ quan, mới {counts['new']}, "
                f"thay đổi {counts['changed']}, giữ nguyên {counts['unchanged']}"
            )

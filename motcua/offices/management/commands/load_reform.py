"""motcua load reform 2025-07-01 [--province quang-nam]"""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.base.errors import MotcuaError
from motcua.offices.management.commands.reorganise import a_day
from motcua.offices.reform import load_reform


class Command(BaseCommand):
    help = (
        "The two-tier reform for the provinces that are loaded, with its successions; doing it twice changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("day", type=a_day, help="2025-07-01")
        parser.add_argument("--province", default="", help="one province, such as quang-nam; else all that are loaded")
        parser.add_argument("--json", action="store_true", help="print counts as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = load_reform(options["day"], options["province"])
        except MotcuaError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(done))
            return
        for one in done:
            self.stdout.write(
                f"{one['province']}: mở {one['opened']}, đóng {one['closed']}, sáp nhập {one['merge']}, "
                f"chia tách {one['split']}, phân công {one['postings']} cán bộ"
            )
            if one.get("left"):
                self.stdout.write(f"không có trong bảng, giữ nguyên: {', '.join(one['left'])}")

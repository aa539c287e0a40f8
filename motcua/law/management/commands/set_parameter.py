"""`motcua set_parameter`: another value for one parameter of a regime, under a name and a document."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.base.errors import MotcuaError
from motcua.base.times import now
from motcua.law.store import set_parameter


class Command(BaseCommand):
    help = "Đặt giá trị một tham số pháp lý, ví dụ: motcua set parameter r3_2025 max_extensions 2 --basis … --approved-by …"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("regime", help="chế độ pháp lý, ví dụ r3_2025")
        parser.add_argument("key", help="tham số, xem docs/law.md")
        parser.add_argument("value", help="giá trị: số, true, false, null hoặc chữ")
        parser.add_argument("--basis", required=True, help="văn bản")
        parser.add_argument("--approved-by", required=True, help="người duyệt")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            value = json.loads(options["value"])
        except ValueError:
            value = options["value"]
        try:
            parameter = set_parameter(
                options["regime"],
                options["key"],
                value,
                basis=options["basis"],
                approved_by=options["approved_by"],
                at=now(),
            )
        except MotcuaError as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"{parameter.regime.code}.{parameter.key} = {parameter.value}")

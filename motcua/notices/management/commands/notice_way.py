"""`motcua notice way sms --gateway http://… --sender MOTCUA --why "…" --by "…"`: opens or shuts a way of notices."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from motcua.base.errors import MotcuaError
from motcua.base.times import now, parse_local
from motcua.notices.kinds import Way
from motcua.notices.ways import set_way


class Command(BaseCommand):
    help = (
        "Open or shut a way of notices from an instant on; its secret stands in MOTCUA_SMS_TOKEN or MOTCUA_ZALO_TOKEN"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("way", choices=Way.values)
        parser.add_argument("--off", action="store_true", help="đóng kênh này")
        parser.add_argument("--gateway", default="", help="địa chỉ HTTP của cổng SMS hoặc Zalo")
        parser.add_argument("--sender", default="", help="tên hoặc địa chỉ người gửi")
        parser.add_argument(
            "--from", dest="since", default="", help="từ lúc nào, ví dụ 2026-12-01 08:00; mặc định: ngay"
        )
        parser.add_argument("--why", required=True, help="lý do, văn bản")
        parser.add_argument("--by", required=True, help="ai quyết định")

    def handle(self, *args: Any, **options: Any) -> None:
        at = now()
        try:
            since = parse_local(options["since"]) if options["since"] else at
            row = set_way(
                options["way"],
                is_on=not options["off"],
                gateway=options["gateway"],
                sender=options["sender"],
                valid_from=since,
                reason=options["why"],
                by=options["by"],
                at=at,
            )
        except (MotcuaError, ValueError) as error:
            self.stderr.write(str(error))
            sys.exit(1)
        self.stdout.write(str(row))

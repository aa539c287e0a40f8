"""`motcua set_fee_reduction`: a reduction for a time, under a name and a document."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.base.errors import MotcuaError
from motcua.base.times import now
from motcua.fees.kinds import LineKind
from motcua.fees.rules import set_reduction


class Command(BaseCommand):
    help = "Đặt mức giảm có thời hạn: motcua set fee reduction 'Giảm 50 %' --percent 50 --channel 2 --from … --to …"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--percent", type=Decimal, help="giảm bao nhiêu phần trăm")
        parser.add_argument("--amount-vnd", type=int, help="giảm bao nhiêu đồng")
        parser.add_argument("--procedure", action="append", default=[], help="mã thủ tục; không nêu: mọi thủ tục")
        parser.add_argument("--kind", action="append", default=[], choices=LineKind.values, help="không nêu: mọi loại")
        parser.add_argument("--channel", action="append", default=[], type=int, choices=[1, 2, 3])
        parser.add_argument("--from", dest="valid_from", type=date.fromisoformat, required=True, help="từ ngày")
        parser.add_argument("--to", dest="valid_to", type=date.fromisoformat, help="đến trước ngày")
        parser.add_argument("--basis", required=True, help="văn bản")
        parser.add_argument("--set-by", required=True, help="người duyệt")

    def handle(self, *args: Any, **options: Any) -> None:
        names = ("percent", "amount_vnd", "valid_from", "valid_to", "basis", "set_by")
        try:
            row = set_reduction(
                options["name"],
                procedure_codes=options["procedure"],
                kinds=options["kind"],
                channels=options["channel"],
                at=now(),
                **{name: options[name] for name in names},
            )
        except MotcuaError as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"{row.pk}: {row}")

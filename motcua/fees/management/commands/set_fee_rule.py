"""`motcua set_fee_rule`: when a procedure's fee is due, from a day on, under a name and a document."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.base.errors import MotcuaError
from motcua.base.times import now
from motcua.fees.kinds import DueWhen
from motcua.fees.rules import set_rule


class Command(BaseCommand):
    help = (
        "Đặt quy định thu phí, lệ phí: motcua set fee rule 1.004873 before --holds-back --from … --basis … --set-by …"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("procedure", help="mã thủ tục; * cho mọi thủ tục không có quy định riêng")
        parser.add_argument("due_when", choices=DueWhen.values)
        parser.add_argument("--holds-back", action="store_true", help="chưa nộp thì chưa tiếp nhận hoặc chưa trả")
        parser.add_argument("--refund-withdrawn", action="store_true", help="rút hoặc dừng hồ sơ thì hoàn")
        parser.add_argument("--refund-refused", action="store_true", help="từ chối giải quyết thì hoàn")
        parser.add_argument("--from", dest="valid_from", type=date.fromisoformat, required=True, help="từ ngày")
        parser.add_argument("--basis", required=True, help="văn bản")
        parser.add_argument("--set-by", required=True, help="người duyệt")

    def handle(self, *args: Any, **options: Any) -> None:
        names = ("due_when", "holds_back", "refund_withdrawn", "refund_refused", "valid_from", "basis", "set_by")
        code = "" if options["procedure"] == "*" else options["procedure"]
        try:
            rule = set_rule(code, at=now(), **{name: options[name] for name in names})
        except MotcuaError as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(str(rule))

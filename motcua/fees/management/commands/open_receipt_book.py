"""`motcua open_receipt_book`: bring a book of receipts into use at an office."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.base.errors import MotcuaError
from motcua.base.times import day_of, now
from motcua.fees.books import open_book
from motcua.offices.actors import SYSTEM
from motcua.offices.models import Office


class Command(BaseCommand):
    help = "Mở quyển biên lai: motcua open receipt book 000.00.18.H54 01BLP0-001 AA-26T 1 5000"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("office", help="mã cơ quan")
        parser.add_argument("template_no", help="mẫu số")
        parser.add_argument("serial", help="ký hiệu")
        parser.add_argument("first_no", type=int, help="số đầu")
        parser.add_argument("last_no", type=int, help="số cuối")
        parser.add_argument("--from", dest="valid_from", type=date.fromisoformat, help="từ ngày; không nêu: hôm nay")

    def handle(self, *args: Any, **options: Any) -> None:
        office = Office.objects.by_code(options["office"]).first()
        if office is None:
            raise CommandError(f"Không có cơ quan mang mã {options['office']}.", returncode=2)
        names = ("template_no", "serial", "first_no", "last_no")
        try:
            book = open_book(
                office_id=office.pk,
                valid_from=options["valid_from"] or day_of(now()),
                actor=SYSTEM,
                **{name: options[name] for name in names},
            )
        except MotcuaError as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"{book}: {book.first_no}–{book.last_no}")

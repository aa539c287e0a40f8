"""`motcua change_calendar`: a new edition from the command line; promises made before it stand."""

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.base.errors import MotcuaError
from motcua.base.times import now
from motcua.calendar.models import PublicDay, PublishedYear
from motcua.calendar.store import change


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"không đọc được ngày “{text}”, ví dụ đúng: 2026-11-24") from error


class Command(BaseCommand):
    help = "Sửa lịch nghỉ: thêm ngày nghỉ, ngày làm bù, bỏ ngày, công bố hoặc bỏ năm. Các ngày đã hẹn không đổi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--note", required=True, help="lý do, văn bản")
        parser.add_argument("--off", type=_day, nargs="+", default=[], help="ngày nghỉ, ví dụ 2026-11-24")
        parser.add_argument("--work", type=_day, nargs="+", default=[], help="ngày làm bù")
        parser.add_argument("--makes-up-for", type=_day, help="ngày được làm bù")
        parser.add_argument("--name", default="", help="tên ngày, ví dụ Ngày Văn hóa Việt Nam")
        parser.add_argument("--drop", type=_day, nargs="+", default=[], help="bỏ ngày khỏi lịch")
        parser.add_argument("--publish-year", type=int, nargs="+", default=[], help="năm đã có thông báo nghỉ lễ")
        parser.add_argument("--drop-year", type=int, nargs="+", default=[], help="năm chưa được dùng để hẹn ngày")

    def handle(self, *args: Any, **options: Any) -> None:
        note, name = options["note"], options["name"]
        off = [
            PublicDay(day=day, kind=PublicDay.Kind.HOLIDAY, name=name or "Ngày nghỉ", source=note)
            for day in options["off"]
        ]
        work = [
            PublicDay(
                day=day,
                kind=PublicDay.Kind.MAKE_UP,
                name=name or "Làm bù",
                makes_up_for=options["makes_up_for"],
                source=note,
            )
            for day in options["work"]
        ]
        try:
            edition = change(
                at=now(),
                note=note,
                days=[*off, *work],
                drop_days=options["drop"],
                years=[PublishedYear(year=year, source=note) for year in options["publish_year"]],
                drop_years=options["drop_year"],
            )
        except MotcuaError as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"Bản lịch mới: {edition.pk}")

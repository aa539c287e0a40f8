"""`motcua catalogue due`: what must still be announced or made public, overdue first."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from motcua.base.times import day_of, now
from motcua.catalogue.life.deadlines import Outcome, Watched, watched

OPEN = (Outcome.OVERDUE, Outcome.DUE)


class Command(BaseCommand):
    help = "In các việc công bố, công khai thủ tục quá hạn hoặc sắp đến hạn."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="in kết quả dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        found = [one for one in watched(day_of(now())) if one.outcome in OPEN]
        if options["as_json"]:
            self.stdout.write(json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=2))
            return
        for one in found:
            self.stdout.write(
                f"{one.last_day:%d/%m/%Y}  {one.event.procedure.code}  {one.duty.label}: {one.outcome.label} ({one.event.act})"
            )
        if not found:
            self.stdout.write(_("Không có việc nào quá hạn hoặc sắp đến hạn."))


def _plain(one: Watched) -> dict[str, Any]:
    return {
        "procedure": one.event.procedure.code,
        "duty": str(one.duty),
        "outcome": str(one.outcome),
        "last_day": one.last_day.isoformat() if one.last_day else None,
        "days": one.days,
        "act": one.event.act.number if one.event.act else None,
    }

"""`motcua regime`: the regimes, or what one of them says, with where each value comes from."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.base.errors import MotcuaError
from motcua.base.times import day_of, now
from motcua.law.facts import ABOUT, DECLARED
from motcua.law.models import Regime, RegimeParameter
from motcua.law.saying import say
from motcua.law.store import book as read_book
from motcua.law.store import current_revision, regime_on
from motcua.law.wording import value_words


class Command(BaseCommand):
    help = "Các chế độ pháp lý; hoặc một chế độ, theo ngày tiếp nhận: motcua regime r6_2026 --on 2026-09-01"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", nargs="?", help="chế độ, ví dụ r6_2026; không ghi thì liệt kê")
        parser.add_argument("--on", type=date.fromisoformat, help="ngày tiếp nhận; không ghi thì hôm nay")
        parser.add_argument("--procedure", default="", help="mã thủ tục")
        parser.add_argument("--field", default="", help="lĩnh vực")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        current_revision()
        try:
            if options["code"] is None and options["on"] is None:
                self._list(options["json"])
            else:
                self._show(options)
        except MotcuaError as error:
            raise CommandError(str(error), returncode=2) from error

    def _list(self, as_json: bool) -> None:
        rows = list(Regime.objects.values("code", "name", "valid_from", "valid_to", "basis"))
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2, default=str))
            return
        for row in rows:
            end = f"{row['valid_to']:%d/%m/%Y}" if row["valid_to"] else "…"
            self.stdout.write(f"{row['code']:<9} {row['valid_from']:%d/%m/%Y} – {end:<10}  {row['name']}")

    def _show(self, options: dict[str, Any]) -> None:
        known, day = read_book(), options["on"] or day_of(now())
        code = options["code"] or regime_on(day).code
        if code not in known.identities:
            raise CommandError(f"Không có chế độ pháp lý {code}.", returncode=2)
        if options["on"] is None:
            day = known.shown_day(code, day)
        places = known.places(code, options["procedure"], options["field"])
        rows = {key: known.deciding(code, key, day, places) for key in DECLARED}
        sources = RegimeParameter.objects.in_bulk([row.order for row in rows.values() if row])
        if options["json"]:
            said = {
                key: {"value": row.value, "scope": row.scope, "basis": sources[row.order].basis}
                for key, row in rows.items()
                if row
            }
            self.stdout.write(
                json.dumps({"regime": code, "on": f"{day}", "values": said}, ensure_ascii=False, indent=2)
            )
            return
        self.stdout.write(f"{code}, ngày tiếp nhận {day:%d/%m/%Y}: {known.identities[code]['name']}")
        for about, keys in ABOUT.items():
            self.stdout.write(f"\n{say(about)}")
            for key in keys:
                row = rows[key]
                if row:
                    where = "" if row.scope == "preset" else f"  [{row.scope} {row.target}]".rstrip()
                    basis = f"  ({sources[row.order].basis})" if sources[row.order].basis else ""
                    self.stdout.write(f"  {key:<28} {value_words(key, row.value)}{basis}{where}")

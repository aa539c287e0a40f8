"""`motcua payments check`: ask the gateway about orders without an answer; `motcua payments day 2026-11-28`: that day's
orders, money, ledger and receipts side by side."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from motcua.base.numbers import show_vnd
from motcua.base.times import day_of, now
from motcua.payments.checking import check
from motcua.payments.reconciling import Day, day_of_payments


class Command(BaseCommand):
    help = "Thanh toán trực tuyến: motcua payments check | motcua payments day 2026-11-28"

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        what.add_parser("check", help="hỏi cổng thanh toán về các lệnh chưa có trả lời")
        a_day = what.add_parser("day", help="đối chiếu một ngày; mã thoát 1 khi có chênh lệch")
        a_day.add_argument("day", type=date.fromisoformat, nargs="?", help="không nêu: hôm nay")
        a_day.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "check":
            self.stdout.write("  ".join(f"{name} {count}" for name, count in check(now).items()))
            return
        found = day_of_payments(options["day"] or day_of(now()), None)
        if options["json"]:
            self.stdout.write(json.dumps(self._as_json(found), ensure_ascii=False, indent=1))
        else:
            self._print(found)
        if found.differing:
            raise SystemExit(1)

    def _print(self, found: Day) -> None:
        sums = found.totals
        self.stdout.write(f"{found.day:%d/%m/%Y}: {found.orders} lệnh, {show_vnd(found.ordered_vnd)}")
        for name, words in (
            ("amount_vnd", "cổng thanh toán báo"), ("ledger_vnd", "sổ thu"), ("receipt_vnd", "biên lai"),
            ("back_vnd", "phải hoàn"), ("difference_vnd", "chênh lệch"),
        ):  # fmt: skip
            self.stdout.write(f"  {words}: {show_vnd(sums[name])}")
        for row in found.differing:
            self.stdout.write(f"  ! {row.gateway_ref or row.number} {row.dossier or '–'}: {'; '.join(row.faults)}")
        for order in found.waiting:
            self.stdout.write(f"  … {order} {order.dossier}: {order.get_state_display()}")

    def _as_json(self, found: Day) -> dict[str, Any]:
        return {
            "day": found.day.isoformat(),
            "orders": found.orders,
            "ordered_vnd": found.ordered_vnd,
            **found.totals,
            "waiting": [str(order) for order in found.waiting],
            "differences": [
                {"gateway_ref": row.gateway_ref, "order": row.number, "dossier": row.dossier, "why": row.faults}
                for row in found.differing
            ],
        }

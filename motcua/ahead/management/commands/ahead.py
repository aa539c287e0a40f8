"""Forecasts of days gone by against what happened: `motcua ahead back-test 2021-11` (likelihoods), `motcua ahead pace-test
2021-11` (expected days); `motcua ahead likely`: who is next.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand

from motcua.ahead.backtest import BackTest, as_json, back_test
from motcua.ahead.likely import experience_of, likeliest
from motcua.ahead.pace_backtest import lines, pace_test
from motcua.base.errors import MotcuaError
from motcua.base.progress import Progress
from motcua.base.times import day_of, now, parse_local
from motcua.offices.actors import SYSTEM
from motcua.reports.command_line import add_period, asked_with
from motcua.reports.scope import scope_for

WHAT = ("back-test", "pace-test", "likely")


class Command(BaseCommand):
    help = "What was told against what happened: motcua ahead back-test|pace-test 2021-11 [--office CODE] | likely"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=WHAT)
        add_period(parser, place=None)
        parser.add_argument("--at", help="as if it were then (likely); by default now")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            {"back-test": self.test, "pace-test": self.pace, "likely": self.likely}[options["what"]](options)
        except (MotcuaError, ValueError) as error:
            self.stderr.write(str(error))
            raise SystemExit(2) from None

    def test(self, options: dict[str, Any]) -> None:
        """The table of reliability."""
        period, scope = asked_with(options, day_of(now()))
        made = back_test(period, scope, now(), _teller())
        if options["json"]:
            self.stdout.write(json.dumps(as_json(made), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(_lines(made)))

    def pace(self, options: dict[str, Any]) -> None:
        """How often the expected days held."""
        period, scope = asked_with(options, day_of(now()))
        self.stdout.write("\n".join(lines(pace_test(period, scope, now(), _teller()))))

    def likely(self, options: dict[str, Any]) -> None:
        """The open dossiers that most likely miss their day."""
        at = parse_local(options["at"]) if options["at"] else now()
        scope = scope_for(SYSTEM, day_of(at), office_code=options["office"])
        made = likeliest(at, scope, experience_of(at))
        if options["json"]:
            rows = [{"code": row.code, "value": round(row.found.value or 0, 4), "why": row.why} for row in made.rows]
            self.stdout.write(json.dumps({"open": made.open, "rows": rows}, ensure_ascii=False, indent=1))
            return
        for row in made.rows:
            self.stdout.write(f"{100 * (row.found.value or 0):5.1f} %  {row.code}  {row.why}")


def _teller() -> Callable[[int, int], None]:
    progress = Progress("ngày", 0)

    def tell(done: int, of: int) -> None:
        progress.total = of
        progress.show(done)

    return tell


def _lines(made: BackTest) -> list[str]:
    lines = [
        f"{made.period}: {made.days} ngày làm việc, {made.dossiers} hồ sơ; "
        f"{made.unknown} dự báo chưa biết kết quả, {made.unlearned} chưa có hồ sơ tương tự"
    ]
    found = made.calibration
    if found is None:
        return [*lines, "Không có dự báo nào để so."]
    lines += [f"{'dự báo':>8} {'đã nói':>9} {'trễ':>6} {'thực tế':>9}"]
    lines += [f"{row.forecasts:8} {100 * row.told:8.2f}% {row.missed:6} {100 * row.share:8.2f}%" for row in found.rows]
    skill = "–" if found.skill is None else f"{100 * found.skill:.1f} %"
    lines += [
        f"Brier {found.brier:.5f}; chỉ dùng tỷ lệ chung: {found.brier_of_base:.5f}; bớt được {skill}; "
        f"lệch nhiều nhất trong một nhóm: {100 * found.largest_gap:.2f} điểm %"
    ]
    return lines

"""`motcua lab 2.000488 --limit 3 --people 3=2 --json`: a procedure's past run again under other conditions."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from motcua.ahead.asking import (
    Answer,
    answer,
    as_json,
    hours_asked,
    limit_asked,
    mode_asked,
    people_asked,
    share_asked,
)
from motcua.ahead.checking import check
from motcua.ahead.checking import lines as check_lines
from motcua.ahead.history import History, procedure_of, read_history
from motcua.ahead.lab import LONGEST_WORK, SEED, Scenario
from motcua.base.errors import MotcuaError
from motcua.base.numbers import show_count
from motcua.base.progress import Progress
from motcua.base.times import day_of, now
from motcua.reports.command_line import add_period, asked_with


class Command(BaseCommand):
    help = (
        "Runs a procedure's past again: motcua lab CODE [PERIOD] [--limit 3] [--people 3=2] [--hours 3=8] [--mode four]"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("procedure", help="code of the procedure")
        add_period(parser, place=None)
        parser.add_argument("--limit", default="", help="5 (working days), 5wd, 30d, 8wh …")
        parser.add_argument(
            "--people", nargs="*", default=[], metavar="STEP=N", help="people at each office that does it"
        )
        parser.add_argument("--hours", nargs="*", default=[], metavar="STEP=H", help="mean working hours of a stay")
        parser.add_argument("--mode", default="", help="four or five: done at the centre")
        parser.add_argument("--share", default="90", help="percent that a limit should keep")
        parser.add_argument("--work", type=float, default=LONGEST_WORK, help="hours at most for one dossier at a step")
        parser.add_argument("--runs", type=int, help="how often ways are drawn")
        parser.add_argument("--seed", type=int, default=SEED)
        parser.add_argument(
            "--check", action="store_true", help="only how well the present is met, in and out of sample"
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            history = self.history(options)
            if options["check"]:
                made = check(history, seed=options["seed"], longest_work=options["work"])
                told = json.dumps(made._asdict(), indent=1) if options["json"] else "\n".join(check_lines(made))
                self.stdout.write(told)
                return
            found = self.answer(history, options)
        except MotcuaError as error:
            self.stderr.write(str(error))
            raise SystemExit(2) from None
        shown = (
            json.dumps(as_json(found), ensure_ascii=False, indent=1) if options["json"] else "\n".join(_lines(found))
        )
        self.stdout.write(shown)

    def history(self, options: dict[str, Any]) -> History:
        """The past that is asked for."""
        today = day_of(now())
        if not options["period"] and options["first"] is None and options["last"] is None:
            options |= {"first": today - timedelta(days=364), "last": today}
        period, scope = asked_with(options, today)
        return read_history(procedure_of(options["procedure"]), period, scope, now())

    def answer(self, history: History, options: dict[str, Any]) -> Answer:
        """The scenario run, with its progress on standard error."""
        scenario = Scenario(
            limit_asked(options["limit"]),
            people_asked(" ".join(options["people"]), history),
            hours_asked(" ".join(options["hours"]), history),
            mode_asked(options["mode"]),
        )
        progress = Progress("lượt chạy", 0)

        def tell(done: int, of: int) -> None:
            progress.total = of
            progress.show(done, last=done == of)

        return answer(
            history,
            scenario,
            share=share_asked(options["share"]),
            seed=options["seed"],
            runs=options["runs"],
            longest_work=options["work"],
            tell=tell,
        )


def _lines(made: Answer) -> list[str]:
    present, changed = made.present, made.changed
    lines = [
        f"{made.history.procedure.code}: {show_count(present.run.dossiers)} hồ sơ {made.history.period}, "
        f"{made.history.left_out} chưa có kết quả hoặc đã rút, dừng; thực tế trễ {made.actual_late}",
        f"{'':24} {'hiện nay':>12} {'thử':>12}",
        f"{'trễ':24} {present.run.late:12} {changed.run.late:12}",
        f"{'tỷ lệ trễ %':24} {100 * present.run.rate:12.2f} {100 * changed.run.rate:12.2f}",
        f"{'rút ngẫu nhiên, từ %':24} {100 * present.low:12.2f} {100 * changed.low:12.2f}",
        f"{'đến %':24} {100 * present.high:12.2f} {100 * changed.high:12.2f}",
        f"{f'{float(100 * made.share):g} % giữ được (ngày)':24} {present.keeps!s:>12} {changed.keeps!s:>12}",
        f"{'trễ nếu cắt 40 %':24} {made.cut_late[0]:12} {made.cut_late[1]:12}",
        f"{'bước':>5} {'người':>6} {'nằm':>8} {'xếp hàng':>9} {'làm':>7}   (giờ, thử)",
    ]
    return [
        *lines,
        *(f"{one.step:5} {one.people:6} {one.lag:8.2f} {one.queue:9.2f} {one.work:7.2f}" for one in changed.run.steps),
    ]

"""python -m bench.clock: evaluations of the clock in one second of one core. No database, a few seconds."""

from __future__ import annotations

import timeit
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import process_time

from motcua.base.times import VIETNAM
from motcua.calendar.bundled import read_bundled
from motcua.calendar.limits import Limit
from motcua.calendar.working_days import WorkingCalendar
from motcua.dossiers.clock import fold
from motcua.dossiers.clock_days import story
from motcua.dossiers.clock_events import ClockEvent, ClockKind

DATA = Path(__file__).resolve().parents[1] / "data"
ROUNDS = 20_000
AIM = 50_000


def main() -> None:
    calendar = read_bundled(DATA).calendar()
    print(f"| {'what':44} | evaluations per second of one core |")
    print(f"|{'-' * 46}|-----------------------------------:|")
    for what, question in _questions(calendar):
        question()
        seconds = min(timeit.repeat(question, number=ROUNDS, repeat=5, timer=process_time))
        print(f"| {what:44} | {round(ROUNDS / seconds):>34,} |")
    print(f"\naim: {AIM:,} for a typical due date (the first line)")


def _questions(calendar: WorkingCalendar) -> list[tuple[str, Callable[[], object]]]:
    def start(limit: str) -> ClockEvent:
        return ClockEvent(ClockKind.START, _at("2021-08-31 16:10"), calendar, Limit.parse(limit), law="ND61-2018 17")

    pause = ClockEvent(ClockKind.PAUSE, _at("2021-09-01 09:00"), calendar)
    resume = ClockEvent(ClockKind.RESUME, _at("2021-09-08 10:00"), calendar)
    restart = ClockEvent(ClockKind.RESTART, _at("2021-09-08 10:00"), calendar)
    histories = {
        "5 working days": [start("5wd")],
        "30 days": [start("30d")],
        "2 months and 15 working days": [start("2m+15wd")],
        "16 working hours": [start("16wh")],
        "5 working days, asked, counted again": [start("5wd"), pause, restart],
        "5 working days, paused, counted on": [start("5wd"), pause, resume],
        "16 working hours, paused, counted on": [start("16wh"), pause, resume],
    }
    asked: list[tuple[str, Callable[[], object]]] = [
        (what, lambda events=events: fold(events))  # type: ignore[misc]
        for what, events in histories.items()
    ]
    told = histories["5 working days"]
    return [*asked, ("5 working days, with the reason of every day", lambda: story(told))]


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


if __name__ == "__main__":
    main()

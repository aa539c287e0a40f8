"""Deadlines worked out by hand from the printed calendar; the reasoning of each stands beside it in the file."""

import csv
from datetime import datetime
from pathlib import Path

import pytest

from motcua.base.times import VIETNAM
from motcua.calendar.limits import Limit
from motcua.dossiers.clock import fold
from motcua.dossiers.clock_events import Cause, ClockEvent, ClockKind
from motcua.dossiers.tests.test_clock import CALENDAR

with (Path(__file__).parent / "real_deadlines.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def happening(text):
    """`pause outage 2021-08-31 10:00`, or `extend 3wd@2022-08-31 09:00`."""
    kind, rest = text.split(" ", 1)
    if kind == ClockKind.EXTEND:
        limit, moment = rest.split("@")
        return ClockEvent(ClockKind.EXTEND, at(moment), CALENDAR, Limit.parse(limit))
    *cause, day, clock = rest.split()
    return ClockEvent(ClockKind(kind), at(f"{day} {clock}"), CALENDAR, cause=Cause(cause[0] if cause else "supplement"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['accepted']} {row['limit']} {row['happenings']}".strip())
def test_a_deadline_worked_out_by_hand(row):
    start = ClockEvent(ClockKind.START, at(row["accepted"]), CALENDAR, Limit.parse(row["limit"]))
    rest = [happening(text) for text in row["happenings"].split("; ") if text]
    assert fold([start, *rest]).due_at == at(row["due"]), row["reasoning"]

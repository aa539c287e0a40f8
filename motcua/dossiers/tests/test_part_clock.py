"""The clock of a part, worked out by hand around days off: 2 September 2021 was a Thursday, 3 September off with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from motcua.calendar.bundled import read_bundled
from motcua.calendar.limits import Limit
from motcua.calendar.tests.conftest import DATA
from motcua.dossiers.clock import ClockState, fold
from motcua.dossiers.clock_events import Cause, ClockEvent, ClockKind
from motcua.dossiers.part_clock import part_ledger, part_reading
from tests.world import moment

CALENDAR = read_bundled(DATA).calendar()


def event(kind: ClockKind, at: str, **facts: object) -> ClockEvent:
    return ClockEvent(kind, moment(at), CALENDAR, **facts)  # type: ignore[arg-type]


def start(at: str, limit: str) -> ClockEvent:
    return event(ClockKind.START, at, limit=Limit.parse(limit))


WHOLE = start("2021-08-30 08:00", "10wd")
PAUSE, RESUME, RESTART = ClockKind.PAUSE, ClockKind.RESUME, ClockKind.RESTART
CASES = {
    # Tuesday the 31st, then 2 and 3 September and the weekend are off: the second day is Monday the 6th.
    "over the national day": ("2021-08-31 09:00", "2wd", [], "2021-09-06 17:00"),
    "one day": ("2021-08-31 09:00", "1wd", [], "2021-09-01 17:00"),
    # Hours: 3 are left of Wednesday afternoon (14:00-17:00), the other 5 lie on Monday: 4,5 until 11:30, 0,5 until 14:00.
    "hours over the national day": ("2021-09-01 14:00", "8wh", [], "2021-09-06 14:00"),
    # Paused on Wednesday with that day and none other used; what was left (Mon 6, and Wed) goes on from Tuesday the 7th.
    "what was left goes on": (
        "2021-08-31 09:00", "2wd", [(PAUSE, "2021-09-01 10:00"), (RESUME, "2021-09-07 10:00")], "2021-09-08 17:00",
    ),
    "a restart counts the part again": (
        "2021-08-31 09:00", "2wd", [(PAUSE, "2021-09-01 10:00"), (RESTART, "2021-09-07 10:00")], "2021-09-09 17:00",
    ),
    # The pause was over before the part began.
    "what was before it is not its own": (
        "2021-09-06 09:00", "2wd", [(PAUSE, "2021-08-31 10:00"), (RESUME, "2021-09-01 10:00")], "2021-09-08 17:00",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_when_a_part_is_due(name: str) -> None:
    at, limit, happened, due = CASES[name]
    whole = [WHOLE, *(event(kind, when) for kind, when in happened)]
    whole.sort(key=lambda one: one.at)
    reading = part_reading([start(at, limit)], whole)
    assert reading.due_at == moment(due)


def test_an_apology_or_another_limit_for_the_whole_gives_a_part_no_new_time() -> None:
    own = start("2021-08-31 09:00", "2wd")
    later: datetime = moment("2021-09-20 17:00")
    whole = [
        WHOLE,
        event(ClockKind.EXTEND, "2021-09-01 09:00", until=later),
        event(ClockKind.CORRECT, "2021-09-01 10:00", until=later),
        event(ClockKind.REASSIGN, "2021-09-01 11:00", limit=Limit.parse("30wd")),
    ]
    assert part_reading([own], whole).due_at == moment("2021-09-06 17:00")


def test_a_restart_with_a_new_limit_for_the_whole_counts_the_part_s_own() -> None:
    own = start("2021-08-31 09:00", "2wd")
    whole = [WHOLE, event(RESTART, "2021-09-07 10:00", limit=Limit.parse("30wd"))]
    assert part_reading([own], whole).due_at == moment("2021-09-09 17:00")


def test_a_part_that_begins_while_the_whole_stands_still_stands_still_too() -> None:
    own = start("2021-09-06 09:00", "2wd")
    paused = event(PAUSE, "2021-09-01 10:00", cause=Cause.FINANCIAL)
    assert part_reading([own], [WHOLE, paused]).state is ClockState.PAUSED
    resumed = event(RESUME, "2021-09-08 10:00", cause=Cause.FINANCIAL)
    assert part_reading([own], [WHOLE, paused, resumed]).due_at == moment("2021-09-10 17:00")


def test_it_is_counted_in_the_hours_of_its_own_office() -> None:
    own = start("2021-09-06 09:00", "2wd")
    other = read_bundled(DATA).calendar()
    ledger = part_ledger([own], [WHOLE, replace(event(PAUSE, "2021-09-06 10:00"), calendar=other)])
    assert [one.calendar is CALENDAR for one in ledger] == [True, True]


def outage(began: str, ended: str) -> ClockEvent:
    return event(PAUSE, began, until=moment(ended), cause=Cause.OUTAGE)


def extended(at: str, until: str) -> ClockEvent:
    return event(ClockKind.EXTEND, at, until=moment(until))


OUTAGES = {
    # Monday the 6th and Tuesday the 7th are lost; the part's two days go on from Wednesday the 8th, when it is over.
    "it runs": ("2021-08-31 09:00", [], "2021-09-06 08:00", "2021-09-08 09:00", "2021-09-08 17:00"),
    # Begun on the 7th at 10:00, in the middle of it: only the 8th is given back.
    "it begins during it": ("2021-09-07 10:00", [], "2021-09-06 08:00", "2021-09-08 09:00", "2021-09-10 17:00"),
    "it begins after it": ("2021-09-08 10:00", [], "2021-09-06 08:00", "2021-09-08 09:00", "2021-09-10 17:00"),
    # Counted again from the 7th, as papers came in: what was lost before is in the new count.
    "it is counted again during it": (
        "2021-08-31 09:00", [(PAUSE, "2021-09-06 10:00"), (RESTART, "2021-09-07 10:00")],
        "2021-09-06 08:00", "2021-09-08 09:00", "2021-09-10 17:00",
    ),
    # The outage of the 1st was told when the clock had stood still and run again: it is given back all the same.
    "it stood still afterwards": (
        "2021-08-31 09:00", [(PAUSE, "2021-09-06 10:00"), (RESUME, "2021-09-07 10:00")],
        "2021-08-31 10:00", "2021-09-01 10:00", "2021-09-08 17:00",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OUTAGES)
def test_a_part_is_given_back_what_an_outage_took_since_it_began(name: str) -> None:
    at, happened, began, ended, due = OUTAGES[name]
    whole = [WHOLE, *(event(kind, when) for kind, when in happened), outage(began, ended)]
    assert part_reading([start(at, "2wd")], whole).due_at == moment(due)


def test_a_new_day_for_the_whole_takes_nothing_back_from_a_part() -> None:
    """The whole was put off in the middle of the outage, the part was not: it gets all of it."""
    whole = [WHOLE, extended("2021-09-07 15:00", "2021-09-20 17:00"), outage("2021-09-06 08:00", "2021-09-08 09:00")]
    assert part_reading([start("2021-08-31 09:00", "2wd")], whole).due_at == moment("2021-09-08 17:00")
    assert fold(whole).due_at == moment("2021-09-21 17:00")


def test_a_part_s_own_new_day_is_its_promise_and_the_first_one_is_kept() -> None:
    own = [start("2021-08-31 09:00", "2wd"), extended("2021-09-01 09:00", "2021-09-08 17:00")]
    reading = part_reading(own, [WHOLE])
    assert (reading.due_at, reading.original_due_at) == (moment("2021-09-08 17:00"), moment("2021-09-06 17:00"))
    paused = [WHOLE, event(PAUSE, "2021-09-06 10:00"), event(RESUME, "2021-09-07 10:00")]
    assert part_reading(own, paused).due_at == moment("2021-09-09 17:00")
    again = [WHOLE, event(PAUSE, "2021-09-06 10:00"), event(RESTART, "2021-09-07 10:00")]
    assert part_reading(own, again).due_at == moment("2021-09-09 17:00")

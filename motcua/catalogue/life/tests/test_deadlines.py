"""Announcing and making public have their last days, counted by the working calendar."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command

from motcua.catalogue.life.deadlines import Duty, Outcome, in_time, watched
from motcua.catalogue.life.events import Happening, record
from motcua.catalogue.life.tests.made import AT, act, calendar, officer, procedures
from motcua.people.models import Account

__all__ = ["calendar", "officer"]
pytestmark = pytest.mark.usefixtures("calendar")


def decide(officer: Account, code: str, **document: Any) -> None:
    legal_text = act(officer, f"{code}/QĐ", **document)
    record([code], Happening("decided", legal_text.signed_on, act=legal_text), by=officer, at=AT)


@pytest.mark.parametrize(
    ("document", "last_day"),
    [
        # In force on Monday 22/11/2021: the working days 16, 17, 18, 19 and 22 lie after the 15th.
        ({"issuer": "chairman", "effective_on": date(2021, 11, 22)}, date(2021, 11, 15)),
        ({"issuer": "minister", "effective_on": date(2021, 11, 29)}, date(2021, 11, 1)),
        # In force on a Sunday.
        ({"issuer": "chairman", "effective_on": date(2021, 11, 21)}, date(2021, 11, 14)),
        # The holidays 2 and 3 September 2021 do not count.
        ({"issuer": "chairman", "signed_on": date(2021, 8, 1), "effective_on": date(2021, 9, 6)}, date(2021, 8, 26)),
        # The shortened way: signed on Friday, three working days later.
        ({"issuer": "minister", "signed_on": date(2021, 11, 5), "effective_on": date(2021, 11, 5), "shortened": True},
         date(2021, 11, 10)),
    ],
)  # fmt: skip
def test_the_last_day_to_announce(officer: Account, document: dict[str, Any], last_day: date) -> None:
    decide(officer, procedures(1)[0], **document)
    (duty,) = watched(date(2021, 8, 1) if "signed_on" in document else date(2021, 11, 1)) or watched(date(2021, 11, 30))
    assert (duty.duty, duty.last_day) == (Duty.ANNOUNCE, last_day)


@pytest.mark.parametrize(
    ("document", "last_day"),
    [
        ({"issuer": "minister"}, date(2021, 11, 15)),
        ({"issuer": "chairman"}, date(2021, 11, 8)),
        ({"issuer": "chairman", "shortened": True}, date(2021, 11, 3)),
    ],
)
def test_the_last_day_to_make_public(officer: Account, document: dict[str, Any], last_day: date) -> None:
    codes = procedures(1)
    announced = Happening("announced", date(2021, 11, 1), act=act(officer, **document))
    record(codes, announced, by=officer, at=AT)
    (duty,) = watched(date(2021, 11, 1))
    assert (duty.duty, duty.last_day, duty.outcome) == (Duty.PUBLISH, last_day, Outcome.DUE)


def test_what_is_late_comes_first_and_says_by_how_many_working_days(officer: Account) -> None:
    late, done, slow, open_one = procedures(4)
    for code in (late, done, slow, open_one):
        day = date(2021, 11, 12 if code == open_one else 1)
        record([code], Happening("announced", day, act=act(officer, code, day)), by=officer, at=AT)
    record([done], Happening("made_public", date(2021, 11, 8)), by=officer, at=AT)
    record([slow], Happening("made_public", date(2021, 11, 9)), by=officer, at=AT)
    found = watched(date(2021, 11, 15))
    assert [(one.event.procedure.code, one.outcome, one.days) for one in found] == [
        (late, "overdue", -5), (open_one, "due", 4), (slow, "done_late", -1), (done, "done", 0),
    ]  # fmt: skip
    assert str(in_time(found)) == "33.33"
    assert in_time([]) is None


def test_an_act_of_others_sets_no_day_and_a_year_without_calendar_is_told(officer: Account) -> None:
    codes = procedures(2)
    decide(officer, codes[0], issuer="other", effective_on=date(2021, 12, 1))
    decide(officer, codes[1], issuer="chairman", signed_on=date(2021, 11, 1), effective_on=date(2050, 1, 1))
    (duty,) = watched(date(2021, 11, 15))
    assert (duty.event.procedure.code, duty.outcome, duty.last_day) == (codes[1], Outcome.UNKNOWN, None)


def test_the_command_prints_what_is_open(officer: Account, capsys: pytest.CaptureFixture[str]) -> None:
    codes = procedures(2)
    record(codes, Happening("announced", date(2021, 11, 1), act=act(officer)), by=officer, at=AT)
    record(codes[:1], Happening("made_public", date(2021, 11, 2)), by=officer, at=AT)
    call_command("catalogue_due")
    assert capsys.readouterr().out.splitlines()[-1].startswith(f"08/11/2021  {codes[1]}  ")
    call_command("catalogue_due", as_json=True)
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["procedure"], row["outcome"], row["last_day"]) == (codes[1], "overdue", "2021-11-08")

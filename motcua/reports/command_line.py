"""How every command is asked for a period and an office: the same words, the same sentences where they can't be read."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from motcua.offices.actors import SYSTEM
from motcua.reports.periods import Period, period_asked
from motcua.reports.scope import Scope, scope_for

PLACES = ("competent", "receiving")


def add_period(parser: ArgumentParser, *, nd09: bool = False, place: str | None = "competent") -> None:
    """The period, two days instead of it, the office; `place`: its default, None where whose dossiers is not asked."""
    parser.add_argument("period", nargs="?", default="", help="2021-11, 2021-Q2, 2021-H1, 2021-9M, 2021")
    parser.add_argument("--from", dest="first", type=day, help="first day, inclusive")
    parser.add_argument("--to", dest="last", type=day, help="last day, inclusive")
    parser.add_argument("--office", default="", help="code of an office: it and everything below it")
    if nd09:
        parser.add_argument("--nd09", action="store_true", help="closing dates of Decree 09/2019 (15th to 14th)")
    if place is not None:
        parser.add_argument("--place", choices=PLACES, default=place)


def day(text: str) -> date:
    """A day as it is typed."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” không phải một ngày như 2021-11-30") from None


def asked_with(options: dict[str, Any], today: date) -> tuple[Period, Scope]:
    """Period and scope of what was typed. Raises Invalid, NotThere."""
    closing = "nd09" if options.get("nd09") else "calendar"
    period = period_asked(options["period"], options["first"], options["last"], closing, today=today)
    place = options.get("place") or "competent"
    return period, scope_for(SYSTEM, today, office_code=options["office"], place=place, period=period)

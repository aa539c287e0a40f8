"""For whom the offices were late, as everybody may read it: months that are over, put together once an hour.

Everybody may ask, so a question costs nothing that was asked within the hour, and one statement of a month at a time.
Law: ND61-2018 19(9)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from time import monotonic

from django.db import connection
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.times import day_of
from motcua.operations.apologies import Apologies, apologies, members_late
from motcua.reports.periods import Period, parse_period
from motcua.reports.scope import Scope, office_coded

MONTHS = 24
KEPT_SECONDS = 3600.0
LONGEST_LIST = 200
_LATE = """
SELECT * FROM (
    SELECT m.office_id, d.code, o.name, m.measure LIKE 'done%%', m.due_at, m.at, d.id, (
            SELECT max(e.new_due_at) FROM dossiers_extension e WHERE e.dossier_id = d.id AND e.signed_at < %(end)s
        ), row_number() OVER (PARTITION BY m.office_id ORDER BY m.due_at, d.id) AS place
    FROM ({members}) m JOIN dossiers_dossier d ON d.id = m.dossier_id JOIN offices_office o ON o.id = m.office_id
    WHERE m.measure NOT IN ('sent', 'told') AND d.confidential_to IS NULL
) late WHERE place <= %(longest)s ORDER BY due_at, id
"""


@dataclass(frozen=True, slots=True)
class Sorry:
    """A late dossier for the public: no person, no procedure, its code masked. `new_day`: the latest new appointment."""

    code: str
    office: str
    days_late: int
    is_done: bool
    new_day: date | None


@dataclass(frozen=True, slots=True)
class SorryMonth:
    """A month that is over, as it was put together at an instant. lists: of each office, the longest first."""

    made: Apologies
    whole: tuple[Sorry, ...]
    lists: dict[int, tuple[Sorry, ...]]
    at: datetime

    def listed(self, office_code: str = "") -> tuple[Sorry, ...]:
        """At most LONGEST_LIST of an office or of all. Raises NotThere for an office that is not there."""
        return self.lists.get(office_coded(office_code).pk, ()) if office_code else self.whole


_kept: dict[str, tuple[float, SorryMonth]] = {}
_one_at_a_time = Lock()


def forget_months() -> None:
    """Nothing is kept any more; for tests, whose rows are rolled back."""
    _kept.clear()


def months_shown(today: date) -> list[Period]:
    """The months that are over, the latest first."""
    marks = [today.year * 12 + today.month - 1 - back for back in range(1, MONTHS + 1)]
    return [parse_period(f"{mark // 12}-{mark % 12 + 1:02d}") for mark in marks]


def public_month(text: str, at: datetime) -> SorryMonth:
    """The month of this word, the latest one without a word. Raises Invalid for any other period.

    A confidential dossier is counted and not listed.
    """
    shown = months_shown(day_of(at))
    month = next((one for one in shown if one.key == text.strip()), None) if text else shown[0]
    if month is None:
        parse_period(text)  # says what is wrong with it
        words = {"first": f"{shown[-1].first:%m/%Y}", "last": f"{shown[0].first:%m/%Y}"}
        raise Invalid(_("Ở đây chỉ có các tháng đã hết, từ %(first)s đến %(last)s.") % words, code="period")
    with _one_at_a_time:
        known = _kept.get(month.key)
        if known is None or monotonic() - known[0] > KEPT_SECONDS:
            for key in _kept.keys() - {one.key for one in shown}:
                del _kept[key]
            known = _kept[month.key] = (monotonic(), read_month(month, at))
    return known[1]


def read_month(month: Period, at: datetime) -> SorryMonth:
    """A month as it is now in the ledger; two statements and the names of its offices."""
    sql, values = members_late(month, Scope())
    whole: list[Sorry] = []
    lists: dict[int, list[Sorry]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_LATE.format(members=sql), {**values, "longest": LONGEST_LIST})
        for office, code, name, is_done, due, done, _id, new, _place in cursor.fetchall():
            days = ((day_of(done) if is_done else month.last) - day_of(due)).days
            one = Sorry(_masked(code), name, days, is_done, day_of(new) if new else None)
            whole.append(one)
            lists.setdefault(office, []).append(one)
    of_offices = {office: tuple(found) for office, found in lists.items()}
    return SorryMonth(apologies(month, Scope()), tuple(whole[:LONGEST_LIST]), of_offices, at)


def _masked(code: str) -> str:
    """`000.00.14.H54-211101-0***`: whose it is, they know by the day; nobody else can look it up by it."""
    head, _, number = code.rpartition("-")
    return f"{head}-{number[:1]}***"

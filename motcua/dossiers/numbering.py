"""Dossier numbers: one code for ever, by the scheme of the regime, no duplicates under concurrency.

Law: TT01-2018 19; QD20-2020 4
"""

from datetime import date

from motcua.base.postgresql import prepared
from motcua.law.store import RegimeFacts

_NEXT = """
INSERT INTO dossiers_numbercounter AS counter (office_id, day, last) VALUES (%s, %s, 1)
ON CONFLICT (office_id, day) DO UPDATE SET last = counter.last + 1
RETURNING last, (SELECT {} FROM offices_office WHERE id = counter.office_id)
"""
_OF_YEAR = "SELECT day, last FROM dossiers_numbercounter WHERE office_id = %s AND day >= %s AND day <= %s ORDER BY day"


def next_code(office_id: int, day: date, regime: RegimeFacts) -> str:
    """The next code of the receiving office on a Vietnamese day, e.g. `000.00.18.H54-211130-0042`.

    The counter row stays locked until the act commits, so a number is never given twice and a failed act
    leaves no gap. The tail grows past four digits on a very busy day.
    """
    column = "code_qd20" if regime.code_scheme == "qd20_2020" else "code"
    number, agency = prepared(_NEXT.format(column), [office_id, day]).fetchone()
    return code_of(agency, day, number)


def code_of(agency: str, day: date, number: int) -> str:
    """The spelling of a number: the unit's code, the day, the number of that day."""
    return f"{agency}-{day:%y%m%d}-{number:04d}"


def number_of_day(code: str) -> int:
    """The number that a code had on its day."""
    return int(code.rpartition("-")[2])


def numbered_by_day(office_id: int, last: date) -> dict[date, int]:
    """How many a unit numbered on each day of the year up to `last`, inclusive; days without a dossier are left out."""
    return dict(prepared(_OF_YEAR, [office_id, date(last.year, 1, 1), last]).fetchall())


def place_in_year(code: str, day: date, by_day: dict[date, int]) -> int:
    """The number through the year of what was numbered on a day: the place in its unit's register, one book a year.

    Law: TT01-2018 10
    """
    return sum(many for other, many in by_day.items() if other < day) + number_of_day(code)

"""Numbers of a hall: from 1 for each office and day, none twice under concurrency, none waited for by another office."""

from datetime import date

from motcua.base.postgresql import prepared

_NEXT = """
INSERT INTO tickets_daynumber AS counter (office_id, day, last) VALUES (%s, %s, 1)
ON CONFLICT (office_id, day) DO UPDATE SET last = counter.last + 1
RETURNING last
"""


def next_number(office_id: int, day: date) -> int:
    """The next number of an office on a day; its row stays locked until the draw commits, so no number is missing."""
    return int(prepared(_NEXT, [office_id, day]).fetchone()[0])

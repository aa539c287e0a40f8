"""When a paper dossier must be passed on. Limits themselves are tested with the clock of a dossier."""

from datetime import datetime, time

import pytest

from motcua.base.times import VIETNAM
from motcua.calendar.counting import transfer_due


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2021-08-31 09:00", "2021-08-31 17:00"),
        ("2021-08-31 15:00", "2021-08-31 17:00"),
        ("2021-08-31 15:01", "2021-09-01 07:00"),
        ("2021-08-31 16:10", "2021-09-01 07:00"),
        ("2021-09-01 16:10", "2021-09-06 07:00"),
        ("2021-09-04 09:00", "2021-09-06 07:00"),
    ],
)
def test_a_paper_dossier_is_passed_on_the_same_day_or_after_15_hours_the_next_morning(calendar, received, due):
    assert transfer_due(at(received), time(15), calendar) == at(due)

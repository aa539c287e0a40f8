"""The bundled calendar, without a database."""

from pathlib import Path

import pytest

from motcua.calendar.bundled import read_bundled
from motcua.calendar.working_days import WorkingCalendar

DATA = Path(__file__).resolve().parents[3] / "data"


@pytest.fixture(scope="session")
def calendar() -> WorkingCalendar:
    return read_bundled(DATA).calendar()

"""Of the real process tables, exactly those are shown whose steps don't add up to the printed total."""

from collections import defaultdict
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from motcua.catalogue.models import Process
from motcua.catalogue.processes import differing, load_processes
from motcua.catalogue.sources import read
from motcua.pages.layout.process_picture import sum_warning

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
HOURS = {"NGAY": 8, "NGAY_LAM_VIEC": 8, "GIO": 1, "GIO_LAM_VIEC": 1}


def by_hand(tables: list[dict[str, Any]], steps: list[dict[str, Any]]) -> set[str]:
    """Ids of the tables that print a total in hours or days which their steps, added up once more, don't make."""
    sums: dict[str, Fraction] = defaultdict(Fraction)
    for step in steps:
        if step["time_value"] and step["time_unit"] in HOURS:
            sums[step["process_id"]] += Fraction(step["time_value"]) * HOURS[step["time_unit"]]
    return {
        table["process_id"]
        for table in tables
        if table["total_value"] and table["total_unit"] in HOURS
        and Fraction(table["total_value"]) * HOURS[table["total_unit"]] != sums[table["process_id"]]
    }  # fmt: skip


@pytest.mark.usefixtures("empty")
def test_exactly_the_tables_that_do_not_add_up_are_shown_with_both_numbers() -> None:
    folder = Path(settings.DATA_DIR) / "procedures"
    tables = read([folder / "processes.csv.gz", folder / "steps.csv.gz"]).tables
    load_processes(tables["processes"], tables["steps"], AT)
    shown = differing()
    assert {process.source_key.split("/")[-2] for process in shown} == by_hand(tables["processes"], tables["steps"])
    assert len(shown) == 14  # the fifteenth of the compiler's list is not among the bundled tables
    assert Process.objects.count() == len(tables["processes"])
    for process in shown:
        assert "Tổng các bước là" in sum_warning(process)
        assert "quyết định ghi tổng" in sum_warning(process)
    assert not any(sum_warning(process) for process in Process.objects.exclude(pk__in=[one.pk for one in shown]))

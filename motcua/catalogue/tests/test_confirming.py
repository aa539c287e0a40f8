"""A table of limits confirmed at once, as the demo and a province's own decision do."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from motcua.calendar.limits import Limit
from motcua.catalogue.confirming import confirm_table
from motcua.catalogue.models import LimitConfirmation, ProcedureCase
from motcua.catalogue.offers import forget_offers, offer
from motcua.catalogue.tests.source_rows import channel, core, write
from motcua.people.models import Account

pytestmark = pytest.mark.usefixtures("empty")
AT = datetime(2026, 7, 20, 8, 0, tzinfo=UTC)


@pytest.fixture
def minh(tmp_path: Path) -> Account:
    forget_offers()
    rows = [core(channels=[channel("1", 1)]), core("1.000002")]
    call_command("load_procedures", str(write(tmp_path / "a.jsonl", rows)), as_json=True)
    return Account.objects.create_account("nguoi.xac.nhan", None, "Phạm Văn Minh")


def table(folder: Path, *lines: str) -> Path:
    path = folder / "limits.csv"
    path.write_text("\n".join(["code,limit,basis", *lines]) + "\n")
    return path


def test_unsure_limits_are_confirmed_once_and_certain_ones_left(tmp_path: Path, minh: Account) -> None:
    file = table(tmp_path, "1.000001,same-day@15:00,Luật Hộ tịch", "1.000002,9wd,Luật khác")
    assert confirm_table(file, minh, AT).rows == 1
    assert confirm_table(file, minh, AT).rows == 0
    cases = ProcedureCase.objects.order_by("version__procedure__code")
    assert [offer(case.pk, 1).limit for case in cases] == [Limit.parse("same-day"), Limit.working_days(5)]


def test_wrong_lines_are_told_and_the_rest_is_confirmed(tmp_path: Path, minh: Account) -> None:
    file = table(tmp_path, "9.999999,5wd,Luật", "1.000001,5,Luật", "1.000001,5wd,", "1.000001,5wd,Luật")
    done = confirm_table(file, minh, AT)
    assert (done.rows, len(done.refused)) == (1, 3)
    assert "dòng 3" in done.refused[1]
    assert LimitConfirmation.objects.count() == 1


def test_the_demo_table_is_readable() -> None:
    lines = (settings.DATA_DIR / "demo_confirmed_limits.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert all(Limit.parse(line.split(",")[1]).is_certain for line in lines)
    assert len({line.split(",")[0] for line in lines}) == len(lines) == 22

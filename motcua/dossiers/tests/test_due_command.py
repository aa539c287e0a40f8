"""`motcua due` answers with the date and the reasons, or says what is wrong and exits 2."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from motcua.calendar.store import load_bundled
from motcua.law.presets import load_presets
from motcua.law.store import current_revision
from motcua.law.tests.settling import settle_value

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
DATA = Path(__file__).resolve().parents[3] / "data"
VECTOR = ("--accepted", "2021-08-31 16:10", "--limit", "5wd", "--regime", "r1_2018")


@pytest.fixture(autouse=True)
def rows(db):
    load_bundled(DATA, at=AT)
    load_presets(DATA, at=AT)


def run(*arguments):
    out = StringIO()
    call_command("due", *arguments, stdout=out)
    return out.getvalue()


def ask(*arguments):
    return json.loads(run(*arguments, "--json"))


def test_the_golden_vector():
    answer = ask(*VECTOR)
    assert answer["due"] == "2021-09-09T17:00:00+07:00"
    assert answer["law"] == ["ND61-2018 17", "BLDS-2015 147", "BLDS-2015 148"]
    assert [(row["day"], row["counted"], row["n"]) for row in answer["days"] if row["counted"]] == [
        ("2021-09-01", True, 1),
        ("2021-09-06", True, 2),
        ("2021-09-07", True, 3),
        ("2021-09-08", True, 4),
        ("2021-09-09", True, 5),
    ]
    assert {row["day"]: row["reason"] for row in answer["days"]}["2021-09-02"] == "Ngày nghỉ: Quốc khánh"


def test_a_supplement_restarts_under_decree_61_and_resumes_where_the_province_set_it():
    supplement = ("--ask", "2021-09-01", "--complete", "2021-09-08")
    assert ask(*VECTOR, *supplement)["due"] == "2021-09-15T17:00:00+07:00"
    settle_value("r1_2018", "supplement_clock", "resume", on=date(2021, 8, 31))
    assert ask(*VECTOR, *supplement)["due"] == "2021-09-14T17:00:00+07:00"
    current_revision()


def test_the_sheet_is_for_people():
    sheet = run(*VECTOR)
    assert "Hẹn trả: 17:00 ngày 09/09/2021" in sheet
    assert "02/09/2021    –  Ngày nghỉ: Quốc khánh" in sheet
    assert "ND61-2018 17" in sheet


def test_without_a_regime_the_day_decides():
    answer = ask("--accepted", "2026-11-20 09:00", "--limit", "2wd")
    assert (answer["regime"], answer["due"]) == ("r6_2026", "2026-11-24T17:00:00+07:00")
    assert answer["law"][0] == "ND118-2025 17"


def test_asking_on_the_day_of_acceptance_follows_the_acceptance():
    assert ask(*VECTOR, "--ask", "2021-08-31")["state"] == "paused"


def test_no_limit_has_no_due_date():
    assert ask("--accepted", "2021-08-31 16:10", "--limit", "none")["due"] is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Cần --accepted"),
        (("--accepted", "hôm qua", "--limit", "5wd"), "Không đọc được --accepted"),
        (("--accepted", "2021-08-31 16:10"), "Cần --limit"),
        (("--accepted", "2021-08-31 16:10", "--limit", "5"), "Không đọc được thời hạn"),
        (("--accepted", "2021-08-31 16:10", "--limit", "unknown"), "cán bộ xác nhận"),
        (("--accepted", "2017-08-31 16:10", "--limit", "5wd", "--regime", "r1_2018"), "năm 2017"),
        (("--accepted", "2017-08-31 16:10", "--limit", "5wd"), "31/08/2017"),
        (("--accepted", "2027-12-31 16:10", "--limit", "5wd"), "năm 2028"),
        (("--accepted", "2021-08-31 16:10", "--limit", "99999999d"), "quá dài"),
        (("--accepted", "9999-12-31 16:10", "--limit", "2y", "--regime", "r1_2018"), "quá xa"),
        (("--accepted", "9999-12-31", "--limit", "2d", "--regime", "r1_2018"), "9999"),
        ((*VECTOR[:4], "--regime", "r9"), "r9"),
        ((*VECTOR, "--complete", "2021-09-08"), "--ask"),
        ((*VECTOR, "--ask", "2021-08-30"), "không theo thứ tự"),
        ((*VECTOR, "--ask", "2021-09-08", "--complete", "2021-09-01"), "không theo thứ tự"),
        ((*VECTOR, "--schedule", "ca-dem"), "ca-dem"),
    ],
)
def test_bad_input_is_told_in_vietnamese_with_exit_2(arguments, said, capsys):
    with pytest.raises(SystemExit) as stopped:
        call_command("due", *arguments)
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


def test_the_command_is_known_to_motcua():
    told = subprocess.run(
        [sys.executable, "-m", "motcua", "due", "--help"], capture_output=True, text=True, check=False
    )
    assert (told.returncode, "--accepted" in told.stdout) == (0, True), told.stderr

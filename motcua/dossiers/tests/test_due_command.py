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
    ("limit", "due", "words"),
    [
        ("5wd", "2021-09-09T17:00:00+07:00", "5 ngày làm việc"),
        ("10cd", "2021-09-10T17:00:00+07:00", "10 ngày"),
        ("2m+3d", "2021-11-03T17:00:00+07:00", "2 tháng và 3 ngày"),
        ("16h", "2021-09-06T16:10:00+07:00", "16 giờ làm việc"),
        ("24ch", "2021-09-01T16:10:00+07:00", "24 giờ"),
        ("sameday", "2021-09-01T17:00:00+07:00", "trong ngày; nhận sau 15:00 thì trong ngày làm việc tiếp theo"),
        ("date:2021-09-30", "2021-09-30T17:00:00+07:00", "vào ngày 30/09/2021"),
        ("none", None, "không quy định thời hạn"),
    ],
)
def test_every_kind_of_limit(limit, due, words):
    answer = ask("--accepted", "2021-08-31 16:10", "--limit", limit)
    assert (answer["due"], answer["limit"]["words"]) == (due, words)


@pytest.mark.parametrize(
    ("hours", "limit", "due"),
    [
        ("08:00-12:00, 13:00-16:30", "5wd", "2021-09-09T16:30:00+07:00"),
        ("07:30-10:00, 10:15-11:30, 13:30-17:00", "4h", "2021-09-01T10:55:00+07:00"),
        ("07:00-11:30", "5wd", "2021-09-09T11:30:00+07:00"),
        ("07:00-11:30, 13:30-17:00; t7 07:30-11:30", "5wd", "2021-09-08T17:00:00+07:00"),
        ("t2-t6 07:00-11:30, 13:30-17:00; T7 07:30-11:30", "2wd", "2021-09-04T11:30:00+07:00"),
    ],
)
def test_other_office_hours(hours, limit, due):
    # After 16:10 on Tuesday 31 August; Thursday 2 and Friday 3 September are off, Saturday the 4th only where it counts.
    assert ask("--accepted", "2021-08-31 16:10", "--limit", limit, "--office-hours", hours)["due"] == due


@pytest.mark.parametrize(
    ("more", "due", "state"),
    [
        (("--pause", "2021-09-01"), "2021-09-09T17:00:00+07:00", "paused"),
        (("--pause", "2021-09-01 09:00", "--resume", "2021-09-08 10:00"), "2021-09-14T17:00:00+07:00", "running"),
        (("--pause", "outage", "2021-09-01", "--resume", "outage:2021-09-06"), "2021-09-10T17:00:00+07:00", "running"),
        (("--pause", "financial@2021-09-06", "--resume", "2021-09-08"), "2021-09-13T17:00:00+07:00", "running"),
        (
            (
                *("--pause", "2021-09-01", "--pause", "outage 2021-09-06"),
                *("--resume", "supplement 2021-09-07", "--resume", "outage 2021-09-08"),
            ),
            "2021-09-14T17:00:00+07:00",
            "running",
        ),
        (("--pause", "2021-09-01", "--restart", "2021-09-08"), "2021-09-15T17:00:00+07:00", "running"),
        (("--extend", "2021-09-20"), "2021-09-20T17:00:00+07:00", "running"),
        (("--extend", "3wd@2021-09-07"), "2021-09-14T17:00:00+07:00", "running"),
        (("--correct", "2021-09-08@2021-09-01 08:00"), "2021-09-08T17:00:00+07:00", "running"),
        (("--reassign", "7wd@2021-09-07"), "2021-09-13T17:00:00+07:00", "running"),
        (("--stop", "2021-09-07", "--reopen", "2021-09-20"), "2021-09-09T17:00:00+07:00", "running"),
    ],
)
def test_everything_that_can_happen_to_the_clock(more, due, state):
    answer = ask(*VECTOR, *more)
    assert (answer["due"], answer["state"]) == (due, state)
    assert answer["original_due"] == "2021-09-09T17:00:00+07:00"


def test_a_supplement_asked_too_late_is_marked():
    assert ask(*VECTOR, "--ask", "2021-09-07")["warnings"] == []  # the third working day after 31 August
    assert "07/09/2021" in ask(*VECTOR, "--ask", "2021-09-08")["warnings"][0]


def test_the_regime_says_what_stops_the_clock():
    outage = ("--pause", "outage 2021-09-01", "--resume", "outage 2021-09-06")
    settle_value("r1_2018", "outage_charged_to_applicant", True, on=date(2021, 8, 31))
    answer = ask(*VECTOR, *outage)
    assert answer["due"] == "2021-09-09T17:00:00+07:00"
    assert "không làm dừng thời hạn" in answer["warnings"][0]


def test_more_extensions_than_the_regime_allows_are_marked():
    answer = ask(*VECTOR, "--extend", "2021-09-10", "--extend", "2021-09-13")
    assert answer["warnings"] == ["Chế độ này chỉ cho hẹn lại 1 lần."]


def test_the_explanation_speaks_english():
    sheet = run(*VECTOR, "--language", "en")
    assert "Due: 17:00 on 09/09/2021" in sheet
    assert "Day off: National Day" in sheet
    assert "Not counted: 2 weekend days; 02/09, 03/09 (National Day)." in sheet


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
        ((*VECTOR, "--resume", "2021-09-01", "--pause", "2021-09-06"), "trước đó thời hạn không tạm dừng"),
        ((*VECTOR, "--pause", "outage 2021-09-01", "--resume", "financial 2021-09-06"), "không tạm dừng vì lý do này"),
        ((*VECTOR, "--pause", "2021-09-01", "--pause", "2021-09-06"), "đã tạm dừng"),
        ((*VECTOR, "--office-hours", "07:00-11:30, 11:00-17:00"), "không chồng nhau"),
        ((*VECTOR, "--office-hours", "07:00-11:30; t3 08:00-12:00"), "hai lần"),
        ((*VECTOR, "--office-hours", "nghỉ"), "phải có ít nhất một buổi"),
        ((*VECTOR, "--extend", "2021-09-11"), "là ngày nghỉ (Thứ Bảy)"),
        ((*VECTOR, "--extend", "2021-09-09"), "phải sau ngày hẹn trả"),
        ((*VECTOR, "--correct", "2021-08-30"), "trước ngày tiếp nhận"),
        ((*VECTOR, "--reassign", "none"), "không thể chuyển thành không quy định"),
        ((*VECTOR, "--reopen", "2021-09-09"), "Chỉ mở lại được"),
        (("--accepted", "2021-08-31 16:10", "--limit", "date:2021-08-30"), "đã qua"),
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

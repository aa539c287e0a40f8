"""Why this date, in both languages, from one teller."""

import pytest
from django.utils import translation

from motcua.dossiers.clock_days import story
from motcua.dossiers.clock_events import Cause, ClockKind
from motcua.dossiers.clock_words import day_words, summary
from motcua.dossiers.day_names import day_name
from motcua.dossiers.tests.test_clock import ACCEPTED, ASKED, BUNDLED, at, event, start

COMPLETED = "2021-09-08 10:00"
RESUMED = event(ClockKind.RESUME, COMPLETED)
RESTARTED = event(ClockKind.RESTART, COMPLETED)
EXTENDED = event(ClockKind.EXTEND, "2021-09-07 10:00", until=at("2021-09-13 17:00"))
CORRECTED = event(ClockKind.CORRECT, "2021-09-07 10:00", until=at("2021-09-08 17:00"))
DUTY = event(ClockKind.PAUSE, "2021-09-01 09:00", cause=Cause.FINANCIAL)


def told(language, *events):
    with translation.override(language):
        return summary(story(events))


@pytest.mark.parametrize(
    ("events", "vietnamese", "english"),
    [
        (
            [ACCEPTED],
            "5 ngày làm việc, đếm từ 01/09/2021 (ngày tiếp nhận không tính), hẹn trả 17:00 ngày 09/09/2021. "
            "Không đếm 2 ngày cuối tuần; 02/09, 03/09 (Quốc khánh).",
            "5 working days, counted from 01/09/2021 (the day of acceptance is not counted), promised for 17:00 on "
            "09/09/2021. Not counted: 2 weekend days; 02/09, 03/09 (National Day).",
        ),
        (
            [ACCEPTED, ASKED],
            "5 ngày làm việc, đếm từ 01/09/2021 (ngày tiếp nhận không tính); đang tạm dừng (chờ bổ sung hồ sơ), "
            "ngày hẹn trả sẽ tính lại khi hết tạm dừng. Không có ngày nghỉ nào ở giữa.",
            "5 working days, counted from 01/09/2021 (the day of acceptance is not counted); the clock stands still "
            "(waiting for missing papers), and the promised day will be counted anew when it runs again. "
            "There is no day off in between.",
        ),
        (
            [ACCEPTED, ASKED, RESUMED],
            "5 ngày làm việc, đếm từ 01/09/2021 (ngày tiếp nhận không tính), hẹn trả 17:00 ngày 14/09/2021. "
            "Không đếm 4 ngày cuối tuần; 02/09, 03/09 (Quốc khánh); 3 ngày tạm dừng (chờ bổ sung hồ sơ).",
            "5 working days, counted from 01/09/2021 (the day of acceptance is not counted), promised for 17:00 on "
            "14/09/2021. Not counted: 4 weekend days; 02/09, 03/09 (National Day); "
            "3 days on which the clock stood still (waiting for missing papers).",
        ),
        (
            [ACCEPTED, ASKED, RESTARTED],
            "5 ngày làm việc, đếm từ 09/09/2021 (ngày nhận đủ hồ sơ không tính), hẹn trả 17:00 ngày 15/09/2021. "
            "Không đếm 2 ngày cuối tuần.",
            "5 working days, counted from 09/09/2021 (the day on which the dossier was complete is not counted), "
            "promised for 17:00 on 15/09/2021. Not counted: 2 weekend days.",
        ),
        (
            [ACCEPTED, EXTENDED],
            "5 ngày làm việc, đếm từ 01/09/2021 (ngày tiếp nhận không tính), đã hẹn lại, hẹn trả 17:00 ngày "
            "13/09/2021. Không đếm 4 ngày cuối tuần; 02/09, 03/09 (Quốc khánh).",
            "5 working days, counted from 01/09/2021 (the day of acceptance is not counted), appointed anew, promised "
            "for 17:00 on 13/09/2021. Not counted: 4 weekend days; 02/09, 03/09 (National Day).",
        ),
        (
            [start("2021-08-31 16:10", "2d")],
            "2 ngày, đếm từ 01/09/2021 (ngày tiếp nhận không tính), hẹn trả 17:00 ngày 06/09/2021. "
            "Không đếm 2 ngày cuối tuần; 03/09 (Quốc khánh); "
            "ngày cuối là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo.",
            "2 days, counted from 01/09/2021 (the day of acceptance is not counted), promised for 17:00 on 06/09/2021. "
            "Not counted: 2 weekend days; 03/09 (National Day); the last day is a day off, so the next working day "
            "counts.",
        ),
        (
            [start("2021-08-31 09:00", "date:2021-09-30")],
            "Vào ngày 30/09/2021, hẹn trả 17:00 ngày 30/09/2021. "
            "Không đếm 8 ngày cuối tuần; 02/09, 03/09 (Quốc khánh).",
            "On 30/09/2021, promised for 17:00 on 30/09/2021. Not counted: 8 weekend days; 02/09, 03/09 (National Day).",
        ),
        (
            [start("2021-08-31 09:00", "none")],
            "Thủ tục này không quy định thời hạn, vì vậy không có ngày hẹn trả.",
            "This procedure has no time limit, so there is no promised day.",
        ),
        ([], "", ""),
    ],
)
def test_two_sentences(events, vietnamese, english):
    assert told("vi", *events) == vietnamese
    assert told("en", *events) == english


@pytest.mark.parametrize(
    ("events", "day", "vietnamese", "english"),
    [
        ([ACCEPTED], 31, "Ngày tiếp nhận hồ sơ, không tính", "Day of acceptance, not counted"),
        ([ACCEPTED], 1, "Ngày làm việc thứ 1", "Working day 1"),
        ([ACCEPTED], 2, "Ngày nghỉ: Quốc khánh", "Day off: National Day"),
        ([ACCEPTED], 4, "Ngày nghỉ: Thứ Bảy", "Day off: Saturday"),
        ([start("2021-08-30 16:00", "8wh")], 30, "Tính 1 giờ làm việc", "1 working hour counted"),
        ([start("2021-09-01 16:10", "24h")], 1, "Tính theo giờ", "Counted by the hour"),
        ([start("2021-08-31 16:10", "3d")], 3, "Ngày thứ 3 (Quốc khánh)", "Day 3 (National Day)"),
        (
            [ACCEPTED, DUTY, event(ClockKind.PAUSE, "2021-09-06 09:00"), RESUMED],
            6,
            "Tạm dừng tính thời hạn: chờ thực hiện nghĩa vụ tài chính",
            "The clock stands still: waiting for a financial duty to be paid",
        ),
        (
            [ACCEPTED, DUTY, event(ClockKind.PAUSE, "2021-09-06 09:00"), RESUMED],
            7,
            "Tạm dừng tính thời hạn: chờ thực hiện nghĩa vụ tài chính, chờ bổ sung hồ sơ",
            "The clock stands still: waiting for a financial duty to be paid, waiting for missing papers",
        ),
        (
            [ACCEPTED, ASKED, RESTARTED],
            1,
            "Không tính, vì thời hạn tính lại từ đầu ngày 08/09/2021",
            "Not counted, because the limit started again on 08/09/2021",
        ),
        ([ACCEPTED, EXTENDED], 10, "Gia hạn đến ngày 13/09/2021", "Extended to 13/09/2021"),
        ([start("2026-12-30 08:00", "2wd")], 3, "Ngày nghỉ: Chủ nhật (lịch năm 2027 là dự kiến)",
         "Day off: Sunday (the calendar of 2027 is provisional)"),
    ],
)  # fmt: skip
def test_a_day_in_words(events, day, vietnamese, english):
    row = next(row for row in story(events).days if row.day.day == day)
    for language, words in (("vi", vietnamese), ("en", english)):
        with translation.override(language):
            assert day_words(row) == words


def test_a_date_set_right_ends_the_count_there():
    rows = story([ACCEPTED, CORRECTED]).days
    assert (rows[-1].day.day, rows[-1].n) == (8, 4)


def test_every_name_of_the_bundled_calendar_speaks_english():
    names = {day.name for day, _, _ in BUNDLED.days}
    with translation.override("en"):
        assert [name for name in sorted(names) if not day_name(name).isascii() and "Hùng" not in name] == []
        assert day_name("Quốc khánh (nghỉ bù)") == "National Day (substitute day off)"
        assert day_name("Làm bù cho ngày 29/04/2024") == "worked in place of 29/04/2024"
        assert day_name("Ngày hội của xã") == "Ngày hội của xã"  # entered by a province

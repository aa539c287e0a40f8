"""`motcua due`: when a dossier would be due, and why, day by day."""

import json
import sys
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from motcua.base.errors import MotcuaError
from motcua.base.times import day_of
from motcua.calendar.limit_words import limit_words
from motcua.calendar.store import calendar_for
from motcua.dossiers.clock_days import ClockStory, story
from motcua.dossiers.clock_words import CAUSES, day_words, show_due, summary
from motcua.dossiers.due_question import Question, read_moment, read_office_hours, read_question
from motcua.law.store import current_revision, regime, regime_on

COUNTING = ("BLDS-2015 147", "BLDS-2015 148")
LIMITS = "5wd, 10cd, 2m+3d, 16h (giờ làm việc), 24ch (giờ đồng hồ), sameday, date:2021-09-30, none"
EVENTS = (
    ("pause", "tạm dừng: [supplement|financial|outage] THỜI ĐIỂM"),
    ("resume", "tính tiếp: [supplement|financial|outage] THỜI ĐIỂM"),
    ("restart", "tính lại từ đầu: THỜI ĐIỂM"),
    ("extend", "hẹn lại: NGÀY hoặc thêm THỜI HẠN, có thể @THỜI ĐIỂM"),
    ("correct", "đính chính ngày hẹn: NGÀY, có thể @THỜI ĐIỂM"),
    ("reassign", "giao lại thời hạn: THỜI HẠN, có thể @THỜI ĐIỂM"),
    ("stop", "dừng tính: THỜI ĐIỂM"),
    ("reopen", "mở lại: THỜI ĐIỂM"),
)


class Command(BaseCommand):
    help = "Tính ngày hẹn trả và giải thích từng ngày."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--accepted", help="lúc tiếp nhận, ví dụ 2021-08-31 16:10")
        parser.add_argument("--limit", help=f"thời hạn: {LIMITS}")
        parser.add_argument("--regime", help="chế độ pháp lý, ví dụ r1_2018; không ghi thì theo ngày tiếp nhận")
        parser.add_argument("--ask", help="lúc yêu cầu bổ sung")
        parser.add_argument("--complete", help="lúc bổ sung đủ; tính lại hay tính tiếp là do chế độ pháp lý")
        for name, what in EVENTS:
            parser.add_argument(f"--{name}", action="append", nargs="+", help=what)
        parser.add_argument("--schedule", default="default", help="lịch làm việc")
        parser.add_argument("--office-hours", help="giờ làm việc khác: 07:30-11:30, 13:30-17:00; t7 07:30-11:30")
        parser.add_argument("--language", choices=("vi", "en"), default="vi", help="giải thích bằng tiếng nào")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            try:
                question = _question(options)
                told = story(question.events)
            except MotcuaError as error:
                self._refuse(error)
            except (OverflowError, ValueError):  # beyond the year 9999
                self._refuse(_("Ngày quá xa."))
            if options["json"]:
                self.stdout.write(json.dumps(_answer(told, question), ensure_ascii=False, indent=2))
            else:
                self.stdout.write(_sheet(told, question))

    def _refuse(self, why: object) -> NoReturn:
        """Bad input: say why, exit 2."""
        self.stderr.write(str(why))
        sys.exit(2)


def _question(options: dict[str, Any]) -> Question:
    calendar = calendar_for(current_revision(), options["schedule"])
    if options["office_hours"]:
        calendar = read_office_hours(options["office_hours"], calendar)
    accepted = read_moment(options["accepted"], "--accepted", calendar)
    day = day_of(accepted)
    facts = regime(options["regime"], day) if options["regime"] else regime_on(day)
    return read_question(accepted, facts, calendar, options)


def _answer(told: ClockStory, question: Question) -> dict[str, Any]:
    reading, limit, days = told
    return {
        "due": reading.due_at.isoformat() if reading.due_at else None,
        "original_due": reading.original_due_at.isoformat() if reading.original_due_at else None,
        "state": str(reading.state),
        "waits_for": [str(cause) for cause in reading.waits_for],
        "limit": {"code": limit.code, "words": limit_words(limit)} if limit else None,
        "regime": question.facts.code,
        "summary": summary(told),
        "warnings": question.warnings,
        "days": [
            {
                "day": row.day.isoformat(),
                "counted": row.counted,
                "n": row.n,
                "code": str(row.code),
                "reason": day_words(row),
            }
            for row in days
        ],
        "law": [*reading.law, *COUNTING],
    }


def _sheet(told: ClockStory, question: Question) -> str:
    reading = told.reading
    lines = [_("Hẹn trả: %(due)s") % {"due": show_due(reading.due_at)}]
    if reading.due_at != reading.original_due_at:
        lines.append(_("Hẹn trả ban đầu: %(due)s") % {"due": show_due(reading.original_due_at)})
    if reading.paused_at:
        words = _("Đang tạm dừng từ %(when)s (%(cause)s): ngày hẹn trả sẽ tính lại.")
        causes = ", ".join(str(CAUSES[cause]) for cause in reading.waits_for)
        lines.append(words % {"when": show_due(reading.paused_at), "cause": causes})
    lines += [summary(told), *(_("Lưu ý: %(what)s") % {"what": warning} for warning in question.warnings)]
    lines += [f"  {row.day:%d/%m/%Y}  {row.n or '–':>3}  {day_words(row)}" for row in told.days]
    lines.append(_("Căn cứ: %(law)s") % {"law": "; ".join([*reading.law, "BLDS-2015 147, 148"])})
    return "\n".join(lines)

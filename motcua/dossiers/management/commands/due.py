"""`motcua due`: when a dossier would be due, and why, day by day."""

import json
import sys
from datetime import date, datetime
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from motcua.base.errors import Invalid, MotcuaError
from motcua.base.times import day_of, parse_local, start_of
from motcua.calendar.limits import Limit
from motcua.calendar.store import calendar_for
from motcua.calendar.working_days import WorkingCalendar
from motcua.dossiers.clock import ClockEvent, ClockKind, ClockReading, fold
from motcua.dossiers.clock_days import DayReason, explain
from motcua.dossiers.clock_words import day_words, show_due
from motcua.law.store import RegimeFacts, current_revision, regime, regime_on


class Command(BaseCommand):
    help = "Tính ngày hẹn trả và giải thích từng ngày."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--accepted", help="lúc tiếp nhận, ví dụ 2021-08-31 16:10")
        parser.add_argument("--limit", help="thời hạn: 5wd, 30d, 8wh, 2m+15wd, same-day@15:00, none")
        parser.add_argument("--regime", help="chế độ pháp lý, ví dụ r1_2018; không ghi thì theo ngày tiếp nhận")
        parser.add_argument("--ask", help="lúc yêu cầu bổ sung")
        parser.add_argument("--complete", help="lúc bổ sung đủ")
        parser.add_argument("--schedule", default="default", help="lịch làm việc")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            calendar = calendar_for(current_revision(), options["schedule"])
            accepted = _moment(options["accepted"], "--accepted", calendar)
            facts = regime(options["regime"]) if options["regime"] else regime_on(day_of(accepted))
            events = _events(accepted, facts, calendar, options)
            reading, days = fold(events), explain(events)
        except MotcuaError as error:
            self._refuse(error)
        except (OverflowError, ValueError):  # beyond the year 9999
            self._refuse("Ngày quá xa.")
        answer = _answer(reading, days, facts)
        self.stdout.write(
            json.dumps(answer, ensure_ascii=False, indent=2) if options["json"] else _sheet(reading, days)
        )

    def _refuse(self, why: object) -> NoReturn:
        """Bad input: say why, exit 2."""
        self.stderr.write(str(why))
        sys.exit(2)


def _events(
    accepted: datetime, facts: RegimeFacts, calendar: WorkingCalendar, options: dict[str, Any]
) -> list[ClockEvent]:
    if not options["limit"]:
        raise Invalid("Cần --limit, ví dụ --limit 5wd.")
    limit = Limit.parse(options["limit"])
    law = facts.article("17")
    events = [ClockEvent(ClockKind.START, accepted, calendar, limit, law=law, shift_after=facts.starts_shifted_after())]
    if options["complete"] and not options["ask"]:
        raise Invalid("--complete cần đi cùng --ask: có yêu cầu bổ sung mới có bổ sung đủ.")
    if options["ask"]:
        asked = _moment(options["ask"], "--ask", calendar, not_before=accepted)
        events.append(ClockEvent(ClockKind.PAUSE, asked, calendar, law=facts.article("19(4)")))
    if options["complete"]:
        completed = _moment(options["complete"], "--complete", calendar, not_before=events[-1].at)
        kind = ClockKind.RESTART if facts.supplement_clock == "restart" else ClockKind.RESUME
        events.append(ClockEvent(kind, completed, calendar, law=facts.article("19(4)")))
    return events


def _moment(
    text: str | None, option: str, calendar: WorkingCalendar, *, not_before: datetime | None = None
) -> datetime:
    """An instant; a day alone means its opening, or the event before it when that is later on the same day."""
    if not text:
        raise Invalid(f"Cần {option}, ví dụ {option} “2021-08-31 16:10”.")
    try:
        moment = parse_local(text)
        day = date.fromisoformat(text.strip()) if len(text.strip()) <= 10 else None
    except ValueError as error:
        raise Invalid(f"Không đọc được {option} “{text}”. Ví dụ đúng: 2021-08-31 16:10.") from error
    if day is not None:
        moment = calendar.opening(day) if calendar.is_working(day) else start_of(day)
        if not_before is not None and day_of(not_before) == day:
            moment = max(moment, not_before)
    return moment


def _answer(reading: ClockReading, days: list[DayReason], facts: RegimeFacts) -> dict[str, Any]:
    return {
        "due": reading.due_at.isoformat() if reading.due_at else None,
        "original_due": reading.original_due_at.isoformat() if reading.original_due_at else None,
        "state": str(reading.state),
        "regime": facts.code,
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
        "law": [*reading.law, "BLDS-2015 147", "BLDS-2015 148"],
    }


def _sheet(reading: ClockReading, days: list[DayReason]) -> str:
    lines = [f"Hẹn trả: {show_due(reading.due_at)}"]
    if reading.due_at != reading.original_due_at:
        lines.append(f"Hẹn trả ban đầu: {show_due(reading.original_due_at)}")
    if reading.paused_at:
        lines.append(f"Đang tạm dừng từ {show_due(reading.paused_at)}: ngày hẹn trả sẽ tính lại khi bổ sung đủ.")
    lines += [f"  {row.day:%d/%m/%Y}  {row.n or '–':>3}  {day_words(row)}" for row in days]
    lines.append("Căn cứ: " + "; ".join([*reading.law, "BLDS-2015 147, 148"]))
    return "\n".join(lines)

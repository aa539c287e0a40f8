"""At which hours of which weekdays an office works, since when. Pure; no Django."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from motcua.base.errors import Invalid

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
SATURDAY = 5
CLOSED = "nghỉ"


class CalendarError(Invalid, ValueError):
    """Calendar data that contradict themselves."""

    code = "calendar_invalid"


@dataclass(frozen=True, slots=True)
class Session:
    """Office hours from `start` to `end`, wall clock of one day."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class WorkHours:
    """The sessions of one weekday (0 is Monday), in force from `valid_from` on, no longer on `valid_to`.

    No sessions: closed, on a Saturday or Sunday only. `counts_weekend`: on a Saturday or Sunday limits run in these
    hours; otherwise they are hours of reception only. From Monday to Friday limits always run.
    """

    weekday: int
    sessions: tuple[Session, ...]
    valid_from: date
    valid_to: date | None = None
    counts_weekend: bool = False

    def covers(self, day: date) -> bool:
        """In force on that day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def parse_sessions(text: str) -> tuple[Session, ...]:
    """Read `07:00-11:30, 13:30-17:00`: one or more sessions in order, or `nghỉ` for none. Raises CalendarError."""
    if text.strip().lower() == CLOSED:
        return ()
    sessions: list[Session] = []
    for piece in text.split(","):
        start, dash, end = piece.strip().partition("-")
        try:
            session = Session(time.fromisoformat(start.strip()), time.fromisoformat(end.strip()))
        except ValueError as error:
            raise CalendarError(
                f"Không đọc được giờ làm việc “{text}”. Ví dụ đúng: 07:00-11:30, 13:30-17:00."
            ) from error
        if not dash or session.start >= session.end or (sessions and session.start < sessions[-1].end):
            raise CalendarError(f"Các buổi làm việc “{text}” phải theo thứ tự và không chồng nhau.")
        sessions.append(session)
    return tuple(sessions)


def by_weekday(hours: Iterable[WorkHours]) -> tuple[tuple[WorkHours, ...], ...]:
    """The rows of each weekday, Monday first. Raises CalendarError where two are in force on one day."""
    rows: list[list[WorkHours]] = [[] for _ in WEEKDAYS]
    for row in hours:
        if not row.sessions and row.weekday < SATURDAY:
            raise CalendarError(f"{WEEKDAYS[row.weekday]} phải có ít nhất một buổi làm việc.")
        if any(row.covers(other.valid_from) or other.covers(row.valid_from) for other in rows[row.weekday]):
            raise CalendarError(f"{WEEKDAYS[row.weekday]} có hai giờ làm việc cùng có hiệu lực.")
        rows[row.weekday].append(row)
    return tuple(tuple(day_rows) for day_rows in rows)

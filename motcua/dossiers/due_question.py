"""The question of `motcua due`, read from what was typed into clock events and warnings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.times import VIETNAM, day_of, parse_local, start_of
from motcua.calendar.limits import Limit
from motcua.calendar.office_hours import CalendarError, WorkHours, parse_sessions
from motcua.calendar.working_days import WorkingCalendar
from motcua.dossiers.clock import fold
from motcua.dossiers.clock_events import Cause, ClockError, ClockEvent, ClockKind
from motcua.dossiers.pauses import goes_on_by, last_day_to_ask, stands_still
from motcua.law.facts import RegimeFacts

CAUSE = re.compile(r"\b(" + "|".join(Cause) + r")\b[\s:=@,]*")
WEEKDAY = re.compile(r"\s*(t[2-7]|cn)(?:-(t[2-7]|cn))?\s+(.*)", re.IGNORECASE)
WEEKDAYS = ("t2", "t3", "t4", "t5", "t6", "t7", "cn")
LONG_AGO = date(2000, 1, 1)


class Typed(NamedTuple):
    """One event as it was typed; `ends_all`: a resumption that names no cause ends whatever the clock waits for."""

    event: ClockEvent
    ends_all: bool = False


@dataclass
class Question:
    """The events in their order of time, and what a person should know about them."""

    facts: RegimeFacts
    calendar: WorkingCalendar
    events: list[ClockEvent] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read_limit(text: str) -> Limit:
    """A limit as it is typed. `16h` is read as working hours, as office hours are what a process counts in; hours of
    the wall clock are `16ch`. The answer always says which were counted. Raises LimitError."""
    word = re.sub(r"(?<=\d)h\b", "wh", text.strip().lower())
    return Limit.parse(re.sub(r"(?<=\d)ch\b", "h", word))


def read_office_hours(text: str, calendar: WorkingCalendar) -> WorkingCalendar:
    """`07:30-11:30, 13:30-17:00` from Monday to Friday; `…; t7 07:30-11:30` also on Saturdays, where limits then run.

    Raises CalendarError.
    """
    rows: dict[int, WorkHours] = {}
    for group in text.split(";"):
        named = WEEKDAY.fullmatch(group)
        first, last = ("t2", "t6") if named is None else (named[1].lower(), (named[2] or named[1]).lower())
        sessions = parse_sessions(group if named is None else named[3])
        for weekday in range(WEEKDAYS.index(first), WEEKDAYS.index(last) + 1):
            if weekday in rows:
                raise CalendarError(_("Giờ làm việc “%(text)s” nói hai lần về một thứ.") % {"text": text})
            rows[weekday] = WorkHours(weekday, sessions, LONG_AGO, counts_weekend=True)
    return calendar.with_hours(rows.values(), text.strip())


def read_moment(
    text: str | None, option: str, calendar: WorkingCalendar, *, not_before: datetime | None = None
) -> datetime:
    """An instant; a day alone means its opening, or the event before it when that is later on the same day."""
    if not text:
        raise Invalid(_("Cần %(option)s, ví dụ %(option)s “2021-08-31 16:10”.") % {"option": option})
    try:
        moment = parse_local(text)
        day = date.fromisoformat(text.strip()) if len(text.strip()) <= 10 else None
    except ValueError as error:
        words = _("Không đọc được %(option)s “%(text)s”. Ví dụ đúng: 2021-08-31 16:10.")
        raise Invalid(words % {"option": option, "text": text}) from error
    if day is not None:
        moment = calendar.opening(day) if calendar.is_working(day) else start_of(day)
        if not_before is not None and day_of(not_before) == day:
            moment = max(moment, not_before)
    return moment


def read_question(
    accepted: datetime, facts: RegimeFacts, calendar: WorkingCalendar, options: Mapping[str, Any]
) -> Question:
    """Every event that was typed, in its order of time; those without a moment come last.

    Raises Invalid where the words make no sense, ClockError where the order doesn't.
    """
    if not options["limit"]:
        raise Invalid(_("Cần --limit, ví dụ --limit 5wd."))
    law = facts.article("17")
    start = ClockEvent(
        ClockKind.START,
        accepted,
        calendar,
        read_limit(options["limit"]),
        law=law,
        shift_after=facts.starts_shifted_after(),
    )
    question = Question(facts, calendar, [start])
    typed = [*_supplement(question, options), *_typed(question, options)]
    for event, ends_all in sorted(typed, key=lambda one: one.event.at):
        _put(question, event, ends_all=ends_all)
    return question


def _supplement(question: Question, options: Mapping[str, Any]) -> Iterator[Typed]:
    """--ask and --complete: what the regime says about a supplement."""
    facts, calendar = question.facts, question.calendar
    if options["complete"] and not options["ask"]:
        raise Invalid(_("--complete cần đi cùng --ask: có yêu cầu bổ sung mới có bổ sung đủ."))
    if not options["ask"]:
        return
    accepted, law = question.events[0].at, facts.article("19(4)")
    asked = read_moment(options["ask"], "--ask", calendar, not_before=accepted)
    yield Typed(ClockEvent(ClockKind.PAUSE, asked, calendar, law=law))
    if options["complete"]:
        completed = read_moment(options["complete"], "--complete", calendar, not_before=asked)
        if completed < asked:
            raise ClockError(_("Các mốc không theo thứ tự: bổ sung đủ trước khi được yêu cầu bổ sung."))
        yield Typed(ClockEvent(goes_on_by(Cause.SUPPLEMENT, facts), completed, calendar, law=law))


def _typed(question: Question, options: Mapping[str, Any]) -> Iterator[Typed]:
    """The other events; an appointment without a moment of its own is made after everything else."""
    calendar = question.calendar
    plain: list[Typed] = []
    for kind in (ClockKind.PAUSE, ClockKind.RESUME, ClockKind.RESTART, ClockKind.STOP, ClockKind.REOPEN):
        for words in options[kind] or ():
            plain.append(_waiting(kind, " ".join(words), question))
    yield from plain
    last = max([question.events[0].at, *(one.event.at for one in plain)])
    for kind in (ClockKind.REASSIGN, ClockKind.EXTEND, ClockKind.CORRECT):
        for words in options[kind] or ():
            what, mark, when = " ".join(words).partition("@")
            at = read_moment(when, f"--{kind}", calendar, not_before=question.events[0].at) if mark else last
            yield Typed(_appointing(kind, what.strip(), at, question))


def _waiting(kind: ClockKind, text: str, question: Question) -> Typed:
    found = CAUSE.search(text)
    cause = Cause(found[1]) if found else Cause.SUPPLEMENT
    when = CAUSE.sub("", text, count=1).strip(" :=@,")
    moment = read_moment(when, f"--{kind}", question.calendar, not_before=question.events[0].at)
    about_papers = cause is Cause.SUPPLEMENT and kind in (ClockKind.PAUSE, ClockKind.RESUME, ClockKind.RESTART)
    law = question.facts.article("19(4)") if about_papers else ""
    event = ClockEvent(kind, moment, question.calendar, law=law, cause=cause)
    return Typed(event, ends_all=kind is ClockKind.RESUME and found is None)


def _appointing(kind: ClockKind, what: str, at: datetime, question: Question) -> ClockEvent:
    """A day or an instant; for another limit, or an extension by a limit, the limit."""
    calendar, law = question.calendar, question.facts.article("19(9)") if kind is ClockKind.EXTEND else ""
    if kind is ClockKind.REASSIGN or not re.match(r"\d{4}-", what):
        return ClockEvent(kind, at, calendar, read_limit(what), law=law)
    until = read_moment(what, f"--{kind}", calendar)
    if len(what) <= 10:
        if not calendar.is_working(day_of(until)):
            words = _("Ngày hẹn %(day)s là ngày nghỉ (%(why)s): hãy chọn một ngày làm việc.")
            raise Invalid(words % {"day": f"{until:%d/%m/%Y}", "why": calendar.reason(day_of(until))})
        until = calendar.end_of_office(day_of(until))
    return ClockEvent(kind, at, calendar, until=until, law=law)


# --- one event after the other --------------------------------------------------------------------------------------


def _put(question: Question, event: ClockEvent, *, ends_all: bool) -> None:
    """Add one event as the regime sees it."""
    waits_for = fold(question.events).waits_for
    if event.kind is ClockKind.PAUSE:
        if not stands_still(event.cause, question.facts):
            question.warnings.append(_NOT_PAUSED[event.cause]())
            return
        if event.cause is Cause.SUPPLEMENT:
            _warn_if_asked_late(question, event)
    if event.kind is ClockKind.RESUME:
        _resume(question, event, waits_for if ends_all else (event.cause,), waits_for)
        return
    question.events.append(event)
    extensions = sum(one.kind is ClockKind.EXTEND for one in question.events)
    if event.kind is ClockKind.EXTEND and extensions == question.facts.max_extensions + 1:
        words = _("Chế độ này chỉ cho hẹn lại %(times)s lần.")
        question.warnings.append(words % {"times": question.facts.max_extensions})


def _resume(question: Question, event: ClockEvent, ended: Sequence[Cause], waits_for: Sequence[Cause]) -> None:
    if not stands_still(event.cause, question.facts):
        return
    if not ended or not set(ended) <= set(waits_for):
        words = _("Không thể tính tiếp lúc %(when)s: trước đó thời hạn không tạm dừng vì lý do này.")
        raise ClockError(words % {"when": f"{event.at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"})
    question.events += [replace(event, cause=cause) for cause in ended]


def _warn_if_asked_late(question: Question, event: ClockEvent) -> None:
    last = last_day_to_ask(question.events[0], question.facts.ineligible_return_days)
    if day_of(event.at) > last:
        words = _("Yêu cầu bổ sung sau ngày %(day)s là quá %(days)s ngày làm việc từ khi tiếp nhận: cần căn cứ riêng.")
        question.warnings.append(words % {"day": f"{last:%d/%m/%Y}", "days": question.facts.ineligible_return_days})


_NOT_PAUSED = {
    Cause.FINANCIAL: lambda: _("Theo chế độ này, chờ thực hiện nghĩa vụ tài chính không làm dừng thời hạn."),
    Cause.OUTAGE: lambda: _("Theo chế độ này, hệ thống ngừng hoạt động không làm dừng thời hạn."),
}

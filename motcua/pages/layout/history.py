"""What happened to a dossier and why its date is what it is, in plain words, for pages of every audience."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.times import VIETNAM, day_of
from motcua.dossiers import steps
from motcua.dossiers.clock_days import DayReason
from motcua.dossiers.clock_words import day_words
from motcua.dossiers.kinds import ResultKind, ReturnWay
from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.states import RESOLVED, Act, State

TITLES = {
    Act.SUBMIT: lazy("Đã nộp hồ sơ trực tuyến"),
    Act.REGISTER: lazy("Đã ghi nhận hồ sơ đến"),
    Act.TAKE_IN: lazy("Đã tiếp nhận hồ sơ tại quầy"),
    Act.ACCEPT: lazy("Đã tiếp nhận hồ sơ"),
    Act.ASK_AT_INTAKE: lazy("Cần hoàn thiện hồ sơ trước khi tiếp nhận"),
    Act.ANSWER_AT_INTAKE: lazy("Đã nộp phần hoàn thiện"),
    Act.REFUSE_INTAKE: lazy("Hồ sơ không được tiếp nhận"),
    Act.REDIRECT: lazy("Đã chuyển đến đúng nơi tiếp nhận"),
    Act.FORWARD: lazy("Đã chuyển bước tiếp theo"),
    Act.SEND_BACK: lazy("Đã chuyển lại bước trước"),
    Act.ASK_SUPPLEMENT: lazy("Cần bổ sung hồ sơ; thời hạn tạm dừng"),
    Act.ANSWER_SUPPLEMENT: lazy("Đã gửi phần bổ sung, chờ kiểm tra"),
    Act.RECEIVE_SUPPLEMENT: lazy("Đã nhận đủ phần bổ sung; thời hạn tiếp tục"),
    Act.EXTEND: lazy("Xin lỗi và hẹn lại ngày trả kết quả"),
    Act.APPROVE: lazy("Đã phê duyệt"),
    Act.REFUSE_RESULT: lazy("Đã từ chối giải quyết"),
    Act.FINISH: lazy("Đã phát hành kết quả"),
    Act.WITHDRAW: lazy("Đã rút hồ sơ"),
    Act.STOP: lazy("Đã dừng giải quyết"),
    Act.HAND_OVER: lazy("Đã trả kết quả"),
}


@dataclass(frozen=True)
class Happening:
    """One event as a person reads it; the shape that layout/timeline.html shows."""

    at: datetime
    title: str
    where: str
    who: str
    notes: tuple[str, ...]


def happenings(dossier: Dossier, *, newest_first: bool = False) -> list[Happening]:
    """Everything that happened to a dossier, in one statement."""
    events = Event.objects.filter(dossier=dossier).select_related("office").order_by("seq")
    told = [_tell(dossier, event) for event in events]
    return told[::-1] if newest_first else told


def _tell(dossier: Dossier, event: Event) -> Happening:
    title = str(TITLES[Act(event.act)]) if event.act in Act.values else event.act
    if event.act in (Act.FORWARD, Act.SEND_BACK) and (name := _step_name(dossier, event.data.get("step"))):
        title = f"{title}: {name}"
    return Happening(event.at, title, event.office.name, event.actor_name, tuple(_notes(event)))


def _step_name(dossier: Dossier, seq: int | None) -> str:
    if dossier.process_id is None or seq is None:
        return ""
    return next((step.title for step in steps.steps_of(dossier.process_id) if step.seq == seq), "")


def _notes(event: Event) -> Iterable[str]:
    data = event.data
    if event.reason:
        yield _("Lý do: %(reason)s") % {"reason": event.reason}
    if data.get("basis"):
        yield _("Căn cứ: %(basis)s") % {"basis": data["basis"]}
    for item in data.get("items") or ():
        yield " – ".join(word for word in (item.get("name", ""), item.get("why", "")) if word)
    if data.get("asked_late"):
        yield _("Yêu cầu sau thời hạn trả lại hồ sơ chưa đủ điều kiện")
    if data.get("code"):
        yield _("Mã số hồ sơ: %(code)s") % {"code": data["code"]}
    if event.clock and event.due_at and event.act != Act.ASK_SUPPLEMENT and event.to_state not in RESOLVED:
        yield _("Ngày hẹn trả: %(due)s") % {"due": f"{event.due_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"}
    if data.get("result") in ResultKind.values:
        yield _("Kết quả: %(kind)s") % {"kind": ResultKind(data["result"]).label}
    if data.get("way") in ReturnWay.values:
        yield str(ReturnWay(data["way"]).label)


@dataclass(frozen=True)
class Whereabouts:
    """Who holds a dossier now, down to the step and the hand."""

    office: str
    step: str
    holder: str


def whereabouts(dossier: Dossier) -> Whereabouts:
    """Where a dossier lies; `at_office` and `holder` fetched with it."""
    step = steps.current_step(dossier) if dossier.process_id and dossier.step is not None else None
    holder = dossier.holder.full_name if dossier.holder else ""
    return Whereabouts(dossier.at_office.name, step.title if step else "", holder)


@dataclass(frozen=True)
class DayTold:
    """One day of the count: the number it has in the limit, and why it counts or not."""

    day: date
    n: int | None
    counted: bool
    words: str


def days_told(days: Sequence[DayReason]) -> list[DayTold]:
    """Why the promised day is what it is, day by day; empty before acceptance."""
    return [DayTold(row.day, row.n, row.counted, day_words(row)) for row in days]


# How far along its way a dossier is; the last stage is the result in the owner's hands.
STAGES = (lazy("Đã nộp"), lazy("Đã tiếp nhận"), lazy("Đang giải quyết"), lazy("Đã có kết quả"), lazy("Đã trả kết quả"))
STAGE_OF = {
    State.SUBMITTED: 1,
    State.PRE_SUPPLEMENT: 1,
    State.ACCEPTED: 2,
    State.PROCESSING: 3,
    State.SUPPLEMENT: 3,
    State.DECIDED: 3,
    State.FINISHED: 4,
    State.RETURNED: 5,
}


@dataclass(frozen=True)
class Progress:
    """Degree of completion: `done` of `of` stages; 0 when the dossier ended without a result."""

    done: int
    of: int
    words: str
    stages: tuple[str, ...]


def progress_of(dossier: Dossier) -> Progress:
    """What anybody who knows the code may see. Law: TT01-2018 16"""
    done = STAGE_OF.get(State(dossier.state), 0)
    return Progress(done, len(STAGES), str(State(dossier.state).label), tuple(str(stage) for stage in STAGES))


def is_over(dossier: Dossier, at: datetime) -> bool:
    """Whether the promised day has passed without a result."""
    return dossier.due_at is not None and dossier.finished_at is None and day_of(dossier.due_at) < day_of(at)

"""What happened to a dossier and why its date is what it is, in plain words, for pages of every audience."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.numbers import show_vnd
from motcua.base.times import VIETNAM, day_of
from motcua.calendar.limit_words import limit_words
from motcua.calendar.limits import Limit
from motcua.dossiers import steps
from motcua.dossiers.clock_days import DayReason
from motcua.dossiers.clock_words import day_words
from motcua.dossiers.kinds import ResultKind, ReturnWay
from motcua.dossiers.states import RESOLVED, Act, State
from motcua.dossiers.telling import Followed, Told

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
    Act.SIGN_RESULT: lazy("Đã ký số kết quả"),
    Act.WITHDRAW: lazy("Đã rút hồ sơ"),
    Act.STOP: lazy("Đã dừng giải quyết"),
    Act.HAND_OVER: lazy("Đã trả kết quả"),
    Act.CHARGE_FEE: lazy("Đã xác định phí, lệ phí"),
    Act.EXEMPT_FEE: lazy("Được miễn phí, lệ phí"),
    Act.TAKE_FEE: lazy("Đã nộp phí, lệ phí"),
    Act.REFUND_FEE: lazy("Đã hoàn phí, lệ phí"),
    Act.CANCEL_RECEIPT: lazy("Đã huỷ biên lai, phí chưa nộp lại"),
    Act.RESTRICT: lazy("Đã đổi người được xem"),
    Act.OPEN_PARTS: lazy("Đã giao phần việc cho các cơ quan"),
    Act.TAKE_PART: lazy("Cơ quan đã nhận phần việc"),
    Act.PROPOSE_PART: lazy("Đã trình kết quả phần việc"),
    Act.FINISH_PART: lazy("Cơ quan đã xong phần việc"),
    Act.RETURN_PART: lazy("Đã trả lại phần việc cho cơ quan chủ trì"),
    Act.ASSIGN_PART: lazy("Đã giao lại phần việc"),
    Act.DROP_PART: lazy("Đã bỏ phần việc"),
}


@dataclass(frozen=True)
class Happening:
    """One event as a person reads it; the shape that layout/timeline.html shows."""

    at: datetime
    title: str
    where: str
    who: str
    notes: tuple[str, ...]


def happenings(events: Iterable[Told], process_id: int | None, *, applicant: bool) -> list[Happening]:
    """Everything that happened to a dossier of this process, the newest first, as this reader may know it."""
    return [_tell(event, process_id, applicant) for event in events][::-1]


def _tell(event: Told, process_id: int | None, applicant: bool) -> Happening:
    title = str(TITLES[Act(event.act)]) if event.act in Act.values else event.act
    if event.act in (Act.FORWARD, Act.SEND_BACK) and (name := _step_name(process_id, event.data.get("step"))):
        title = f"{title}: {name}"
    if event.data.get("part"):
        title = f"{title} {event.data['part']}"
    who = event.actor_name
    if event.on_behalf_of:
        who = _("%(who)s thay mặt %(whom)s") % {"who": who, "whom": event.on_behalf_of}
    return Happening(event.at, title, event.office, who, tuple(_notes(event, event.reason_for(applicant=applicant))))


def _step_name(process_id: int | None, seq: int | None) -> str:
    if process_id is None or seq is None:
        return ""
    return next((step.title for step in steps.steps_of(process_id) if step.seq == seq), "")


def _notes(event: Told, reason: str) -> Iterable[str]:
    data = event.data
    if reason:
        yield _("Lý do: %(reason)s") % {"reason": reason}
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
    yield from _outcomes(data)


def _outcomes(data: dict[str, Any]) -> Iterable[str]:
    for part in data.get("parts") or ():
        yield f"{part['number']}. {part['name']} – {part['office_name']} ({limit_words(Limit.from_json(part['limit']))})"
    if begun := ", ".join(sorted(data.get("clocks") or (), key=int)):
        yield _("Bắt đầu phần việc: %(parts)s") % {"parts": begun}
    if dropped := ", ".join(map(str, data.get("dropped") or ())):
        yield _("Phần việc không thực hiện nữa: %(parts)s") % {"parts": dropped}
    if data.get("outcome") in ResultKind.values:
        yield _("Kết quả phần việc: %(kind)s") % {"kind": ResultKind(data["outcome"]).label}
    if data.get("result") in ResultKind.values:
        yield _("Kết quả: %(kind)s") % {"kind": ResultKind(data["result"]).label}
    if data.get("amount_vnd"):
        yield _("Số tiền: %(amount)s") % {"amount": show_vnd(data["amount_vnd"])}
    if data.get("receipt_no"):
        yield _("Biên lai số %(number)s") % {"number": data["receipt_no"]}
    if data.get("way") in ReturnWay.values:
        yield str(ReturnWay(data["way"]).label)


def step_title(dossier: Followed) -> str:
    """The step that a dossier is at, in words; empty before acceptance."""
    return _step_name(dossier.process_id, dossier.step)


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


def progress_of(state: str) -> Progress:
    """What anybody who knows the code may see. Law: TT01-2018 16"""
    here = State(state)
    return Progress(STAGE_OF.get(here, 0), len(STAGES), str(here.label), tuple(str(stage) for stage in STAGES))


def is_over(dossier: Followed, at: datetime) -> bool:
    """Whether the promised day has passed without a result."""
    return dossier.due_at is not None and dossier.finished_at is None and day_of(dossier.due_at) < day_of(at)

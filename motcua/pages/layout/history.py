"""What happened to a dossier and why its date is what it is, in plain words, for pages of every audience."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.numbers import NOTHING, show_vnd
from motcua.base.times import VIETNAM, day_of
from motcua.calendar.limit_words import limit_words
from motcua.calendar.limits import Limit
from motcua.dossiers import steps
from motcua.dossiers.clock_days import DayReason
from motcua.dossiers.clock_events import ClockKind
from motcua.dossiers.clock_words import day_words
from motcua.dossiers.kinds import ResultKind, ReturnWay
from motcua.dossiers.states import RESOLVED, Act, State
from motcua.dossiers.telling import Followed, Told
from motcua.pages.layout.inquiries import inquiry_notes

RESULTS = {kind.value: kind.label for kind in ResultKind}
WAYS = {way.value: way.label for way in ReturnWay}
TITLES: dict[str, Any] = {
    Act.SUBMIT: lazy("Đã nộp hồ sơ trực tuyến"),
    Act.REGISTER: lazy("Đã ghi nhận hồ sơ đến"),
    Act.TAKE_IN: lazy("Đã tiếp nhận hồ sơ tại quầy"),
    Act.ACCEPT: lazy("Đã tiếp nhận hồ sơ"),
    Act.ASK_AT_INTAKE: lazy("Cần hoàn thiện hồ sơ trước khi tiếp nhận"),
    Act.ANSWER_AT_INTAKE: lazy("Đã nộp phần hoàn thiện"),
    Act.REFUSE_INTAKE: lazy("Hồ sơ không được tiếp nhận"),
    Act.REDIRECT: lazy("Đã chuyển đến đúng nơi tiếp nhận"),
    Act.GIVE_AT_ONCE: lazy("Đã giải quyết ngay tại quầy"),
    Act.FORWARD: lazy("Đã chuyển bước tiếp theo"),
    Act.SEND_BACK: lazy("Đã chuyển lại bước trước"),
    Act.ASK_SUPPLEMENT: lazy("Cần bổ sung hồ sơ; thời hạn tạm dừng"),
    Act.ASK_SUPPLEMENT_AGAIN: lazy("Cần bổ sung thêm theo quyết định của lãnh đạo; thời hạn tạm dừng"),
    Act.ANSWER_SUPPLEMENT: lazy("Đã gửi phần bổ sung, chờ kiểm tra"),
    Act.RECEIVE_SUPPLEMENT: lazy("Đã nhận đủ phần bổ sung; thời hạn tiếp tục"),
    Act.ASK_FINANCIAL_DUTY: lazy("Cần thực hiện nghĩa vụ tài chính"),
    Act.RECORD_FINANCIAL_DUTY: lazy("Đã xác nhận thực hiện nghĩa vụ tài chính"),
    Act.ALLOW_FOR_OUTAGE: lazy("Không tính thời gian hệ thống của cơ quan ngừng hoạt động"),
    Act.NOTE_ATTEMPT: lazy("Đã ghi nhận việc thử nộp khi hệ thống gián đoạn"),
    Act.EXTEND: lazy("Xin lỗi và hẹn lại ngày trả kết quả"),
    Act.APPROVE: lazy("Đã phê duyệt"),
    Act.REFUSE_RESULT: lazy("Đã từ chối giải quyết"),
    Act.FINISH: lazy("Đã phát hành kết quả"),
    Act.SIGN_RESULT: lazy("Đã ký số kết quả"),
    Act.WITHDRAW: lazy("Đã rút hồ sơ"),
    Act.STOP: lazy("Đã dừng giải quyết"),
    Act.END_UNANSWERED: lazy("Đã kết thúc do quá thời hạn chờ bổ sung"),
    Act.HAND_OVER: lazy("Đã trả kết quả"),
    Act.CHARGE_FEE: lazy("Đã xác định phí, lệ phí"),
    Act.EXEMPT_FEE: lazy("Được miễn phí, lệ phí"),
    Act.TAKE_FEE: lazy("Đã nộp phí, lệ phí"),
    Act.REFUND_FEE: lazy("Đã hoàn phí, lệ phí"),
    Act.CANCEL_RECEIPT: lazy("Đã huỷ biên lai, phí chưa nộp lại"),
    Act.RESTRICT: lazy("Đã đổi người được xem"),
    Act.PROPOSE_CORRECTION: lazy("Có đề nghị đính chính, chờ người thứ hai phê duyệt"),
    Act.PROPOSE_DATE: lazy("Có đề nghị đính chính ngày hẹn trả, chờ người thứ hai phê duyệt"),
    Act.CORRECT_RESULT: lazy("Cơ quan xin lỗi và đính chính kết quả"),
    Act.REOPEN: lazy("Cơ quan xin lỗi và giải quyết lại hồ sơ"),
    Act.CORRECT_DATE: lazy("Cơ quan xin lỗi và đính chính ngày hẹn trả"),
    Act.REFUSE_CORRECTION: lazy("Không đính chính"),
    Act.CONSULT: lazy("Đã lấy ý kiến cơ quan khác"),
    Act.ANSWER_CONSULTATION: lazy("Đã có ý kiến trả lời"),
    Act.DROP_CONSULTATION: lazy("Đã thôi lấy ý kiến"),
    Act.PLAN_VERIFICATION: lazy("Đã lên lịch thẩm tra, xác minh"),
    Act.MOVE_VERIFICATION: lazy("Đã đổi lịch thẩm tra, xác minh"),
    Act.RECORD_VERIFICATION: lazy("Đã thẩm tra, xác minh"),
    Act.CANCEL_VERIFICATION: lazy("Đã huỷ buổi thẩm tra, xác minh"),
    Act.OPEN_PARTS: lazy("Đã giao phần việc cho các cơ quan"),
    Act.TAKE_PART: lazy("Cơ quan đã nhận phần việc"),
    Act.PROPOSE_PART: lazy("Đã trình kết quả phần việc"),
    Act.FINISH_PART: lazy("Cơ quan đã xong phần việc"),
    Act.RETURN_PART: lazy("Đã trả lại phần việc cho cơ quan chủ trì"),
    Act.ASSIGN_PART: lazy("Đã giao lại phần việc"),
    Act.DROP_PART: lazy("Đã bỏ phần việc"),
    Act.EXTEND_PART: lazy("Cơ quan xin lỗi và hẹn lại phần việc"),
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
    title = str(TITLES.get(event.act, event.act))
    if event.act in (Act.FORWARD, Act.SEND_BACK) and (name := _step_name(process_id, event.data.get("step"))):
        title = f"{title}: {name}"
    if event.data.get("part"):
        title = f"{title} {event.data['part']}"
    who = event.actor_name
    if event.on_behalf_of:
        who = _("%(who)s thay mặt %(whom)s") % {"who": who, "whom": event.on_behalf_of}
    notes = (*_notes(event, event.reason_for(applicant=applicant)), *inquiry_notes(event, applicant=applicant))
    return Happening(event.at, title, event.office, who, notes)


def _step_name(process_id: int | None, seq: int | None) -> str:
    if process_id is None or seq is None:
        return ""
    return next((step.title for step in steps.steps_of(process_id) if step.seq == seq), "")


def _notes(event: Told, reason: str) -> Iterable[str]:
    if event.data.get("corrects") and not reason:
        # What is only proposed is not the applicant's to read yet.
        return
    yield from _grounds(event.data, reason)
    yield from _dates(event)
    yield from _duties(event)
    yield from _outcomes(event.data)


def _grounds(data: dict[str, Any], reason: str) -> Iterable[str]:
    """Why, on what, and what was asked for."""
    if reason:
        yield _("Lý do: %(reason)s") % {"reason": reason}
    if data.get("wrong"):
        yield _("Sai sót: %(wrong)s") % {"wrong": data["wrong"]}
    if data.get("basis"):
        yield _("Căn cứ: %(basis)s") % {"basis": data["basis"]}
    for item in data.get("items") or ():
        yield " – ".join(word for word in (item.get("name", ""), item.get("why", "")) if word)
    if data.get("last_day"):
        yield _("Bổ sung chậm nhất ngày %(day)s") % {"day": _day_words(data["last_day"])}
    if data.get("asked_late"):
        yield _("Yêu cầu sau thời hạn trả lại hồ sơ chưa đủ điều kiện")


def _dates(event: Told) -> Iterable[str]:
    """Code and promised day, where they are news."""
    data = event.data
    if data.get("code"):
        yield _("Mã số hồ sơ: %(code)s") % {"code": data["code"]}
    if event.clock and event.due_at and _tells_due(event):
        yield _("Ngày hẹn trả: %(due)s") % {"due": f"{event.due_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"}
    if data.get("tried_at"):
        words = {"at": _instant_words(data["tried_at"]), "evidence": data["evidence"]}
        yield _("Đã thử nộp lúc %(at)s. Chứng cứ: %(evidence)s") % words
    if data.get("outage"):
        yield _("Từ %(began)s đến %(ended)s. Văn bản: %(document)s") % {
            "began": _instant_words(data["began_at"]),
            "ended": _instant_words(data["ended_at"]),
            "document": data["document"],
        }


def _tells_due(event: Told) -> bool:
    """Whether the promised day is news of this event; a corrected one is, also of what is done."""
    if event.act == Act.CORRECT_DATE:
        return True
    return event.clock is not None and _says_when(event.clock) and event.to_state not in RESOLVED


def _says_when(clock: dict[str, Any]) -> bool:
    """While a clock stands still its date says nothing yet."""
    return clock["kind"] != ClockKind.PAUSE or "until" in clock


def _duties(event: Told) -> Iterable[str]:
    """What is said of a financial duty."""
    data = event.data
    if data.get("content"):
        yield _("Nội dung: %(content)s") % {"content": data["content"]}
    if data.get("document_no"):
        yield _("Văn bản thông báo số %(number)s; nơi thu: %(payee)s") % {
            "number": data["document_no"],
            "payee": data.get("payee", ""),
        }
    if data.get("pay_by"):
        yield _("Thực hiện chậm nhất ngày %(day)s") % {"day": _day_words(data["pay_by"])}
    if data.get("proof_no"):
        yield _("Chứng từ số %(number)s, nộp ngày %(day)s") % {
            "number": data["proof_no"],
            "day": _day_words(data["paid_on"]),
        }
    if event.act == Act.ASK_FINANCIAL_DUTY and event.clock:
        yield _("Thời hạn giải quyết tạm dừng đến khi xác nhận đã thực hiện")


def _instant_words(instant: str) -> str:
    return f"{datetime.fromisoformat(instant).astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def _day_words(day: str) -> str:
    return f"{date.fromisoformat(day):%d/%m/%Y}"


def _parts(data: dict[str, Any]) -> Iterable[str]:
    """What became of the parts of an interlinked dossier."""
    if data.get("part") and data.get("new_due"):
        words = _("Hạn của phần việc: %(new)s (hạn trước: %(old)s). Ngày hẹn trả của hồ sơ không đổi.")
        yield words % {"new": _instant_words(data["new_due"]), "old": _instant_words(data["old_due"])}
    for part in data.get("parts") or ():
        yield f"{part['number']}. {part['name']} – {part['office_name']} ({limit_words(Limit.from_json(part['limit']))})"
    if begun := ", ".join(sorted(data.get("clocks") or (), key=int)):
        yield _("Bắt đầu phần việc: %(parts)s") % {"parts": begun}
    if dropped := ", ".join(map(str, data.get("dropped") or ())):
        yield _("Phần việc không thực hiện nữa: %(parts)s") % {"parts": dropped}
    if data.get("outcome") in RESULTS:
        yield _("Kết quả phần việc: %(kind)s") % {"kind": RESULTS[data["outcome"]]}


def _outcomes(data: dict[str, Any]) -> Iterable[str]:
    if former := data.get("former"):
        yield _("Bản kết quả thứ %(version)s, số %(number)s, được giữ lại.") % {
            "version": former["version"],
            "number": former["number"] or "–",
        }
    yield from _parts(data)
    if data.get("result") in RESULTS:
        yield _("Kết quả: %(kind)s") % {"kind": RESULTS[data["result"]]}
    if data.get("amount_vnd"):
        yield _("Số tiền: %(amount)s") % {"amount": show_vnd(data["amount_vnd"])}
    if data.get("receipt_no"):
        yield _("Biên lai số %(number)s") % {"number": data["receipt_no"]}
    if data.get("way") in WAYS:
        yield str(WAYS[data["way"]])


def step_title(dossier: Followed) -> str:
    """The step that a dossier is at, in words; empty before acceptance."""
    return _step_name(dossier.process_id, dossier.step)


@dataclass(frozen=True)
class DayTold:
    """One day of the count as it is printed: `09/09/2021`, `2021-09-09`, its number in the limit (or –), why.

    Printed here, not by filters in the templates: it is the longest list of every page that shows a dossier.
    """

    day: str
    iso: str
    number: str
    counted: bool
    words: str


def days_told(days: Sequence[DayReason]) -> list[DayTold]:
    """Why the promised day is what it is, day by day; empty before acceptance."""
    return [
        DayTold(
            f"{row.day:%d/%m/%Y}",
            row.day.isoformat(),
            str(row.n) if row.counted else NOTHING,
            row.counted,
            day_words(row),
        )
        for row in days
    ]


# How far along its way a dossier is; the last stage is the result in the owner's hands.
STAGES = (lazy("Đã nộp"), lazy("Đã tiếp nhận"), lazy("Đang giải quyết"), lazy("Đã có kết quả"), lazy("Đã trả kết quả"))
STAGE_OF = {
    State.SUBMITTED: 1,
    State.PRE_SUPPLEMENT: 1,
    State.ACCEPTED: 2,
    State.PROCESSING: 3,
    State.SUPPLEMENT: 3,
    State.PAYMENT: 3,
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
    """Whether the promised day has passed without a result, while the clock runs."""
    if dossier.due_at is None or dossier.state in RESOLVED or dossier.stands_still:
        return False
    return day_of(dossier.due_at) < day_of(at)

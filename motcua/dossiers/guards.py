"""What forbids an act although state and right allow it, as a sentence for the person.

Each guard answers None (nothing in the way) or why not. Law: ND61-2018 19(4); ND61-2018 19(9); ND61-2018 21
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from motcua.base.times import day_of
from motcua.calendar.limits import LimitKind
from motcua.catalogue.offers import offer
from motcua.dossiers import parts, steps
from motcua.dossiers.kinds import CorrectionKind
from motcua.dossiers.models.outage import Outage
from motcua.dossiers.rulebook import regime_of
from motcua.dossiers.states import PART_STARTED, PART_UNSETTLED, Act, PartState, State
from motcua.fees.billing import in_the_way, is_open
from motcua.fees.kinds import BillState, DueWhen
from motcua.files.check import PDF

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier

# How long before a dossier came in an attempt to hand it in may lie. Ours; no text says it.
ATTEMPT_BEFORE = timedelta(days=30)
Guard = Callable[["Dossier", datetime], str | None]


def obstacle(act: Act, dossier: Dossier, at: datetime) -> str | None:
    """The first thing that stands in the way of the act, or None."""
    for guard in GUARDS.get(act, ()):
        if reason := guard(dossier, at):
            return reason
    return None


def has_next_step(dossier: Dossier, at: datetime) -> str | None:
    """Forwarding stops where a decision is due: approving is not forwarding."""
    if steps.next_step(dossier) is None:
        return _("Hồ sơ đang ở bước phê duyệt: hãy phê duyệt hoặc từ chối giải quyết.")
    return None


def is_immediate(dossier: Dossier, at: datetime) -> str | None:
    """Only a procedure whose published limit is immediate is done at the counter without its steps."""
    limit = offer(dossier.case_id, dossier.channel).limit
    if limit is None or limit.kind is not LimitKind.IMMEDIATE:
        return _("Thủ tục này không phải loại trả kết quả ngay: hãy chuyển theo quy trình.")
    return None


def has_previous_step(dossier: Dossier, at: datetime) -> str | None:
    """The first step at the authority has nobody before it."""
    if steps.previous_step(dossier) is None:
        return _("Đây là bước đầu tiên tại cơ quan giải quyết.")
    return None


def at_approval(dossier: Dossier, at: datetime) -> str | None:
    """A decision is made at the approver's step, after the appraisal before it."""
    if not steps.is_approval(dossier):
        return _("Chưa đến bước phê duyệt trong quy trình.")
    return None


def extensions_left(dossier: Dossier, at: datetime) -> str | None:
    """At most as many new appointments as the regime allows."""
    if dossier.due_at is None:
        return _("Hồ sơ không có ngày hẹn trả để gia hạn.")
    allowed = regime_of(dossier, at).max_extensions
    if dossier.extensions >= allowed:
        return _("Chỉ được hẹn lại %(times)s lần, hồ sơ này đã hẹn lại đủ số lần.") % {"times": allowed}
    return None


def clock_runs(dossier: Dossier, at: datetime) -> str | None:
    """While the clock stands still there is no date to put off."""
    return _("Thời hạn đang tạm dừng: chưa cần hẹn lại.") if dossier.stands_still else None


def extension_in_time(dossier: Dossier, at: datetime) -> str | None:
    """The apology goes out at least so many days before the promised day as the regime says."""
    notice = regime_of(dossier, at).extension_notice_days
    if dossier.due_at is not None and (day_of(dossier.due_at) - day_of(at)).days < notice:
        return _("Phải xin lỗi và hẹn lại ít nhất %(days)02d ngày trước ngày hẹn trả.") % {"days": notice}
    return None


def part_extensions_left(dossier: Dossier, at: datetime) -> str | None:
    """A part is put off at most as often as the whole may be; what the whole was put off does not count. Law: ND61-2018 19(9)"""
    part = dossier.part
    if part is None or part.due_at is None:
        return _("Phần việc không có thời hạn để hẹn lại.")
    allowed = regime_of(dossier, at).max_extensions
    if len(part.extensions) >= allowed:
        return _("Chỉ được hẹn lại %(times)s lần, phần việc này đã hẹn lại đủ số lần.") % {"times": allowed}
    return None


def part_extension_in_time(dossier: Dossier, at: datetime) -> str | None:
    """The apology for a part goes out as long before its own day as that for the whole before the whole's."""
    notice, part = regime_of(dossier, at).extension_notice_days, dossier.part
    if part is not None and part.due_at is not None and (day_of(part.due_at) - day_of(at)).days < notice:
        return _("Phải xin lỗi và hẹn lại ít nhất %(days)02d ngày trước hạn của phần việc.") % {"days": notice}
    return None


def supplements_left(dossier: Dossier, at: datetime) -> str | None:
    """Supplements are asked once, in one full list."""
    facts = regime_of(dossier, at)
    if dossier.supplements < facts.max_supplements:
        return None
    told = _("Chỉ được yêu cầu bổ sung %(times)s lần trong quá trình giải quyết.") % {"times": facts.max_supplements}
    if supplement_by_leader(dossier, at) is None:
        told += " " + _("Lãnh đạo cơ quan giải quyết có thể yêu cầu thêm một lần, có căn cứ pháp luật chuyên ngành.")
    return told


def supplement_by_leader(dossier: Dossier, at: datetime) -> str | None:
    """Where the regime lets a leader, one request more than the others may make, and no second one."""
    facts = regime_of(dossier, at)
    if facts.supplement_override != "leader":
        return _("Quy định áp dụng cho hồ sơ này không cho yêu cầu bổ sung quá số lần.")
    if dossier.supplements < facts.max_supplements:
        return _("Vẫn còn lần yêu cầu bổ sung theo quy định, chưa cần lãnh đạo quyết định.")
    if dossier.supplements > facts.max_supplements:
        return _("Lãnh đạo đã yêu cầu bổ sung thêm một lần đối với hồ sơ này.")
    return None


def asked_once_at_intake(dossier: Dossier, at: datetime) -> str | None:
    """Before acceptance there is one full notice too, or as many as the regime allows."""
    allowed = regime_of(dossier, at).max_supplements_intake
    if dossier.supplement_requests.filter(stage="intake").count() >= allowed:
        return _("Chỉ được yêu cầu hoàn thiện %(times)s lần trước khi tiếp nhận.") % {"times": allowed}
    return None


def answered(dossier: Dossier, at: datetime) -> str | None:
    """An answer is sent once; then the unit checks it."""
    latest = dossier.supplement_requests.order_by("-id").first()
    if latest is not None and latest.answered_at is not None and dossier.state == State.SUPPLEMENT:
        return _("Phần bổ sung đã được gửi, đang chờ bộ phận một cửa kiểm tra.")
    return None


def wait_is_over(dossier: Dossier, at: datetime) -> str | None:
    """The day until which the applicant was told to answer has passed without an answer."""
    latest = dossier.supplement_requests.order_by("-id").first()
    if latest is None or latest.last_day is None:
        return _("Quy định áp dụng cho hồ sơ này không đặt thời hạn chờ bổ sung.")
    if latest.answered_at is not None:
        return _("Phần bổ sung đã được gửi, đang chờ bộ phận một cửa kiểm tra.")
    if day_of(at) <= latest.last_day:
        return _("Người nộp còn được bổ sung đến hết ngày %(day)s.") % {"day": f"{latest.last_day:%d/%m/%Y}"}
    return None


def was_hindered(dossier: Dossier, at: datetime) -> str | None:
    """Only an outage that two persons have entered and approved can have hindered the applicant."""
    since = dossier.submitted_at - ATTEMPT_BEFORE
    if Outage.objects.filter(approved=True, began_at__lte=at, ended_at__gt=since).exists():
        return None
    return _("Không có lần gián đoạn nào được phê duyệt trong thời gian này.")


def waits_for_an_opinion(dossier: Dossier, at: datetime) -> str | None:
    """Somebody was asked and has not answered."""
    return None if dossier.asked_offices else _("Không có ý kiến nào đang chờ trả lời.")


def waits_for_verification(dossier: Dossier, at: datetime) -> str | None:
    """A verification is planned."""
    return None if dossier.being_verified else _("Không có lịch thẩm tra, xác minh nào.")


def has_result_to_sign(dossier: Dossier, at: datetime) -> str | None:
    """Only a PDF can carry a signature."""
    result = getattr(dossier, "result", None)
    if result is None or result.file is None or result.file.media_type != PDF:
        return _("Kết quả không có tệp PDF để ký số.")
    return None


def fee_before_is_paid(dossier: Dossier, at: datetime) -> str | None:
    """Where the rule says so, nothing is accepted before its fee is paid. Law: ND61-2018 22"""
    return in_the_way(dossier.bill, DueWhen.BEFORE) if dossier.bill_id else None


def fee_is_paid(dossier: Dossier, at: datetime) -> str | None:
    """Where the rule says so, no result goes back before its fee is paid. Law: ND61-2018 22"""
    return in_the_way(dossier.bill, DueWhen.AFTER) if dossier.bill_id else None


def fee_is_unsaid(dossier: Dossier, at: datetime) -> str | None:
    """A person says a fee only where the catalogue leaves it open, and once."""
    if dossier.bill_id or dossier.fee_vnd is not None:
        return _("Phí, lệ phí của hồ sơ này đã được xác định.")
    return None


def fee_is_owed(dossier: Dossier, at: datetime) -> str | None:
    """Something is still to be paid."""
    return None if dossier.bill and is_open(dossier.bill) else _("Không còn khoản nào phải nộp.")


def refund_is_due(dossier: Dossier, at: datetime) -> str | None:
    """More was paid than is owed."""
    due = dossier.bill and dossier.bill.state == BillState.REFUND_DUE
    return None if due else _("Không có khoản nào phải hoàn.")


def fee_was_taken(dossier: Dossier, at: datetime) -> str | None:
    """There is a receipt to cancel: everything was paid."""
    taken = dossier.bill and dossier.bill.state == BillState.PAID
    return None if taken else _("Hồ sơ này không có biên lai đang có hiệu lực.")


def no_result_before(dossier: Dossier, at: datetime) -> str | None:
    """What had a result and is handled again ends with a result: it is neither withdrawn nor stopped. Law: ND61-2018 21"""
    if dossier.accepted_at is not None and dossier.finished_at is not None:
        return _("Hồ sơ đã có kết quả và đang được giải quyết lại: phải có kết quả mới.")
    return None


def no_correction_waits(dossier: Dossier, at: datetime) -> str | None:
    """One proposal at a time."""
    if dossier.correction_waits:
        return _("Hồ sơ đang có một đề nghị đính chính chờ phê duyệt.")
    return None


def has_a_promise(dossier: Dossier, at: datetime) -> str | None:
    """Without a promised day there is none to correct, unless the procedure's limit promises one that nobody wrote down."""
    if dossier.due_at is not None:
        return None
    limit = offer(dossier.case_id, dossier.channel).limit
    if limit is not None and limit.kind in (LimitKind.DURATION, LimitKind.SAME_DAY):
        return None
    return _("Hồ sơ không có ngày hẹn trả để đính chính.")


def result_is_undisputed(dossier: Dossier, at: datetime) -> str | None:
    """What is said to be wrong is neither signed nor handed over before that is decided. Law: ND61-2018 21"""
    if dossier.correction_waits in (CorrectionKind.RESULT, CorrectionKind.REOPEN):
        return _("Kết quả đang có đề nghị đính chính chờ phê duyệt: chưa thể ký hoặc trả.")
    return None


def waits_for(*kinds: CorrectionKind) -> Guard:
    """A proposal of one of these kinds waits."""

    def guard(dossier: Dossier, at: datetime) -> str | None:
        return None if dossier.correction_waits in kinds else _("Không có đề nghị đính chính như vậy chờ phê duyệt.")

    return guard


def is_interlinked(dossier: Dossier, at: datetime) -> str | None:
    """Only what was published as a group of several agencies is given out in parts."""
    return None if dossier.group_id else _("Thủ tục của hồ sơ này không thuộc nhóm thủ tục liên thông nào.")


def parts_not_given(dossier: Dossier, at: datetime) -> str | None:
    """Parts are given out once; afterwards each is given again or dropped by itself."""
    return None if dossier.joint_offices is None else _("Các phần việc của hồ sơ này đã được giao.")


def parts_are_settled(dossier: Dossier, at: datetime) -> str | None:
    """The whole is decided after every agency did its part. Law: ND61-2018 19(6)"""
    if not dossier.group_id:
        return None
    if dossier.joint_offices is None:
        return _("Hồ sơ liên thông chưa giao phần việc cho các cơ quan.")
    still = parts.unsettled(dossier.pk)
    shown = "; ".join(f"{part} ({part.office.short_name or part.office.name})" for part in still)
    return _("Còn phần việc chưa xong: %(parts)s.") % {"parts": shown} if still else None


def part_is_unproposed(dossier: Dossier, at: datetime) -> str | None:
    """A part that has begun and whose result is not before the approver can be taken up, over, and proposed."""
    return _in_state(dossier, PartState.READY, PartState.HELD)


def part_is_started(dossier: Dossier, at: datetime) -> str | None:
    """A part is finished or given back while it is under way."""
    return _in_state(dossier, *PART_STARTED)


def part_came_back(dossier: Dossier, at: datetime) -> str | None:
    """Only a part that its agency gave back is given again."""
    return _in_state(dossier, PartState.RETURNED)


def part_is_unsettled(dossier: Dossier, at: datetime) -> str | None:
    """A part that ended is not dropped."""
    return _in_state(dossier, *PART_UNSETTLED)


def _in_state(dossier: Dossier, *states: PartState) -> str | None:
    part = dossier.part
    if part is not None and part.state in states:
        return None
    state = PartState(part.state).label if part is not None else "–"
    return _("Phần việc đang ở trạng thái “%(state)s”.") % {"state": state}


# Acts whose guards ask the regime: they are asked after a look whether it changed.
ASKED_OF_THE_LAW = frozenset(
    {Act.ASK_AT_INTAKE, Act.ASK_SUPPLEMENT, Act.ASK_SUPPLEMENT_AGAIN, Act.EXTEND, Act.EXTEND_PART}
)

GUARDS: dict[Act, tuple[Guard, ...]] = {
    Act.ACCEPT: (fee_before_is_paid,),
    Act.GIVE_AT_ONCE: (is_immediate, parts_are_settled),
    Act.FORWARD: (has_next_step,),
    Act.SEND_BACK: (has_previous_step,),
    Act.ASK_AT_INTAKE: (asked_once_at_intake,),
    Act.ASK_SUPPLEMENT: (supplements_left,),
    Act.ASK_SUPPLEMENT_AGAIN: (supplement_by_leader,),
    Act.ANSWER_SUPPLEMENT: (answered,),
    Act.NOTE_ATTEMPT: (was_hindered,),
    Act.EXTEND: (clock_runs, extensions_left, extension_in_time),
    Act.APPROVE: (at_approval, parts_are_settled),
    Act.REFUSE_RESULT: (at_approval,),
    Act.END_UNANSWERED: (wait_is_over,),
    Act.WITHDRAW: (no_result_before,),
    Act.STOP: (no_result_before,),
    Act.HAND_OVER: (result_is_undisputed, fee_is_paid),
    Act.CHARGE_FEE: (fee_is_unsaid,),
    Act.EXEMPT_FEE: (fee_is_owed,),
    Act.TAKE_FEE: (fee_is_owed,),
    Act.REFUND_FEE: (refund_is_due,),
    Act.CANCEL_RECEIPT: (fee_was_taken,),
    Act.SIGN_RESULT: (has_result_to_sign, result_is_undisputed),
    Act.PROPOSE_CORRECTION: (no_correction_waits,),
    Act.PROPOSE_DATE: (no_correction_waits, has_a_promise),
    Act.CORRECT_RESULT: (waits_for(CorrectionKind.RESULT),),
    Act.REOPEN: (waits_for(CorrectionKind.REOPEN),),
    Act.CORRECT_DATE: (waits_for(CorrectionKind.DATE),),
    Act.REFUSE_CORRECTION: (waits_for(*CorrectionKind),),
    Act.DROP_CONSULTATION: (waits_for_an_opinion,),
    Act.MOVE_VERIFICATION: (waits_for_verification,),
    Act.RECORD_VERIFICATION: (waits_for_verification,),
    Act.CANCEL_VERIFICATION: (waits_for_verification,),
    Act.OPEN_PARTS: (is_interlinked, parts_not_given),
    Act.TAKE_PART: (part_is_unproposed,),
    Act.PROPOSE_PART: (part_is_unproposed,),
    Act.FINISH_PART: (part_is_started,),
    Act.RETURN_PART: (part_is_started,),
    Act.ASSIGN_PART: (part_came_back,),
    Act.DROP_PART: (part_is_unsettled,),
    Act.EXTEND_PART: (part_is_started, part_extensions_left, part_extension_in_time),
}

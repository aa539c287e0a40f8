"""States of a dossier and every way from one to another, as one table that can be read aloud.

Law: ND61-2018 17; ND61-2018 19; ND61-2018 20; ND61-2018 21
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where in its life a dossier is; stored codes never change."""

    SUBMITTED = "submitted", _("Chờ tiếp nhận")
    PRE_SUPPLEMENT = "pre_supplement", _("Chờ hoàn thiện trước khi tiếp nhận")
    REFUSED = "refused", _("Không được tiếp nhận")
    ACCEPTED = "accepted", _("Đã tiếp nhận")
    PROCESSING = "processing", _("Đang giải quyết")
    SUPPLEMENT = "supplement", _("Chờ bổ sung")
    PAYMENT = "payment", _("Chờ thực hiện nghĩa vụ tài chính")
    DECIDED = "decided", _("Đã phê duyệt, chờ phát hành")
    WITHDRAWN = "withdrawn", _("Đã rút")
    STOPPED = "stopped", _("Dừng giải quyết")
    FINISHED = "finished", _("Đã có kết quả")
    RETURNED = "returned", _("Đã trả kết quả")


NATIONAL_CODE = {
    State.SUBMITTED: 1,
    State.PRE_SUPPLEMENT: 1,
    State.ACCEPTED: 2,
    State.REFUSED: 3,
    State.PROCESSING: 4,
    State.DECIDED: 4,
    State.SUPPLEMENT: 5,
    State.PAYMENT: 6,
    State.WITHDRAWN: 7,
    State.STOPPED: 8,
    State.FINISHED: 9,
    State.RETURNED: 10,
}

WAITING_FOR_ACCEPTANCE = (State.SUBMITTED, State.PRE_SUPPLEMENT)
IN_HAND = (State.ACCEPTED, State.PROCESSING, State.SUPPLEMENT, State.PAYMENT, State.DECIDED)
RESOLVED = (State.FINISHED, State.RETURNED, State.WITHDRAWN, State.STOPPED)
OPEN = (*WAITING_FOR_ACCEPTANCE, *IN_HAND)
CLOSED = (State.REFUSED, State.WITHDRAWN, State.STOPPED, State.RETURNED)
# The owner may know the result: it is issued, and is not being handled again.
WITH_RESULT = (State.FINISHED, State.RETURNED)
# A promise was made, and it may have been entered wrongly.
DATED = (*IN_HAND, *WITH_RESULT)

# The applicant has handed in just now, or is waited for: an outage can have hindered them.
HINDERED = (*WAITING_FOR_ACCEPTANCE, State.ACCEPTED, State.SUPPLEMENT)

# In the hands of the authority, before it decides: opinions and verifications are open in no other state.
INQUIRING = (State.PROCESSING, State.SUPPLEMENT)

# While the service is under way a fee can be said and let off; it can be paid until after the return.
CHARGEABLE = (*WAITING_FOR_ACCEPTANCE, *IN_HAND, State.FINISHED)
PAYABLE = (*CHARGEABLE, State.RETURNED)

# Something of the owner's may be to do in these, whatever else is to pay or to attend.
WAITS_FOR_OWNER = (State.PRE_SUPPLEMENT, State.SUPPLEMENT, State.PAYMENT, State.FINISHED)

# While agencies work on their parts; what is asked of the applicant holds all of them up.
SHARED_OUT = (State.ACCEPTED, State.PROCESSING)


class PartState(models.TextChoices):
    """Where one agency's part of an interlinked dossier is; stored codes never change."""

    WAITING = "waiting", _("Chờ phần việc trước")
    READY = "ready", _("Chưa ai nhận")
    HELD = "held", _("Đang thực hiện")
    PROPOSED = "proposed", _("Chờ phê duyệt")
    DONE = "done", _("Đã xong")
    RETURNED = "returned", _("Đã trả lại cơ quan chủ trì")
    REPLACED = "replaced", _("Đã giao lại")
    DROPPED = "dropped", _("Không thực hiện nữa")


PART_STARTED = (PartState.READY, PartState.HELD, PartState.PROPOSED)
PART_OPEN = (PartState.WAITING, *PART_STARTED)
# What holds the whole back: one that came back has still to be given again or dropped.
PART_UNSETTLED = (*PART_OPEN, PartState.RETURNED)


class Act(models.TextChoices):
    """Everything that can be done to a dossier."""

    SUBMIT = "submit", _("Nộp trực tuyến")
    REGISTER = "register", _("Ghi nhận hồ sơ đến")
    TAKE_IN = "take_in", _("Tiếp nhận tại quầy")
    ACCEPT = "accept", _("Tiếp nhận")
    ASK_AT_INTAKE = "ask_at_intake", _("Yêu cầu hoàn thiện trước khi tiếp nhận")
    ANSWER_AT_INTAKE = "answer_at_intake", _("Nộp phần hoàn thiện")
    REFUSE_INTAKE = "refuse_intake", _("Từ chối tiếp nhận")
    REDIRECT = "redirect", _("Chuyển đúng cơ quan có thẩm quyền")
    GIVE_AT_ONCE = "give_at_once", _("Giải quyết ngay tại quầy")
    FORWARD = "forward", _("Chuyển bước tiếp theo")
    SEND_BACK = "send_back", _("Chuyển lại bước trước")
    ASK_SUPPLEMENT = "ask_supplement", _("Yêu cầu bổ sung")
    ASK_SUPPLEMENT_AGAIN = "ask_supplement_again", _("Yêu cầu bổ sung thêm một lần")
    ANSWER_SUPPLEMENT = "answer_supplement", _("Gửi phần bổ sung")
    RECEIVE_SUPPLEMENT = "receive_supplement", _("Nhận đủ phần bổ sung")
    ASK_FINANCIAL_DUTY = "ask_financial_duty", _("Yêu cầu thực hiện nghĩa vụ tài chính")
    RECORD_FINANCIAL_DUTY = "record_financial_duty", _("Xác nhận đã thực hiện nghĩa vụ tài chính")
    ALLOW_FOR_OUTAGE = "allow_for_outage", _("Không tính thời gian hệ thống gián đoạn")
    NOTE_ATTEMPT = "note_attempt", _("Ghi nhận đã thử nộp khi hệ thống gián đoạn")
    EXTEND = "extend", _("Xin lỗi và hẹn lại ngày trả")
    APPROVE = "approve", _("Phê duyệt")
    REFUSE_RESULT = "refuse_result", _("Từ chối giải quyết")
    FINISH = "finish", _("Phát hành kết quả")
    SIGN_RESULT = "sign_result", _("Ký số kết quả")
    WITHDRAW = "withdraw", _("Rút hồ sơ")
    STOP = "stop", _("Dừng giải quyết")
    END_UNANSWERED = "end_unanswered", _("Kết thúc do quá thời hạn chờ bổ sung")
    HAND_OVER = "hand_over", _("Trả kết quả")
    CHARGE_FEE = "charge_fee", _("Xác định phí, lệ phí")
    EXEMPT_FEE = "exempt_fee", _("Miễn phí, lệ phí")
    TAKE_FEE = "take_fee", _("Thu phí, lệ phí")
    REFUND_FEE = "refund_fee", _("Hoàn phí, lệ phí")
    CANCEL_RECEIPT = "cancel_receipt", _("Huỷ biên lai")
    RESTRICT = "restrict", _("Giới hạn người xem")
    PROPOSE_CORRECTION = "propose_correction", _("Đề nghị đính chính kết quả")
    PROPOSE_DATE = "propose_date", _("Đề nghị đính chính ngày hẹn trả")
    CORRECT_RESULT = "correct_result", _("Phê duyệt đính chính kết quả")
    REOPEN = "reopen", _("Phê duyệt giải quyết lại")
    CORRECT_DATE = "correct_date", _("Phê duyệt đính chính ngày hẹn trả")
    REFUSE_CORRECTION = "refuse_correction", _("Không đính chính")
    CONSULT = "consult", _("Lấy ý kiến")
    ANSWER_CONSULTATION = "answer_consultation", _("Trả lời ý kiến")
    DROP_CONSULTATION = "drop_consultation", _("Thôi lấy ý kiến")
    PLAN_VERIFICATION = "plan_verification", _("Lên lịch thẩm tra, xác minh")
    MOVE_VERIFICATION = "move_verification", _("Đổi lịch thẩm tra, xác minh")
    RECORD_VERIFICATION = "record_verification", _("Ghi kết quả thẩm tra, xác minh")
    CANCEL_VERIFICATION = "cancel_verification", _("Huỷ thẩm tra, xác minh")
    OPEN_PARTS = "open_parts", _("Giao phần việc liên thông")
    TAKE_PART = "take_part", _("Nhận phần việc")
    PROPOSE_PART = "propose_part", _("Trình kết quả phần việc")
    FINISH_PART = "finish_part", _("Phê duyệt kết quả phần việc")
    RETURN_PART = "return_part", _("Trả lại phần việc")
    ASSIGN_PART = "assign_part", _("Giao lại phần việc")
    DROP_PART = "drop_part", _("Bỏ phần việc")
    EXTEND_PART = "extend_part", _("Xin lỗi và hẹn lại phần việc")


# Acts on one part; the others are on the whole dossier.
PART_ACTS = (
    Act.TAKE_PART, Act.PROPOSE_PART, Act.FINISH_PART, Act.RETURN_PART, Act.EXTEND_PART, Act.ASSIGN_PART,
    Act.DROP_PART,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: from which states an act may start, where it may lead, and whether it must give a reason.

    sources: empty for an act that founds a dossier. targets: the first is the usual one.
    """

    act: Act
    sources: tuple[State, ...]
    targets: tuple[State, ...]
    needs_reason: bool = False


S = State
TRANSITIONS: dict[Act, Transition] = {
    row.act: row
    for row in (
        # Founding: online by the applicant; by the receiver for what came in incomplete or by post; at the counter.
        Transition(Act.SUBMIT, (), (S.SUBMITTED,)),
        Transition(Act.REGISTER, (), (S.SUBMITTED,)),
        Transition(Act.TAKE_IN, (), (S.ACCEPTED,)),
        # Intake: the clock has not started.
        Transition(Act.ACCEPT, (S.SUBMITTED,), (S.ACCEPTED,)),
        Transition(Act.ASK_AT_INTAKE, (S.SUBMITTED,), (S.PRE_SUPPLEMENT,), needs_reason=True),
        Transition(Act.ANSWER_AT_INTAKE, (S.PRE_SUPPLEMENT,), (S.SUBMITTED,)),
        Transition(Act.REFUSE_INTAKE, (S.SUBMITTED, S.PRE_SUPPLEMENT), (S.REFUSED,), needs_reason=True),
        Transition(Act.REDIRECT, (S.SUBMITTED,), (S.SUBMITTED,), needs_reason=True),
        # A procedure with an immediate result passes no steps: what is decided at the counter is there at once.
        Transition(Act.GIVE_AT_ONCE, (S.ACCEPTED,), (S.FINISHED,)),
        # Handling: along the steps of the process.
        Transition(Act.FORWARD, (S.ACCEPTED, S.PROCESSING), (S.PROCESSING,)),
        Transition(Act.SEND_BACK, (S.PROCESSING,), (S.PROCESSING,), needs_reason=True),
        Transition(Act.ASK_SUPPLEMENT, (S.PROCESSING,), (S.SUPPLEMENT,), needs_reason=True),
        # Beyond the times that the law allows: an act of its own, a leader's.
        Transition(Act.ASK_SUPPLEMENT_AGAIN, (S.PROCESSING,), (S.SUPPLEMENT,), needs_reason=True),
        Transition(Act.ANSWER_SUPPLEMENT, (S.SUPPLEMENT,), (S.SUPPLEMENT,)),
        Transition(Act.RECEIVE_SUPPLEMENT, (S.SUPPLEMENT,), (S.PROCESSING,)),
        # A duty towards another body (a tax office, say); the unit sees the proof.
        Transition(Act.ASK_FINANCIAL_DUTY, (S.PROCESSING,), (S.PAYMENT,)),
        Transition(Act.RECORD_FINANCIAL_DUTY, (S.PAYMENT,), (S.PROCESSING,)),
        Transition(
            Act.EXTEND,
            (S.PROCESSING, S.PAYMENT, S.DECIDED),
            (S.PROCESSING, S.PAYMENT, S.DECIDED),
            needs_reason=True,
        ),
        # A decision waits for number and seal only where the process has an issuing step.
        Transition(Act.APPROVE, (S.PROCESSING,), (S.DECIDED, S.FINISHED)),
        Transition(Act.REFUSE_RESULT, (S.PROCESSING,), (S.DECIDED, S.FINISHED), needs_reason=True),
        Transition(Act.FINISH, (S.DECIDED,), (S.FINISHED,)),
        # Signing the result's file moves nothing: before it is issued, or after while it waits to be collected.
        Transition(Act.SIGN_RESULT, (S.DECIDED, S.FINISHED), (S.DECIDED, S.FINISHED)),
        # Asking others moves nothing and stops nothing; what was asked or planned goes on while papers are missing.
        Transition(Act.CONSULT, (S.PROCESSING,), (S.PROCESSING,)),
        Transition(Act.ANSWER_CONSULTATION, INQUIRING, INQUIRING),
        Transition(Act.DROP_CONSULTATION, INQUIRING, INQUIRING, needs_reason=True),
        Transition(Act.PLAN_VERIFICATION, (S.PROCESSING,), (S.PROCESSING,)),
        Transition(Act.MOVE_VERIFICATION, INQUIRING, INQUIRING, needs_reason=True),
        Transition(Act.RECORD_VERIFICATION, INQUIRING, INQUIRING),
        Transition(Act.CANCEL_VERIFICATION, INQUIRING, INQUIRING, needs_reason=True),
        # Ends before a result.
        Transition(
            Act.WITHDRAW,
            (S.SUBMITTED, S.PRE_SUPPLEMENT, S.ACCEPTED, S.PROCESSING, S.SUPPLEMENT, S.PAYMENT),
            (S.WITHDRAWN,),
            needs_reason=True,
        ),
        Transition(Act.STOP, (S.PROCESSING, S.SUPPLEMENT, S.PAYMENT), (S.STOPPED,), needs_reason=True),
        # The applicant was told until when; nothing ends by itself.
        Transition(Act.END_UNANSWERED, (S.SUPPLEMENT,), (S.STOPPED,), needs_reason=True),
        Transition(Act.HAND_OVER, (S.FINISHED,), (S.RETURNED,)),
        # Money moves while the dossier stays where it is; what ended may still be given money back.
        Transition(Act.CHARGE_FEE, CHARGEABLE, CHARGEABLE),
        Transition(Act.EXEMPT_FEE, CHARGEABLE, CHARGEABLE),
        Transition(Act.TAKE_FEE, PAYABLE, PAYABLE),
        Transition(Act.REFUND_FEE, tuple(S), tuple(S), needs_reason=True),
        Transition(Act.CANCEL_RECEIPT, PAYABLE, PAYABLE, needs_reason=True),
        # The system itself was out of order: time is given back, the dossier stays where it is.
        Transition(Act.ALLOW_FOR_OUTAGE, IN_HAND, IN_HAND),
        # The applicant tried in vain while a system was out of order: it is noted, the dossier stays where it is.
        Transition(Act.NOTE_ATTEMPT, HINDERED, HINDERED),
        # Who may see it changes, the dossier stays where it is.
        Transition(Act.RESTRICT, OPEN, OPEN, needs_reason=True),
        # Errors of the offices: one person proposes, another decides; what follows is handed over again.
        Transition(Act.PROPOSE_CORRECTION, WITH_RESULT, WITH_RESULT, needs_reason=True),
        Transition(Act.PROPOSE_DATE, DATED, DATED, needs_reason=True),
        Transition(Act.CORRECT_RESULT, WITH_RESULT, (S.FINISHED,), needs_reason=True),
        Transition(Act.REOPEN, WITH_RESULT, (S.PROCESSING,), needs_reason=True),
        Transition(Act.CORRECT_DATE, DATED, DATED, needs_reason=True),
        Transition(Act.REFUSE_CORRECTION, (*IN_HAND, *RESOLVED), (*IN_HAND, *RESOLVED), needs_reason=True),
        # Parts of an interlinked dossier go their own way; the dossier stays where it is.
        Transition(Act.OPEN_PARTS, SHARED_OUT, SHARED_OUT),
        Transition(Act.TAKE_PART, SHARED_OUT, SHARED_OUT),
        Transition(Act.PROPOSE_PART, SHARED_OUT, SHARED_OUT),
        Transition(Act.FINISH_PART, SHARED_OUT, SHARED_OUT),
        Transition(Act.RETURN_PART, SHARED_OUT, SHARED_OUT, needs_reason=True),
        Transition(Act.ASSIGN_PART, SHARED_OUT, SHARED_OUT, needs_reason=True),
        Transition(Act.DROP_PART, SHARED_OUT, SHARED_OUT, needs_reason=True),
        Transition(Act.EXTEND_PART, SHARED_OUT, SHARED_OUT, needs_reason=True),
    )
}

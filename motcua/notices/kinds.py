"""What people are told of, by which acts, on which ways; stored codes never change. Law: ND224-2026 15"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.kinds import Origin
from motcua.dossiers.states import Act, State
from motcua.petitions.table import PetitionAct


class Way(models.TextChoices):
    """A way to somebody outside the portal, which itself is always one for who has an account; `pakn` is no person's: the
    province's own system of petitions hears of them on it.
    """

    EMAIL = "email", _("Thư điện tử")
    SMS = "sms", _("Tin nhắn SMS")
    ZALO = "zalo", _("Zalo")
    PAKN = "pakn", _("Hệ thống phản ánh, kiến nghị của tỉnh")


class Kind(models.TextChoices):
    """What happened, as the person who is told reads it."""

    SUBMITTED = "submitted", _("Đã nhận được hồ sơ nộp")
    ACCEPTED = "accepted", _("Hồ sơ được tiếp nhận")
    TO_COMPLETE = "to_complete", _("Cần hoàn thiện hồ sơ")
    SUPPLEMENT = "supplement", _("Cần bổ sung hồ sơ")
    SUPPLEMENTED = "supplemented", _("Đã nhận đủ phần bổ sung")
    REFUSED = "refused", _("Hồ sơ không được tiếp nhận")
    REDIRECTED = "redirected", _("Hồ sơ được chuyển đúng nơi")
    DUTY = "duty", _("Cần thực hiện nghĩa vụ tài chính")
    DUTY_DONE = "duty_done", _("Đã xác nhận nghĩa vụ tài chính")
    FEE = "fee", _("Phí, lệ phí được xác định")
    FEE_PAID = "fee_paid", _("Đã nhận phí, lệ phí")
    FEE_BACK = "fee_back", _("Đã hoàn phí, lệ phí")
    VISIT = "visit", _("Lịch thẩm tra, xác minh")
    VISIT_OFF = "visit_off", _("Huỷ lịch thẩm tra, xác minh")
    LATER = "later", _("Xin lỗi, hẹn lại ngày trả")
    LATE = "late", _("Xin lỗi vì quá ngày hẹn")
    OUTAGE = "outage", _("Hạn được lùi do hệ thống gián đoạn")
    READY = "ready", _("Đã có kết quả")
    RETURNED = "returned", _("Đã trả kết quả")
    WITHDRAWN = "withdrawn", _("Đã rút hồ sơ")
    STOPPED = "stopped", _("Dừng giải quyết hồ sơ")
    CORRECTED = "corrected", _("Cơ quan đính chính")
    STILL_OPEN = "still_open", _("Hồ sơ vẫn đang được giải quyết")
    STILL_WAITING = "still_waiting", _("Hồ sơ đang chờ người nộp")
    PETITION_IN = "petition_in", _("Đã nhận phản ánh, câu hỏi")
    PETITION_MORE = "petition_more", _("Cần nói rõ thêm phản ánh, câu hỏi")
    PETITION_ANSWER = "petition_answer", _("Đã trả lời phản ánh, câu hỏi")
    PETITION_REFUSE = "petition_refuse", _("Không tiếp nhận phản ánh, câu hỏi")
    PETITION_PASSED = "petition_passed", _("Đã chuyển phản ánh đến cơ quan khác")
    PETITION_DUE = "petition_due", _("Phản ánh sắp đến hạn trả lời")
    PETITION_LATE = "petition_late", _("Phản ánh quá hạn trả lời")
    PETITION_OUT = "petition_out", _("Chuyển phản ánh về hệ thống của tỉnh")
    SILENT = "silent", _("Hồ sơ im lặng trong tay")
    SILENT_OFFICE = "silent_office", _("Hồ sơ im lặng ở cơ quan")
    SILENT_UNIT = "silent_unit", _("Hồ sơ im lặng cần Trung tâm can thiệp")


FOR_OFFICERS = (Kind.SILENT, Kind.SILENT_OFFICE, Kind.SILENT_UNIT, Kind.PETITION_DUE, Kind.PETITION_LATE)
# What whoever sent a petition is told of, by the act.
OF_PETITION: dict[PetitionAct, Kind] = {
    PetitionAct.RECEIVE: Kind.PETITION_IN,
    PetitionAct.ASK_MORE: Kind.PETITION_MORE,
    PetitionAct.ANSWER: Kind.PETITION_ANSWER,
    PetitionAct.REFUSE: Kind.PETITION_REFUSE,
    PetitionAct.PASS_ON: Kind.PETITION_PASSED,
}
# Worth a message to the telephone: the person must come, pay, answer, or has a new promise.
SHORT = frozenset({
    Kind.SUBMITTED, Kind.ACCEPTED, Kind.TO_COMPLETE, Kind.SUPPLEMENT, Kind.REFUSED, Kind.REDIRECTED, Kind.DUTY, Kind.VISIT,
    Kind.VISIT_OFF, Kind.LATER, Kind.LATE, Kind.READY, Kind.RETURNED, Kind.STOPPED, Kind.CORRECTED, Kind.STILL_OPEN,
    Kind.STILL_WAITING, *OF_PETITION.values(),
})  # fmt: skip
OF_ACT: dict[Act, Kind] = {
    Act.SUBMIT: Kind.SUBMITTED,
    Act.REGISTER: Kind.SUBMITTED,
    Act.TAKE_IN: Kind.ACCEPTED,
    Act.ACCEPT: Kind.ACCEPTED,
    Act.ASK_AT_INTAKE: Kind.TO_COMPLETE,
    Act.ASK_SUPPLEMENT: Kind.SUPPLEMENT,
    Act.ASK_SUPPLEMENT_AGAIN: Kind.SUPPLEMENT,
    Act.RECEIVE_SUPPLEMENT: Kind.SUPPLEMENTED,
    Act.REFUSE_INTAKE: Kind.REFUSED,
    Act.REDIRECT: Kind.REDIRECTED,
    Act.ASK_FINANCIAL_DUTY: Kind.DUTY,
    Act.RECORD_FINANCIAL_DUTY: Kind.DUTY_DONE,
    Act.CHARGE_FEE: Kind.FEE,
    Act.TAKE_FEE: Kind.FEE_PAID,
    Act.REFUND_FEE: Kind.FEE_BACK,
    Act.PLAN_VERIFICATION: Kind.VISIT,
    Act.MOVE_VERIFICATION: Kind.VISIT,
    Act.CANCEL_VERIFICATION: Kind.VISIT_OFF,
    Act.EXTEND: Kind.LATER,
    Act.ALLOW_FOR_OUTAGE: Kind.OUTAGE,
    Act.GIVE_AT_ONCE: Kind.READY,
    Act.APPROVE: Kind.READY,
    Act.REFUSE_RESULT: Kind.READY,
    Act.FINISH: Kind.READY,
    Act.HAND_OVER: Kind.RETURNED,
    Act.WITHDRAW: Kind.WITHDRAWN,
    Act.STOP: Kind.STOPPED,
    Act.END_UNANSWERED: Kind.STOPPED,
    Act.CORRECT_RESULT: Kind.CORRECTED,
    Act.REOPEN: Kind.CORRECTED,
    Act.CORRECT_DATE: Kind.CORRECTED,
}
# Dossiers of real life leave the house; those of the demo are told in the portal alone; what is replayed, nowhere.
TOLD_ORIGINS = (Origin.LIVE, Origin.DEMO)


def kind_of(act: str, to_state: str, data: dict[str, Any]) -> Kind | None:
    """What an event is told as; None: the applicant is not told of it."""
    if act not in OF_ACT:
        return None
    kind = OF_ACT[Act(act)]
    if act in (Act.APPROVE, Act.REFUSE_RESULT) and to_state != State.FINISHED:
        return None  # the result is not issued yet
    if kind in (Kind.VISIT, Kind.VISIT_OFF):
        rows = [data["verification"]] if "verification" in data else data.get("verified", ())
        return kind if any(one.get("needs_applicant") for one in rows) else None
    return kind

"""What forbids an act although state and right allow it, as a sentence for the person.

Each guard answers None (nothing in the way) or why not. Law: ND61-2018 19(4); ND61-2018 19(9)
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from motcua.base.times import day_of
from motcua.dossiers import steps
from motcua.dossiers.states import Act, State
from motcua.files.check import PDF
from motcua.law.store import regime

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier

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
    if dossier.extensions >= regime(dossier.regime).max_extensions:
        return _("Chỉ được hẹn lại %(times)s lần, hồ sơ này đã hẹn lại đủ số lần.") % {
            "times": regime(dossier.regime).max_extensions
        }
    return None


def extension_in_time(dossier: Dossier, at: datetime) -> str | None:
    """The apology goes out at least one day before the promised day."""
    if dossier.due_at is not None and day_of(at) >= day_of(dossier.due_at):
        return _("Phải xin lỗi và hẹn lại ít nhất 01 ngày trước ngày hẹn trả.")
    return None


def supplements_left(dossier: Dossier, at: datetime) -> str | None:
    """Supplements are asked once, in one full list."""
    if dossier.supplements >= regime(dossier.regime).max_supplements:
        return _("Chỉ được yêu cầu bổ sung %(times)s lần trong quá trình giải quyết.") % {
            "times": regime(dossier.regime).max_supplements
        }
    return None


def asked_once_at_intake(dossier: Dossier, at: datetime) -> str | None:
    """Before acceptance there is one full notice too."""
    if dossier.supplement_requests.filter(stage="intake").exists():
        return _("Đã yêu cầu hoàn thiện một lần trước khi tiếp nhận.")
    return None


def answered(dossier: Dossier, at: datetime) -> str | None:
    """An answer is sent once; then the unit checks it."""
    latest = dossier.supplement_requests.order_by("-id").first()
    if latest is not None and latest.answered_at is not None and dossier.state == State.SUPPLEMENT:
        return _("Phần bổ sung đã được gửi, đang chờ bộ phận một cửa kiểm tra.")
    return None


def has_result_to_sign(dossier: Dossier, at: datetime) -> str | None:
    """Only a PDF can carry a signature."""
    result = getattr(dossier, "result", None)
    if result is None or result.file is None or result.file.media_type != PDF:
        return _("Kết quả không có tệp PDF để ký số.")
    return None


GUARDS: dict[Act, tuple[Guard, ...]] = {
    Act.FORWARD: (has_next_step,),
    Act.SEND_BACK: (has_previous_step,),
    Act.ASK_AT_INTAKE: (asked_once_at_intake,),
    Act.ASK_SUPPLEMENT: (supplements_left,),
    Act.ANSWER_SUPPLEMENT: (answered,),
    Act.EXTEND: (extensions_left, extension_in_time),
    Act.APPROVE: (at_approval,),
    Act.REFUSE_RESULT: (at_approval,),
    Act.SIGN_RESULT: (has_result_to_sign,),
}

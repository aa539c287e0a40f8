"""What may happen to a ticket, in which order; who goes first; stored codes never change. Law: ND61-2018 13"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a ticket stands."""

    WAITING = "waiting", _("Đang chờ")
    CALLED = "called", _("Đang gọi")
    SERVING = "serving", _("Đang phục vụ")
    HELD = "held", _("Tạm giữ")
    FINISHED = "finished", _("Đã xong")
    NO_SHOW = "no_show", _("Vắng khi gọi")
    LEFT = "left", _("Đã bỏ số")


class Act(models.TextChoices):
    """What is done to a ticket."""

    DRAW = "draw", _("Lấy số")
    CALL = "call", _("Gọi số tiếp")
    RECALL = "recall", _("Gọi lại")
    START = "start", _("Bắt đầu phục vụ")
    SKIP = "skip", _("Vắng mặt")
    HOLD = "hold", _("Tạm giữ")
    RESUME = "resume", _("Phục vụ tiếp")
    TRANSFER = "transfer", _("Chuyển nhóm, quầy")
    SECOND = "second", _("Dịch vụ thứ hai")
    FINISH = "finish", _("Kết thúc")
    LEAVE = "leave", _("Bỏ số")


class Way(models.TextChoices):
    """Where it was drawn."""

    KIOSK = "kiosk", _("Máy ở sảnh")
    PHONE = "phone", _("Điện thoại")
    COUNTER = "counter", _("Tại quầy")


class Priority(models.TextChoices):
    """Who may be served earlier; which of them are, the law of the day says (`priority_kinds`)."""

    ELDERLY = "elderly", _("Người cao tuổi")
    DISABLED = "disabled", _("Người khuyết tật")
    PREGNANT = "pregnant", _("Phụ nữ mang thai")
    SMALL_CHILD = "small_child", _("Người có con nhỏ đi cùng")
    MERIT = "merit", _("Người có công với cách mạng")


IN_HAND = (State.CALLED, State.SERVING)
OPEN = (State.WAITING, State.CALLED, State.SERVING, State.HELD)

# From which states, into which; None: the state stays. A second service goes on here or waits in its own line.
TRANSITIONS: dict[Act, tuple[tuple[State, ...], State | None]] = {
    Act.DRAW: ((), State.WAITING),
    Act.CALL: ((State.WAITING,), State.CALLED),
    Act.RECALL: ((State.CALLED,), None),
    Act.START: ((State.CALLED,), State.SERVING),
    Act.SKIP: ((State.CALLED,), State.NO_SHOW),
    Act.HOLD: (IN_HAND, State.HELD),
    Act.RESUME: ((State.HELD, State.NO_SHOW), State.SERVING),
    Act.TRANSFER: ((State.CALLED, State.SERVING, State.HELD), State.WAITING),
    Act.SECOND: ((State.SERVING,), State.SERVING),
    Act.FINISH: ((State.SERVING,), State.FINISHED),
    Act.LEAVE: ((State.WAITING,), State.LEFT),
}


def acts_from(state: str) -> tuple[Act, ...]:
    """Which acts this state allows, in their usual order."""
    return tuple(act for act, (sources, _target) in TRANSITIONS.items() if state in sources)

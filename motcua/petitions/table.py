"""Kinds and states of a petition and every way from one state to another, as one table that can be read aloud.

Law: ND20-2008 9; QD766-2022
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What it is about; stored codes never change."""

    CONDUCT = "conduct", _("Hành vi, chậm trễ của cán bộ, cơ quan")
    REGULATION = "regulation", _("Quy định hành chính")
    BOTH = "both", _("Cả hành vi và quy định")
    DISSATISFIED = "dissatisfied", _("Đánh giá không hài lòng")
    COMPLAINT = "complaint", _("Khiếu nại, tố cáo")
    QUESTION = "question", _("Câu hỏi về hồ sơ")


# Those that the law and form II.05 call petitions. A complaint has a law of its own: it is marked and passed on. A question
# says that nothing is wrong: it is answered by who holds the dossier, within days of its own, and is never published.
PETITIONS = (Kind.CONDUCT, Kind.REGULATION, Kind.BOTH)
# What people choose from; the others come from a vote and from the page of a dossier.
CHOSEN = (*PETITIONS, Kind.COMPLAINT)
# Somebody's conduct is in question.
ABOUT_SOMEBODY = (Kind.CONDUCT, Kind.BOTH, Kind.DISSATISFIED, Kind.COMPLAINT)


class Way(models.TextChoices):
    """How it came in."""

    COUNTER = "counter", _("Tại quầy")
    LINK = "link", _("Từ liên kết của hồ sơ")
    PAGE = "page", _("Trang phản ánh công khai")
    VOTE = "vote", _("Từ đánh giá không hài lòng")


class PetitionState(models.TextChoices):
    """Where in its life a petition is; stored codes never change."""

    RECEIVED = "received", _("Mới tiếp nhận")
    ASKED = "asked", _("Chờ người gửi nói rõ thêm")
    HANDLING = "handling", _("Đang xử lý")
    ANSWERED = "answered", _("Đã trả lời")
    PUBLISHED = "published", _("Đã trả lời, đã công khai")
    REFUSED = "refused", _("Không tiếp nhận")
    PASSED_ON = "passed_on", _("Đã chuyển cơ quan khác")


S = PetitionState
OPEN = (S.RECEIVED, S.ASKED, S.HANDLING)
CLOSED = (S.ANSWERED, S.PUBLISHED, S.REFUSED, S.PASSED_ON)
IN_WORK = (S.RECEIVED, S.HANDLING)


class PetitionAct(models.TextChoices):
    """Everything that can be done to a petition."""

    RECEIVE = "receive", _("Tiếp nhận phản ánh")
    ASK_MORE = "ask_more", _("Yêu cầu nói rõ thêm")
    GIVE_MORE = "give_more", _("Nói rõ thêm")
    REFUSE = "refuse", _("Không tiếp nhận, nêu lý do")
    MOVE = "move", _("Chuyển cơ quan xử lý trong tỉnh")
    PASS_ON = "pass_on", _("Chuyển cơ quan khác có thẩm quyền")
    NOTE_ARRIVAL = "note_arrival", _("Ghi ngày cơ quan khác nhận được")
    ASSIGN = "assign", _("Phân công người xử lý")
    ASK_STATEMENT = "ask_statement", _("Yêu cầu giải trình")
    GIVE_STATEMENT = "give_statement", _("Giải trình")
    ANSWER = "answer", _("Trả lời")
    PUBLISH = "publish", _("Công khai câu trả lời")
    REOPEN = "reopen", _("Đề nghị xem xét lại")


A = PetitionAct


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states an act may start, and where it leads; None: it stays where it is."""

    act: PetitionAct
    sources: tuple[PetitionState, ...]
    target: PetitionState | None


TRANSITIONS: dict[PetitionAct, Transition] = {
    row.act: row
    for row in (
        Transition(A.RECEIVE, (), S.RECEIVED),
        Transition(A.ASK_MORE, (S.RECEIVED,), S.ASKED),
        Transition(A.GIVE_MORE, (S.ASKED,), S.RECEIVED),
        Transition(A.REFUSE, (S.RECEIVED,), S.REFUSED),
        Transition(A.MOVE, IN_WORK, S.RECEIVED),
        Transition(A.PASS_ON, OPEN, S.PASSED_ON),
        Transition(A.NOTE_ARRIVAL, (S.PASSED_ON,), None),
        Transition(A.ASSIGN, IN_WORK, S.HANDLING),
        Transition(A.ASK_STATEMENT, (S.HANDLING,), None),
        Transition(A.GIVE_STATEMENT, (S.HANDLING,), None),
        Transition(A.ANSWER, (S.HANDLING,), S.ANSWERED),
        Transition(A.PUBLISH, (S.ANSWERED,), S.PUBLISHED),
        Transition(A.REOPEN, (S.ANSWERED, S.PUBLISHED, S.REFUSED), S.RECEIVED),
    )
}

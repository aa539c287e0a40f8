"""One person proposes, another decides: what everything that the province settles in this way asks of both.

What is proposed, and what a yes does, stands in the room of the thing; both sentences and rows are kept for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid, Refused
from motcua.base.text import tidy
from motcua.base.times import day_of

# Roles at the province's own committee.
PROPOSING = frozenset({"administrator", "procedure_control"})
DECIDING = frozenset({"procedure_control"})


@dataclass(frozen=True, slots=True)
class Person:
    """Who speaks: account, name, and the roles they hold at the province's own committee that day."""

    account_id: int
    name: str
    roles: frozenset[str]

    @property
    def may_propose(self) -> bool:
        return bool(self.roles & PROPOSING)

    @property
    def may_decide(self) -> bool:
        return bool(self.roles & DECIDING)


def grounds(reason: str, document: str) -> tuple[str, str]:
    """Both, tidied. Raises Invalid where one is missing."""
    texts = {"reason": tidy(reason), "document": tidy(document)}
    if missing := {name: _("Cần điền.") for name, text in texts.items() if not text}:
        raise Invalid(_("Đề nghị phải có lý do và văn bản."), fields=missing, code="grounds_needed")
    return texts["reason"], texts["document"]


def reason_for_no(note: str, *, approved: bool = False) -> str:
    """The note, stripped. Raises Invalid where somebody says no without one."""
    if not approved and not note.strip():
        sentence = _("Không đồng ý thì phải nêu lý do.")
        raise Invalid(sentence, fields={"note": sentence}, code="reason_needed")
    return note.strip()


def check_second(by: Person, proposed_by: int, *, is_decided: bool) -> None:
    """Whether this person may decide. Raises Forbidden without the right or for one's own, Refused when it is decided."""
    if not by.may_decide:
        raise Forbidden(_("Chỉ kiểm soát thủ tục hành chính của tỉnh được phê duyệt."))
    if proposed_by == by.account_id:
        raise Forbidden(_("Người đề nghị không tự phê duyệt; cần một người khác."), code="second_person")
    if is_decided:
        raise Refused(_("Đề nghị này đã được quyết định."), code="decided")


def check_still_to_come(day: date, at: datetime) -> None:
    """A yes comes before the day from which it holds. Raises Refused."""
    if day <= day_of(at):
        sentence = _("Ngày áp dụng %(day)s không còn ở phía trước. Hãy từ chối và đề nghị lại với ngày khác.")
        raise Refused(sentence % {"day": f"{day:%d/%m/%Y}"}, code="too_late")

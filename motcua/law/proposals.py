"""Another value for a parameter: one person proposes, another decides, and it holds from a day that is still to come.

Dossiers accepted before that day keep what they were accepted under. Everything said is kept for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid, NotThere
from motcua.base.times import day_of
from motcua.law.book import Book, Value
from motcua.law.checking import RegimeError, Sessions
from motcua.law.declaring import Declared
from motcua.law.facts import DECLARED
from motcua.law.four_eyes import Person, check_second, check_still_to_come, grounds, reason_for_no
from motcua.law.models import OWN_SCOPES, Decision, Proposal, Regime, RegimeParameter, Scope
from motcua.law.presets import lock_revisions, revise
from motcua.law.store import read_book


@dataclass(frozen=True, slots=True)
class Change:
    """What shall be: `value` as JSON has it (hours as `15:00`), or `ends` for a place that gives up its own value."""

    code: str
    key: str
    valid_from: date
    value: Any = None
    ends: bool = False
    scope: str = Scope.PROVINCE
    target: str = ""


def propose(change: Change, *, reason: str, document: str, by: Person, at: datetime, sessions: Sessions) -> Proposal:
    """Propose another value, or to confirm the present one under a document.

    sessions: office hours, in which the transfer hour must lie. Raises Forbidden without the right, NotThere for an
    unknown regime or parameter, Invalid (RegimeError) with the sentence that says what is wrong.
    """
    if not by.may_propose:
        raise Forbidden(_("Chỉ quản trị hoặc kiểm soát thủ tục hành chính của tỉnh được đề nghị sửa quy định."))
    reason, document = grounds(reason, document)
    regime = Regime.objects.filter(code=change.code).first()
    declared = DECLARED.get(change.key)
    if regime is None or declared is None:
        raise NotThere(_("Không có tham số này trong chế độ này."))
    known = read_book()
    _check_place(change, declared, known)
    _check_day(change.valid_from, regime, at)
    old = known.deciding(change.code, change.key, change.valid_from, _places(known, change))
    _check_news(change, old)
    _check_values(change, known, sessions)
    return Proposal.objects.create(
        regime=regime,
        scope=change.scope,
        target=change.target,
        key=change.key,
        value=change.value,
        ends=change.ends,
        valid_from=change.valid_from,
        old_value=old.value if old else None,
        reason=reason,
        document=document,
        proposed_by=by.account_id,
        proposer_name=by.name,
        proposed_at=at,
    )


def approve(proposal_id: int, *, by: Person, at: datetime, sessions: Sessions, note: str = "") -> RegimeParameter:
    """Let a proposal hold for dossiers accepted from its day on. The day must still be to come, never backwards.

    Raises NotThere, Forbidden (also for the proposer's own), Refused when it is decided or too late, RegimeError when
    it contradicts what was approved meanwhile.
    """
    with transaction.atomic():
        lock_revisions()
        proposal = _to_decide(proposal_id, by)
        check_still_to_come(proposal.valid_from, at)
        change = Change(
            proposal.regime.code,
            proposal.key,
            proposal.valid_from,
            proposal.value,
            proposal.ends,
            proposal.scope,
            proposal.target,
        )
        _check_values(change, read_book(), sessions)
        _decide(proposal, by, at, approved=True, note=note)
        parameter = RegimeParameter.objects.create(
            regime=proposal.regime,
            scope=proposal.scope,
            target=proposal.target,
            key=proposal.key,
            value=proposal.value,
            ends=proposal.ends,
            valid_from=proposal.valid_from,
            basis=proposal.document,
            confidence=RegimeParameter.Confidence.HIGH,
            approved_by=by.name,
            approved_at=at,
            proposal=proposal,
        )
        revise(at, f"{proposal.regime.code}.{proposal.key} từ {proposal.valid_from:%d/%m/%Y}: đề nghị {proposal.pk}")
    return parameter


def reject(proposal_id: int, *, by: Person, at: datetime, note: str) -> Decision:
    """Say no, with the reason. Raises as `approve`."""
    note = reason_for_no(note)
    with transaction.atomic():
        lock_revisions()
        return _decide(_to_decide(proposal_id, by), by, at, approved=False, note=note)


def _to_decide(proposal_id: int, by: Person) -> Proposal:
    proposal = Proposal.objects.select_related("regime", "decision").filter(pk=proposal_id).first()
    if proposal is None:
        raise NotThere(_("Không có đề nghị này."))
    decided = Decision.objects.filter(proposal=proposal).exists()
    check_second(by, proposal.proposed_by, is_decided=decided)
    return proposal


def _decide(proposal: Proposal, by: Person, at: datetime, *, approved: bool, note: str) -> Decision:
    return Decision.objects.create(
        proposal=proposal,
        approved=approved,
        decided_by=by.account_id,
        decider_name=by.name,
        decided_at=at,
        note=note.strip(),
    )


def _places(known: Book, change: Change) -> tuple[tuple[str, str], ...]:
    """Where the value that holds now for these dossiers is looked for."""
    procedure = change.target if change.scope == Scope.PROCEDURE else ""
    field = change.target if change.scope == Scope.FIELD else ""
    return known.places(change.code, procedure, field)


def _check_place(change: Change, declared: Declared, known: Book) -> None:
    if change.scope not in OWN_SCOPES:
        raise Invalid(_("Giá trị theo văn bản pháp luật không sửa được; tỉnh đặt giá trị của mình."))
    if change.scope != Scope.PROVINCE and not declared.narrow:
        sentence = _("Tham số này chỉ đặt chung cho toàn tỉnh.")
        raise Invalid(sentence, fields={"scope": sentence})
    if (change.scope == Scope.PROVINCE) != (change.target == ""):
        sentence = _("Quy định riêng phải nêu lĩnh vực hoặc thủ tục nào.")
        raise Invalid(sentence, fields={"target": sentence})
    if change.ends:
        own = known.deciding(change.code, change.key, change.valid_from, ((change.scope, change.target),))
        if own is None:
            sentence = _("Ở phạm vi này không có quy định riêng để thôi áp dụng.")
            raise Invalid(sentence, fields={"value": sentence})


def _check_day(day: date, regime: Regime, at: datetime) -> None:
    sentence = ""
    if day <= day_of(at):
        sentence = _("Ngày áp dụng phải sau hôm nay: hồ sơ đã tiếp nhận giữ quy định lúc tiếp nhận.")
    elif not regime.covers(day):
        ends = f"{regime.valid_to:%d/%m/%Y}" if regime.valid_to else "…"
        sentence = _("Ngày áp dụng phải nằm trong thời kỳ của chế độ này: từ %(first)s đến trước %(end)s.") % {
            "first": f"{regime.valid_from:%d/%m/%Y}",
            "end": ends,
        }
    if sentence:
        raise Invalid(sentence, fields={"valid_from": sentence}, code="day_invalid")


def _check_news(change: Change, old: Value | None) -> None:
    """What an approved row says already need not be proposed; what only the preset says may be confirmed."""
    own = old is not None and (old.scope, old.target) == (change.scope, change.target)
    if own and old is not None and not change.ends and old.value == change.value:
        sentence = _("Giá trị này đã được phê duyệt cho ngày đó.")
        raise Invalid(sentence, fields={"value": sentence}, code="no_news")


def _check_values(change: Change, known: Book, sessions: Sessions) -> None:
    order = max((row.order for row in known.values), default=0) + 1
    value = Value(
        change.code, change.scope, change.target, change.key, change.value, change.ends, change.valid_from, order
    )
    try:
        known.with_value(value, sessions)
    except RegimeError as error:
        raise RegimeError(error.message, fields={"value": error.message}) from error

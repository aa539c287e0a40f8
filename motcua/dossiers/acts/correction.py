"""The offices erred after a result was there, or wrote down a wrong day: they say so, correct it and apologise.

One person proposes with reason and document, another one decides; the journal keeps both, and what no longer holds
is kept as it was. What was first promised and when it was first done stay as they are: no figure of the past moves.
Law: ND61-2018 21
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, Refused
from motcua.base.times import day_of
from motcua.calendar.limits import Limit
from motcua.dossiers import steps
from motcua.dossiers.clock import ClockEvent, ClockKind
from motcua.dossiers.journal import Key, Performance, performing
from motcua.dossiers.kinds import CorrectionKind, Fault
from motcua.dossiers.models import Correction, Dossier, FormerResult, Result
from motcua.dossiers.states import Act
from motcua.offices.actors import Actor

LONGEST_LIMIT = 366


@dataclass(frozen=True, slots=True)
class Grounds:
    """What is wrong, why it is to be corrected (the owner reads both), on which document, and whose doing it was."""

    wrong: str
    reason: str
    document_no: str
    document_on: date | None
    fault: str = Fault.ERROR


@dataclass(frozen=True, slots=True)
class NewResult:
    """What the result shall say; what is blank stays as it is."""

    number: str = ""
    summary: str = ""
    file_id: int | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """From which step it is handled again. limit_days: working days counted anew; None keeps the promise."""

    step: int | None
    limit_days: int | None = None


def propose_correction(
    dossier_id: Key,
    *,
    grounds: Grounds,
    remedy: NewResult | Again,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> Correction:
    """Say that a result is wrong, lost or damaged, and what shall be done: another content, or handling it again.

    Nothing changes until another person approves; until then the result is not handed over. Law: ND61-2018 21
    """
    with performing(Act.PROPOSE_CORRECTION, dossier_id, actor=actor, at=at, seen=seen) as performance:
        performance.to(performance.from_state)
        wrong = _wrong_grounds(grounds, performance.at)
        if isinstance(remedy, Again):
            wrong |= _wrong_again(remedy, performance.dossier)
            facts: dict[str, Any] = {"step": remedy.step, "limit_days": remedy.limit_days}
            return _propose(performance, CorrectionKind.REOPEN, grounds, facts, wrong)
        wrong |= _wrong_content(remedy, grounds, performance.dossier)
        facts = {
            "new_number": remedy.number.strip(),
            "new_summary": remedy.summary.strip(),
            "new_file_id": remedy.file_id,
        }
        return _propose(performance, CorrectionKind.RESULT, grounds, facts, wrong)


def propose_date(
    dossier_id: Key, *, grounds: Grounds, new_day: date, actor: Actor, at: datetime, seen: int | None = None
) -> Correction:
    """Say that the promised day was entered wrongly. new_day: the right one, due at the end of its office hours.

    A day that was owed by the procedure's limit and never written is wrong, too; one that turned out too short is no
    mistake: for that one apologises and appoints anew. Law: ND61-2018 21
    """
    with performing(Act.PROPOSE_DATE, dossier_id, actor=actor, at=at, seen=seen) as performance:
        dossier = performance.dossier
        performance.to(performance.from_state)
        wrong = _wrong_grounds(grounds, performance.at)
        accepted, due = dossier.accepted_at, dossier.due_at
        if accepted is None:
            raise AssertionError("a state with a date is one after acceptance")
        is_same = due is not None and new_day == day_of(due)
        if new_day < day_of(accepted) or is_same or not performance.calendar.is_working(new_day):
            wrong["new_day"] = _("Ngày đúng phải là ngày làm việc khác, không trước ngày tiếp nhận.")
        facts = {"new_due_at": performance.calendar.end_of_office(new_day) if "new_day" not in wrong else None}
        return _propose(performance, CorrectionKind.DATE, grounds, facts, wrong)


def correct_result(dossier_id: Key, *, actor: Actor, at: datetime, seen: int | None = None) -> Dossier:
    """Approve that the result gets another content: the old version is kept, the new one waits to be handed over.

    Law: ND61-2018 21
    """
    with performing(Act.CORRECT_RESULT, dossier_id, actor=actor, at=at, seen=seen) as performance:
        dossier = performance.dossier
        proposal = _approve(performance)
        kept = _keep_former(dossier, proposal)
        file: dict[str, Any] = {"file": proposal.new_file_id} if proposal.new_file_id else {}
        Result.objects.filter(dossier=dossier).update(
            number=proposal.new_number or kept.number,
            summary=proposal.new_summary or kept.summary,
            file_id=proposal.new_file_id or kept.file_id,
            decided_by_id=performance.person,
            decided_at=performance.at,
        )
        performance.place(dossier.receiving_office_id, step=steps.returning_step(dossier))
        performance.say(former=version_said(kept), new_number=proposal.new_number, **file)
    return dossier


def reopen(dossier_id: Key, *, actor: Actor, at: datetime, seen: int | None = None) -> Dossier:
    """Approve that the dossier is handled again, from the proposed step on; the former result is kept.

    Time runs again towards the same promise, unless a new limit was proposed with it: the offices' own error earns
    them no time by itself. Law: ND61-2018 21
    """
    with performing(Act.REOPEN, dossier_id, actor=actor, at=at, seen=seen) as performance:
        dossier = performance.dossier
        proposal = _approve(performance)
        kept = _keep_former(dossier, proposal)
        Result.objects.filter(dossier=dossier).delete()
        limit = Limit.working_days(proposal.limit_days) if proposal.limit_days else None
        performance.clock(_clock(performance, ClockKind.REOPEN, limit=limit))
        dossier.step = proposal.step
        performance.place(steps.office_of_current(dossier), step=proposal.step)
        performance.say(former=version_said(kept), step=proposal.step)
    return dossier


def correct_date(dossier_id: Key, *, actor: Actor, at: datetime, seen: int | None = None) -> Dossier:
    """Approve that the promised day was entered wrongly; the first promise stays beside the right one.

    A dossier that is done is counted as it was when it was done; one that is still open goes by the right day, and
    every list says that its day was corrected. Law: ND61-2018 21
    """
    with performing(Act.CORRECT_DATE, dossier_id, actor=actor, at=at, seen=seen) as performance:
        performance.to(performance.from_state)
        old_due = performance.dossier.due_at
        proposal = _approve(performance)
        performance.clock(_clock(performance, ClockKind.CORRECT, until=proposal.new_due_at))
        corrected = {"corrected_due": content_said(proposal)["corrected_due"]}
        performance.say(old_due=old_due and old_due.astimezone(UTC).isoformat(), **corrected)
    return performance.dossier


def refuse_correction(dossier_id: Key, *, reason: str, actor: Actor, at: datetime, seen: int | None = None) -> Dossier:
    """Decide that nothing is corrected, or take one's own proposal back; with the reason. Law: ND61-2018 21"""
    with performing(Act.REFUSE_CORRECTION, dossier_id, actor=actor, at=at, seen=seen) as performance:
        performance.to(performance.from_state)
        performance.acted_in = performance.dossier.competent_office_id
        performance.say(reason)
        _decide(performance, is_approved=False)
    return performance.dossier


def version_said(version: FormerResult) -> dict[str, Any]:
    """What the journal keeps of a version of a result; the audit compares it with the row."""
    return {
        "version": version.version,
        "kind": str(version.kind),
        "number": version.number,
        "summary": version.summary,
        "file": version.file_id,
    }


def content_said(proposal: Correction) -> dict[str, Any]:
    """What the journal keeps of a proposal; the audit compares it with the row."""
    new_due = proposal.new_due_at
    return {
        "correction": proposal.number,
        "corrects": str(proposal.kind),
        "fault": str(proposal.fault),
        "wrong": proposal.wrong,
        "basis": proposal.document,
        "new_number": proposal.new_number,
        "new_summary": proposal.new_summary,
        "new_file": proposal.new_file_id,
        "step": proposal.step,
        "limit_days": proposal.limit_days,
        "corrected_due": new_due.astimezone(UTC).isoformat() if new_due else None,
    }


def _propose(
    performance: Performance, kind: CorrectionKind, grounds: Grounds, facts: dict[str, Any], wrong: dict[str, str]
) -> Correction:
    if wrong or grounds.document_on is None:
        raise Invalid(_("Chưa thể đề nghị đính chính."), fields=wrong)
    dossier, power = performance.dossier, performance.power
    proposal = Correction.objects.create(
        dossier_id=dossier.pk,
        number=dossier.corrections.count() + 1,
        kind=kind,
        fault=grounds.fault,
        wrong=grounds.wrong.strip(),
        reason=grounds.reason.strip(),
        document_no=grounds.document_no.strip(),
        document_on=grounds.document_on,
        old_due_at=dossier.due_at,
        proposed_by_id=performance.person,
        proposed_for_id=power.for_account_id if power else None,
        proposed_at=performance.at,
        **facts,
    )
    dossier.correction_waits = kind
    said = {key: value for key, value in content_said(proposal).items() if value not in ("", None)}
    performance.acted_in = dossier.competent_office_id
    performance.say(proposal.reason, **said)
    return proposal


def _approve(performance: Performance) -> Correction:
    dossier = performance.dossier
    done = dossier.returned_at or dossier.finished_at
    if done is not None and performance.at <= done:
        # Reports tell the first ending from a later one by its instant.
        raise Refused(_("Thời điểm này sớm hơn sự kiện gần nhất của hồ sơ."), code="out_of_order")
    proposal = _decide(performance, is_approved=True)
    dossier.times_corrected += 1
    performance.acted_in = performance.dossier.competent_office_id
    performance.say(
        proposal.reason,
        correction=proposal.number,
        wrong=proposal.wrong,
        basis=proposal.document,
        fault=str(proposal.fault),
    )
    return proposal


def _decide(performance: Performance, *, is_approved: bool) -> Correction:
    """Close the proposal that waits; who may, the table of rights has asked, and the database asks once more."""
    dossier, power = performance.dossier, performance.power
    proposal: Correction = dossier.proposal
    proposal.is_approved = is_approved
    proposal.answer = "" if is_approved else performance.reason
    proposal.decided_by_id = performance.person
    proposal.decided_for_id = power.for_account_id if power else None
    proposal.decided_at = performance.at
    proposal.save(update_fields=["is_approved", "answer", "decided_by", "decided_for", "decided_at"])
    dossier.correction_waits = ""
    performance.say(correction=proposal.number)
    return proposal


def _keep_former(dossier: Dossier, proposal: Correction) -> FormerResult:
    result = Result.objects.get(dossier=dossier)
    return FormerResult.objects.create(
        dossier=dossier,
        version=dossier.former_results.count() + 1,
        correction=proposal,
        kind=result.kind,
        number=result.number,
        summary=result.summary,
        file_id=result.file_id,
        decided_by_id=result.decided_by_id,
        decided_at=result.decided_at,
    )


def _clock(performance: Performance, kind: ClockKind, **more: Any) -> ClockEvent:
    return ClockEvent(kind, performance.at, performance.calendar, law=performance.regime.article("21"), **more)


# --- what a proposal must say -------------------------------------------------------------------------------------


def _wrong_grounds(grounds: Grounds, at: datetime) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not grounds.wrong.strip():
        wrong["wrong"] = _("Cần nêu sai sót ở đâu.")
    if not grounds.reason.strip():
        wrong["reason"] = _("Cần nêu lý do.")
    if not grounds.document_no.strip():
        wrong["document_no"] = _("Cần số, ký hiệu văn bản làm căn cứ.")
    if grounds.document_on is None or grounds.document_on > day_of(at):
        wrong["document_on"] = _("Cần ngày của văn bản, không sau hôm nay.")
    if grounds.fault not in Fault.values:
        wrong["fault"] = _("Chưa rõ sai sót do đâu.")
    return wrong


def _wrong_content(remedy: NewResult, grounds: Grounds, dossier: Dossier) -> dict[str, str]:
    """Something must become different, unless what was lost is given once more."""
    result = Result.objects.get(dossier=dossier)
    number, summary = remedy.number.strip(), remedy.summary.strip()
    changes = (
        (bool(number) and number != result.number)
        or (bool(summary) and summary != result.summary)
        or (remedy.file_id is not None and remedy.file_id != result.file_id)
    )
    if changes or grounds.fault == Fault.LOSS:
        return {}
    return {"number": _("Bản đính chính phải có số, nội dung hoặc tệp khác bản đang có.")}


def _wrong_again(remedy: Again, dossier: Dossier) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if remedy.step not in [step.seq for step in steps.steps_to_do_again(dossier)]:
        wrong["step"] = _("Hãy chọn một bước tại cơ quan giải quyết, trước hoặc tại bước phê duyệt.")
    if remedy.limit_days is not None and not 1 <= remedy.limit_days <= LONGEST_LIMIT:
        wrong["limit_days"] = _("Thời hạn mới từ 1 đến %(most)s ngày làm việc.") % {"most": LONGEST_LIMIT}
    return wrong

"""A system was out of order: the time is not charged to the applicant, and what they tried in vain is noted."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, Refused
from motcua.base.times import day_of
from motcua.catalogue.offers import offer
from motcua.dossiers.acts.intake import Paper, write_papers
from motcua.dossiers.clock_events import Cause
from motcua.dossiers.guards import ATTEMPT_BEFORE
from motcua.dossiers.journal import Key, Performance, performing
from motcua.dossiers.models import Dossier, Outage, SupplementRequest
from motcua.dossiers.parts import ledgers_under_way
from motcua.dossiers.pauses import allowance, last_day_after_outage, stands_still
from motcua.dossiers.rulebook import clock_events_of
from motcua.dossiers.states import Act
from motcua.offices.actors import Actor


def allow_for_outage(
    dossier_id: Key, *, outage_id: int, actor: Actor, at: datetime, seen: int | None = None
) -> Dossier:
    """Give back what an approved outage took of the limit, and of the limits of parts under way; once for each outage.

    Raises Refused (`no_allowance`) where it was given, where the regime charges outages, or where no day moves.
    """
    with performing(Act.ALLOW_FOR_OUTAGE, dossier_id, actor=actor, at=at, seen=seen) as performance:
        performance.to(performance.from_state)
        dossier = performance.dossier
        outage = Outage.objects.get(pk=outage_id, approved=True)
        was_given = dossier.events.filter(act=Act.ALLOW_FOR_OUTAGE, data__outage=outage.pk).exists()
        given = None
        if not was_given and stands_still(Cause.OUTAGE, performance.regime):
            past = clock_events_of(dossier)
            ledgers = [past] if dossier.due_at else []
            if dossier.joint_offices is not None:
                ledgers += ledgers_under_way(dossier.pk, past)
            given = allowance(ledgers, outage.began_at, outage.ended_at, performance.calendar)
        if given is None:
            raise Refused(_("Thời hạn của hồ sơ này không bị ảnh hưởng bởi lần gián đoạn này."), code="no_allowance")
        Outage.objects.filter(pk=outage.pk).update(moved=F("moved") + 1)
        performance.clock(given)
        performance.say(
            outage=outage.pk,
            began_at=outage.began_at.isoformat(),
            ended_at=outage.ended_at.isoformat(),
            document=outage.document,
        )
    return dossier


LONGEST_EVIDENCE = 2000


def note_attempt(
    dossier_id: Key,
    *,
    tried_at: datetime,
    evidence: str,
    file_id: int | None = None,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> Dossier:
    """Note that the applicant tried to hand in, or to answer, while a system was out of order, with the evidence.

    tried_at: within an approved outage; once for each outage. Where the applicant is waited for until a last day, and
    tried by then, that day moves by what the outage took, unless the regime charges outages to the applicant.
    Raises Invalid on `tried_at`, `evidence`; Refused (`attempt_noted`). Law: BLDS-2015 156
    """
    with performing(Act.NOTE_ATTEMPT, dossier_id, actor=actor, at=at, seen=seen) as performance:
        performance.to(performance.from_state)
        dossier = performance.dossier
        outage = _outage_of(performance, tried_at, evidence)
        if dossier.events.filter(act=Act.NOTE_ATTEMPT, data__outage=outage.pk).exists():
            raise Refused(_("Lần thử nộp trong lần gián đoạn này đã được ghi nhận."), code="attempt_noted")
        if file_id is not None:
            paper = Paper(None, _("Chứng cứ đã thử nộp khi hệ thống gián đoạn"), file_id=file_id)
            write_papers(dossier, [paper], offer(dossier.case_id, dossier.channel), performance.at)
        performance.say(
            outage=outage.pk,
            began_at=outage.began_at.isoformat(),
            ended_at=outage.ended_at.isoformat(),
            document=outage.document,
            tried_at=tried_at.isoformat(),
            evidence=evidence.strip(),
        )
        _move_last_day(performance, outage, tried_at)
    return dossier


def _outage_of(performance: Performance, tried_at: datetime, evidence: str) -> Outage:
    wrong: dict[str, str] = {}
    outage = None
    if tried_at > performance.at:
        wrong["tried_at"] = _("Lúc này còn ở phía trước.")
    elif tried_at < performance.dossier.submitted_at - ATTEMPT_BEFORE:
        wrong["tried_at"] = _("Lúc này quá lâu trước khi hồ sơ được nộp.")
    else:
        outage = Outage.objects.filter(approved=True, began_at__lte=tried_at, ended_at__gt=tried_at).first()
        if outage is None:
            wrong["tried_at"] = _("Không có lần gián đoạn nào được phê duyệt vào lúc này.")
    if not evidence.strip():
        wrong["evidence"] = _("Cần nêu chứng cứ: ảnh màn hình, thông báo lỗi, người chứng kiến…")
    elif len(evidence) > LONGEST_EVIDENCE:
        wrong["evidence"] = _("Không được dài quá %(most)s ký tự.") % {"most": LONGEST_EVIDENCE}
    if wrong or outage is None:
        raise Invalid(_("Chưa thể ghi nhận."), fields=wrong)
    return outage


def _move_last_day(performance: Performance, outage: Outage, tried_at: datetime) -> None:
    """The last day for an answer that is still waited for, as far as the outage hindered it."""
    asked = SupplementRequest.objects.filter(dossier=performance.dossier, answered_at=None, completed_at=None).last()
    if asked is None or asked.last_day is None or not stands_still(Cause.OUTAGE, performance.regime):
        return
    if tried_at < asked.asked_at or day_of(tried_at) > asked.last_day:
        return
    began = max(outage.began_at, asked.asked_at)
    moved = last_day_after_outage(asked.last_day, began, outage.ended_at, performance.calendar)
    if moved != asked.last_day:
        performance.say(last_day_before=asked.last_day.isoformat(), last_day=moved.isoformat())
        SupplementRequest.objects.filter(pk=asked.pk).update(last_day=moved)

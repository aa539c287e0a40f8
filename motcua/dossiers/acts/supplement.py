"""A paper is missing after acceptance: ask once, in one list; the clock stands still until all is there.

Law: ND61-2018 19(4)
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.times import day_of
from motcua.catalogue.offers import offer
from motcua.dossiers import steps
from motcua.dossiers.acts.intake import Paper, write_papers
from motcua.dossiers.clock import ClockEvent, ClockKind
from motcua.dossiers.clock_events import Cause
from motcua.dossiers.journal import Key, Performance, performing
from motcua.dossiers.known_data import items_with_reasons
from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.dossiers.pauses import goes_on_by, last_day_to_ask
from motcua.dossiers.rulebook import clock_events_of
from motcua.dossiers.states import Act
from motcua.offices.actors import Actor


def ask_supplement(
    dossier_id: Key,
    *,
    items: list[dict[str, Any]],
    reason: str,
    basis: str = "",
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> SupplementRequest:
    """Ask for what is missing, all in one list (form 02); the clock stands still.

    items: [{"name", "why", "component"?, "override"?}]. After the regime's working days from acceptance a legal basis is needed,
    because only sector law may then still ask. Law: ND61-2018 19(4)
    """
    with performing(Act.ASK_SUPPLEMENT, dossier_id, actor=actor, at=at, seen=seen) as performance:
        last_day = last_day_to_ask(clock_events_of(performance.dossier)[0], performance.regime.ineligible_return_days)
        if day_of(performance.at) > last_day:
            sentence = _("Đã quá hạn yêu cầu bổ sung (%(day)s): cần căn cứ pháp luật chuyên ngành.")
            _require_basis(basis, sentence % {"day": f"{last_day:%d/%m/%Y}"})
            performance.say(asked_late=True)
        return _ask(performance, items, reason, basis)


def ask_supplement_again(
    dossier_id: Key,
    *,
    items: list[dict[str, Any]],
    reason: str,
    basis: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> SupplementRequest:
    """Ask once more than the law lets the others ask (form 02): a leader's own decision, on a basis of sector law.

    It stays marked as such, because the index of service quality counts such a dossier as late. Law: QD766-2022
    """
    with performing(Act.ASK_SUPPLEMENT_AGAIN, dossier_id, actor=actor, at=at, seen=seen) as performance:
        _require_basis(basis, _("Cần căn cứ pháp luật chuyên ngành."))
        return _ask(performance, items, reason, basis, beyond=True)


def answer_supplement(
    dossier_id: Key, *, papers: list[Paper], note: str = "", actor: Actor, at: datetime, seen: int | None = None
) -> Dossier:
    """The applicant sends what was asked, online; the unit then checks whether it is all there."""
    with performing(Act.ANSWER_SUPPLEMENT, dossier_id, actor=actor, at=at, seen=seen) as performance:
        dossier = performance.dossier
        write_papers(dossier, papers, offer(dossier.case_id, dossier.channel), performance.at)
        _open_requests(dossier).update(answered_at=performance.at)
        performance.say(note, papers=len(papers))
    return dossier


def receive_supplement(
    dossier_id: Key, *, papers: list[Paper], note: str = "", actor: Actor, at: datetime, seen: int | None = None
) -> Dossier:
    """Everything asked is there: the clock starts again from the beginning, or goes on, as the regime says.

    Law: ND61-2018 19(4)
    """
    with performing(Act.RECEIVE_SUPPLEMENT, dossier_id, actor=actor, at=at, seen=seen) as performance:
        dossier = performance.dossier
        write_papers(dossier, papers, offer(dossier.case_id, dossier.channel), performance.at)
        _open_requests(dossier).update(completed_at=performance.at)
        due_before = dossier.due_at
        performance.clock(_event(performance, goes_on_by(Cause.SUPPLEMENT, performance.regime)))
        performance.place(steps.office_of_current(dossier), step=dossier.step, holder_id=_asked_by(dossier))
        performance.say(
            note,
            papers=len(papers),
            due_before=due_before and due_before.isoformat(),
            due_after=dossier.due_at and dossier.due_at.isoformat(),
        )
    return dossier


def _ask(
    performance: Performance, items: list[dict[str, Any]], reason: str, basis: str, *, beyond: bool = False
) -> SupplementRequest:
    if not items:
        raise Invalid(_("Cần nêu ít nhất một nội dung phải bổ sung."), fields={"items": _("Danh sách trống.")})
    dossier = performance.dossier
    items = items_with_reasons(items, offer(dossier.case_id, dossier.channel), performance.rulebook.regime_today)
    dossier.supplements += 1
    wait = performance.regime.supplement_wait_days
    last_day = performance.calendar.add_working_days(day_of(performance.at), wait) if wait else None
    told = {"last_day": last_day.isoformat()} if last_day else {}
    performance.say(reason, items=items, basis=basis.strip(), **told)
    performance.place(dossier.receiving_office_id, step=dossier.step, holder_id=None)
    performance.clock(_event(performance, ClockKind.PAUSE))
    return SupplementRequest.objects.create(
        dossier_id=dossier.pk,
        stage=SupplementRequest.Stage.APPRAISAL,
        number=dossier.supplements,
        beyond=beyond,
        items=items,
        reason=reason.strip(),
        basis=basis.strip(),
        asked_by_id=performance.person,
        asked_at=performance.at,
        last_day=last_day,
    )


def _require_basis(basis: str, sentence: str) -> None:
    if not basis.strip():
        raise Invalid(sentence, fields={"basis": sentence}, code="basis_needed")


def _event(performance: Performance, kind: ClockKind) -> ClockEvent:
    return ClockEvent(kind, performance.at, performance.calendar, law=performance.regime.article("19(4)"))


def _open_requests(dossier: Dossier) -> Any:
    return dossier.supplement_requests.filter(stage=SupplementRequest.Stage.APPRAISAL, completed_at=None)


def _asked_by(dossier: Dossier) -> int | None:
    latest = dossier.supplement_requests.filter(stage=SupplementRequest.Stage.APPRAISAL).order_by("-number").first()
    return latest.asked_by_id if latest else None

"""Ends before a result: the applicant withdraws, the authority stops. Law: ND118-2025 19; ND61-2018 19"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.dossiers import parts
from motcua.dossiers.acts.consultation import overtake_consultations
from motcua.dossiers.acts.fees import settle_at_the_end
from motcua.dossiers.acts.verification import overtake_verifications
from motcua.dossiers.clock import ClockEvent, ClockKind
from motcua.dossiers.journal import Key, Performance, performing
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import Act
from motcua.offices.actors import Actor


def withdraw(dossier_id: Key, *, reason: str, actor: Actor, at: datetime, seen: int | None = None) -> Dossier:
    """Take a dossier back before a decision, on the applicant's request."""
    with performing(Act.WITHDRAW, dossier_id, actor=actor, at=at, seen=seen) as performance:
        performance.say(reason)
        _end(performance)
    return performance.dossier


def stop(dossier_id: Key, *, reason: str, basis: str, actor: Actor, at: datetime, seen: int | None = None) -> Dossier:
    """Stop handling, with reason and legal basis."""
    _require_basis(basis)
    with performing(Act.STOP, dossier_id, actor=actor, at=at, seen=seen) as performance:
        performance.say(reason, basis=basis.strip())
        _end(performance)
    return performance.dossier


def end_unanswered(
    dossier_id: Key, *, reason: str, basis: str, actor: Actor, at: datetime, seen: int | None = None
) -> Dossier:
    """End a dossier whose applicant let the day pass until which a supplement was awaited, with reason and basis.

    Law: ND61-2018 19(4)
    """
    _require_basis(basis)
    with performing(Act.END_UNANSWERED, dossier_id, actor=actor, at=at, seen=seen) as performance:
        performance.say(reason, basis=basis.strip())
        _end(performance)
    return performance.dossier


def _require_basis(basis: str) -> None:
    if not basis.strip():
        raise Invalid(_("Cần căn cứ pháp lý."), fields={"basis": _("Cần căn cứ pháp lý.")}, code="basis_needed")


def _end(performance: Performance) -> None:
    dossier = performance.dossier
    overtake_consultations(performance)
    overtake_verifications(performance)
    settle_at_the_end(performance)
    if dropped := parts.drop_open(dossier, performance.at):
        performance.say(dropped=dropped)
    performance.place(dossier.receiving_office_id, step=None)
    if dossier.accepted_at is None:
        return
    # What had a result, was handled again and then waited in vain was done when it was done first.
    dossier.finished_at = dossier.finished_at or performance.at
    law = performance.regime.article("19")
    performance.clock(ClockEvent(ClockKind.STOP, performance.at, performance.calendar, law=law))

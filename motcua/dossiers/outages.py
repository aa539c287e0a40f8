"""The register of outages: one person enters, another decides, and the limits that ran then are given the time back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.base.text import tidy
from motcua.dossiers.acts.outage import allow_for_outage
from motcua.dossiers.models import Dossier, Outage
from motcua.law.four_eyes import Person, reason_for_no
from motcua.offices.actors import SYSTEM

Progress = Callable[[int, int], None]


def record(
    *,
    began_at: datetime,
    ended_at: datetime,
    what: str,
    document: str,
    by: Person,
    at: datetime,
    announced_at: datetime | None = None,
) -> Outage:
    """Enter an outage, past or planned. Raises Forbidden without the right, Invalid with a sentence per field."""
    if not by.may_propose:
        raise Forbidden(_("Chỉ quản trị hoặc kiểm soát thủ tục hành chính của tỉnh được ghi nhận gián đoạn."))
    what, document = what.strip(), tidy(document)
    wrong = {name: _("Cần điền.") for name, text in (("what", what), ("document", document)) if not text}
    if ended_at <= began_at:
        wrong["ended_at"] = _("Lúc kết thúc phải sau lúc bắt đầu.")
    elif Outage.objects.exclude(approved=False).filter(began_at__lt=ended_at, ended_at__gt=began_at).exists():
        wrong["began_at"] = _("Khoảng này trùng với một lần gián đoạn đã ghi nhận.")
    if wrong:
        raise Invalid(_("Chưa thể ghi nhận lần gián đoạn này."), fields=wrong)
    return Outage.objects.create(
        began_at=began_at,
        ended_at=ended_at,
        what=what,
        document=document,
        announced_at=announced_at,
        recorded_by=by.account_id,
        recorder_name=by.name,
        recorded_at=at,
    )


def decide(outage_id: int, *, approved: bool, by: Person, at: datetime, note: str = "") -> Outage:
    """Say yes or no, as a second person; a no needs its reason. Raises NotThere, Forbidden, Refused, Invalid."""
    note = reason_for_no(note, approved=approved)
    with transaction.atomic():
        outage = Outage.objects.select_for_update().filter(pk=outage_id).first()
        if outage is None:
            raise NotThere(_("Không có lần gián đoạn này."))
        if not by.may_decide:
            raise Forbidden(_("Chỉ kiểm soát thủ tục hành chính của tỉnh được phê duyệt."))
        if outage.recorded_by == by.account_id:
            raise Forbidden(_("Người ghi nhận không tự phê duyệt; cần một người khác."), code="second_person")
        if outage.approved is not None:
            raise Refused(_("Lần gián đoạn này đã được quyết định."), code="decided")
        outage.approved, outage.note = approved, note
        outage.decided_by, outage.decider_name, outage.decided_at = by.account_id, by.name, at
        outage.save()
    return outage


def apply_all(at: datetime, progress: Progress = lambda looked, moved: None) -> list[Outage]:
    """Apply every approved outage that is over and was not applied, the oldest first."""
    waiting = Outage.objects.filter(approved=True, applied_at=None, ended_at__lte=at).order_by("began_at")
    return [apply(outage, at, progress) for outage in waiting]


def apply(outage: Outage, at: datetime, progress: Progress = lambda looked, moved: None) -> Outage:
    """Give the time back to every open dossier whose clock ran then, each by an act of its own.

    Broken off, it goes on where it was: no dossier is given the same outage twice. progress: dossiers looked at, and
    those whose promised day moved in this run.
    """
    moved = 0
    affected = Dossier.objects.in_hand().filter(accepted_at__lt=outage.ended_at)
    affected = affected.exclude(due_at=None, joint_offices=None)
    for looked, dossier_id in enumerate(list(affected.order_by("pk").values_list("pk", flat=True)), start=1):
        moved += _gave(dossier_id, outage, at)
        progress(looked, moved)
    Outage.objects.filter(pk=outage.pk).update(applied_at=at)
    outage.refresh_from_db()
    return outage


def _gave(dossier_id: int, outage: Outage, at: datetime) -> bool:
    try:
        allow_for_outage(dossier_id, outage_id=outage.pk, actor=SYSTEM, at=at)
    except Refused as error:
        # It was resolved meanwhile, or nothing of its limit was touched.
        if error.code not in ("no_allowance", "wrong_state"):
            raise
        return False
    return True

"""What happened to a procedure, and what follows from it: where it is in its life, and whether it takes new dossiers.

Law: ND63-2010 13; ND63-2010 24
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.errors import Invalid, Refused
from motcua.catalogue.life.legal_acts import procedures_named
from motcua.catalogue.life.rows import LegalAct, LifeEvent
from motcua.catalogue.models import Procedure

Kind = LifeEvent.Kind


class Standing(models.TextChoices):
    """Where a procedure is in its life on a day."""

    COMING = "coming", gettext_lazy("Chưa đưa vào thực hiện")
    IN_USE = "in_use", gettext_lazy("Đang thực hiện")
    SUSPENDED = "suspended", gettext_lazy("Tạm ngừng")
    REPLACED = "replaced", gettext_lazy("Đã bị thay thế")
    ABOLISHED = "abolished", gettext_lazy("Đã bãi bỏ")


# What decides whether new dossiers are taken; everything else is the way of papers about the procedure.
TURNS = {
    Kind.SUSPENDED: Standing.SUSPENDED,
    Kind.RESUMED: Standing.IN_USE,
    Kind.REPLACED: Standing.REPLACED,
    Kind.ABOLISHED: Standing.ABOLISHED,
}
ENDED = frozenset({Standing.REPLACED, Standing.ABOLISHED})
CLOSED = ENDED | {Standing.SUSPENDED}
# An end is still announced, entered in the national database (which takes it from view) and taken from the boards.
AFTER_THE_END = frozenset({Kind.ANNOUNCED, Kind.MADE_PUBLIC, Kind.POSTED})
WITH_ACT = frozenset(Kind) - {Kind.MADE_PUBLIC, Kind.POSTED, Kind.IN_USE, Kind.CORRECTED}


def standing_after(kinds: Iterable[str]) -> Standing:
    """What these things, oldest first, make of a procedure. One that the national catalogue brought, of which nothing
    was recorded here, is in use; one that began here is in use from that word on.
    """
    happened = list(kinds)
    turns = [TURNS[Kind(kind)] for kind in happened if kind in TURNS]
    if turns:
        return turns[-1]
    begun_here = happened[:1] == [Kind.DECIDED]
    return Standing.COMING if begun_here and Kind.IN_USE not in happened else Standing.IN_USE


def standings(on: date, procedure_ids: Sequence[int] | None = None) -> dict[int, Standing]:
    """Where procedures are on a day, in one statement; those of which nothing was recorded are not among them."""
    events = LifeEvent.objects.standing(on)
    if procedure_ids is not None:
        events = events.filter(procedure_id__in=procedure_ids)
    kinds: dict[int, list[str]] = defaultdict(list)
    for procedure_id, kind in events.values_list("procedure_id", "kind"):
        kinds[procedure_id].append(kind)
    return {procedure_id: standing_after(happened) for procedure_id, happened in kinds.items()}


@dataclass(frozen=True, slots=True)
class Happening:
    """What is recorded at once for several procedures."""

    kind: str
    on: date
    act: LegalAct | None = None
    replaced_by: str = ""
    note: str = ""


@transaction.atomic
def record(codes: Sequence[str], happening: Happening, *, by: Any, at: datetime) -> list[LifeEvent]:
    """Record one thing for all these procedures, or for none: the rows of procedures are locked, in one order.

    Raises Invalid for unknown codes or what is missing, Refused where the life of a procedure does not allow it.
    """
    wrong = _wrong(happening)
    if wrong:
        raise Invalid(_("Còn thiếu hoặc chưa đúng thông tin."), fields=wrong)
    procedures = procedures_named(codes, lock=True)
    successor = procedures_named([happening.replaced_by])[0] if happening.kind == Kind.REPLACED else None
    now = standings(happening.on, [one.pk for one in procedures])
    for procedure in procedures:
        if reason := _obstacle(happening, procedure, now.get(procedure.pk, Standing.IN_USE), successor):
            raise Refused(f"{procedure.code}: {reason}", code="life")
    return LifeEvent.objects.bulk_create(
        LifeEvent(
            procedure=procedure,
            kind=happening.kind,
            on=happening.on,
            act=happening.act,
            replaced_by=successor,
            note=happening.note.strip(),
            recorded_by=by,
            recorded_at=at,
        )
        for procedure in procedures
    )


@transaction.atomic
def correct(event_id: int, *, note: str, by: Any, at: datetime, on: date) -> LifeEvent:
    """Say that an event was recorded by mistake, and why; both rows stay. Raises Invalid, Refused."""
    if not note.strip():
        raise Invalid(_("Cần nêu lý do."), fields={"note": _("Không được để trống.")})
    event = LifeEvent.objects.select_for_update().filter(pk=event_id).first()
    if event is None or event.kind == Kind.CORRECTED or LifeEvent.objects.filter(corrects=event).exists():
        raise Refused(_("Dòng này không có hoặc đã được đính chính."), code="corrected_already")
    return LifeEvent.objects.create(
        procedure_id=event.procedure_id,
        kind=Kind.CORRECTED,
        on=on,
        corrects=event,
        note=note.strip(),
        recorded_by=by,
        recorded_at=at,
    )


def _wrong(happening: Happening) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if happening.kind not in Kind.values or happening.kind == Kind.CORRECTED:
        wrong["kind"] = _("Không hợp lệ.")
    elif happening.kind in WITH_ACT and happening.act is None:
        wrong["number"] = _("Cần ghi văn bản làm căn cứ.")
    if happening.kind == Kind.REPLACED and not happening.replaced_by.strip():
        wrong["replaced_by"] = _("Cần nêu thủ tục thay thế.")
    if happening.kind == Kind.DECIDED and happening.act is not None and happening.act.effective_on is None:
        wrong["effective_on"] = _("Văn bản quy định thủ tục phải có ngày có hiệu lực.")
    if happening.act is not None and happening.on < happening.act.signed_on:
        wrong["on"] = _("Không thể trước ngày ký văn bản.")
    return wrong


def _obstacle(happening: Happening, procedure: Procedure, now: Standing, successor: Procedure | None) -> str | None:
    kind = happening.kind
    if now in ENDED and kind not in AFTER_THE_END:
        return _("Thủ tục đã hết hiệu lực.")
    if kind == Kind.RESUMED and now != Standing.SUSPENDED:
        return _("Thủ tục không bị tạm ngừng.")
    if kind == Kind.SUSPENDED and now == Standing.SUSPENDED:
        return _("Thủ tục đang tạm ngừng.")
    if successor is not None and successor.pk == procedure.pk:
        return _("Một thủ tục không thể thay thế chính nó.")
    return None

"""Online levels of procedures, each scheme with its own dates; an old level is never rewritten.

Law: ND43-2011 3; ND42-2022; ND224-2026 14
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.catalogue.life.legal_acts import procedures_named
from motcua.catalogue.life.rows import LegalAct, ServiceLevel

Scheme, Level = ServiceLevel.Scheme, ServiceLevel.Level
LEVELS_OF: dict[str, tuple[str, ...]] = {
    Scheme.FOUR_LEVELS: (Level.ONE, Level.TWO, Level.THREE, Level.FOUR),
    Scheme.FULL_PARTIAL: (Level.NONE, Level.PARTIAL, Level.FULL),
    Scheme.FULL_BY_DEFAULT: (Level.NONE, Level.PARTIAL, Level.FULL, Level.PROACTIVE),
}


@transaction.atomic
def set_level(
    codes: Sequence[str], *, scheme: str, level: str, valid_from: date, act: LegalAct | None, by: Any, at: datetime
) -> list[ServiceLevel]:
    """From a day on these procedures have this level; what they had before stays as it was. Raises Invalid."""
    if level not in LEVELS_OF.get(scheme, ()):
        sentence = _("Mức này không có trong cách phân loại đã chọn.")
        raise Invalid(sentence, fields={"level": sentence})
    return ServiceLevel.objects.bulk_create(
        ServiceLevel(
            procedure=procedure,
            scheme=scheme,
            level=level,
            valid_from=valid_from,
            act=act,
            recorded_by=by,
            recorded_at=at,
        )
        for procedure in procedures_named(codes)
    )


def levels_on(on: date, procedure_ids: Sequence[int] | None = None) -> dict[int, dict[str, ServiceLevel]]:
    """procedure → scheme → the row that counts on a day; one statement."""
    rows = ServiceLevel.objects.filter(valid_from__lte=on)
    if procedure_ids is not None:
        rows = rows.filter(procedure_id__in=procedure_ids)
    found: dict[int, dict[str, ServiceLevel]] = defaultdict(dict)
    newest = rows.order_by("procedure_id", "scheme", "-valid_from", "-id").distinct("procedure_id", "scheme")
    for row in newest.select_related("act"):
        found[row.procedure_id][row.scheme] = row
    return dict(found)

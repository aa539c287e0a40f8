"""A table of limits that a person confirms at once: code, limit, ground."""

import csv
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.calendar.limits import Limit, LimitError
from motcua.catalogue.models import LimitRow, ProcedureVersion
from motcua.catalogue.pending import confirm_limit


@dataclass
class Confirmed:
    """How many limit rows were confirmed, and what could not be, with its line."""

    rows: int = 0
    refused: list[str] = field(default_factory=list)


@transaction.atomic
def confirm_table(path: Path, by: Any, at: datetime) -> Confirmed:
    """Confirm every unsure, unconfirmed limit of the procedures of a CSV (`code`, `limit` as `5wd`, `basis`).

    What is certain or confirmed already stays as it is, so a second time changes nothing; a wrong line is told.
    """
    done = Confirmed()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            try:
                done.rows += _confirm(row.get("code") or "", row.get("limit") or "", row.get("basis") or "", by, at)
            except (Invalid, LimitError) as error:
                done.refused.append(
                    _("%(file)s, dòng %(line)d: %(reason)s") % {"file": path.name, "line": number, "reason": error}
                )
    return done


def _confirm(code: str, limit: str, basis: str, by: Any, at: datetime) -> int:
    rows = LimitRow.objects.filter(
        version__procedure__code=code.strip(), version__status=ProcedureVersion.Status.PUBLISHED
    )
    if not rows.exists():
        raise Invalid(_("Không có thủ tục này."))
    unsure = list(rows.filter(certain=False, confirmations=None))
    for row in unsure:
        confirm_limit(row, Limit.parse(limit), by, at, basis)
    return len(unsure)

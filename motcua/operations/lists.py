"""Lines of dossiers behind a figure of this room: no person's name, the most urgent first, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.times import day_of
from motcua.dossiers.states import IN_HAND

PAGE = 50
_LINES = """
SELECT d.id, coalesce(d.code, ''), d.submission_no, p.name, o.name, o.code, coalesce(a.full_name, ''), d.state,
    d.accepted_at, d.due_at, d.last_event_at, d.answer_due_at, d.stands_still,
    CASE WHEN d.due_at IS NULL OR d.stands_still OR NOT d.state = ANY(%(in_hand)s) THEN 0
    ELSE greatest(%(on_day)s - (d.due_at AT TIME ZONE INTERVAL '7 hours')::date, 0) END
FROM (
    SELECT x.id FROM dossiers_dossier x WHERE x.id IN (SELECT m.dossier_id FROM ({members}) m WHERE {condition})
    AND {narrowing}
    AND (%(after)s::bigint IS NULL OR (coalesce(x.due_at, 'infinity'), x.id) > (
        SELECT coalesce(seen.due_at, 'infinity'), seen.id FROM dossiers_dossier seen WHERE seen.id = %(after)s))
    ORDER BY x.due_at, x.id LIMIT %(limit)s
) found JOIN dossiers_dossier d ON d.id = found.id
JOIN catalogue_procedure p ON p.id = d.procedure_id
JOIN offices_office o ON o.id = d.at_office_id LEFT JOIN people_account a ON a.id = d.holder_id
ORDER BY d.due_at, d.id
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One dossier as it stands now. `days_late`: calendar days past the promise while its clock runs, else 0."""

    dossier_id: int
    code: str
    submission_no: str
    procedure: str
    office: str
    office_code: str
    holder: str
    state: str
    accepted_at: datetime | None
    due_at: datetime | None
    last_event_at: datetime
    answer_due_at: datetime | None
    stands_still: bool
    days_late: int

    def __str__(self) -> str:
        return self.code or self.submission_no


@dataclass(frozen=True, slots=True)
class Lines:
    """One page; `next`: what to ask `after` for the following one."""

    rows: tuple[Line, ...]
    next: str


def lines(
    members: str,
    values: Mapping[str, Any],
    at: datetime,
    *,
    condition: str = "true",
    narrowing: str = "true",
    after: str = "",
    limit: int = PAGE,
) -> Lines:
    """The dossiers of a set (SQL with a column `dossier_id`) that answer a condition.

    condition: on a row `m` of the set. narrowing: on the dossier `x` itself. after: what the page before said. Raises Invalid for a damaged one.
    """
    if after and (not after.isdecimal() or len(after) > 18):
        raise Invalid(_("Địa chỉ của trang tiếp theo không đúng. Hãy mở lại danh sách."), code="cursor")
    asked = {
        **values,
        "after": int(after) if after else None,
        "limit": limit + 1,
        "in_hand": [state.value for state in IN_HAND],
        "on_day": day_of(at),
    }
    with connection.cursor() as cursor:
        cursor.execute(_LINES.format(members=members, condition=condition, narrowing=narrowing), asked)
        found = [Line(*row) for row in cursor.fetchall()]
    return Lines(tuple(found[:limit]), str(found[limit - 1].dossier_id) if len(found) > limit else "")

"""The past dossiers of a procedure with all their stays, as the laboratory needs them: two statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from motcua.ahead.past import restrict
from motcua.base.errors import Invalid, NotThere
from motcua.base.times import day_of
from motcua.catalogue.models import Procedure
from motcua.dossiers.states import State
from motcua.reports.periods import Period
from motcua.reports.scope import Scope

MOST = 20_000
_RUNS = ", ".join(f"'{one.value}'" for one in (State.ACCEPTED, State.PROCESSING, State.DECIDED))
# The result is there: finished, or handed over since.
_WITH_RESULT = f"'{State.FINISHED.value}', '{State.RETURNED.value}'"

_HOW_MANY = """
SELECT count(*), count(*) FILTER (WHERE d.finished_at < %(now)s AND d.state IN ({with_result}))
FROM dossiers_dossier d
WHERE d.procedure_id = %(procedure)s AND d.accepted_at >= %(start)s AND d.accepted_at < %(end)s AND {condition}
"""
_STAYS = """
WITH chosen AS (
    SELECT d.id, d.competent_office_id, d.process_id, d.accepted_at, d.finished_at, d.original_due_at, d.due_at
    FROM dossiers_dossier d
    WHERE d.procedure_id = %(procedure)s AND d.accepted_at >= %(start)s AND d.accepted_at < %(end)s
        AND d.finished_at < %(now)s AND d.state IN ({with_result}) AND {condition}
)
SELECT c.id, c.competent_office_id, c.accepted_at, c.finished_at, c.original_due_at, c.due_at, s.step, s.office_id,
    s.state IN ({runs}) AND NOT s.stands_still, s.entered_at, s.left_at, coalesce((
        SELECT e.actor_id FROM dossiers_event e WHERE e.dossier_id = c.id AND e.at = s.left_at ORDER BY e.seq LIMIT 1
    ), 0), coalesce(p.role, ''), coalesce(p.role_text, ''), coalesce(p.place, '')
FROM chosen c JOIN dossiers_stay s ON s.dossier_id = c.id AND s.entered_at >= c.accepted_at AND s.left_at <= c.finished_at
LEFT JOIN catalogue_processstep p ON p.process_id = c.process_id AND p.seq = s.step
ORDER BY c.accepted_at, c.id, s.seq
"""


class StayThen(NamedTuple):
    """A stay: at which step and office, whether the clock ran, from when until when, and whose act ended it (0: nobody's)."""

    step: int
    office: int
    runs: bool
    entered_at: datetime
    left_at: datetime
    officer: int


@dataclass(frozen=True, slots=True)
class Past:
    """One dossier with a result. `promised`: its first appointed day; `due`: the last one; None without a limit."""

    dossier: int
    office: int
    accepted_at: datetime
    finished_at: datetime
    promised: date | None
    due: date | None
    stays: tuple[StayThen, ...]

    @property
    def is_late(self) -> bool:
        """Done after its appointed day, as the reports count it."""
        return self.due is not None and day_of(self.finished_at) > self.due


class StepThen(NamedTuple):
    """A step that dossiers lay at, as its process names it."""

    seq: int
    role: str
    title: str
    place: str


@dataclass(frozen=True, slots=True)
class History:
    """The dossiers of a procedure accepted in a period that have their result; `left_out`: those that have none (yet)."""

    procedure: Procedure
    period: Period
    dossiers: tuple[Past, ...]
    left_out: int
    steps: tuple[StepThen, ...]


def read_history(procedure: Procedure, period: Period, scope: Scope, now: datetime) -> History:
    """Everything of the past that the laboratory runs again. Raises NotThere without cases, Invalid above MOST."""
    condition, values = restrict(scope)
    asked = {"procedure": procedure.pk, "start": period.start, "end": period.end, "now": now, **values}
    words = {"condition": condition, "with_result": _WITH_RESULT, "runs": _RUNS}
    with connection.cursor() as cursor:
        cursor.execute(_HOW_MANY.format(**words), asked)
        accepted, done = cursor.fetchone()
        refuse_size(done, period)
        cursor.execute(_STAYS.format(**words), asked)
        rows = cursor.fetchall()
    dossiers: dict[int, list[Any]] = {}
    steps: dict[int, StepThen] = {}
    for row in rows:
        stays = dossiers.setdefault(row[0], [row[:6], []])[1]
        stays.append(StayThen(row[6] or 0, row[7], row[8], row[9], row[10], row[11]))
        if row[6] is not None and row[8]:
            steps.setdefault(row[6], StepThen(row[6], row[12], row[13], row[14]))
    found = tuple(_past(head, tuple(stays)) for head, stays in dossiers.values())
    return History(procedure, period, found, accepted - len(found), tuple(steps[seq] for seq in sorted(steps)))


def refuse_size(dossiers: int, period: Period) -> None:
    """None at all, or more than can be run again."""
    if not dossiers:
        words = _(
            "Thủ tục này không có hồ sơ nào được tiếp nhận %(period)s và đã có kết quả, nên không có gì để diễn lại."
        )
        raise Invalid(words % {"period": period}, code="no_past_cases")
    if dossiers > MOST:
        words = _(
            "Kỳ này có %(found)s hồ sơ; phòng thử nghiệm diễn lại nhiều nhất %(most)s. Hãy chọn kỳ ngắn hơn hoặc một cơ quan."
        )
        shown = {"found": f"{dossiers:,}".replace(",", "."), "most": f"{MOST:,}".replace(",", ".")}
        raise Invalid(words % shown, code="too_many_cases")


def procedure_of(code: str) -> Procedure:
    """The procedure with this code. Raises NotThere."""
    found = Procedure.objects.filter(code=code.strip()).first()
    if found is None:
        raise NotThere(_("Không có thủ tục mang mã “%(code)s”.") % {"code": code}, code="unknown_procedure")
    return found


def _past(head: tuple[Any, ...], stays: tuple[StayThen, ...]) -> Past:
    dossier, office, accepted, finished, promised, due = head
    return Past(dossier, office, accepted, finished, promised and day_of(promised), due and day_of(due), stays)

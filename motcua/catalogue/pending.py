"""What waits for a person, and the acts by which a person says how long and how much."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import Invalid, NotThere
from motcua.calendar.limits import Limit
from motcua.catalogue.doubts import LIMIT_DOUBTS
from motcua.catalogue.models import (
    FeeConfirmation,
    FeeRow,
    LimitConfirmation,
    LimitRow,
    ProcedureCase,
    ProcedureVersion,
    SourcePart,
)

# A limit row counts as settled when it is certain or a person has spoken; so does a fee row.
UNSURE = """
    not exists (select 1 from catalogue_limitrow l where l.version_id = v.id)
    or exists (
        select 1 from catalogue_limitrow l where l.version_id = v.id and not l.certain
        and not exists (select 1 from catalogue_limitconfirmation c where c.limit_row_id = l.id))
    or exists (
        select 1 from catalogue_limitrow l join catalogue_feerow f on f.limit_row_id = l.id
        where l.version_id = v.id and not f.certain
        and not exists (select 1 from catalogue_feeconfirmation c where c.fee_row_id = f.id))
    or not exists (
        select 1 from catalogue_procedurecase s join catalogue_component m on m.case_id = s.id where s.version_id = v.id)
"""


@dataclass(frozen=True, slots=True)
class PendingLimit:
    """A limit row that waits, with all that helps the person decide."""

    limit_row_id: int
    procedure_code: str
    procedure_name: str
    channels: tuple[int, ...]
    source_text: str
    note: str
    doubt: str
    reason: Any
    proposal: Limit
    older_text: str


def count_unsure(codes: list[str]) -> int:
    """How many of these procedures have something unsure in their current version."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select count(*) from catalogue_procedure p join catalogue_procedureversion v on v.id = p.current_id"  # noqa: S608
            f" where p.code = any(%s) and ({UNSURE})",
            [codes],
        )
        return int(cursor.fetchone()[0])


def pending_limits(offset: int = 0, limit: int = 50, *, code: str = "") -> list[PendingLimit]:
    """Limits of published versions that nobody has confirmed, by code (those it begins); two statements."""
    rows = list(
        _waiting(code)
        .select_related("version__procedure")
        .order_by("version__procedure__code", "seq")[offset : offset + limit]
    )
    older = _older_texts({row.version.procedure_id for row in rows})
    return [
        PendingLimit(
            row.pk,
            row.version.procedure.code,
            row.version.name,
            tuple(row.channels),
            row.source_text,
            row.note,
            row.doubt,
            LIMIT_DOUBTS.get(row.doubt, row.doubt),
            Limit.from_json(row.limit),
            older.get(row.version.procedure_id, ""),
        )
        for row in rows
    ]


def count_pending_limits(code: str = "") -> int:
    """How many limits of published versions wait for a person."""
    return _waiting(code).count()


def _waiting(code: str) -> QuerySet[LimitRow]:
    rows = LimitRow.objects.filter(certain=False, confirmations=None, version__status=ProcedureVersion.Status.PUBLISHED)
    return rows.filter(version__procedure__code__startswith=code) if code else rows


def _older_texts(procedure_ids: set[int]) -> dict[int, str]:
    """What an older snapshot printed: a hint for the person, never a rule."""
    texts: dict[int, str] = {}
    parts = SourcePart.objects.filter(procedure_id__in=procedure_ids, part__in=["core", "older"]).order_by("part")
    for part in parts:
        rows = part.body.get("older_time") if part.part == "core" else part.body.get("channels")
        found = {str(row.get("time_raw")) for row in rows or () if isinstance(row, dict) and row.get("time_raw")}
        if found:
            texts[part.procedure_id] = " | ".join(sorted(found))
    return texts


def confirm_limit(
    limit_row: LimitRow, limit: Limit, by: Any, at: datetime, basis: str, case: ProcedureCase | None = None
) -> LimitConfirmation:
    """A person says what the limit of a row is, for one case or for all, and on which ground; the newest word counts.

    Raises Invalid when the limit can't start a clock, the ground is missing or the case is of another version.
    """
    if not limit.is_certain:
        raise Invalid(_("Thời hạn được xác nhận phải rõ số lượng và đơn vị."), fields={"limit": _("Chưa rõ.")})
    if not basis.strip():
        raise Invalid(_("Phải ghi căn cứ xác nhận."), fields={"basis": _("Không được để trống.")})
    if case is not None and case.version_id != limit_row.version_id:
        raise Invalid(_("Trường hợp không thuộc phiên bản thủ tục này."), fields={"case": _("Không hợp lệ.")})
    return LimitConfirmation.objects.create(
        limit_row=limit_row, case=case, limit=limit.to_json(), confirmed_by=by, confirmed_at=at, basis=basis.strip()
    )


def confirm_fee(fee_row: FeeRow, amount_vnd: int, by: Any, at: datetime, basis: str) -> FeeConfirmation:
    """A person says how many đồng a fee is; the newest word counts. Raises Invalid on a negative sum or no ground."""
    if amount_vnd < 0:
        raise Invalid(_("Mức phí không được âm."), fields={"amount_vnd": _("Không hợp lệ.")})
    if not basis.strip():
        raise Invalid(_("Phải ghi căn cứ xác nhận."), fields={"basis": _("Không được để trống.")})
    return FeeConfirmation.objects.create(
        fee_row=fee_row, amount_vnd=amount_vnd, confirmed_by=by, confirmed_at=at, basis=basis.strip()
    )


@transaction.atomic
def decide_competent(code: str, key: str, by: Any) -> None:
    """A person says which kind of office resolves a procedure; later loads leave it so. NotThere on an unknown code."""
    from motcua.catalogue.models import Procedure

    if not Procedure.objects.filter(code=code).update(competent_key=key, competent_by=by):
        raise NotThere(_("Không có thủ tục này."))

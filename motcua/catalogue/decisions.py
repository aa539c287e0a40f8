"""By which decision each procedure was made public. The sources give a decision's number and ministry, not its date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet

from motcua.base.text import sort_key
from motcua.catalogue.models import ProcedureVersion


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision with how many of the procedures offered now it made public, and since when the first stands here."""

    number: str
    ministry: str
    procedures: int
    since: datetime


def decisions() -> list[Decision]:
    """Those of every procedure offered now, by ministry in Vietnamese order, then by number. One statement."""
    offered = ProcedureVersion.objects.filter(status=ProcedureVersion.Status.PUBLISHED).exclude(decision="")
    rows = offered.values("decision", "ministry").annotate(n=Count("pk"), since=Min("published_at")).order_by()
    found = [Decision(row["decision"], row["ministry"], row["n"], row["since"]) for row in rows]
    return sorted(found, key=lambda one: (sort_key(one.ministry), _year_and_number(one.number)))


def made_public_by(number: str) -> QuerySet[ProcedureVersion]:
    """The procedures offered now that this decision made public, by field and name."""
    rows = ProcedureVersion.objects.filter(status=ProcedureVersion.Status.PUBLISHED, decision=number)
    return rows.select_related("procedure").order_by("field", "name", "id")


def _year_and_number(text: str) -> tuple[int, str]:
    """`1650/QĐ-BGDĐT` after `955/QĐ-BGDĐT`: by number, where it begins with one."""
    digits = text.partition("/")[0]
    return (int(digits) if digits.isdigit() else 0, text)

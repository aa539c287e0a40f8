"""How many dossiers each office had to correct in a period, for everybody to read: counts, and nobody's dossier."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from motcua.dossiers.kinds import CorrectionKind
from motcua.offices.models import Office
from motcua.reports.month import bounds
from motcua.reports.periods import Period
from motcua.reports.sets import CORRECTED

_COUNT = f"SELECT m.competent_office_id, m.measure, count(*) FROM ({CORRECTED}) m GROUP BY 1, 2"  # noqa: S608 - our own


@dataclass(frozen=True, slots=True)
class Corrected:
    """One office; figures in the order of CorrectionKind, then their sum."""

    name: str
    figures: tuple[int, ...]


def corrected_by_office(period: Period) -> list[Corrected]:
    """The offices that corrected anything in the period, in Vietnamese order; the measures of the report, by authority.

    Law: ND61-2018 21
    """
    counted: dict[int, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, bounds(period))
        for office_id, measure, count in cursor.fetchall():
            counted.setdefault(office_id, {})[measure] = count
    offices = Office.objects.filter(pk__in=counted).order_by("name_order", "id")
    return [_row(office.name, counted[office.pk]) for office in offices]


def _row(name: str, counts: dict[str, int]) -> Corrected:
    figures = [counts.get(f"corrected_{kind}", 0) for kind in CorrectionKind.values]
    return Corrected(name, (*figures, sum(figures)))

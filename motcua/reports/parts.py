"""The parts of interlinked dossiers by agency: each is judged on its own part only, whatever became of the whole.

Dossiers are counted elsewhere, once; these are the agencies' own figures. What ended is of the period, what is open is
as it stands now. Law: ND61-2018 19(6)
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import NotThere
from motcua.base.numbers import percent
from motcua.base.text import sort_key
from motcua.base.times import VIETNAM
from motcua.dossiers.models import Part
from motcua.dossiers.states import PART_STARTED, PartState, State
from motcua.offices.models import Office
from motcua.reports.periods import Period

PAGE = 50


@dataclass(frozen=True, slots=True)
class PartMeasure:
    """A figure of the agencies: its name and its sentence."""

    key: str
    name: Any
    sentence: Any


PART_MEASURES: dict[str, PartMeasure] = {
    row.key: row
    for row in (
        PartMeasure("done_early", lazy("Xong trước hạn"), lazy("Phần việc xong trong kỳ trước ngày hạn của nó.")),
        PartMeasure(
            "done_on_time",
            lazy("Xong đúng hạn"),
            lazy("Phần việc xong trong kỳ đúng ngày hạn của nó, hoặc không có hạn."),
        ),
        PartMeasure("done_late", lazy("Xong quá hạn"), lazy("Phần việc xong trong kỳ sau ngày hạn của nó.")),
        PartMeasure(
            "came_back", lazy("Trả lại cơ quan chủ trì"), lazy("Phần việc cơ quan trả lại cơ quan chủ trì trong kỳ.")
        ),
        PartMeasure(
            "held_up",
            lazy("Chờ bổ sung"),
            lazy("Phần việc đang làm, thời hạn đứng lại vì hồ sơ chờ tổ chức, cá nhân bổ sung."),
        ),
        PartMeasure("open_within", lazy("Đang trong hạn"), lazy("Phần việc đang làm, chưa qua ngày hạn của nó.")),
        PartMeasure("open_late", lazy("Đang quá hạn"), lazy("Phần việc đang làm, đã qua ngày hạn của nó.")),
    )
}
DONE = ("done_early", "done_on_time", "done_late")
GIVEN_BACK = (PartState.RETURNED, PartState.REPLACED)


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency with its figures, and the share it did in time (None: it did none)."""

    office_id: int
    name: str
    figures: dict[str, int]

    @property
    def in_time(self) -> Decimal | None:
        done = sum(self.figures[key] for key in DONE)
        return percent(done - self.figures["done_late"], done)


def by_agency(period: Period, today: date, allowed: Collection[int] | None) -> list[AgencyRow]:
    """Every agency that has a figure, by name; one statement. allowed: offices whose parts, or whose dossiers' parts,
    the person may see; None: all.
    """
    counts = {key: Count("pk", filter=condition) for key, condition in _sets(period, today).items()}
    rows = _judged(allowed).values_list("office_id", "office__name").annotate(**counts)
    found = [
        AgencyRow(office_id, name, dict(zip(PART_MEASURES, figures, strict=True))) for office_id, name, *figures in rows
    ]
    return sorted((row for row in found if any(row.figures.values())), key=lambda row: sort_key(row.name))


def total(rows: Collection[AgencyRow]) -> AgencyRow:
    """All agencies together."""
    return AgencyRow(0, "", {key: sum(row.figures[key] for row in rows) for key in PART_MEASURES})


def behind_figure(
    measure: str, period: Period, today: date, allowed: Collection[int] | None, office_id: int | None = None
) -> QuerySet[Part]:
    """The parts that a figure counts, of one agency or all, most urgent first. Raises NotThere for an unknown figure."""
    if measure not in PART_MEASURES:
        raise NotThere(_("Không có chỉ tiêu này."))
    rows = _judged(allowed).filter(_sets(period, today)[measure])
    if office_id is not None:
        rows = rows.filter(office_id=office_id)
    return rows.select_related("dossier__procedure", "office", "holder").order_by(
        F("due_at").asc(nulls_last=True), "pk"
    )


def agency_name(office_id: int | None) -> str:
    """The name of the agency that a list belongs to; empty for all of them."""
    return next(iter(Office.objects.filter(pk=office_id).values_list("name", flat=True)), "") if office_id else ""


def _judged(allowed: Collection[int] | None) -> QuerySet[Part, Any]:
    rows = Part.objects.annotate(
        due_day=TruncDate("due_at", tzinfo=VIETNAM), ended_day=TruncDate("ended_at", tzinfo=VIETNAM)
    )
    if allowed is None:
        return rows
    return rows.filter(
        Q(office_id__in=allowed)
        | Q(dossier__receiving_office_id__in=allowed)
        | Q(dossier__competent_office_id__in=allowed)
    )


def _sets(period: Period, today: date) -> dict[str, Q]:
    """Figure → which parts it counts; they do not overlap."""
    in_period = Q(ended_at__gte=period.start, ended_at__lt=period.end)
    done, back = in_period & Q(state=PartState.DONE), in_period & Q(state__in=GIVEN_BACK)
    under_way = Q(state__in=PART_STARTED)
    held_up = Q(dossier__state=State.SUPPLEMENT)
    return {
        "done_early": done & Q(ended_day__lt=F("due_day")),
        "done_on_time": done & (Q(due_at=None) | Q(ended_day=F("due_day"))),
        "done_late": done & Q(ended_day__gt=F("due_day")),
        "came_back": back,
        "held_up": under_way & held_up,
        "open_within": under_way & ~held_up & (Q(due_at=None) | Q(due_day__gte=today)),
        "open_late": under_way & ~held_up & Q(due_day__lt=today),
    }

"""The parts of interlinked dossiers by agency: each is judged on its own part only, whatever became of the whole.

Dossiers are counted elsewhere, once; these are the agencies' own figures. What ended is of the period, what was open is
as it stood at the period's end, whatever happened later. Law: ND61-2018 19(6)
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, DateTimeField, Exists, F, IntegerField, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import NotThere
from motcua.base.numbers import percent
from motcua.base.text import sort_key
from motcua.base.times import VIETNAM, end_of
from motcua.calendar.store import calendar_for
from motcua.dossiers.clock_events import ClockEvent, clock_event_from_json
from motcua.dossiers.models import Event, Part, Stay
from motcua.dossiers.parts import due_of, ledger_of
from motcua.dossiers.states import Act, PartState, State
from motcua.offices.models import Office
from motcua.reports.beginning import period_as_json
from motcua.reports.periods import Period
from motcua.reports.table_workbook import table_workbook

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
            lazy("Phần việc đang làm cuối kỳ, thời hạn đứng lại vì hồ sơ chờ tổ chức, cá nhân bổ sung."),
        ),
        PartMeasure(
            "open_within", lazy("Đang trong hạn"), lazy("Phần việc đang làm cuối kỳ, chưa qua ngày hạn của nó.")
        ),
        PartMeasure("open_late", lazy("Đang quá hạn"), lazy("Phần việc đang làm cuối kỳ, đã qua ngày hạn của nó.")),
    )
}
DONE = ("done_early", "done_on_time", "done_late")


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
    """Every agency that has a figure, by name; three statements. allowed: offices whose parts, or whose dossiers' parts,
    the person may see; None: all. today: a period that is not over is judged as far as it went.
    """
    counts = {key: Count("pk", filter=condition) for key, condition in _sets(period, today).items()}
    rows = _judged(period, today, allowed).values_list("office_id", "office__name").annotate(**counts)
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
    """The parts that a figure counts, of one agency or all, most urgent first, each with `due_then`: its day as it stood
    at the period's end. Raises NotThere for an unknown figure.
    """
    if measure not in PART_MEASURES:
        raise NotThere(_("Không có chỉ tiêu này."))
    rows = _judged(period, today, allowed).filter(_sets(period, today)[measure])
    if office_id is not None:
        rows = rows.filter(office_id=office_id)
    return rows.select_related("dossier__procedure", "office", "holder").order_by(
        F("due_then").asc(nulls_last=True), "pk"
    )


def agency_name(office_id: int | None) -> str:
    """The name of the agency that a list belongs to; empty for all of them."""
    return next(iter(Office.objects.filter(pk=office_id).values_list("name", flat=True)), "") if office_id else ""


def figures_as_json(period: Period, rows: Collection[AgencyRow]) -> dict[str, Any]:
    """{"period", "measures": [{"key", "name", "sentence"}], "rows": [{"office", "figures", "in_time"}], "total"}"""

    def told(row: AgencyRow) -> dict[str, Any]:
        return {"figures": row.figures, "in_time": None if row.in_time is None else str(row.in_time)}

    return {
        "period": period_as_json(period),
        "measures": [
            {"key": one.key, "name": str(one.name), "sentence": str(one.sentence)} for one in PART_MEASURES.values()
        ],
        "rows": [{"office": row.name, **told(row)} for row in rows],
        "total": told(total(rows)),
    }


def figures_workbook(period: Period, rows: Collection[AgencyRow]) -> bytes:
    """The same table as a workbook, with its total."""
    heads = [_("Cơ quan"), *(str(one.name) for one in PART_MEASURES.values()), _("Tỷ lệ trước và đúng hạn (%)")]
    lines = [(row.name, row) for row in rows] + [(_("Tất cả"), total(rows))]
    cells = [[name, *row.figures.values(), row.in_time] for name, row in lines]
    return table_workbook(f"{_('Phần việc liên thông theo cơ quan')}, {period}", heads, cells)


def _cut(period: Period, today: date) -> tuple[datetime, date]:
    """The instant just before which open parts are judged, and the day of it."""
    last = min(period.last, today)
    return end_of(last), last


def _judged(period: Period, today: date, allowed: Collection[int] | None) -> QuerySet[Part, Any]:
    cut, _last = _cut(period, today)
    rows = Part.objects.all()
    if allowed is not None:
        of_theirs = Q(dossier__receiving_office_id__in=allowed) | Q(dossier__competent_office_id__in=allowed)
        rows = rows.filter(Q(office_id__in=allowed) | of_theirs)
    stays = Stay.objects.filter(dossier_id=OuterRef("dossier_id"), entered_at__lt=cut)
    stays = stays.filter(Q(left_at=None) | Q(left_at__gte=cut), state=State.SUPPLEMENT)
    returns = Event.objects.filter(dossier_id=OuterRef("dossier_id"), act=Act.RETURN_PART)
    of_part = Cast(KeyTextTransform("part", "data"), IntegerField())
    returns = returns.filter(at__gte=period.start, at__lt=period.end).alias(of_part=of_part)
    returns = returns.filter(of_part=OuterRef("number"))
    return rows.annotate(
        due_then=_due_then(rows, cut),
        due_day=TruncDate("due_then", tzinfo=VIETNAM),
        ended_day=TruncDate("ended_at", tzinfo=VIETNAM),
        waited=Exists(stays),
        came=Exists(returns),
    )


def _under_way(cut: datetime) -> Q:
    """What had begun and not ended just before the instant."""
    return Q(started_at__lt=cut) & (Q(ended_at=None) | Q(ended_at__gte=cut))


def _due_then(rows: QuerySet[Part, Any], cut: datetime) -> Any:
    """The due instant of a part as it stood just before an instant: made anew, for those whose clock went on since."""
    moving = Event.objects.filter(dossier_id=OuterRef("dossier_id"), at__gte=cut)
    moving = moving.filter(Q(clock__isnull=False) | Q(act=Act.EXTEND_PART))
    moved = list(rows.filter(_under_way(cut), Exists(moving)).only("pk", "dossier_id", "clock", "extensions"))
    if not moved:
        return F("due_at")
    ledgers: dict[int, list[ClockEvent]] = {part.dossier_id: [] for part in moved}
    told = Event.objects.filter(dossier_id__in=list(ledgers), at__lt=cut, clock__isnull=False).order_by(
        "dossier_id", "seq"
    )
    for dossier_id, clock in told.values_list("dossier_id", "clock"):
        ledgers[dossier_id].append(clock_event_from_json(clock or {}, calendar_for))
    dues = [due_of([own for own in ledger_of(part) if own.at < cut], ledgers[part.dossier_id]) for part in moved]
    then = RawSQL(
        '(%s::timestamptz[])[array_position(%s::bigint[], "dossiers_part"."id")]',
        [dues, [part.pk for part in moved]],
        output_field=DateTimeField(),
    )
    return Coalesce(then, F("due_at"))


def _sets(period: Period, today: date) -> dict[str, Q]:
    """Figure → which parts it counts; they do not overlap."""
    cut, last = _cut(period, today)
    done = Q(ended_at__gte=period.start, ended_at__lt=period.end, state=PartState.DONE)
    under_way, waited = _under_way(cut), Q(waited=True)
    return {
        "done_early": done & Q(ended_day__lt=F("due_day")),
        "done_on_time": done & (Q(due_then=None) | Q(ended_day=F("due_day"))),
        "done_late": done & Q(ended_day__gt=F("due_day")),
        "came_back": Q(came=True),
        "held_up": under_way & waited,
        "open_within": under_way & ~waited & (Q(due_then=None) | Q(due_day__gte=last)),
        "open_late": under_way & ~waited & Q(due_day__lt=last),
    }

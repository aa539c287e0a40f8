"""Which office answers for a petition: as a dated table says, else procedure control for rules, else the office it is about.

Law: ND20-2008 8; ND20-2008 9
"""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid
from motcua.base.text import sort_key, tidy
from motcua.base.times import day_of
from motcua.catalogue.models import ProcedureVersion
from motcua.offices.actors import Actor
from motcua.offices.models import Office, Posting
from motcua.offices.standing import roles_at_province
from motcua.petitions.models import Route
from motcua.petitions.table import CHOSEN, Kind


def office_for(kind: str, topic: str, about: Office, on: date) -> int:
    """The office that answers for what is said of an office on a day.

    Of the rows of its kind that fit the one that names the topic comes before one that names the level, both before either;
    of equal ones the latest. An office that is no more is passed over.
    """
    rows = Route.objects.filter(Q(topic="") | Q(topic=topic), Q(level="") | Q(level=about.level), kind=kind)
    latest: dict[tuple[str, str], Route] = {}
    for row in rows.filter(valid_from__lte=on).order_by("valid_from", "id"):
        latest[row.topic, row.level] = row
    standing = set(
        Office.objects.on(on).filter(pk__in=[row.office_id for row in latest.values()]).values_list("pk", flat=True)
    )
    fitting = [row for row in latest.values() if row.office_id in standing]
    if fitting:
        nearest = max(fitting, key=lambda row: (row.topic != "", row.level != ""))
        return nearest.office_id or about.pk
    return (kind == Kind.REGULATION and _controlling(on)) or about.pk


def _controlling(on: date) -> int:
    """Where somebody controls procedures for the whole province; 0 where nobody does. Law: ND20-2008 8"""
    posted = Posting.objects.on(on).filter(
        role="procedure_control", office__kind=Office.Kind.PROVINCE, reserve_for=None
    )
    return posted.order_by("office_id").values_list("office_id", flat=True).first() or 0


def topics() -> list[str]:
    """The fields of procedures that are published, in Vietnamese order; one statement."""
    rows = ProcedureVersion.objects.filter(status=ProcedureVersion.Status.PUBLISHED).exclude(field="")
    return sorted(set(rows.order_by().values_list("field", flat=True).distinct()), key=sort_key)


def may_set_route(actor: Actor) -> bool:
    """Who controls procedures at the province's own committee."""
    return "procedure_control" in roles_at_province(actor)


def set_route(
    kind: str,
    *,
    topic: str,
    level: str,
    office_id: int | None,
    valid_from: date,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Route:
    """From a day that is still to come such petitions are answered for there; without an office as if this was never said.

    Raises Forbidden for who does not control procedures, Invalid beside the fields. Law: ND20-2008 8
    """
    if not may_set_route(actor):
        raise Forbidden(_("Chỉ người kiểm soát thủ tục hành chính đặt nơi xử lý phản ánh."))
    topic, wrong = tidy(topic), {}
    if kind not in CHOSEN:
        wrong["kind"] = _("Hãy chọn loại phản ánh.")
    if topic and not ProcedureVersion.objects.filter(field=topic).exists():
        wrong["topic"] = _("Không có lĩnh vực nào tên như vậy.")
    if level and level not in Office.Level.values:
        wrong["level"] = _("Hãy chọn cấp.")
    if office_id is not None and not Office.objects.on(valid_from).filter(pk=office_id).exists():
        wrong["office"] = _("Ngày đó không có cơ quan này.")
    if valid_from <= day_of(at):
        wrong["valid_from"] = _("Chỉ đổi từ một ngày chưa tới.")
    if len(tidy(reason)) < 5:
        wrong["reason"] = _("Cần nêu lý do.")
    same = Route.objects.filter(kind=kind, topic=topic, level=level, valid_from=valid_from)
    if not wrong and same.exists():
        wrong["valid_from"] = _("Đã có một dòng như vậy từ ngày này.")
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)
    return Route.objects.create(
        kind=kind,
        topic=topic,
        level=level,
        office_id=office_id,
        valid_from=valid_from,
        reason=tidy(reason)[:300],
        set_by_name=actor.full_name,
        set_at=at,
    )

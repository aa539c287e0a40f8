"""Whose dossiers a report is about: the offices it covers, and what the person may see of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from django.db import connection
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, NotThere
from motcua.offices.actors import Actor
from motcua.offices.models import Office
from motcua.reports.periods import Period

Place = Literal["competent", "receiving"]
By = Literal["office", "agency", "branch", "field", "procedure"]
REPORTERS = ("overseer", "unit_head", "procedure_control")

# Parts of an office, and the offices whose work it took over, down to the leaves. Parts of an office that was taken over
# come along only where nobody else took them over: a district's communes went their own ways.
_SUBTREE = """
WITH RECURSIVE below (id, is_taken) AS (
    SELECT unnest(%(roots)s::bigint[]), false
    UNION
    SELECT next.id, next.is_taken FROM below CROSS JOIN LATERAL (
        SELECT o.id, below.is_taken FROM offices_office o WHERE o.parent_id = below.id AND o.valid_from <= %(day)s
            AND NOT (below.is_taken AND EXISTS (
                SELECT FROM offices_succession x WHERE x.from_office_id = o.id AND x."on" <= %(day)s))
        UNION ALL
        SELECT from_office_id, true FROM offices_succession WHERE to_office_id = below.id AND "on" <= %(day)s
    ) next
) SELECT DISTINCT id FROM below
"""


@dataclass(frozen=True, slots=True)
class Scope:
    """None means no restriction. `allowed`: offices of which the person may see what was received or is decided there."""

    place: Place = "competent"
    office: Office | None = None
    offices: frozenset[int] | None = None
    allowed: frozenset[int] | None = None


def subtree(roots: Iterable[int], on: date) -> frozenset[int]:
    """These offices with everything below them in the tree of that day, and the offices they followed."""
    with connection.cursor() as cursor:
        cursor.execute(_SUBTREE, {"roots": list(roots), "day": on})
        return frozenset(row[0] for row in cursor.fetchall())


def offices_reported_to(actor: Actor, on: date) -> frozenset[int] | None:
    """The offices whose figures this person may see: None for all; NotThere for those who see none."""
    if actor.kind == "system":
        return None
    roots = actor.offices(*REPORTERS)
    if not roots:
        raise NotThere(_("Không có trang này."))
    return subtree(roots, on) | actor.overseen


def scope_for(
    actor: Actor, on: date, *, office_code: str = "", place: str = "competent", period: Period | None = None
) -> Scope:
    """The scope of a report asked for by this person on this day.

    period: the tree of its last day counts (default: of `on`). Raises Invalid for an unknown place, or an office that
    was not there in the period; NotThere for an office that there never was, or that the person may not see.
    """
    if place not in ("competent", "receiving"):
        raise Invalid(_("Chỉ có thể tính theo cơ quan giải quyết hoặc nơi tiếp nhận."), code="place")
    scope = Scope(place="receiving" if place == "receiving" else "competent", allowed=offices_reported_to(actor, on))
    if not office_code:
        return scope
    office = office_coded(office_code, scope.allowed)
    if period is not None and not was_there(office, period):
        raise not_then(office)
    return replace(scope, office=office, offices=subtree([office.pk], period.last if period else on))


def office_coded(code: str, among: frozenset[int] | None = None) -> Office:
    """The office with this code, in either notation, of these offices (None: all). Raises NotThere."""
    office = Office.objects.by_code(code.strip()).first()
    if office is None or (among is not None and office.pk not in among):
        raise NotThere(_("Không có cơ quan mang mã “%(code)s”.") % {"code": code}, code="unknown_office")
    return office


def was_there(office: Office, period: Period) -> bool:
    """Whether the office existed on any day of a period."""
    return office.valid_from <= period.last and (office.valid_to is None or office.valid_to > period.first)


def not_then(office: Office) -> Invalid:
    """What is said of an office that was not there: when it was, and who came before and after."""
    said = _("%(office)s không có trong thời gian này: %(life)s.")
    sentence = said % {"office": office.name, "life": life_words(office)}
    return Invalid(sentence, fields={"coquan": sentence}, code="office_not_then")


def life_words(office: Office) -> str:
    """When an office was there, and who followed it."""
    words = {"first": f"{office.valid_from:%d/%m/%Y}", "end": f"{office.valid_to:%d/%m/%Y}" if office.valid_to else ""}
    heirs = [step.to_office.short_name for step in sorted(office.successions.all(), key=lambda step: step.pk)]
    origins = [step.from_office.short_name for step in sorted(office.predecessions.all(), key=lambda step: step.pk)]
    said = _("hoạt động từ %(first)s đến trước %(end)s") if office.valid_to else _("hoạt động từ %(first)s")
    told = said % words
    if heirs:
        told += "; " + _("tiếp nối: %(names)s") % {"names": ", ".join(heirs)}
    if origins:
        told += "; " + _("trước đó: %(names)s") % {"names": ", ".join(origins)}
    return told


def branches(scope: Scope, on: date) -> dict[int, int]:
    """office → the child of the scope's office (or the root) whose sum it belongs to; the office itself stands alone.

    An office that was taken over belongs to its own parent while that is in the scope, else to its successor.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, parent_id FROM offices_office WHERE valid_from <= %s", [on])
        parents: dict[int, int | None] = dict(cursor.fetchall())
        cursor.execute('SELECT from_office_id, to_office_id FROM offices_succession WHERE "on" <= %s', [on])
        successors: dict[int, int] = dict(cursor.fetchall())
    top = scope.office.pk if scope.office else None
    inside = scope.offices if scope.offices is not None else frozenset(parents)

    def branch_of(office: int) -> int:
        seen = {office}
        while True:
            above = parents.get(office)
            if above not in inside and office != top:
                above = successors.get(office) or above
            if above is None or top in (above, office) or above not in inside or above in seen:
                return office
            seen.add(above)
            office = above

    return {office: branch_of(office) for office in inside}

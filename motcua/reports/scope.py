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
    actor: Actor, on: date, *, office_code: str = "", place: str = "competent", until: date | None = None
) -> Scope:
    """The scope of a report asked for by this person on this day.

    until: last day of the period, whose tree counts (default: `on`). Raises Invalid for an unknown place or, to the
    program itself, an unknown office; NotThere for an office that the person may not see.
    """
    if place not in ("competent", "receiving"):
        raise Invalid(_("Chỉ có thể tính theo cơ quan giải quyết hoặc nơi tiếp nhận."), code="place")
    scope = Scope(place="receiving" if place == "receiving" else "competent", allowed=offices_reported_to(actor, on))
    if not office_code:
        return scope
    office = Office.objects.by_code(office_code.strip()).first()
    if office is None or (scope.allowed is not None and office.pk not in scope.allowed):
        raise NotThere(_("Không có cơ quan mang mã “%(code)s”.") % {"code": office_code}, code="unknown_office")
    return replace(scope, office=office, offices=subtree([office.pk], until or on))


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

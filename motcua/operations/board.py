"""The board: how things stand at this instant, at every office and in every branch of the tree, in one statement.

Law: ND61-2018 8
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.base.times import day_of
from motcua.offices.models import Office
from motcua.operations.lists import Lines, lines
from motcua.operations.sets import BOARD, OF_PARCELS, bounds, counted, members
from motcua.post.models import Parcel
from motcua.reports.scope import Scope

Figures = dict[str, int]
PARCELS_SHOWN = 200


@dataclass(slots=True)
class Node:
    """An office with the sums of everything below it; `own` is what is counted for itself alone."""

    office: Office
    own: Figures
    figures: Figures
    children: list[Node] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Nothing is counted here or below."""
        return not any(self.figures.values())


@dataclass(frozen=True, slots=True)
class Board:
    """The tops of the tree that is looked at, and the sums of all of them."""

    at: datetime
    scope: Scope
    tops: tuple[Node, ...]
    total: Figures


def board(at: datetime, scope: Scope) -> Board:
    """Every figure of every office of the scope now. Sums of branches are made of the counted offices alone."""
    condition, values = restrict(scope)
    sql = f"""
        SELECT m.office_id, m.measure, sum(m.many)::bigint FROM ({counted(scope.place)}) m
        WHERE m.many > 0 AND {condition} GROUP BY 1, 2
    """  # noqa: S608 - only our own fragments are put together
    figures: dict[int, Figures] = defaultdict(lambda: dict.fromkeys(BOARD, 0))
    with connection.cursor() as cursor:
        cursor.execute(sql, {**bounds(at), **values})
        for office, measure, count in cursor.fetchall():
            figures[office][measure] = count
    tops = _tree(figures, at, scope)
    total = {key: sum(row[key] for row in figures.values()) for key in BOARD}
    assert all(total[key] == sum(top.figures[key] for top in tops) for key in BOARD)
    return Board(at, scope, tops, total)


def _tree(counted: dict[int, Figures], at: datetime, scope: Scope) -> tuple[Node, ...]:
    """Children in the order of their names; left out: what counts nothing and is closed or outside of the scope."""
    inside = scope.offices if scope.offices is not None else scope.allowed
    nothing = dict.fromkeys(BOARD, 0)
    nodes = {one.pk: Node(one, dict(counted.get(one.pk, nothing)), {}) for one in Office.objects.in_vi_order()}
    tops = []
    for node in nodes.values():
        above, key = node.office.parent_id, node.office.pk
        is_top = above is None if scope.offices is None else key in scope.offices and above not in scope.offices
        if is_top:
            tops.append(node)
        elif above is not None:
            nodes[above].children.append(node)
    for top in tops:
        _sum_up(top)
        _prune(top, day_of(at), inside)
    return tuple(tops)


def _prune(node: Node, day: date, inside: frozenset[int] | None) -> None:
    for child in node.children:
        _prune(child, day, inside)
    node.children = [one for one in node.children if one.children or not one.is_empty or _is_here(one, day, inside)]


def _is_here(node: Node, day: date, inside: frozenset[int] | None) -> bool:
    office = node.office
    is_open = office.valid_from <= day and (office.valid_to is None or office.valid_to > day)
    return is_open and (inside is None or office.pk in inside)


def _sum_up(node: Node) -> None:
    for child in node.children:
        _sum_up(child)
    node.figures = {key: own + sum(child.figures[key] for child in node.children) for key, own in node.own.items()}


def behind(
    at: datetime, scope: Scope, measure: str, *, office: Office | None = None, alone: bool = False, after: str = ""
) -> Lines:
    """The dossiers behind a figure of the board: of everything, of a branch, or of one office alone.

    Raises NotThere for an unknown measure and for those of parcels.
    """
    if measure not in BOARD or measure in OF_PARCELS:
        raise NotThere(_("Không có chỉ tiêu này."))
    condition, values = _narrowed(scope, measure, office, alone)
    return lines(members(scope.place, measure), {**bounds(at), **values}, at, condition=condition, after=after)


def parcels_behind(
    at: datetime, scope: Scope, measure: str, *, office: Office | None = None, alone: bool = False
) -> list[Parcel]:
    """The parcels behind a figure, at most PARCELS_SHOWN, the longest under way first. Raises NotThere."""
    if measure not in OF_PARCELS:
        raise NotThere(_("Không có chỉ tiêu này."))
    condition, values = _narrowed(scope, measure, office, alone)
    sql = f"SELECT m.parcel_id FROM ({members(scope.place, measure)}) m WHERE {condition}"  # noqa: S608 - our own fragments
    with connection.cursor() as cursor:
        cursor.execute(sql, {**bounds(at), **values})
        found = [row[0] for row in cursor.fetchall()]
    return list(Parcel.objects.filter(pk__in=found).select_related("office").order_by("due_on", "id")[:PARCELS_SHOWN])


def restrict(scope: Scope) -> tuple[str, dict[str, Any]]:
    """The scope as a condition on a member `m`, with its values."""
    conditions, values = ["true"], {}
    if scope.offices is not None:
        conditions.append("m.office_id = ANY(%(offices)s)")
        values["offices"] = list(scope.offices)
    if scope.allowed is not None:
        conditions.append("(m.receiving_office_id = ANY(%(allowed)s) OR m.competent_office_id = ANY(%(allowed)s))")
        values["allowed"] = list(scope.allowed)
    return " AND ".join(conditions), values


def _narrowed(scope: Scope, measure: str, office: Office | None, alone: bool) -> tuple[str, dict[str, Any]]:
    condition, values = restrict(scope)
    condition += " AND m.measure = %(measure)s"
    values["measure"] = measure
    if office is not None:
        condition += " AND m.office_id = ANY(%(row)s)"
        values["row"] = [office.pk] if alone else _below(office)
    return condition, values


def _below(office: Office) -> list[int]:
    """The office and everything below it in the tree that the sums are made over."""
    children: dict[int, list[int]] = defaultdict(list)
    for key, above in Office.objects.exclude(parent=None).values_list("pk", "parent_id"):
        children[above].append(key)
    found = [office.pk]
    for key in found:
        found += children[key]
    return found

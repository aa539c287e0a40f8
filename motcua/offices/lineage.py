"""Who became whom: an office of one day, told as the office of another day, as far as that can be known. Pure.

An office is followed over successions one by one. Where it went to one successor, or came from one predecessor, nothing
is asked. Where it was divided or several were merged, only what is known of the dossier decides, and where nothing is
known the answer is that it can't be divided (`Unit.apart`), never a guess. Law: ND118-2025
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from motcua.offices.models import Office, Succession


@dataclass(frozen=True, slots=True)
class Node:
    """One office as far as its line is concerned; `valid_to` is the first day on which it is no longer there."""

    id: int
    parent: int | None
    level: str
    kind: str
    short_name: str
    valid_from: date
    valid_to: date | None

    def ended_by(self, day: date) -> bool:
        """No longer there on that day."""
        return self.valid_to is not None and self.valid_to <= day


@dataclass(frozen=True, slots=True)
class Step:
    """One succession; `is_default`: this one took over what was open."""

    from_id: int
    to_id: int
    on: date
    is_default: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What a dossier says of where it belongs.

    offices: where it was received, is decided and lies last. ended: days of reorganisations that came after it was done
    (on the others it was still open, so whoever took over what was open has it). homes: communes that the owner's address may
    mean.
    """

    offices: frozenset[int] = frozenset()
    homes: frozenset[int] = frozenset()
    ended: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Unit:
    """What a figure is told for; `apart`: divided or merged, and nothing tells which part it is."""

    office: int
    apart: bool = False


@dataclass
class Lineage:
    """The offices and their successions, in memory."""

    nodes: dict[int, Node]
    steps: list[Step]
    after: dict[int, list[Step]] = field(default_factory=dict)
    before: dict[int, list[Step]] = field(default_factory=dict)
    parts: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        after: dict[int, list[Step]] = defaultdict(list)
        before: dict[int, list[Step]] = defaultdict(list)
        parts: dict[int, list[int]] = defaultdict(list)
        for step in self.steps:
            after[step.from_id].append(step)
            before[step.to_id].append(step)
        for node in self.nodes.values():
            if node.parent is not None:
                parts[node.parent].append(node.id)
        self.after, self.before, self.parts = dict(after), dict(before), dict(parts)

    def with_parts(self, roots: Iterable[int]) -> set[int]:
        """These offices and everything that was ever below them in the tree."""
        return _reach(roots, lambda one: self.parts.get(one, []))

    def followers(self, roots: Iterable[int]) -> set[int]:
        """These offices and all that followed them."""
        return _reach(roots, lambda one: [step.to_id for step in self.after.get(one, [])])

    def forerunners(self, roots: Iterable[int]) -> set[int]:
        """These offices and all that they followed."""
        return _reach(roots, lambda one: [step.from_id for step in self.before.get(one, [])])

    def lines(self, office: int) -> tuple[set[int], set[int]]:
        """(offices whose figures are told for this one, with its parts; those that are counted to tell them)."""
        own = self.with_parts([office])
        told = own | self.followers(own) | self.forerunners(own)
        told |= self.with_parts(self.followers([office]))
        return told, told | self.forerunners(told & self.followers(own))

    def is_whole(self, office: int, told: set[int]) -> bool:
        """Whether everything that this office was divided into, and all that it was made of, is told too."""
        return self.followers([office]) <= told and self.forerunners([office]) <= told

    def unit_on(self, office: int, day: date, known: Known) -> Unit:
        """The office of that day that an office of another day was or became; itself where it was there."""
        seen = {office}
        while True:
            node = self.nodes[office]
            if node.ended_by(day):
                found = self._forward(node, known)
            elif node.valid_from > day:
                found = self._backward(node, known)
            else:
                return Unit(office)
            if found is None or found in seen:
                return Unit(office, apart=found is None and bool(self._steps_of(node, day)))
            seen.add(found)
            office = found

    def _steps_of(self, node: Node, day: date) -> list[Step]:
        return self.after.get(node.id, []) if node.ended_by(day) else self.before.get(node.id, [])

    def _forward(self, node: Node, known: Known) -> int | None:
        steps = self.after.get(node.id, [])
        if len(steps) < 2:
            return steps[0].to_id if steps else None
        heirs = {step.to_id for step in steps}
        for where in known.offices - {node.id}:
            reached = {heir for heir in heirs if where in self.followers([heir])} or heirs & self.followers([where])
            if len(reached) == 1:
                return reached.pop()
        if steps[0].on not in known.ended:
            return next((step.to_id for step in steps if step.is_default), None)
        return self._at_home(heirs, known)

    def _at_home(self, offices: set[int], known: Known) -> int | None:
        """The one of these that the owner's commune is or became."""
        reached = offices & self.followers(known.homes)
        return reached.pop() if len(reached) == 1 else None

    def _backward(self, node: Node, known: Known) -> int | None:
        steps = self.before.get(node.id, [])
        if len(steps) < 2:
            return steps[0].from_id if steps else None
        origins = {step.from_id for step in steps}
        for where in known.offices - {node.id}:
            reached = {origin for origin in origins if where in self.forerunners([origin])}
            if len(reached) == 1:
                return reached.pop()
        # The address says where somebody lives, not whether the district or the commune would have decided then.
        levels = {self.nodes[origin].level for origin in origins}
        return self._at_home(origins, known) if len(levels) == 1 else None


def read_lineage() -> Lineage:
    """Every office with its successions, in two statements."""
    columns = ("id", "parent_id", "level", "kind", "short_name", "valid_from", "valid_to")
    nodes = {row[0]: Node(*row) for row in Office.objects.values_list(*columns)}
    rows = Succession.objects.order_by("on", "id").values_list("from_office_id", "to_office_id", "on", "is_default")
    return Lineage(nodes, [Step(*row) for row in rows])


def _reach(roots: Iterable[int], more: Callable[[int], list[int]]) -> set[int]:
    seen: set[int] = set()
    todo = list(roots)
    while todo:
        one = todo.pop()
        if one not in seen:
            seen.add(one)
            todo.extend(more(one))
    return seen

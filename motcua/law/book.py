"""All regimes and values as they stood at one revision, and which value holds for a dossier.

A value holds from its first day until a later one of the same place (all dossiers, one field, one procedure) begins,
so that between two values there is neither gap nor overlap. A place whose latest row only ends says nothing of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from motcua.law.checking import Sessions, check_office_hours, facts_from
from motcua.law.facts import RegimeFacts

PRESET, PROVINCE, FIELD, PROCEDURE = "preset", "province", "field", "procedure"
ALL_DOSSIERS = ((PROVINCE, ""), (PRESET, ""))
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Value:
    """One row: what a place says from a day on. `order` is the row's number: of one day, the later row counts."""

    regime: str
    scope: str
    target: str
    key: str
    value: Any
    ends: bool
    valid_from: date
    order: int


class Book:
    """Regimes in the order of time, and their values; facts are put together once for each that somebody asks for."""

    def __init__(self, identities: Iterable[Mapping[str, Any]], values: Iterable[Value]) -> None:
        self.identities = {one["code"]: one for one in sorted(identities, key=lambda one: one["valid_from"])}
        self.values = sorted(values, key=lambda row: (row.valid_from, row.order))
        self.narrowed = any(row.scope in (FIELD, PROCEDURE) for row in self.values)
        self._rows: dict[str, dict[tuple[Place, str], list[Value]]] = {code: {} for code in self.identities}
        self._targets: dict[str, dict[str, set[str]]] = {
            code: {FIELD: set(), PROCEDURE: set()} for code in self.identities
        }
        self._days: dict[str, list[date]] = {code: [] for code in self.identities}
        for row in self.values:
            self._rows[row.regime].setdefault(((row.scope, row.target), row.key), []).append(row)
            if row.scope in (FIELD, PROCEDURE):
                self._targets[row.regime][row.scope].add(row.target)
            if row.valid_from not in self._days[row.regime][-1:]:
                self._days[row.regime].append(row.valid_from)
        self._made: dict[tuple[str, int, tuple[Place, ...]], RegimeFacts] = {}

    def code_on(self, day: date) -> str | None:
        """The regime for dossiers accepted on a day; None before the first and in a gap."""
        for code, one in self.identities.items():
            if one["valid_from"] <= day and (one["valid_to"] is None or day < one["valid_to"]):
                return code
        return None

    def facts(self, code: str, on: date, procedure: str = "", field: str = "") -> RegimeFacts:
        """What a regime says of a dossier accepted `on` a day; before the regime's first day, what it began with."""
        day = max(on, self.identities[code]["valid_from"])
        places = self.places(code, procedure, field)
        made = (code, bisect_right(self._days[code], day), places)
        if made not in self._made:
            self._made[made] = facts_from(self.identities[code], self._values(code, day, places))
        return self._made[made]

    def shown_day(self, code: str, today: date) -> date:
        """The day as of which a regime is shown: today, or its last day when it is over, its first when it is to come."""
        one = self.identities[code]
        last = one["valid_to"] - timedelta(days=1) if one["valid_to"] else today
        return max(one["valid_from"], min(today, last))

    def places(self, code: str, procedure: str = "", field: str = "") -> tuple[Place, ...]:
        """Where a value is looked for, narrowest first: the procedure, its field, the province, the preset."""
        if not self.narrowed:
            return ALL_DOSSIERS
        own = [place for place in ((PROCEDURE, procedure), (FIELD, field)) if place[1] in self._targets[code][place[0]]]
        return (*own, *ALL_DOSSIERS)

    def deciding(self, code: str, key: str, day: date, places: tuple[Place, ...]) -> Value | None:
        """The row that decides a parameter on a day."""
        for place in places:
            rows = self._rows[code].get((place, key), ())
            latest = next((row for row in reversed(rows) if row.valid_from <= day), None)
            if latest is not None and not latest.ends:
                return latest
        return None

    def with_value(self, value: Value, sessions: Sessions) -> Book:
        """The book as it would be with one more value, proven for every day and place that the value touches.

        Raises RegimeError for a value that makes no sense, alone or with others, on any of these days.
        """
        made = Book(self.identities.values(), [*self.values, value])
        for day, procedure, field in made._touched_by(value):
            facts = made.facts(value.regime, day, procedure, field)
            if value.key == "transfer_cutoff":
                check_office_hours(facts, sessions)
        return made

    def check(self) -> None:
        """Every regime for all dossiers, on every day on which something begins. Raises RegimeError."""
        for code, days in self._days.items():
            for day in days:
                self.facts(code, day)

    def _values(self, code: str, day: date, places: tuple[Place, ...]) -> dict[str, Any]:
        keys = {key for _place, key in self._rows[code]}
        found = {key: self.deciding(code, key, day, places) for key in keys}
        return {key: row.value for key, row in found.items() if row is not None}

    def _touched_by(self, value: Value) -> Iterator[tuple[date, str, str]]:
        targets = self._targets[value.regime]
        procedures = [value.target] if value.scope == PROCEDURE else ["", *targets[PROCEDURE]]
        fields = [value.target] if value.scope == FIELD else ["", *targets[FIELD]]
        for day in self._days[value.regime]:
            if day >= value.valid_from:
                yield from ((day, procedure, field) for procedure in procedures for field in fields)


def gaps_and_overlaps(identities: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, date, date]]:
    """Neighbouring regimes whose days don't touch: both codes, and the first and last day that none or both claim."""
    ordered = sorted(identities, key=lambda one: one["valid_from"])
    for earlier, later in pairwise(ordered):
        end = earlier["valid_to"]
        if end != later["valid_from"]:
            first, beyond = sorted((end or date.max, later["valid_from"]))
            yield earlier["code"], later["code"], first, beyond - timedelta(days=1)

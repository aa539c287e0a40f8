"""Which province this portal speaks for, which of its units take a procedure in, and which one somebody means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from motcua.base.errors import Invalid
from motcua.base.text import fold
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.routing import competent_office, receiving_offices
from motcua.offices.lineage import read_lineage
from motcua.offices.models import Office, Succession

MOST_SUGGESTED, MOST_OF_A_NAME = 8, 200
# What people write before a name; a commune may have become a ward since they learnt it.
KIND = re.compile(r"^(xa|phuong|thi tran|x|p|tt) (?=\S)")


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """A unit that may be meant; `formerly`: the old commune by whose name it was found, empty where by its own."""

    unit: Office
    formerly: str = ""


def home_province(on: date) -> str | None:
    """The province that was loaded first, or what it has become: this installation is its one-stop shop. Law: ND118-2025"""
    office = Office.objects.filter(kind=Office.Kind.PROVINCE).order_by("id").first()
    while office is not None and office.valid_to is not None and office.valid_to <= on:
        steps = Succession.objects.filter(from_office=office, is_default=True, on__lte=on)
        step = steps.select_related("to_office").order_by("on").last()
        if step is None:
            break
        office = step.to_office
    return office.province if office is not None else None


def units_for(version: ProcedureVersion, on: date) -> list[Office]:
    """The units of our province that take this procedure in on a day."""
    return receiving_offices(version, on, home_province(on))


def found_units(units: list[Office], text: str) -> list[FoundUnit]:
    """Those that may be meant, likeliest first: each word begins a word of the name, or of a commune that became it.

    Marks, case and đ don't matter. A kind before the name (xã, phường) matters only where something is found with it.
    """
    typed = " ".join(re.findall(r"\w+", fold(text)))
    found = _found(units, typed) if typed else []
    return found or (_found(units, KIND.sub("", typed)) if KIND.match(typed) else [])


def _found(units: list[Office], typed: str) -> list[FoundUnit]:
    own = {unit.pk: _closeness(typed, unit.short_name, unit.name) for unit in units}
    by_name = sorted((unit for unit in units if own[unit.pk]), key=lambda unit: own[unit.pk])
    lineage = read_lineage()
    formerly = []
    for unit in units:
        if own[unit.pk]:
            continue
        for node in (lineage.nodes[one] for one in sorted(lineage.forerunners([unit.pk]) - {unit.pk})):
            above = lineage.nodes.get(node.parent or 0)
            name = f"{node.short_name}, {above.short_name}" if above else node.short_name
            if node.level == unit.level and (close := _closeness(typed, node.short_name, name)):
                formerly.append((close, FoundUnit(unit, name)))
                break
    return [FoundUnit(unit) for unit in by_name] + [one for _close, one in sorted(formerly, key=lambda row: row[0])]


def _closeness(typed: str, short: str, whole: str) -> int:
    """1: the short name ends with what was typed, 2: has it, 3: the whole name has each word; 0: not meant."""
    words = re.findall(r"\w+", fold(whole))
    if not all(any(word.startswith(part) for word in words) for part in typed.split()):
        return 0
    name = " " + " ".join(re.findall(r"\w+", fold(short)))
    return 1 if name.endswith(f" {typed}") else 2 if f" {typed}" in name else 3


def resolver_name(version: ProcedureVersion, units: list[Office], on: date) -> str:
    """Who decides, where one answer holds for every unit; empty where it depends on the unit or on a person."""
    if not units or len(units) > 1:
        return ""
    try:
        return competent_office(version.competent_key, version.field, units[0], on).name
    except Invalid:
        return ""

"""Which province this portal speaks for, and which of its units take a procedure in."""

from __future__ import annotations

from datetime import date

from motcua.base.errors import Invalid
from motcua.base.text import fold
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.routing import competent_office, receiving_offices
from motcua.offices.models import Office


def home_province() -> str | None:
    """The province that was loaded first: this installation is its one-stop shop."""
    rows = Office.objects.filter(kind=Office.Kind.PROVINCE).order_by("id")
    return rows.values_list("province", flat=True).first()


def units_for(version: ProcedureVersion, on: date) -> list[Office]:
    """The units of our province that take this procedure in on a day."""
    return receiving_offices(version, on, home_province())


def named(units: list[Office], text: str) -> list[Office]:
    """Those whose name has every word of the text; marks, case and đ don't matter."""
    words = fold(text).split()
    return [unit for unit in units if all(word in fold(unit.name) for word in words)]


def narrowed(units: list[Office], text: str) -> list[Office]:
    """The same, to choose from: all when none has."""
    return named(units, text) or units


def resolver_name(version: ProcedureVersion, units: list[Office], on: date) -> str:
    """Who decides, where one answer holds for every unit; empty where it depends on the unit or on a person."""
    if not units or len(units) > 1:
        return ""
    try:
        return competent_office(version.competent_key, version.field, units[0], on).name
    except Invalid:
        return ""

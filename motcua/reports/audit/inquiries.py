"""Opinions and verifications are those of the events, word for word, and what is open is what the dossier's row says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from motcua.dossiers.states import Act
from motcua.reports.audit.findings import Kind
from motcua.reports.audit.reading import Case, ConsultationRow, DossierRow, EventRow, VerificationRow

# What an event says of one inquiry: its facts by name, with the instants of its beginning and its end.
Said = dict[str, Any]
OF_AN_END = {"outcome": "", "closed_at": None, "answer": "", "minutes": "", "attended": "", "file_id": None}


def inquiries(case: Case, row: DossierRow) -> Iterator[tuple[Kind, str]]:
    """Everything that differs."""
    try:
        asked = _told(case.events, "asked", "opinions", Act.CONSULT, "asked_at")
        checked = _told(case.events, "verification", "verified", Act.PLAN_VERIFICATION, "planned_at")
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        # Events that can't be read are a finding, whatever is wrong in them.
        yield Kind.INQUIRY, f"{type(error).__name__}: {error}"
        return
    yield from _differing("consultation", asked, case.consultations)
    yield from _differing("verification", checked, case.verifications)
    waiting = sorted(one["office_id"] for one in asked.values() if one["closed_at"] is None)
    if (row.asked_offices or []) != waiting:
        yield Kind.INQUIRY, f"asked_offices {row.asked_offices} != {waiting}"
    is_planned = any(one["closed_at"] is None for one in checked.values())
    if row.being_verified != is_planned:
        yield Kind.INQUIRY, f"being_verified {row.being_verified}"


def _told(events: Iterable[EventRow], begun: str, ended: str, founding: Act, born: str) -> dict[int, Said]:
    """By id: as the events began it, changed it and ended it. An end without a beginning is told as what it is."""
    told: dict[int, Said] = {}
    for event in events:
        data = event.data if isinstance(event.data, dict) else {}
        given = data.get(begun) or []
        for one in given if isinstance(given, list) else [given]:
            before = told.get(one["id"], {**OF_AN_END, born: event.at if event.act == founding else None})
            told[one["id"]] = {**before, **{name: _instant(name, value) for name, value in one.items()}}
        for one in data.get(ended) or []:
            before = told.get(one["id"], {**OF_AN_END, born: None, "office_id": 0})
            end = {name: value for name, value in one.items() if name in OF_AN_END}
            told[one["id"]] = {**before, **end, "closed_at": event.at, "file_id": one.get("file")}
    return told


def _instant(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if name.endswith("_at") else value


def _differing(
    what: str, told: dict[int, Said], rows: Iterable[ConsultationRow | VerificationRow]
) -> Iterator[tuple[Kind, str]]:
    there = {one.id: one for one in rows}
    for number in sorted(told.keys() ^ there.keys()):
        yield Kind.INQUIRY, f"{what} {number}: {'no event' if number in there else 'no row'}"
    for number in sorted(told.keys() & there.keys()):
        said, one = told[number], there[number]
        names = [name for name in one.__slots__ if name != "dossier_id"]
        if wrong := [name for name in names if getattr(one, name) != said.get(name)]:
            yield Kind.INQUIRY, f"{what} {number}: {', '.join(wrong)}"

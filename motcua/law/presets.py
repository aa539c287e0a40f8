"""The regimes that come with the software: `data/law/regimes.json` into rows, where they are not there yet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from motcua.law.models import Regime, RegimeParameter, Revision, Scope
from motcua.law.store import read_book

Dated = tuple[date, str, tuple[Any, str, str]]


@dataclass
class Preset:
    """One regime of the file, with what it inherits: rows of (first day, key, (value, basis, confidence))."""

    identity: dict[str, Any]
    rows: list[Dated] = field(default_factory=list)

    @property
    def last(self) -> dict[str, tuple[Any, str, str]]:
        """What stands on the regime's last day, which the next one inherits."""
        return {key: said for _day, key, said in self.rows}


def load_presets(folder: Path, *, at: datetime) -> int:
    """Add the bundled regimes and parameters that are not there yet; how many rows are new.

    What stands is left alone, but that an open regime ends where its bundled successor begins.
    Raises RegimeError when something is missing or contradicts itself; then nothing changes.
    """
    with transaction.atomic():
        lock_revisions()
        new = sum(_add(preset) for preset in read_presets(folder))
        if new:
            read_book()
            revise(at, "Các chế độ pháp lý kèm theo phần mềm")
    return new


def read_presets(folder: Path) -> list[Preset]:
    """Every regime of the file. A regime says only what it changes against the one it follows, some of it later on."""
    file = json.loads((folder / "law" / "regimes.json").read_text(encoding="utf-8"))
    read: dict[str, Preset] = {}
    for said in file["regimes"]:
        begins = date.fromisoformat(said["valid_from"])
        preset = Preset({key: said[key] for key in ("code", "name", "valid_from", "valid_to", "basis")})
        followed = read.get(said.get("follows", ""))
        first = {**(followed.last if followed else {}), **_said(said["parameters"])}
        preset.rows = [(begins, key, value) for key, value in first.items()]
        for change in said.get("changes", ()):
            day = date.fromisoformat(change["from"])
            preset.rows += [(day, key, value) for key, value in _said(change["parameters"]).items()]
        read[said["code"]] = preset
    return list(read.values())


def lock_revisions() -> None:
    """One change after the other, so that whoever sees a revision sees all the rows before it."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE law_revision IN SHARE ROW EXCLUSIVE MODE")


def revise(at: datetime, note: str) -> None:
    """Tell every process that the regimes changed; under the lock."""
    Revision.objects.create(made_at=at, note=note)


def _said(parameters: dict[str, list[Any]]) -> dict[str, tuple[Any, str, str]]:
    return {key: (value, basis, confidence) for key, (value, basis, confidence) in parameters.items()}


def _add(preset: Preset) -> int:
    regime, is_new = Regime.objects.get_or_create(code=preset.identity["code"], defaults=preset.identity)
    if not is_new and regime.valid_to is None and preset.identity["valid_to"]:
        Regime.objects.filter(pk=regime.pk).update(valid_to=preset.identity["valid_to"])
    known = set(regime.regimeparameters.filter(scope=Scope.PRESET).values_list("key", flat=True))
    added = RegimeParameter.objects.bulk_create(_rows(regime, preset.rows, known))
    return is_new + len(added)


def _rows(regime: Regime, rows: Iterable[Dated], known: set[str]) -> Iterator[RegimeParameter]:
    for day, key, (value, basis, confidence) in rows:
        if key not in known:
            yield RegimeParameter(
                regime=regime,
                scope=Scope.PRESET,
                key=key,
                value=value,
                valid_from=day,
                basis=basis,
                confidence=confidence,
            )

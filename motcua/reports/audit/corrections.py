"""What was corrected, by whom, and what the result said before: the rows beside the journal say what the journal says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from motcua.dossiers.acts.correction import content_said, version_said
from motcua.dossiers.models import Correction, Event, FormerResult, Result
from motcua.dossiers.permissions import DECIDES_A_CORRECTION
from motcua.dossiers.states import Act
from motcua.reports.audit.checks import PROPOSING
from motcua.reports.audit.findings import Finding, Kind
from motcua.reports.audit.whole import Tick

Key = tuple[int, int]


def corrections(tick: Tick) -> Iterator[Finding]:
    """Every proposal, decision and former version is in the journal as in its row, and no row stands alone.

    Law: ND61-2018 21
    """
    proposed, decided = _events(*PROPOSING), _events(*DECIDES_A_CORRECTION)
    rows = {(row.dossier_id, row.number): row for row in Correction.objects.select_related("dossier")}
    former = {row.correction_id: row for row in FormerResult.objects.all()}
    numbers = dict(Result.objects.filter(dossier_id__in={key[0] for key in rows}).values_list("dossier_id", "number"))
    tick("corrections", len(rows))
    for key in sorted(proposed.keys() | decided.keys() | rows.keys()):
        row, begun, ended = rows.get(key), proposed.get(key), decided.get(key)
        name = str(row.dossier) if row else str((begun or ended).dossier)  # type: ignore[union-attr]
        if row is None or begun is None:
            yield Finding(Kind.CORRECTION, name, f"{key[1]}: row {row is not None}, event {begun is not None}")
            continue
        for what in (*_proposal(row, begun), *_decision(row, ended, former.pop(row.pk, None))):
            yield Finding(Kind.CORRECTION, name, f"{key[1]}: {what}")
    for dossier_id, event in _last_by_dossier(decided).items():
        new, now = event.data.get("new_number"), numbers.get(dossier_id)
        if event.act == Act.CORRECT_RESULT and new and now != new:
            yield Finding(Kind.CORRECTION, str(event.dossier), f"number {now} != {new}")
    for version in former.values():
        yield Finding(Kind.CORRECTION, str(version.dossier), f"version {version.version}")


def _events(*acts: str) -> dict[Key, Event]:
    found = Event.objects.filter(act__in=acts).select_related("dossier").order_by("dossier_id", "seq")
    return {(event.dossier_id, int(event.data.get("correction", 0))): event for event in found}


def _last_by_dossier(decided: dict[Key, Event]) -> dict[int, Event]:
    """The last event of each dossier that gave its result another version."""
    made = [event for event in decided.values() if "former" in event.data]
    return {event.dossier_id: event for event in sorted(made, key=lambda event: event.seq)}


def _proposal(row: Correction, event: Event) -> Iterator[str]:
    said = {key: value for key, value in content_said(row).items() if value not in ("", None)}
    if {key: event.data.get(key) for key in said} != said or event.reason != row.reason:
        yield "proposal"
    if (event.actor_id, event.at) != (row.proposed_by_id, row.proposed_at):
        yield "proposed by"


def _decision(row: Correction, event: Event | None, kept: FormerResult | None) -> Iterator[str]:
    said: tuple[Any, ...] = (None, None, None)
    if event is not None:
        said = (event.act != Act.REFUSE_CORRECTION, event.actor_id, event.at)
    if (row.is_approved, row.decided_by_id, row.decided_at) != said:
        yield "decision"
    former = event.data.get("former") if event is not None else None
    if (version_said(kept) if kept else None) != former:
        yield "former version"

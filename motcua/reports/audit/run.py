"""The audit from beginning to end, over one snapshot, while the product goes on working."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, transaction

from motcua.reports.audit.checks import check
from motcua.reports.audit.closes import closes
from motcua.reports.audit.corrections import corrections
from motcua.reports.audit.findings import Verdict
from motcua.reports.audit.kept import kept_counts
from motcua.reports.audit.money import MONEY
from motcua.reports.audit.parts import PARTS
from motcua.reports.audit.reading import cases
from motcua.reports.audit.voices import VOICES
from motcua.reports.audit.whole import WHOLE, unsealed

Progress = Callable[[Verdict], None]


def audit(progress: Progress = lambda verdict: None) -> Verdict:
    """Check everything and say what was found. `progress` is told after every dossier."""
    verdict = Verdict()
    with transaction.atomic():
        _one_snapshot()
        for case in cases():
            verdict.checked["dossiers"] += case.row is not None
            verdict.checked["events"] += len(case.events)
            verdict.checked["stays"] += len(case.stays)
            for finding in check(case):
                verdict.add(finding)
            progress(verdict)

        def tick(thing: str, count: int) -> None:
            verdict.checked[thing] += count
            progress(verdict)

        for whole in (*WHOLE, corrections, *MONEY, *PARTS, *VOICES, closes, kept_counts):
            for finding in whole(tick):
                verdict.add(finding)
        verdict.checked["unsealed_events"] = unsealed()
    return verdict


def _one_snapshot() -> None:
    """Acts that commit meanwhile are not seen half; inside somebody else's transaction there is nothing to set."""
    with connection.cursor() as cursor:
        if len(connection.savepoint_ids) == 0:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # Everything will be read, so plan for the whole and not for the first rows.
        cursor.execute("SET LOCAL cursor_tuple_fraction = 1")

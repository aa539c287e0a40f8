"""What is kept of periods that are over is what counting them anew says."""

from __future__ import annotations

from collections.abc import Iterator

from motcua.reports.audit.findings import Finding, Kind
from motcua.reports.audit.whole import Tick
from motcua.reports.kept import kept_figures, kept_votes
from motcua.reports.models import KeptCount
from motcua.reports.month import count_anew
from motcua.reports.periods import between
from motcua.reports.scope import Scope
from motcua.reports.votes import COUNTED, vote_report


def kept_counts(tick: Tick) -> Iterator[Finding]:
    """Every count that would be used now; a stale one is not."""
    for one in KeptCount.objects.defer("figures", "votes").order_by("first", "last", "place"):
        period = between(one.first, one.last)
        figures, votes = kept_figures(period, one.place), kept_votes(period, one.place)
        if figures is None or votes is None:
            continue
        tick("kept_counts", 1)
        scope = Scope(place="receiving" if one.place == "receiving" else "competent")
        rows, _total = count_anew(period, scope, "office")
        anew = {(office, measure): many for office, counted in rows.items() for measure, many in counted.items()}
        made = vote_report(period, scope)
        anew |= {
            (row.key, measure): row.figures[measure] for row in made.rows for measure in COUNTED if row.figures[measure]
        }
        kept = [*figures, *votes]
        wrong = {*anew.items()} ^ {((office, measure), many) for office, measure, many in kept}
        if wrong:
            said = ", ".join(sorted({f"{office} {measure}" for (office, measure), _many in wrong}))
            yield Finding(Kind.KEPT_COUNT, "", f"{one}: {said[:200]}")

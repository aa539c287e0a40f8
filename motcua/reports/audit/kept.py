"""What is kept of periods that are over is what counting them anew says."""

from __future__ import annotations

from collections.abc import Iterator

from motcua.reports.audit.findings import Finding, Kind
from motcua.reports.audit.whole import Tick
from motcua.reports.kept import kept_figures
from motcua.reports.models import KeptCount
from motcua.reports.month import count_anew
from motcua.reports.periods import between
from motcua.reports.scope import Scope


def kept_counts(tick: Tick) -> Iterator[Finding]:
    """Every count that would be used now; a stale one is not."""
    for one in KeptCount.objects.defer("figures").order_by("first", "last", "place"):
        period = between(one.first, one.last)
        figures = kept_figures(period, one.place)
        if figures is None:
            continue
        tick("kept_counts", 1)
        rows, _total = count_anew(
            period, Scope(place="receiving" if one.place == "receiving" else "competent"), "office"
        )
        anew = {(office, measure): many for office, counted in rows.items() for measure, many in counted.items()}
        wrong = {*anew.items()} ^ {((office, measure), many) for office, measure, many in figures}
        if wrong:
            said = ", ".join(sorted({f"{office} {measure}" for (office, measure), _many in wrong}))
            yield Finding(Kind.KEPT_COUNT, "", f"{one}: {said[:200]}")

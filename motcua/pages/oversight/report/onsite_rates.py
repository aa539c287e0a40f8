"""Two rates of what is done at the centre, side by side and never mixed: of procedures, and of dossiers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motcua.catalogue.life.onsite import AIM_PERCENT, ListShare, share_on
from motcua.reports.measures import rates
from motcua.reports.month import Report


@dataclass(frozen=True)
class OnsiteRates:
    """The list of a day over the procedures of the province; dossiers of a period over its newly accepted ones.

    new: None for whoever sees no report. query: what the lists of dossiers of this report are asked with.
    """

    day: date
    procedures: ListShare
    aim: int
    count: int
    new: int | None
    share: Decimal | None
    query: str


def onsite_rates(day: date, made: Report | None, query: str) -> OnsiteRates:
    """Both rates; five statements, and none for the report, which is made already."""
    figures = made.total if made else {}
    share = rates(made.total)["onsite_rate"] if made else None
    return OnsiteRates(day, share_on(day), AIM_PERCENT, figures.get("new_onsite", 0), figures.get("new"), share, query)

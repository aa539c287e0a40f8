"""A month that the province closed and published, for tests."""

from __future__ import annotations

from motcua.offices.models import Office
from motcua.reports.closing import close_period
from motcua.reports.models import OpenMonth, PeriodClose
from motcua.reports.periods import parse_period
from tests.world import World, moment


def province() -> Office:
    """The committee of the demo province."""
    return Office.objects.get(kind=Office.Kind.PROVINCE, province="H54")


def published(world: World, month: str = "2021-11", at: str = "2021-12-01 08:00", reason: str = "") -> OpenMonth:
    """The month as the province closed it."""
    period = parse_period(month)
    made = close_period(period, province(), place="competent", reason=reason, actor=world.actor("quang"), at=moment(at))
    return made.open_month


def opened(world: World) -> dict[str, str]:
    """What the address of a published file is made of."""
    known = PeriodClose.objects.filter(text="2021-09", office=province()).first()
    if known is None:
        published(world, "2021-09", "2021-11-04 09:00")
    return {"open_office": "H54", "open_month": "2021-09", "open_file": "csv"}

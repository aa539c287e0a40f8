"""What is done wholly at the centre: dossiers by the process that they were given; procedures by the list alone."""

from __future__ import annotations

import pytest

from motcua.base.numbers import percent
from motcua.catalogue.models import Process
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.reports.measures import complete, rates
from motcua.reports.month import report
from motcua.reports.periods import parse_period
from motcua.reports.scope import Scope
from motcua.reports.tests.ledger import History, clock, procedure, write
from tests.cast import Cast

NOVEMBER = parse_period("2021-11")


def process(mode: str) -> Process:
    """A process of which so much is done at the centre."""
    return Process.objects.create(source_key=f"test {mode}", digest=bytes(32), usable=True, mode=mode)


def take(
    cast: Cast, going: Process | None, accepted: str, finished: str = "", due: str = "2021-11-17 17:00", **more: object
) -> None:
    moments = [(clock(accepted), State.ACCEPTED)] + ([(clock(finished), State.FINISHED)] if finished else [])
    facts = {"competent": cast.justice, "receiving": cast.center} | more
    made = write(History(moments, clock(due), **facts), procedure())  # type: ignore[arg-type]
    assert made is not None
    Dossier.objects.filter(pk=made.pk).update(process=going)


def test_the_process_of_a_dossier_says_how_much_was_done_at_the_centre(cast: Cast) -> None:
    four, five, usual = process("four"), process("five"), process("")
    for going in (four, four, five, usual, None):
        take(cast, going, "2021-11-05 10:00")
    take(cast, five, "2021-10-29 10:00")
    take(cast, four, "2021-11-15 10:00", receiving=cast.commune, competent=cast.commune)
    total = report(NOVEMBER, Scope()).total
    assert (total["new_onsite_four"], total["new_onsite_five"], total["new_onsite"], total["new"]) == (2, 1, 3, 6)
    assert str(rates(total)["onsite_rate"]) == "50.00"


def test_what_was_resolved_at_the_place_is_early_on_time_or_late(cast: Cast) -> None:
    going = process("four")
    for finished in ("2021-11-16 10:00", "2021-11-17 18:00", "2021-11-18 08:00"):
        take(cast, going, "2021-11-10 09:00", finished)
    take(cast, going, "2021-11-10 09:00")
    total = report(NOVEMBER, Scope()).total
    parts = [total[f"resolved_onsite_{part}"] for part in ("early", "on_time", "late")]
    assert (parts, total["resolved_onsite"], total["resolved"]) == ([1, 1, 1], 3, 3)


def test_the_published_figures_are_two_rates_of_two_things() -> None:
    figures = complete(
        {"new_counter": 9908, "new_online_self": 5920, "new_post": 105, "open_within": 15933, "new_onsite_four": 1691}
    )
    assert str(rates(figures)["onsite_rate"]) == "10.61"
    assert str(percent(396, 1219)) == "32.49"


@pytest.mark.django_db
def test_without_a_process_there_nothing_is_on_site() -> None:
    total = report(NOVEMBER, Scope()).total
    assert total["new_onsite"] == total["resolved_onsite"] == 0
    assert rates(total)["onsite_rate"] is None

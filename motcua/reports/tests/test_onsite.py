"""What is done wholly at the centre: dossiers by the list in force when they were accepted; procedures by the list alone."""

from __future__ import annotations

from datetime import date

import pytest

from motcua.base.numbers import percent
from motcua.catalogue.life.rows import LegalAct, OnsiteEntry, OnsiteList
from motcua.dossiers.states import State
from motcua.reports.measures import complete, rates
from motcua.reports.month import report
from motcua.reports.periods import parse_period
from motcua.reports.scope import Scope
from motcua.reports.tests.ledger import History, clock, procedure, write
from tests.cast import Cast

NOVEMBER = parse_period("2021-11")


def put_on_list(cast: Cast, code: str, mode: str, since: date) -> None:
    at = clock("2021-01-01 08:00")
    act = LegalAct.objects.create(
        number=f"{mode} {since}",
        signed_on=since,
        issuer="chairman",
        issued_by="UBND",
        entered_by=cast.quang,
        entered_at=at,
    )
    made = OnsiteList.objects.create(act=act, valid_from=since, recorded_by=cast.quang, recorded_at=at)
    version = procedure(code).version
    OnsiteEntry.objects.create(list=made, procedure=version.procedure, version=version, mode=mode)


def take(
    cast: Cast, code: str, accepted: str, finished: str = "", due: str = "2021-11-17 17:00", **more: object
) -> None:
    moments = [(clock(accepted), State.ACCEPTED)] + ([(clock(finished), State.FINISHED)] if finished else [])
    facts = {"competent": cast.justice, "receiving": cast.center} | more
    write(History(moments, clock(due), **facts), procedure(code))  # type: ignore[arg-type]


def test_the_list_of_the_day_of_acceptance_says_how_many_at_the_place(cast: Cast) -> None:
    put_on_list(cast, "1.001193", "four", date(2021, 11, 5))
    put_on_list(cast, "1.001193", "five", date(2021, 11, 15))
    for accepted in ("2021-11-04 10:00", "2021-11-05 10:00", "2021-11-14 10:00", "2021-11-15 00:00"):
        take(cast, "1.001193", accepted)
    take(cast, "1.000656", "2021-11-15 10:00")
    take(cast, "1.001193", "2021-11-15 10:00", receiving=cast.commune, competent=cast.commune)
    total = report(NOVEMBER, Scope()).total
    assert (total["new_onsite_four"], total["new_onsite_five"], total["new_onsite"], total["new"]) == (2, 1, 3, 6)
    assert str(rates(total)["onsite_rate"]) == "50.00"


def test_what_was_resolved_at_the_place_is_early_on_time_or_late(cast: Cast) -> None:
    put_on_list(cast, "1.001193", "four", date(2021, 1, 1))
    for finished in ("2021-11-16 10:00", "2021-11-17 18:00", "2021-11-18 08:00"):
        take(cast, "1.001193", "2021-11-10 09:00", finished)
    take(cast, "1.001193", "2021-11-10 09:00")
    total = report(NOVEMBER, Scope()).total
    parts = [total[f"resolved_onsite_{part}"] for part in ("early", "on_time", "late")]
    assert (parts, total["resolved_onsite"], total["resolved"]) == ([1, 1, 1], 3, 3)


def test_the_published_figures_are_two_rates_of_two_things() -> None:
    figures = complete(
        {"new_counter": 9908, "new_online": 5920, "new_post": 105, "open_within": 15933, "new_onsite_four": 1691}
    )
    assert str(rates(figures)["onsite_rate"]) == "10.61"
    assert str(percent(396, 1219)) == "32.49"


@pytest.mark.django_db
def test_without_a_list_nothing_is_on_site() -> None:
    total = report(NOVEMBER, Scope()).total
    assert total["new_onsite"] == total["resolved_onsite"] == 0
    assert rates(total)["onsite_rate"] is None

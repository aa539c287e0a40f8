"""Levels stand side by side; promised limits say how much they cut, and what binds."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from motcua.base.errors import Invalid
from motcua.calendar.limits import Limit
from motcua.catalogue.life.commitments import Promise, commit, cuts_on, reaches_aim
from motcua.catalogue.life.cuts import average_cut, cut_of, cut_of_sums
from motcua.catalogue.life.events import Happening, record
from motcua.catalogue.life.levels import levels_on, set_level
from motcua.catalogue.life.tests.made import AT, act, officer, procedures
from motcua.catalogue.models import ProcedureCase
from motcua.catalogue.offers import Offer, forget_offers, offer
from motcua.people.models import Account

__all__ = ["officer"]
pytestmark = pytest.mark.usefixtures("empty")
DAY = date(2021, 11, 1)


def limit(text: str) -> Limit:
    return Limit.parse(text)


@pytest.mark.parametrize(
    ("statutory", "promised", "percent"),
    [
        ("10wd", "6wd", "40.00"),
        ("15wd", "10wd", "33.33"),
        ("3wd", "8wh", "66.67"),
        ("30d", "18d", "40.00"),
        ("1wd", "immediate", "100.00"),
        ("5wd", "same-day", "80.00"),
        ("30d", "10wd", None),
        ("none", "10wd", None),
        ("2m+15wd", "30wd", None),
    ],
)
def test_a_cut_is_a_share_of_the_statutory_limit(statutory: str, promised: str, percent: str | None) -> None:
    assert cut_of(limit(statutory), limit(promised)) == (None if percent is None else Decimal(percent))


def test_the_cut_of_the_sums_is_not_the_average_of_the_cuts() -> None:
    pairs = [(limit("10wd"), limit("5wd")), (limit("40wd"), limit("36wd")), (limit("30d"), limit("15d"))]
    assert cut_of_sums(pairs) == {
        "working": (Fraction(50), Fraction(41), Decimal("18.00")),
        "calendar": (Fraction(30), Fraction(15), Decimal("50.00")),
    }
    assert average_cut(pairs) == Decimal("36.67")
    assert average_cut([]) is None
    assert cut_of_sums([]) == {}


def test_levels_of_three_schemes_stand_side_by_side_and_nothing_is_rewritten(officer: Account) -> None:
    (code,) = procedures(1)
    for scheme, level, day in (
        ("four_levels", "3", date(2019, 1, 1)),
        ("four_levels", "4", date(2021, 1, 1)),
        ("full_partial", "partial", date(2022, 8, 15)),
        ("full_by_default", "full", date(2026, 7, 1)),
    ):
        set_level([code], scheme=scheme, level=level, valid_from=day, act=act(officer), by=officer, at=AT)
    with pytest.raises(Invalid):
        set_level([code], scheme="full_partial", level="4", valid_from=DAY, act=None, by=officer, at=AT)
    seen = [
        {scheme: row.level for scheme, row in levels.items()}
        for day in (date(2020, 1, 1), date(2022, 9, 1), date(2026, 7, 1))
        for levels in levels_on(day).values()
    ]
    assert seen == [
        {"four_levels": "3"},
        {"four_levels": "4", "full_partial": "partial"},
        {"four_levels": "4", "full_partial": "partial", "full_by_default": "full"},
    ]


def terms(code: str) -> Offer:
    forget_offers()
    return offer(ProcedureCase.objects.get(version__procedure__code=code).pk, 1)


@pytest.fixture
def _process(empty: None) -> None:
    from motcua.catalogue.processes import ensure_default

    ensure_default()


@pytest.mark.usefixtures("_process")
def test_the_promise_binds_from_its_day_on_where_the_regime_says_so(officer: Account) -> None:
    (code,) = procedures(1)
    commit([Promise(code, limit("6wd"))], act=act(officer), valid_from=DAY, by=officer, at=AT)
    found = terms(code)
    assert found.limit == limit("10wd")
    assert found.limit_on(date(2021, 10, 31)) == limit("10wd")
    assert found.limit_on(DAY) == limit("6wd")
    assert found.limit_on(DAY, "statutory") == limit("10wd")
    (cut,) = cuts_on(DAY)[found.procedure_id]
    assert (cut.percent, reaches_aim([cut]), reaches_aim([])) == (Decimal("40.00"), True, False)
    commit([Promise(code, None)], act=act(officer, "3000/QĐ-UBND"), valid_from=date(2022, 1, 1), by=officer, at=AT)
    assert terms(code).limit_on(date(2022, 1, 1)) == limit("10wd")
    assert cuts_on(date(2022, 1, 1)) == {}


def test_a_promise_must_be_shorter_than_a_limit_that_is_sure(officer: Account) -> None:
    (same,) = procedures(1)
    (two,) = procedures(1, "10wd,5wd", start=1)
    wanted = [(same, "10wd", "không ngắn hơn"), (same, "5d", "không so sánh được"), (two, "3wd", "nhiều thời hạn")]
    for code, promised, sentence in wanted:
        with pytest.raises(Invalid, match=sentence):
            commit([Promise(code, limit(promised))], act=act(officer), valid_from=DAY, by=officer, at=AT)


@pytest.mark.usefixtures("_process")
def test_an_offer_says_from_which_day_no_new_dossier_is_taken(officer: Account) -> None:
    (code,) = procedures(1)
    record([code], Happening("suspended", date(2021, 11, 10), act=act(officer)), by=officer, at=AT)
    record([code], Happening("resumed", date(2021, 11, 20), act=act(officer)), by=officer, at=AT)
    found = terms(code)
    assert [found.closed_on(date(2021, 11, day)) for day in (9, 10, 19, 20)] == [None, "suspended", "suspended", None]

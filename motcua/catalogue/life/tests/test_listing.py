"""The catalogue as a list: each figure is the number of rows that its list shows; an empty catalogue has no rates."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from motcua.base.numbers import percent
from motcua.calendar.limits import Limit
from motcua.catalogue.life.commitments import Promise, commit
from motcua.catalogue.life.events import Happening, record
from motcua.catalogue.life.levels import set_level
from motcua.catalogue.life.listing import SETS, chosen, figures, listing, shares_of_cuts
from motcua.catalogue.life.onsite import approve_list
from motcua.catalogue.life.tests.made import AT, act, officer, procedures
from motcua.people.models import Account

__all__ = ["officer"]
pytestmark = pytest.mark.usefixtures("empty")
DAY = date(2021, 11, 1)


def test_396_of_1219_procedures_are_done_on_site_and_the_number_of_statements_stays(
    officer: Account, django_assert_num_queries: Any
) -> None:
    codes = procedures(1219)
    approve_list([(code, "four") for code in codes[:396]], act=act(officer), valid_from=DAY, by=officer, at=AT)
    with django_assert_num_queries(9):
        rows = listing(DAY)
    found = {one.key: one for one in figures(rows)}
    assert (found["onsite"].count, found["current"].count, found["onsite"].share) == (396, 1219, Decimal("32.49"))
    assert percent(396, 1219) == Decimal("32.49")
    assert {key: len(chosen(rows, of=key)) for key in SETS} == {key: one.count for key, one in found.items()}


def test_what_ended_is_in_no_other_figure(officer: Account) -> None:
    codes = procedures(4)
    set_level(codes, scheme="four_levels", level="4", valid_from=DAY, act=None, by=officer, at=AT)
    commit([Promise(codes[0], Limit.parse("6wd")), Promise(codes[1], Limit.parse("7wd"))], act=act(officer), valid_from=DAY, by=officer, at=AT)  # fmt: skip
    record(codes[3:], Happening("abolished", DAY, act=act(officer)), by=officer, at=AT)
    record(codes[2:3], Happening("replaced", DAY, act=act(officer), replaced_by=codes[0]), by=officer, at=AT)
    rows = listing(DAY)
    counts = {one.key: one.count for one in figures(rows) if one.count}
    assert counts == {"current": 2, "replaced": 1, "abolished": 1, "level_4": 2, "committed": 2, "aim": 1}
    sums, average = shares_of_cuts(rows)
    assert (sums["working"][2], average) == (Decimal("35.00"), Decimal("35.00"))
    assert [row.code for row in chosen(rows, text="thu tuc", of="aim")] == codes[:1]
    assert chosen(rows, field="Đất đai") == []


def test_an_empty_catalogue_has_no_rates() -> None:
    assert {one.share for one in figures(listing(DAY))} == {None}
    assert shares_of_cuts([]) == ({}, None)

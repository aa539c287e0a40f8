"""Months before and after a reorganisation say the same in whichever units they are told; what is unknown is said."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.errors import Invalid, NotThere
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.offices.models import Office
from motcua.offices.reorganise import reorganise
from motcua.reports.measures import MEASURES
from motcua.reports.month import report
from motcua.reports.scope import Scope, scope_for, subtree
from motcua.reports.series import (
    MOST_MONTHS,
    Series,
    dossiers_of,
    estimated,
    months_between,
    page_behind,
    question,
    series,
    shares_of,
)
from motcua.reports.tests.ledger import History, clock, procedure, write
from tests.cast import Cast, office

pytestmark = pytest.mark.django_db
REFORM = date(2025, 7, 1)
S = State


def lived(at: str, done: str = "", *, competent: Office, receiving: Office | None = None, address: str = "") -> Dossier:
    """One dossier: accepted, perhaps finished."""
    moments: list[tuple[datetime, State]] = [(clock(f"{at} 09:00"), S.ACCEPTED)]
    if done:
        moments.append((clock(f"{done} 09:00"), S.FINISHED))
    due = clock(f"{at} 17:00")
    made = write(History(moments, due, competent=competent, receiving=receiving or competent), procedure())
    assert made is not None
    Dossier.objects.filter(pk=made.pk).update(owner_address=address)
    return made


class Reform:
    """The offices of the ledger: communes, their district, and the communes that followed."""

    def __init__(self) -> None:
        self.dong_cac, self.dong_hop = office("xa-dong-cac-12757"), office("xa-dong-hop-12751")
        self.dong_kinh, self.district = office("xa-dong-kinh-12748"), office("huyen-dong-hung")
        self.new = self.dong_cac.successions.get(on=REFORM).to_office
        self.other = self.dong_kinh.successions.get(on=REFORM).to_office
        self.province = Office.objects.get(kind=Office.Kind.PROVINCE, province="H31")


@pytest.fixture
def reform(cast: Cast) -> Reform:
    """The two-tier reform of 1 July 2025, with a ledger written by hand around it."""
    reorganise(REFORM)
    at = Reform()
    lived("2025-05-06", "2025-05-08", competent=at.dong_cac)
    lived("2025-05-06", "2025-06-10", competent=at.dong_hop)
    lived("2025-06-03", competent=at.dong_cac)
    lived("2025-06-04", "2025-07-09", competent=at.dong_kinh)
    # Of the district: done before and nothing is known; by its address; open on the day.
    lived("2025-05-12", "2025-05-20", competent=at.district)
    lived("2025-06-12", "2025-06-20", competent=at.district, address="Thôn 2, xã ĐÔNG KINH, Đông Hưng")
    lived("2025-06-16", "2025-08-05", competent=at.district, address="Xã Đông Kinh")
    lived("2025-07-15", "2025-07-16", competent=at.new)
    lived("2025-07-15", competent=at.other)
    lived("2025-08-15", competent=at.new, receiving=at.dong_hop)
    lived("2025-08-20", "2025-08-21", competent=office("so-tu-phap", "H31"))
    return at


def told(measure: str, way: str, scope: Scope | None = None, day: date | None = None) -> Series:
    return series(question(measure, "2025-05", "2025-08", scope or Scope(), way, day))


def rows(made: Series) -> dict[str, tuple[int, ...]]:
    names = dict(Office.objects.values_list("pk", "short_name"))
    return {names[int(line.key.removeprefix("?"))] + (" ?" if line.apart else ""): line.counts for line in made.lines}


def test_as_it_was_each_month_has_its_own_offices(reform: Reform) -> None:
    assert rows(told("new", "then")) == {
        "Xã Đông Các": (1, 1, 0, 0),
        "Xã Đông Hợp": (1, 0, 0, 0),
        "Xã Đông Kinh": (0, 1, 0, 0),
        "Huyện Đông Hưng": (1, 2, 0, 0),
        reform.new.short_name: (0, 0, 1, 1),
        reform.other.short_name: (0, 0, 1, 0),
        "Sở Tư pháp": (0, 0, 0, 1),
    }
    # What was open on the day lies with whoever took it over.
    stock = rows(told("open", "then"))
    assert stock["Xã Đông Các"] == (0, 1, 0, 0)
    assert stock[reform.new.short_name] == (0, 0, 2, 2)
    assert stock[reform.other.short_name] == (0, 0, 1, 1)


def test_in_new_units_successors_are_sums_and_the_unknown_is_said(reform: Reform) -> None:
    made = told("new", "new")
    assert rows(made) == {
        reform.new.short_name: (2, 2, 1, 1),  # Đông Các + Đông Hợp + what the district left open
        reform.other.short_name: (0, 2, 1, 0),  # Đông Kinh + what the address places there
        "Huyện Đông Hưng ?": (1, 0, 0, 0),
        "Sở Tư pháp": (0, 0, 0, 1),
    }
    (apart,) = [line for line in made.lines if line.apart]
    assert "không tách được" in apart.note and "trước 01/07/2025" in apart.note and "Xã Đông Hưng" in apart.note


def test_in_old_units_new_months_are_divided_only_where_something_is_known(reform: Reform) -> None:
    made = told("new", "old", day=date(2025, 6, 30))
    found = rows(made)
    assert found["Xã Đông Hợp"] == (1, 0, 0, 1)  # received there before
    assert found["Xã Đông Các"] == (1, 1, 0, 0)
    assert found["Huyện Đông Hưng"] == (1, 2, 0, 0)
    assert found[reform.new.short_name + " ?"] == (0, 0, 1, 0)
    assert found[reform.other.short_name + " ?"] == (0, 0, 1, 0)
    assert found["Sở Tư pháp"] == (0, 0, 0, 1)
    assert {line.name for line in made.lines if "Sở Tư pháp" in line.name} == {"Sở Tư pháp Thái Bình"}


@pytest.mark.parametrize("measure", [key for key in MEASURES if not key.startswith(("corrected", "new_onsite"))])
def test_the_province_is_the_same_in_every_expression_each_month(reform: Reform, measure: str) -> None:
    scope = replace(Scope(), office=reform.province)
    totals = {way: told(measure, way, scope).total for way in ("then", "new", "old")}
    of_report = tuple(report(month, Scope()).total[measure] for month in months_between("2025-05", "2025-08"))
    assert set(totals.values()) == {of_report}
    assert {told(measure, way).total for way in totals} == {of_report}


def test_every_figure_opens_as_many_dossiers_as_it_says(reform: Reform) -> None:
    for way in ("then", "new", "old"):
        made = told("total", way)
        asked = made.question
        for line in made.lines:
            for place, month in enumerate(asked.months):
                ids = dossiers_of(asked, month, frozenset({line.key}))
                assert len(ids) == line.counts[place], (way, line.name, month.key)
                listed = page_behind(asked, month, frozenset({line.key})).members
                assert sorted(one.dossier_id for one in listed) == ids


def test_a_successor_has_no_total_where_a_divided_office_belongs_to_others_too(reform: Reform) -> None:
    made = told("new", "new", replace(Scope(), office=reform.new))
    assert rows(made) == {reform.new.short_name: (2, 2, 1, 1), "Huyện Đông Hưng ?": (1, 0, 0, 0)}
    assert made.total is None
    then = told("new", "then", replace(Scope(), office=reform.new))
    assert {"Xã Đông Các", "Xã Đông Hợp", "Huyện Đông Hưng"} <= set(rows(then))
    assert "Xã Đông Kinh" not in rows(then) and reform.other.short_name not in rows(then)
    partial = {line.key for line in then.lines if line.is_part}
    assert partial == {str(reform.district.pk)} and then.total is None


def test_an_estimate_is_made_openly_and_adds_up(reform: Reform) -> None:
    made = told("new", "new")
    assert estimated(made) == {}  # eight of the ten successors have nothing to weigh with
    for step in reform.district.successions.select_related("to_office"):
        lived("2025-08-25", competent=step.to_office)
    made = told("new", "new")
    (shares,) = estimated(made).values()
    assert len(shares) == 10
    assert [sum(month) for month in zip(*shares.values(), strict=True)] == [1, 0, 0, 0]
    assert shares[str(reform.new.pk)] == (1, 0, 0, 0)


@given(st.integers(0, 10_000), st.dictionaries(st.text("abc", min_size=1), st.integers(0, 50), min_size=1))
def test_shares_are_whole_add_up_and_are_within_one(count: int, weights: dict[str, int]) -> None:
    whole = sum(weights.values())
    if whole:
        found = shares_of(count, weights)
        assert sum(found.values()) == count
        assert all(abs(found[key] * whole - count * weight) < whole for key, weight in weights.items())


def test_an_office_that_was_not_there_is_answered_with_its_life(reform: Reform) -> None:
    scope = replace(Scope(), office=reform.district)
    with pytest.raises(Invalid) as caught:
        question("new", "2025-08", "2025-09", scope)
    said = str(caught.value)
    assert "từ 21/06/2018 đến trước 01/07/2025" in said and "Xã Đông Hưng" in said
    assert caught.value.code == "office_not_then"
    with pytest.raises(Invalid, match="không có trong thời gian này"):
        question("new", "2025-01", "2025-05", replace(Scope(), office=reform.new))
    # In the units of a later day it is a good question.
    question("new", "2025-01", "2025-05", replace(Scope(), office=reform.new), "new", REFORM)


@pytest.mark.parametrize(
    ("first", "last"), [("2025-08", "2025-05"), ("2025-Q1", "2025-05"), ("2015-01", "2025-05"), ("x", "2025-01")]
)
def test_bad_months_are_told(first: str, last: str) -> None:
    with pytest.raises(Invalid):
        months_between(first, last)
    assert len(months_between("2021-01", "2025-12")) == MOST_MONTHS


def test_an_unknown_measure_or_way_is_told() -> None:
    with pytest.raises(NotThere):
        question("x", "2025-05", "2025-06", Scope())
    with pytest.raises(Invalid):
        question("new", "2025-05", "2025-06", Scope(), "x")


def test_it_asks_one_statement_a_month_and_a_few_for_all(
    reform: Reform, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    with django_assert_max_num_queries(4 + 7):
        assert len(told("new", "new").lines) == 4


def test_a_scope_follows_a_divided_office_without_the_parts_that_went_elsewhere(reform: Reform) -> None:
    found = subtree([reform.other.pk], REFORM)
    assert {reform.dong_kinh.pk, reform.district.pk} <= found and not {reform.dong_cac.pk, reform.new.pk} & found
    # Of the district itself, and of the province, nothing is left out.
    assert reform.dong_cac.pk in subtree([reform.district.pk], REFORM)
    everything = set(Office.objects.filter(province__in=("H54", "H31")).values_list("pk", flat=True))
    assert subtree([reform.province.pk], REFORM) == everything


def test_nobody_sees_what_reports_do_not_show_them(reform: Reform, cast: Cast) -> None:
    with pytest.raises(NotThere):
        scope_for(cast.actor("hanh", date(2025, 9, 1)), date(2025, 9, 1), office_code=reform.other.code)
    dung = scope_for(cast.actor("dung", date(2025, 9, 1)), date(2025, 9, 1))
    assert dung.allowed is not None
    assert rows(told("new", "then", dung)) == {}


def test_nothing_happened_is_an_empty_answer(cast: Cast) -> None:
    made = told("new", "then")
    assert made.lines == () and made.total == (0, 0, 0, 0)

"""Columns of the forms: worked examples by hand, and what the law's switches move where. Pure."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.reports.measures import COUNTED, IN, OUT, Unbalanced, complete, form_06a
from motcua.reports.periods import parse_period
from motcua.reports.scope import Scope
from motcua.reports.statutory.columns import Switches, columns_06, columns_07a
from motcua.reports.statutory.forms import FORMS
from motcua.reports.statutory.shapes import Line, Sheet, values_of, verified

# A province in November 2021, as it was published: 19.042 to be resolved, 13.904 resolved, 105 came by post.
S2 = {
    "new_counter": 9_908,
    "new_online_self": 5_920,
    "new_post": 105,
    "carried_over": 3_109,
    "resolved_early": 2_288,
    "resolved_on_time": 11_616,
    "open_within": 5_138,
}
# Another one in September 2021: 783 wait for a supplement, 213 were withdrawn, one is late.
S3 = {
    "new_online_self": 6_189,
    "new_counter": 4_446,
    "resolved_on_time": 6_540,
    "withdrawn": 213,
    "waiting_supplement": 783,
    "open_within": 3_098,
    "open_late": 1,
}
ALL = [
    Switches(*one)
    for one in product(
        ("pending_within", "own"),
        ("resolved_on_time", "own", "resolved_excluded"),
        ("resolved", "own"),
        ("online", "counter"),
    )
]


def filled(figures: dict[str, int], switches: Switches, make: object = columns_06) -> Sheet:
    columns, identities = make(switches)  # type: ignore[operator]
    values = values_of(columns, figures)
    return verified(
        Sheet(
            FORMS["II.06a"], parse_period("2021-11"), Scope(), "field", "", "", columns, identities,
            (Line("Hộ tịch", values),), values,
        )
    )  # fmt: skip


def test_the_first_worked_example() -> None:
    total = filled(S2, Switches()).total
    assert total == {
        "3": 19_042, "4": 5_920, "5": 10_013, "6": 3_109, "7": 13_904, "8": 2_288, "9": 11_616, "10": 0,
        "11": 5_138, "12": 5_138, "13": 0,
    }  # fmt: skip


def test_the_second_worked_example_folds_what_has_no_column() -> None:
    total = filled(S3, Switches()).total
    assert [total[no] for no in ("3", "7", "9", "11", "12", "13")] == [10_635, 6_753, 6_753, 3_882, 3_881, 1]
    apart = filled(S3, Switches("own", "own", "own")).total
    assert [apart[no] for no in ("3", "7", "9", "15", "11", "12", "14", "13", "16")] == [
        10_635, 6_753, 6_540, 213, 3_882, 3_098, 783, 1, 0,
    ]  # fmt: skip
    outside = filled(S3, Switches("pending_within", "resolved_excluded")).total
    assert [outside[no] for no in ("3", "7", "11", "15")] == [10_635, 6_540, 3_882, 213]


@given(st.dictionaries(st.sampled_from([*IN, *OUT]), st.integers(0, 10**6)))
def test_what_balances_balances_under_every_switch(figures: dict[str, int]) -> None:
    missing = sum(figures.get(key, 0) for key in IN) - sum(figures.get(key, 0) for key in OUT)
    key = "open_late" if missing > 0 else "carried_over"
    figures[key] = figures.get(key, 0) + abs(missing)
    whole = complete(figures)
    assert filled(figures, Switches()).total == form_06a(whole)
    more = {
        "new_online_self_full": whole["new_online_self"],
        "new_online_helped_full": whole["new_online_helped"],
        "waiting_in_time": whole["waiting_acceptance"],
        "late_with_letter": whole["resolved_late"],
    }
    for switches in ALL:
        sheet = filled(figures, switches)
        counted = [leaf for column in sheet.columns if not column.parts for leaf in column.leaves]
        assert sorted(counted) == sorted([*IN, *OUT]), "each bucket stands in one column"
        assert filled({**whole, **more}, switches, columns_07a).total["3"] == whole["total"]


@pytest.mark.parametrize("make", [columns_06, columns_07a])
@pytest.mark.parametrize("measure", [*IN, *OUT])
def test_one_dossier_too_many_is_refused(make: object, measure: str) -> None:
    for switches in ALL:
        with pytest.raises(Unbalanced):
            filled({measure: 1}, switches, make)


def test_rows_that_are_not_the_total_are_refused() -> None:
    made = filled(S2, Switches())
    broken = {**made.total, "6": 3_110, "3": 19_043, "11": 5_139, "12": 5_139}
    from dataclasses import replace

    with pytest.raises(Unbalanced, match="cột 3"):
        verified(replace(made, total=broken))


def test_every_counted_measure_of_the_balance_is_known() -> None:
    assert set(IN) | set(OUT) <= set(COUNTED)

"""Points from rates, classes from points, and the worked examples of the law, on the pure functions. Law: QD766-2022"""

from __future__ import annotations

from decimal import Decimal as D
from fractions import Fraction

import pytest

from motcua.indices.scoring import (
    Online,
    Rule,
    at_the_unit,
    class_of,
    gain,
    half_up,
    mean_of,
    missing_to_target,
    online_services,
    petitions_answered,
    points,
)

ONLINE = Rule(D(6), D(50))
CLASSES = [("excellent", D(90)), ("good", D(80)), ("fair", D(70)), ("average", D(50)), ("weak", D(0))]


def test_the_examples_of_2021() -> None:
    assert points(ONLINE, 5920, 15933) == D("4.46")
    assert points(ONLINE, 4613, 10000) == D("5.54")
    assert points(Rule(D(20)), 777, 777) == D("20.00")


def test_at_the_target_all_points_and_above_it_no_more() -> None:
    assert points(ONLINE, 1, 2) == points(ONLINE, 2, 2) == D("6.00")
    assert points(ONLINE, 0, 7) == D("0.00")
    assert points(Rule(D(4)), 1, 3) == D("1.33")
    assert points(Rule(D(1)), 1, 8) == D("0.13")  # 0.125, half-up


def test_a_threshold_gives_all_or_nothing() -> None:
    rule = Rule(D(2), D(80), is_threshold=True)
    assert (points(rule, 79, 100), points(rule, 80, 100)) == (D("0.00"), D("2.00"))


def test_nothing_of_nothing_is_no_points_but_no_zero_either() -> None:
    assert points(ONLINE, 0, 0) is None
    assert gain(ONLINE, 0, 0, 5) == 0


def test_what_mending_wins() -> None:
    assert gain(ONLINE, 10, 100, 10) == D("1.20")
    assert gain(ONLINE, 45, 100, 55) == D("0.60")  # all points are reached on the way
    assert missing_to_target(ONLINE, 45, 100) == 5
    assert missing_to_target(ONLINE, 60, 100) == 0
    assert missing_to_target(Rule(D(6), D(50)), 1, 3) == 1
    assert missing_to_target(Rule(D(20)), 9, 10) == 1


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("100", "excellent"),
        ("90", "excellent"),
        ("89.99", "good"),
        ("70", "fair"),
        ("50", "average"),
        ("49.99", "weak"),
    ],
)
def test_classes_include_their_lower_bound(value: str, name: str) -> None:
    assert class_of(D(value), CLASSES) == name


def test_bounds_shrink_only_where_something_was_left_out() -> None:
    assert class_of(D(45), CLASSES, Fraction(1, 2)) == "excellent"


def test_the_example_of_the_circular() -> None:
    dossiers = {"1": (2, 2, 0), "2": (2, 1, 1), "3": (2, 2, 1), "4": (2, 1, 1), "7": (2, 1, 0)}
    means = {code: mean_of(said.count(2), said.count(1), said.count(0)) for code, said in dossiers.items()}
    assert means == {"1": D("1.3"), "2": D("1.3"), "3": D("1.7"), "4": D("1.3"), "7": D("1.0")}
    officer = sum((value for value in means.values() if value is not None), D(0))
    assert officer == D("6.6")
    assert class_of(officer, [("full", D(5)), ("partly", D("3.5")), ("below", D(0))]) == "full"
    agency = officer + 1 + 2 + 2 + 0
    assert agency == D("11.6")
    assert class_of(agency, [("excellent", D(15)), ("good", D(12)), ("fair", D(9)), ("weak", D(0))]) == "fair"
    assert mean_of(0, 0, 0) is None
    assert half_up(Fraction(5, 100), D("0.1")) == D("0.1")


def test_at_the_unit_by_procedures_then_by_dossiers() -> None:
    assert at_the_unit(10, 2, 50, 10, D(20)) == 2
    assert at_the_unit(10, 1, 50, 50, D(20)) == 1
    assert at_the_unit(10, 1, 50, 49, D(20)) == 0
    assert at_the_unit(0, 0, 0, 0, D(20)) is None


def test_petitions_by_time_and_none_prolonged() -> None:
    assert petitions_answered(0, 0, 0, D(90)) == 2
    assert petitions_answered(10, 10, 0, D(90)) == 2
    assert petitions_answered(10, 9, 0, D(90)) == 1
    assert petitions_answered(10, 8, 0, D(90)) == 0
    assert petitions_answered(10, 9, 1, D(90)) == 0


def test_online_services_by_procedures_dossiers_and_lateness() -> None:
    bounds = (D(20), D(30), D(15))
    assert online_services(Online(10, 2, 100, 30, 0), *bounds) == 2
    assert online_services(Online(10, 1, 100, 30, 0), *bounds) == 1
    assert online_services(Online(10, 2, 100, 15, 0), *bounds) == 1
    assert online_services(Online(10, 2, 100, 14, 0), *bounds) == 0
    assert online_services(Online(10, 2, 100, 30, 1), *bounds) == 0
    assert online_services(Online(10, 0, 100, 30, 0), *bounds) == 0
    assert online_services(Online(0, 0, 0, 0, 0), *bounds) is None

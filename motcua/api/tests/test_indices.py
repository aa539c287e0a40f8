"""The indices by the API: the same figures and the same rights as on the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from motcua.dossiers.tests import lives
from motcua.indices.tables import keep
from motcua.indices.tests.made import resolved, table
from tests.world import World

pytestmark = pytest.mark.django_db
Call = Callable[..., Any]


def test_the_index_and_what_costs_its_points(world: World, call: Call) -> None:
    keep(table(code="old"))
    resolved(world, "2021-11-03 10:00")
    late = resolved(world, "2021-11-10 10:00")
    quang = call("quang")
    made = quang.get("/reports/index-766", period="2021-11").json()
    component = next(one for group in made["groups"] for one in group["components"] if one["code"] == "2.1")
    assert (component["numerator"], component["denominator"], component["points"]) == (1, 2, "10.00")
    assert made["class"] == "weak"
    rows = quang.get("/reports/index-766/failing", period="2021-11", component="2.1").json()["rows"]
    assert [row["code"] for row in rows] == [late.code]
    assert quang.get("/reports/index-766/failing", period="2021-11", component="1.4").status_code == 404
    assert quang.get("/reports/index-766", period="2017-01").status_code == 404


def test_the_sheets_and_their_rights(world: World, call: Call) -> None:
    lives.finished(world)
    rows = call("quang").get("/reports/nine-indices/officers", period="2021-Q4").json()["rows"]
    assert {row["total"] for row in rows} == {"9.0"} and len(rows) == 5
    assert len(call("quang").get("/reports/nine-indices/agencies", period="2021-Q4").json()["rows"]) == 1
    assert call("quang").get("/reports/nine-indices/all", period="2021-Q4").status_code == 422
    for name, status in (("hoa", 404), ("lan", 404), ("nobody", 401)):
        assert call(name).get("/reports/nine-indices/officers", period="2021-Q4").status_code == status
        assert call(name).get("/reports/index-766", period="2026-10").status_code == status

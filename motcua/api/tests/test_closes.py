"""Closes over the API: the same ones as on the pages, for the same persons, read only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from motcua.api.tests.conftest import Caller
from motcua.dossiers.acts.reception import take_in
from motcua.dossiers.models import Dossier
from motcua.reports.closing import close_period
from motcua.reports.models import PeriodClose
from motcua.reports.periods import parse_period
from tests.world import World, moment

Call = Callable[..., Caller]
NOVEMBER = parse_period("2021-11")


@pytest.fixture
def close(world: World) -> PeriodClose:
    """The centre's November, closed on 1 December by whoever heads it; then a dossier came in backwards."""
    take_in(world.intake(), actor=world.actor("minh"), at=moment("2021-11-01 08:00"))
    dung = world.actor("dung", date(2021, 12, 1))
    made = close_period(NOVEMBER, world.cast.center, place="receiving", actor=dung, at=moment("2021-12-01 08:00"))
    take_in(world.intake(), actor=world.actor("minh"), at=moment("2021-11-02 08:00"))
    return made


def test_list_one_its_dossiers_and_what_differs_now(close: PeriodClose, call: Call) -> None:
    dung = call("dung")
    listed = dung.get("/reports/closes")
    assert listed.status_code == 200, listed.content.decode()
    (row,) = listed.json()["closes"]
    assert (row["id"], row["number"], row["period"]["key"], listed.json()["next"]) == (close.pk, 1, "2021-11", None)
    one = dung.get(f"/reports/closes/{close.pk}").json()
    assert one["total"]["figures"]["new"] == 1
    assert one["close"]["signature"] == close.signature and one["close"]["digest"] == close.digest
    compared = dung.get(f"/reports/closes/{close.pk}/differences").json()
    assert compared["other"] is None
    changed = {row["measure"]: (row["before"], row["after"], row["came"]) for row in compared["differences"]}
    assert changed["new_counter"] == (1, 2, 1)
    behind = dung.get(f"/reports/closes/{close.pk}/dossiers", measure="new").json()
    first = Dossier.objects.order_by("pk")[0]
    assert [row["code"] for row in behind["dossiers"]] == [first.code] and behind["next"] is None


def test_a_second_close_is_compared_with_the_first_and_pages_follow(
    close: PeriodClose, world: World, call: Call
) -> None:
    dung = world.actor("dung", date(2021, 12, 2))
    again = close_period(
        NOVEMBER, world.cast.center, place="receiving", reason="Nhập bổ sung", actor=dung, at=moment("2021-12-02 08:00")
    )
    caller = call("dung")
    found = caller.get(f"/reports/closes/{close.pk}/differences", other=again.pk).json()
    assert found["other"]["reason"] == "Nhập bổ sung" and found["differences"]
    page = caller.get("/reports/closes", limit=1).json()
    assert [row["id"] for row in page["closes"]] == [again.pk] and page["next"] == again.pk
    rest = caller.get("/reports/closes", limit=1, before=page["next"]).json()
    assert [row["id"] for row in rest["closes"]] == [close.pk] and rest["next"] is None


def test_who_may_ask_and_what_is_not_there(close: PeriodClose, call: Call) -> None:
    for rest in ("", f"/{close.pk}", f"/{close.pk}/differences", f"/{close.pk}/dossiers?measure=new"):
        assert call("nobody").get(f"/reports/closes{rest}").status_code == 401
        assert call("quang", scopes=("dossiers:read",)).get(f"/reports/closes{rest}").status_code == 403
        for name in ("lan", "hoa", "minh"):
            assert call(name).get(f"/reports/closes{rest}").status_code == 404
        assert call("quang").get(f"/reports/closes{rest}").status_code == 200
    quang = call("quang")
    assert quang.get("/reports/closes/999999").status_code == 404
    assert quang.get(f"/reports/closes/{close.pk}/differences", other=999999).status_code == 404
    assert quang.get(f"/reports/closes/{close.pk}/dossiers", measure="x").status_code == 404
    assert quang.get(f"/reports/closes/{close.pk}/dossiers", measure="new", office="x").status_code == 404
    assert quang.post("/reports/closes").status_code == 405

"""The inbox: the most urgent first, narrowed as one likes, in few statements however long it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import lives
from motcua.pages.conftest import WallClock
from tests.house.pages import assert_good_page
from tests.world import World

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
MOST_STATEMENTS = 4  # session, account, postings, the page


def listed(client: Client, **chosen: str) -> list[int]:
    answer = client.get("/ban-lam-viec/", chosen)
    assert_good_page(answer)
    return [dossier.pk for dossier in answer.context["page"].items]


def test_the_nearest_promise_stands_first(world: World, logged_in: LogIn, clock: WallClock) -> None:
    later, sooner = lives.assigned(world, "2021-11-02 08:00", "2021-11-02 09:00"), lives.assigned(world)
    clock("2021-11-09 09:00")
    answer = logged_in("thanh").get("/ban-lam-viec/")
    assert [dossier.pk for dossier in answer.context["page"].items] == [sooner.pk, later.pk]
    html = assert_good_page(answer)
    assert "Quá hạn 1 ngày" in html and "Hạn hôm nay" in html


def test_filters_narrow_and_nonsense_narrows_nothing(world: World, logged_in: LogIn, clock: WallClock) -> None:
    later, sooner = lives.assigned(world, "2021-11-02 08:00", "2021-11-02 09:00"), lives.assigned(world)
    held = lives.handled(world)
    clock("2021-11-09 09:00")
    thanh, hoa = logged_in("thanh"), logged_in("hoa")
    assert listed(thanh, due="qua-han") == [sooner.pk]
    assert listed(thanh, due="hom-nay") == [later.pk]
    assert listed(thanh, procedure="ho chieu", q="tran lan") == [sooner.pk, later.pk]
    assert listed(thanh, procedure="khai sinh") == []
    assert listed(thanh, q=str(later.code)) == [later.pk]
    assert listed(hoa, held="toi") == [held.pk]
    assert held.pk not in listed(hoa, held="chua-ai")
    assert listed(thanh, state="không-có", due="?") == [sooner.pk, later.pk]
    assert thanh.get("/ban-lam-viec/", {"sau": "hỏng"}).status_code == 422


def test_a_long_inbox_is_read_page_by_page_in_few_statements(world: World, logged_in: LogIn) -> None:
    made = [lives.assigned(world).pk for _ in range(27)]
    thanh = logged_in("thanh")
    thanh.get("/ban-lam-viec/")
    with CaptureQueriesContext(
        connection,
    ) as first:
        answer = thanh.get("/ban-lam-viec/")
    assert len(first) <= MOST_STATEMENTS, "\n".join(query["sql"] for query in first)
    assert not any("OFFSET" in query["sql"] or "COUNT(" in query["sql"] for query in first)
    page = answer.context["page"]
    rest = thanh.get("/ban-lam-viec/" + page.next_query).context["page"]
    assert [dossier.pk for dossier in (*page.items, *rest.items)] == made
    assert rest.next_query == ""


def test_the_dossier_page_asks_little(world: World, logged_in: LogIn) -> None:
    dossier = lives.handled(world)
    hoa = logged_in("hoa")
    address = f"/ban-lam-viec/ho-so/{dossier.pk}/"
    hoa.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert_good_page(hoa.get(address))
    assert len(asked) <= 14, "\n".join(query["sql"][:200] for query in asked)
    assert Dossier.objects.count() == 1


def test_others_have_no_desk(world: World, logged_in: LogIn) -> None:
    assert logged_in("lan").get("/ban-lam-viec/").status_code == 404
    assert listed(logged_in("khang")) == []

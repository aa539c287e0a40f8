"""Page after page every row comes once, in order, whether or not its instant may be missing, and however many are equal."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from motcua.base.errors import Invalid
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import lives
from motcua.pages.layout.paging import cursor_page
from tests.world import World, moment

pytestmark = pytest.mark.django_db
EARLY, LATE = moment("2021-11-05 17:00"), moment("2021-11-08 17:00")


def walked(key: str, *, descending: bool) -> list[int]:
    found: list[int] = []
    query = ""
    for _page in range(10):
        request = RequestFactory().get(f"/ho-so/{query}")
        page = cursor_page(Dossier.objects.all(), request, key=key, descending=descending, size=2)
        assert (page.first_query == "") == (query == "")
        found += [one.pk for one in page.items]
        query = page.next_query
        if not query:
            return found
    raise AssertionError("it has no end")


@pytest.mark.parametrize("descending", [False, True])
def test_every_row_comes_once(descending: bool, world: World) -> None:
    a, b, c, d, e = (lives.submitted(world).pk for _one in range(5))
    for pk, hours, due in ((a, 1, EARLY), (b, 0, None), (c, 0, LATE), (d, 1, LATE), (e, 0, None)):
        at = moment("2021-11-01 08:00") + timedelta(hours=hours)
        Dossier.objects.filter(pk=pk).update(submitted_at=at, due_at=due, original_due_at=due)
    by_submission, by_due = [b, c, e, a, d], [a, c, d]
    assert walked("submitted_at", descending=descending) == by_submission[:: -1 if descending else 1]
    without = [e, b] if descending else [b, e]
    assert walked("due_at", descending=descending) == [*by_due[:: -1 if descending else 1], *without]


def test_an_index_can_be_read_backwards_where_no_instant_is_missing(world: World) -> None:
    lives.submitted(world)
    with CaptureQueriesContext(connection) as seen:
        for key in ("submitted_at", "due_at"):
            cursor_page(Dossier.objects.all(), RequestFactory().get("/"), key=key, descending=True)
    assert ["NULLS LAST" in one["sql"] for one in seen.captured_queries] == [False, True]


def test_a_damaged_cursor_is_told(world: World) -> None:
    with pytest.raises(Invalid):
        cursor_page(Dossier.objects.all(), RequestFactory().get("/?sau=x"), key="due_at")

"""Two officers, one dossier, the same moment: one wins, the other is told. Real threads, real transactions."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import lives
from tests.house.pages import assert_good_page
from tests.world import World, reread

pytestmark = pytest.mark.django_db(transaction=True)
LogIn = Callable[[str], Client]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all of these in threads of their own, started together; their answers in order."""
    gate = Barrier(len(acts))
    answers: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            gate.wait()
            answers[place] = act()
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def test_one_approves_the_other_is_told(world: World, logged_in: LogIn, clock: Callable[[str], None]) -> None:
    dossier = lives.at_approval(world)
    clock("2021-11-03 10:00")
    seen = reread(dossier).last_seq
    approve, refuse = logged_in("tuan"), logged_in("tuan")
    base = f"/ban-lam-viec/ho-so/{dossier.pk}"
    answers = at_once(
        lambda: approve.post(f"{base}/phe-duyet/", {"seen": seen, "summary": "Đồng ý"}),
        lambda: refuse.post(f"{base}/tu-choi-giai-quyet/", {"seen": seen, "reason": "Thiếu ảnh", "basis": "Điều 21"}),
    )
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    told = next(answer for answer in answers if answer.status_code == 409)
    html = assert_good_page(told, 409)
    assert "vừa được người khác cập nhật" in html
    assert "Đồng ý" in html or "Thiếu ảnh" in html
    assert reread(dossier).last_seq == seen + 1


def test_one_page_sent_twice_at_once_makes_one_dossier(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    form = minh.get(f"/quay/tiep-nhan/{world.passport.pk}/").context["form"]
    typed = {
        "ticket": form["ticket"].value(),
        "channel": "1",
        "owner_kind": "1",
        "owner_name": "Trần Thị Lan",
        "return_way": "counter",
        "receiving_office": world.cast.center.pk,
        "take_in": "1",
        **{f"c{component.pk}": "on" for component in world.passport.components.all()},
    }
    twin = logged_in("minh")
    address = f"/quay/tiep-nhan/{world.passport.pk}/"
    first, second = at_once(lambda: minh.post(address, typed), lambda: twin.post(address, typed))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert Dossier.objects.count() == 1

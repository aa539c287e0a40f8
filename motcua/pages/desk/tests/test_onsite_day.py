"""A dossier that is done wholly at the centre, on pages: received, appraised, approved, sealed and returned there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.catalogue.life.tests.made import onsite, post_at
from motcua.dossiers.models import Stay
from motcua.dossiers.states import State
from motcua.dossiers.tests import lives
from motcua.pages.conftest import WallClock
from motcua.pages.desk.tests.test_day import do
from tests.house.pages import assert_good_page
from tests.world import World, reread

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]


def test_five_steps_at_the_centre_on_pages(world: World, logged_in: LogIn, clock: WallClock) -> None:
    cast = world.cast
    onsite(cast, "five", ("receiving", "", "onsite", "onsite", "onsite", "receiving"))
    post_at(cast.center, (cast.hoa, "handler"), (cast.tuan, "approver"), (cast.nga, "clerk"), (cast.khang, "handler"))
    dossier = lives.submitted(world)
    minh, hoa, tuan, nga, khang = (logged_in(name) for name in ("minh", "hoa", "tuan", "nga", "khang"))
    assert do(minh, dossier, "tiep-nhan").status_code == 302
    clock("2021-11-01 13:30")
    form = assert_good_page(minh.get(f"/ban-lam-viec/ho-so/{dossier.pk}/chuyen-buoc/"))
    assert cast.hoa.full_name in form
    assert cast.khang.full_name not in form
    assert do(minh, dossier, "chuyen-buoc", note="Đủ giấy tờ").status_code == 302
    code = reread(dossier).code or ""
    assert code in assert_good_page(hoa.get("/ban-lam-viec/"))
    assert code not in assert_good_page(khang.get("/ban-lam-viec/"))
    assert "Tại Trung tâm" in assert_good_page(hoa.get(f"/ban-lam-viec/ho-so/{dossier.pk}/"))
    clock("2021-11-02 10:00")
    assert do(hoa, dossier, "chuyen-buoc", to_account=cast.tuan.pk).status_code == 302
    assert do(tuan, dossier, "phe-duyet", number="", summary="Cấp hộ chiếu").status_code == 302
    assert do(nga, dossier, "phat-hanh", number="12/GP-STP").status_code == 302
    assert do(minh, dossier, "tra-ket-qua", way="counter", taken_by="Trần Thị Lan").status_code == 302
    assert reread(dossier).state == State.RETURNED
    assert set(Stay.objects.filter(dossier=dossier).values_list("office_id", flat=True)) == {cast.center.pk}

"""A broken promise is apologised for where its owner looks, and counted apart where everybody may. Law: ND61-2018 19(9)"""

from __future__ import annotations

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import lives
from motcua.operations.apologising import apologise
from motcua.operations.tests.test_apologies import told_sorry
from motcua.pages.conftest import WallClock
from motcua.reports.models import LateCause
from motcua.reports.statutory.causes import say_cause
from tests.house.pages import assert_good_page
from tests.world import World, moment

pytestmark = pytest.mark.django_db
SORRY = "xin lỗi bạn: hồ sơ không xong đúng ngày hẹn 08/11/2021"
NIGHT = moment("2021-11-09 00:05")


def test_the_page_of_a_late_dossier_says_sorry_with_reason_and_expected_day(
    client: Client, world: World, clock: WallClock
) -> None:
    dossier = lives.handled(world)
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.lan)
    typed = {"code": dossier.code, "secret": dossier.secret}
    clock("2021-11-08 09:00")
    assert "xin lỗi bạn" not in assert_good_page(client.post("/ho-so/tra-cuu/", typed))
    apologise(NIGHT)
    clock("2021-11-09 09:00")
    html = assert_good_page(client.post("/ho-so/tra-cuu/", typed))
    assert f"{world.cast.justice.name} {SORRY}" in html
    assert "cơ quan chưa nêu." in html and "chưa tính được" in html
    assert "xin lỗi" not in assert_good_page(client.get(f"/ho-so/tra-cuu/?ma={dossier.code}")), (
        "the code alone: the degree"
    )
    say_cause(dossier.pk, cause="complex", words="Chờ ông A", actor=world.actor("tuan"), at=moment("2021-11-09 09:30"))
    client.force_login(world.cast.lan)
    html = assert_good_page(client.get(f"/ho-so/{dossier.submission_no}/"))
    assert SORRY in html and str(LateCause.Cause.COMPLEX.label) in html and "ông A" not in html
    client.cookies["django_language"] = "en"
    assert "is sorry: your dossier was not done by the promised day, 08/11/2021" in assert_good_page(
        client.get(f"/ho-so/{dossier.submission_no}/")
    )


def test_the_public_page_counts_it_beside_the_letters(client: Client, world: World, clock: WallClock) -> None:
    lives.handled(world), told_sorry(world, lives.handled(world))
    apologise(moment("2021-11-15 00:05"))
    clock("2021-12-01 09:00")
    html = assert_good_page(client.get("/xin-loi/?ky=2021-11"))
    assert "được gửi cho từng người" not in html
    assert 'data-label="Có thư xin lỗi">1<' in html and 'data-label="Đã tự động xin lỗi">2<' in html

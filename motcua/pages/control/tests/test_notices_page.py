"""What could not be sent: who sees it, and sending it again; what the desk shows of a dossier's notices."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import lives
from motcua.notices.models import Delivery, Progress
from motcua.notices.outbox import take_all
from motcua.notices.tests.conftest import open_way
from motcua.operations.models import SilenceLimit
from motcua.operations.watching import watch
from tests.house.pages import assert_good_page
from tests.world import World, moment

pytestmark = [pytest.mark.django_db, pytest.mark.alone]
NOW = moment("2021-11-01 10:30")
LogIn = Callable[[str], Client]
PAGE = "/van-hanh/thong-bao/"


def failed(world: World) -> tuple[Dossier, Delivery]:
    open_way("sms", "http://127.0.0.1:9/")
    dossier = lives.handled(world)
    Dossier.objects.filter(pk=dossier.pk).update(owner_phone="0912345678")
    take_all(NOW)
    Delivery.objects.update(state=Progress.FAILED, last_error="HTTP 503", tried_at=NOW, attempts=7)
    return dossier, Delivery.objects.get()


@pytest.mark.parametrize("name", ["dung", "quang", "yen"])
def test_they_see_it_masked_and_send_it_again(name: str, world: World, logged_in: LogIn) -> None:
    dossier, one = failed(world)
    browser = logged_in(name)
    page = assert_good_page(browser.get(PAGE))
    assert str(dossier.code) in page and "849*****678" in page and "84912345678" not in page and "HTTP 503" in page
    assert (f'href="/ban-lam-viec/ho-so/{dossier.pk}/"' in page) == (name != "yen") or name == "yen"
    assert browser.post(f"{PAGE}{one.pk}/gui-lai/").status_code == 302
    one.refresh_from_db()
    assert one.state == Progress.WAITING and str(one.again_by) == getattr(world.cast, name).full_name
    browser.post(f"{PAGE}{one.pk}/gui-lai/")
    assert "Không có thông báo nào." in assert_good_page(browser.get(PAGE))
    assert str(dossier.code) in assert_good_page(browser.get(f"{PAGE}?chitieu=waiting"))


@pytest.mark.parametrize("name", ["minh", "hoa", "lan", "khang"])
def test_for_others_there_is_no_such_page(name: str, world: World, logged_in: LogIn) -> None:
    _dossier, one = failed(world)
    browser = logged_in(name)
    assert browser.get(PAGE).status_code == 404
    assert browser.post(f"{PAGE}{one.pk}/gui-lai/").status_code == 404
    one.refresh_from_db()
    assert one.state == Progress.FAILED


def test_an_overseer_elsewhere_sees_none_of_it(world: World, logged_in: LogIn) -> None:
    """Dung is in charge of the centre: what is received and decided in a commune is none of hers."""
    _dossier, one = failed(world)
    Dossier.objects.update(receiving_office=world.cast.commune, competent_office=world.cast.commune)
    browser = logged_in("dung")
    assert "Không có thông báo nào." in assert_good_page(browser.get(PAGE))
    assert browser.post(f"{PAGE}{one.pk}/gui-lai/").status_code == 404


def test_nonsense_and_whom_nobody_can_tell(world: World, logged_in: LogIn) -> None:
    dossier = lives.accepted(world)
    take_all(NOW)
    browser = logged_in("quang")
    assert browser.get(f"{PAGE}?chitieu=xyz").status_code == 404
    assert str(dossier.code) in assert_good_page(browser.get(f"{PAGE}?chitieu=unreachable"))
    assert_good_page(browser.get(f"{PAGE}?chitieu=sent"))


def test_the_desk_shows_who_was_told(world: World, logged_in: LogIn, clock: Callable[[str], None]) -> None:
    dossier, _one = failed(world)
    watch(moment("2021-11-08 07:00"))
    clock("2021-11-08 09:00")
    page = assert_good_page(logged_in("hoa").get(f"/ban-lam-viec/ho-so/{dossier.pk}/"))
    assert "Gửi không được" in page and "849*****678" in page and "84912345678" not in page
    assert "Báo hồ sơ im lặng" in page and world.cast.hoa.full_name in page
    assert "0912345678" not in page
    unit = assert_good_page(logged_in("dung").get(f"/ban-lam-viec/ho-so/{dossier.pk}/"))
    assert "84912345678" in unit, "the unit deals with the applicant"


def test_who_controls_procedures_sets_an_office_s_limit(world: World, logged_in: LogIn) -> None:
    address = "/van-hanh/im-lang/gioi-han/"
    body = {"office": "Sở Tư pháp", "days": "2", "valid_from": "2021-11-03", "reason": "Việc gấp"}
    for name, status in (("dung", 403), ("yen", 404), ("lan", 404)):
        assert logged_in(name).post(address, body).status_code == status
    quang = logged_in("quang")
    page = assert_good_page(quang.post(address, {**body, "valid_from": "2021-10-01", "reason": "Việc rất gấp"}), 422)
    assert "Chỉ đổi từ một ngày chưa tới." in page and "Việc rất gấp" in page
    assert SilenceLimit.objects.count() == 0
    assert quang.post(address, body).status_code == 302
    assert "Việc gấp" in assert_good_page(quang.get(address))
    assert "Đặt giới hạn riêng" not in assert_good_page(logged_in("dung").get(address))

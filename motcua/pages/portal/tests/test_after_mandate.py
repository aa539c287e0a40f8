"""A member whose mandate is over: as the organisation nothing is left; with the paper they are whoever holds the paper.

The secret on a slip and in a link to pay is the dossier's, not the person's. Law: BLDS-2015 140
"""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.organised import handed_in_for
from motcua.dossiers.tests.purse import book, paid_procedure
from motcua.pages.portal.paying import pay_address
from motcua.pages.portal.tests.conftest import Watch
from motcua.pages.portal.tests.test_enterprise import SWITCH, act_as, pottery
from motcua.pages.portal.tests.test_paying import gateway
from motcua.payments.models import Order
from motcua.payments.tests.server import Bank
from motcua.people.mandate_rows import Organisation
from motcua.people.tests.made import member
from tests.house.pages import assert_good_page
from tests.world import World

__all__ = ["gateway", "pottery"]
pytestmark = pytest.mark.django_db
NOW, AFTER = "2021-11-01 08:00", "2021-11-02 00:00"


@pytest.fixture
def owing(world: World, watch: Watch, pottery: Organisation) -> Dossier:
    """Of the organisation, with a fee to pay; Lan is its member for today."""
    book(world)
    member(pottery, world.cast.lan, world.cast.bay, NOW, may_file=True, may_pay=True, valid_to=date(2021, 11, 1))
    return handed_in_for(world, pottery, world.cast.lan, "2021-11-01 08:30", case_id=paid_procedure().pk, papers=())


def paper(dossier: Dossier) -> dict[str, str]:
    """What stands on the slip."""
    return {"code": dossier.submission_no, "secret": dossier.secret}


def test_in_the_capacity_that_is_over_nothing_is_followed_or_paid(
    lan: Client, watch: Watch, gateway: Bank, owing: Dossier, pottery: Organisation
) -> None:
    act_as(lan, pottery)
    address = pay_address(owing.submission_no, owing.secret)
    assert_good_page(lan.get(f"/ho-so/{owing.submission_no}/"))
    watch.set(AFTER)
    assert lan.get(f"/ho-so/{owing.submission_no}/").status_code == 404
    answer = lan.post(address, {"pay": "1"})
    assert "Bạn không còn quyền thay mặt Công ty TNHH Gốm Trà Lý" in assert_good_page(answer, 403)
    assert not Order.objects.exists()
    assert lan.post(SWITCH, {"principal": pottery.account_id}).status_code == 403


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_whoever_holds_the_paper_follows_and_pays(
    lan: Client, world: World, watch: Watch, gateway: Bank, owing: Dossier, pottery: Organisation, is_signed_in: bool
) -> None:
    act_as(lan, pottery)
    watch.set(AFTER)
    if is_signed_in:
        act_as(lan, None)
    browser = lan if is_signed_in else Client()
    assert owing.submission_no in assert_good_page(browser.post("/ho-so/tra-cuu/", paper(owing)))
    answer = browser.post(pay_address(owing.submission_no, owing.secret), {"pay": "1"})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    assert Order.objects.get().by_id == (world.cast.lan.pk if is_signed_in else None)
    assert owing.submission_no not in lan.get("/ho-so/").content.decode()


def test_a_member_pays_only_by_their_role_while_it_holds(
    lan: Client, world: World, gateway: Bank, owing: Dossier, pottery: Organisation
) -> None:
    act_as(lan, pottery)
    assert lan.post(pay_address(owing.submission_no, owing.secret), {"pay": "1"}).status_code == 302
    khang = Client()
    khang.force_login(world.cast.khang)
    member(pottery, world.cast.khang, world.cast.bay, NOW)
    act_as(khang, pottery)
    assert khang.post(pay_address(owing.submission_no, owing.secret), {"pay": "1"}).status_code == 403

"""What a dossier costs is shown on the page of intake before it is taken in: the sum that the bill then has. Law: ND61-2018 22"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from motcua.catalogue.models import ProcedureCase
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.purse import bill_of, book, paid_procedure, rule
from motcua.fees.rules import set_reduction
from tests.house.pages import assert_good_page
from tests.world import World, moment

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
ONCE: dict[str, Any] = {"set_by": "Quang", "at": moment("2021-01-01 08:00"), "basis": "NQ 9/2021"}


def shown(browser: Client, case: ProcedureCase, **typed: str) -> str:
    address = f"/quay/tiep-nhan/{case.pk}/"
    return assert_good_page(browser.post(address, typed) if typed else browser.get(address))


def test_the_page_shows_what_the_bill_then_says(world: World, logged_in: LogIn) -> None:
    book(world)
    case = paid_procedure()
    rule("before", "9.000010")
    days: dict[str, Any] = {"valid_from": date(2021, 1, 1), "valid_to": date(2022, 1, 1)}
    set_reduction("Giảm nửa phí", percent=Decimal(50), kinds=["PHI"], **days, **ONCE)
    minh = logged_in("minh")
    html = shown(minh, case)
    assert "100.000 đồng" in html and "Giảm nửa phí" in html and "Phí thẩm định" in html
    page = minh.get(f"/quay/tiep-nhan/{case.pk}/")
    cost = page.context["preview"].cost
    typed = {
        "ticket": page.context["form"]["ticket"].value(), "channel": "1", "owner_kind": "1", "owner_name": "Trần Thị Lan",
        "return_way": "counter", "receiving_office": str(world.cast.center.pk), "take_in": "1", "fee_way": "cash",
    }  # fmt: skip
    assert minh.post(f"/quay/tiep-nhan/{case.pk}/", typed).status_code == 302
    bill = bill_of(Dossier.objects.get())
    balance = sum(entry.amount_vnd for entry in bill.entries.filter(kind="paid"))
    assert balance == cost.total_vnd == 100_000


def test_another_channel_may_cost_something_else(world: World, logged_in: LogIn) -> None:
    case = paid_procedure()
    days: dict[str, Any] = {"valid_from": date(2021, 1, 1), "valid_to": date(2022, 1, 1)}
    set_reduction("Bưu chính", percent=Decimal(100), channels=[3], **days, **ONCE)
    minh = logged_in("minh")
    assert '<strong class="number">150.000 đồng' in shown(minh, case)
    assert '<strong class="number">0 đồng' in shown(minh, case, switch="3")


def test_what_the_catalogue_leaves_open_is_said_to_be_open(world: World, logged_in: LogIn) -> None:
    case = paid_procedure(fees_of=(("PHI", None, "theo biểu"),))
    html = shown(logged_in("minh"), case)
    assert "Danh mục chưa nói chắc mức thu" in html


def test_what_costs_nothing_says_so(world: World, logged_in: LogIn) -> None:
    assert "Không thu phí, lệ phí." in shown(logged_in("minh"), world.passport)

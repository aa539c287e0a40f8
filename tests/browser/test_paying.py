"""Lan pays on her phone at a real gateway, closes the tab before she is sent back, and still has her receipt."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.purse import bill_of, book, paid_procedure, rule
from motcua.fees.models import Receipt
from motcua.fees.rules import set_reduction
from motcua.payments.models import Outcome
from motcua.payments.tests.server import Bank, bank, set_up
from tests.browser.conftest import OpenPage
from tests.browser.test_everyone_can_use_it import ASK_AXE, AXE, RULES
from tests.browser.test_everyone_can_use_it import pytestmark as of_browsers
from tests.world import World, moment

pytestmark = [*of_browsers, pytest.mark.alone]
PICTURES = os.environ.get("MOTCUA_PICTURES", "")


@pytest.fixture
def gateway(db: None, live_server: Any, settings: Any) -> Iterator[Bank]:
    with bank() as server:
        set_up(settings, server)
        server.notify_at = f"{live_server.url}/thanh-toan/xac-nhan/"
        yield server


def good(page: Page, name: str) -> None:
    """As axe reads it, and no wider than the screen."""
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    assert page.evaluate(ASK_AXE, RULES) == [], name
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, name
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def hand_in(lan: Page, code: str) -> Dossier:
    """From the procedure's page to the end, seeing beforehand what it costs."""
    lan.goto(f"/thu-tuc/{code}/")
    expect(lan.locator("main")).to_contain_text("Phải nộp: 100.000 đồng")
    good(lan, "procedure")
    lan.goto(f"/thu-tuc/{code}/nop/")
    lan.locator("main form button[type=submit], main form button").get_by_text("Tiếp tục").last.click()
    lan.fill("[name=owner_address]", "Xã Đông Các")
    lan.locator("main button:not([name=later])", has_text="Tiếp").last.click()
    lan.click("button[name=next]")
    expect(lan.locator("main")).to_contain_text("TT 117/2026/TT-BTC")
    good(lan, "review")
    lan.check("input[type=checkbox]")
    lan.locator("main button[type=submit]", has_text="Nộp hồ sơ").click()
    lan.wait_for_url("**/da-nop/")
    good(lan, "submitted")
    return Dossier.objects.get()


def priced(world: World) -> str:
    """The code of a procedure whose phí is halved online, due before acceptance, at a centre with a book of receipts."""
    book(world)
    rule("before")
    words: dict[str, Any] = {"basis": "TT 117/2026/TT-BTC", "set_by": "Quang", "at": moment("2021-01-01 08:00")}
    days: dict[str, Any] = {"valid_from": date(2021, 10, 1), "valid_to": date(2021, 12, 1)}
    set_reduction("Nộp trực tuyến", percent=Decimal(50), kinds=["PHI"], channels=[2], **days, **words)
    return paid_procedure().version.procedure.code


def seen_afterwards(open_page: OpenPage, dossier: Dossier) -> None:
    """Lan at home has her receipt, and the counter its row."""
    again = open_page("lan", width=1280)
    again.goto(f"/ho-so/{dossier.submission_no}/")
    expect(again.get_by_role("link", name="Biên lai")).to_be_visible()
    good(again, "dossier-paid")
    address = again.get_by_role("link", name="Biên lai").get_attribute("href") or ""
    assert again.request.get(address).body()[:5] == b"%PDF-"
    minh = open_page("minh", width=390)
    minh.goto("/quay/thanh-toan-truc-tuyen/")
    expect(minh.locator("main")).to_contain_text("Đã ghi vào sổ thu")
    good(minh, "counter-online")


def test_she_closes_the_tab_and_has_her_receipt(world: World, open_page: OpenPage, gateway: Bank) -> None:
    lan = open_page("lan", width=390)
    dossier = hand_in(lan, priced(world))

    lan.get_by_role("link", name="Nộp phí, lệ phí").click()
    good(lan, "pay")
    lan.get_by_role("button", name="Thanh toán trực tuyến").click()
    expect(lan.locator("h1")).to_have_text("Cổng thanh toán thử")
    # The back button, and forth again: the same order, nothing paid.
    lan.go_back()
    lan.reload()
    expect(lan.locator("main")).to_contain_text("đang chờ cổng thanh toán xác nhận")
    good(lan, "pay-waiting")
    lan.get_by_role("button", name="Tiếp tục thanh toán").click()
    expect(lan.locator("h1")).to_have_text("Cổng thanh toán thử")
    assert len(gateway.orders) == 1

    # She pays; the gateway drops the line before it sends her back, and tells us a moment later.
    gateway.dies = True
    number = next(iter(gateway.orders))
    lan.get_by_role("button", name="Thanh toán").click(no_wait_after=True)
    while number not in gateway.taken:
        lan.wait_for_timeout(50)
    lan.close()
    assert bill_of(dossier).state == "unpaid"
    gateway.dies = False
    watching = open_page("nobody", width=390)
    watching.goto("/ho-so/tra-cuu/")
    watching.fill("main [name=code]", dossier.submission_no)
    watching.fill("main [name=secret]", dossier.secret)
    watching.locator("main button[type=submit]").click()
    watching.get_by_role("link", name="Xem tình trạng thanh toán").click()
    gateway.tell(number)
    # The page that waits says so by itself.
    expect(watching.get_by_role("link", name="Xem biên lai")).to_be_visible()
    good(watching, "pay-paid")
    assert (Receipt.objects.get().amount_vnd, Outcome.objects.get().booked_vnd) == (100_000, 100_000)
    seen_afterwards(open_page, dossier)

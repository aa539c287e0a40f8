"""The machine in the hall in a real browser: keys on the screen, the question before it forgets, and that it forgets."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Page, expect

from motcua.dossiers.tests.wrongs import returned
from motcua.offices.kiosks import set_up
from motcua.pages.conftest import WallClock
from motcua.ratings.kinds import Place
from motcua.ratings.models import Vote
from tests.browser.conftest import OpenPage
from tests.browser.reading import faults_here
from tests.browser.test_everyone_can_use_it import faults_of
from tests.browser.test_everyone_can_use_it import pytestmark as of_browsers
from tests.world import World, moment

pytestmark = of_browsers
MORNING = "2026-09-01 09:00"
PICTURES = os.environ.get("MOTCUA_PICTURES", "")


@pytest.fixture
def machine(world: World, open_page: OpenPage, clock: WallClock) -> Page:
    """A kiosk that stands at its first page."""
    clock(MORNING)
    _kiosk, secret = set_up(world.cast.center, "Ki-ốt số 1", actor=world.actor("yen"), at=moment(MORNING))
    page = open_page(width=1080)
    page.goto("/")
    page.context.add_cookies([{"name": "ki-ot", "value": secret, "url": page.url}])
    page.clock.install()
    page.goto("/ki-ot/")
    return page


def test_a_visitor_follows_a_dossier_leaves_and_is_forgotten(world: World, machine: Page) -> None:
    dossier = returned(world)
    assert faults_of(machine, "/ki-ot/") == []
    machine.get_by_role("link", name="Tra cứu, đánh giá hồ sơ").click()
    for letter in (dossier.code or "")[:3]:
        machine.locator(".keys").first.get_by_role("button", name=letter, exact=True).click()
    code = machine.locator("input[name=code]")
    expect(code).to_have_value((dossier.code or "")[:3])
    assert faults_here(machine) == []
    if PICTURES:
        machine.screenshot(path=f"{PICTURES}/kiosk-track.png", full_page=True)
    code.fill(dossier.code or "")
    machine.locator("input[name=secret]").fill(dossier.secret)
    machine.get_by_role("button", name="Tra cứu", exact=True).click()
    expect(machine).to_have_url(machine.url.split("/ki-ot/")[0] + "/ki-ot/ho-so/")
    expect(machine.get_by_role("main")).to_contain_text("Cấp hộ chiếu thử nghiệm")
    assert faults_of(machine, "/ki-ot/ho-so/") == []
    machine.clock.fast_forward(61_000)
    ask = machine.get_by_role("alertdialog")
    expect(ask).to_be_visible()
    assert faults_here(machine) == []
    if PICTURES:
        machine.screenshot(path=f"{PICTURES}/kiosk-asks.png")
    machine.keyboard.press("Enter")
    expect(ask).to_be_hidden()
    machine.clock.fast_forward(61_000)
    expect(ask).to_be_visible()
    machine.clock.fast_forward(31_000)
    expect(machine.get_by_role("heading", level=1)).to_have_text("Mời bạn chọn việc cần làm")
    if PICTURES:
        machine.screenshot(path=f"{PICTURES}/kiosk-start.png")
    machine.go_back()
    expect(machine.get_by_role("main")).not_to_contain_text("Cấp hộ chiếu thử nghiệm")


def test_a_visitor_rates_before_leaving(world: World, machine: Page) -> None:
    dossier = returned(world)
    machine.get_by_role("link", name="Tra cứu, đánh giá hồ sơ").click()
    machine.locator("input[name=code]").fill(dossier.code or "")
    machine.locator("input[name=secret]").fill(dossier.secret)
    machine.get_by_role("button", name="Tra cứu", exact=True).click()
    machine.get_by_role("link", name="Đánh giá sự hài lòng").click()
    expect(machine.get_by_role("heading", level=1)).to_have_text("Đánh giá sự hài lòng")
    assert faults_here(machine) == []
    machine.get_by_text("Rất hài lòng").click()
    machine.get_by_role("button", name="Gửi đánh giá").click()
    expect(machine.get_by_role("main")).to_contain_text("đã được đánh giá")
    assert faults_here(machine) == []
    machine.get_by_role("button", name="Xong, xóa thông tin của tôi").click()
    expect(machine.get_by_role("heading", level=1)).to_have_text("Mời bạn chọn việc cần làm")
    assert faults_here(machine) == []
    assert Vote.objects.get().place == Place.KIOSK

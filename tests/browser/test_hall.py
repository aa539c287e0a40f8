"""A turn in the hall, in real browsers: drawn at a machine, shown on the wall, called and served by keys, tied, rated."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from motcua.dossiers.models import Dossier
from motcua.offices.kiosks import set_up
from motcua.pages.conftest import WallClock
from motcua.ratings.models import Vote
from motcua.tickets.models import Ticket, TicketDossier
from motcua.tickets.tests.halls import Hall, hall
from tests.browser.conftest import OpenPage
from tests.browser.reading import WIDER, faults_here, of_stories
from tests.world import World, moment

pytestmark = of_stories
NOW = "2021-11-04 09:00"
PICTURES = os.environ.get("MOTCUA_PICTURES", "")


@pytest.fixture
def centre(world: World, clock: WallClock) -> Hall:
    return hall(world.cast)


@pytest.fixture
def machine(world: World, centre: Hall, open_page: OpenPage) -> Any:
    """The browser of a machine of this use and width."""

    def of(use: str, width: int = 1080, *, script: bool = True) -> Page:
        _kiosk, secret = set_up(centre.office, f"Máy {use}", use, actor=world.actor("yen"), at=moment(NOW))
        page = open_page(width=width, script=script)
        page.goto("/healthz")
        page.context.add_cookies([{"name": "ki-ot", "value": secret, "url": page.url}])
        page.goto("/ki-ot/")
        return page

    return of


def picture(page: Page, name: str) -> None:
    """For the eye, where somebody asked for pictures."""
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"hall-{name}.png"), full_page=True)


def alt(page: Page, letter: str) -> None:
    """A key with Alt, as a keyboard sends it: Playwright's own press leaves out the letter that access keys go by."""
    session = page.context.new_cdp_session(page)
    key = {"key": letter, "code": f"Key{letter.upper()}", "windowsVirtualKeyCode": ord(letter.upper()), "modifiers": 1}
    session.send("Input.dispatchKeyEvent", {"type": "keyDown", "unmodifiedText": letter, **key})
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
    session.detach()


def takes_in(minh: Page, world: World) -> None:
    """Lan's dossier, over the counter, by keys."""
    minh.goto(f"/quay/tiep-nhan/{world.passport.pk}/")
    minh.get_by_label("Họ tên, tên tổ chức").first.fill("Trần Thị Lan")
    for component in world.passport.components.all():
        minh.locator(f"[name=c{component.pk}]").check()
    alt(minh, "l")
    expect(minh.get_by_role("heading", level=1)).to_have_text("Đã tiếp nhận")


def rates(mine: Page) -> list[str]:
    """By the telephone, after the service."""
    mine.get_by_role("link", name="Đánh giá lượt phục vụ").click()
    wrong = faults_here(mine)
    mine.get_by_text("Rất hài lòng").click()
    mine.get_by_role("button", name="Gửi đánh giá").click()
    expect(mine.get_by_role("main")).to_contain_text("đã được đánh giá")
    return wrong + faults_here(mine)


def draws(kiosk: Page) -> list[str]:
    """One touch at the machine."""
    wrong = faults_here(kiosk)
    picture(kiosk, "machine")
    kiosk.get_by_role("button", name="Hộ tịch, chứng thực").click()
    expect(kiosk.get_by_role("heading", level=1)).to_have_text("Số của bạn")
    expect(kiosk.locator(".ticket-number")).to_have_text("A001")
    picture(kiosk, "number")
    return wrong + faults_here(kiosk)


def test_from_the_machine_to_the_rating(world: World, centre: Hall, machine: Any, open_page: OpenPage) -> None:
    kiosk, wall, mine, minh = machine("tickets"), machine("screen", 1280), open_page(width=390), open_page("minh")
    wrong = draws(kiosk) + faults_here(wall)
    mine.goto("/so-thu-tu/" + Ticket.objects.get().key + "/")
    minh.goto("/quay/goi-so/")
    wrong += faults_here(mine) + faults_here(minh)
    minh.get_by_role("button", name="Quầy 1").click()
    expect(minh.get_by_role("heading", level=1)).to_have_text("Hàng chờ")
    wrong += faults_here(minh)
    # The officer types in a form, and calls by a key without losing a letter.
    minh.goto(f"/quay/tiep-nhan/{world.passport.pk}/")
    name, bar = minh.get_by_label("Họ tên, tên tổ chức").first, minh.locator(".queue-bar")
    name.fill("Trần Thị Lan")
    alt(minh, "g")
    expect(bar).to_contain_text("A001")
    expect(bar).to_contain_text("Đang gọi")
    expect(name).to_have_value("Trần Thị Lan")
    expect(name).to_be_focused()
    # The wall and the telephone show it by themselves.
    expect(wall.locator(".wall-code")).to_have_text("A001")
    expect(wall.locator(".wall-to")).to_contain_text("1")
    expect(mine.get_by_role("main")).to_contain_text("Mời bạn đến quầy 1 ngay")
    alt(minh, "b")
    expect(bar).to_contain_text("Đang phục vụ")
    wrong += faults_here(minh) + faults_here(wall) + faults_here(mine)
    picture(wall, "wall")
    picture(minh, "counter")
    takes_in(minh, world)
    expect(minh.locator("dl.facts")).to_contain_text("A001")
    tied = TicketDossier.objects.get()
    assert (tied.ticket_id, tied.dossier_id) == (Ticket.objects.get().pk, Dossier.objects.get().pk)
    alt(minh, "k")
    expect(bar).to_contain_text("Chưa gọi ai")
    wrong += rates(mine)
    assert Vote.objects.get().ticket_id == tied.ticket_id
    assert wrong == []


def test_a_moment_without_network_is_told_and_loses_nothing(world: World, centre: Hall, open_page: OpenPage) -> None:
    centre.draw(moment(NOW))
    minh = open_page("minh")
    minh.goto("/quay/goi-so/")
    minh.get_by_role("button", name="Quầy 1").click()
    minh.goto(f"/quay/tiep-nhan/{world.passport.pk}/")
    name = minh.get_by_label("Họ tên, tên tổ chức").first
    name.fill("Trần Thị Lan")
    minh.context.set_offline(True)
    alt(minh, "g")
    lost = minh.locator("#queue-lost")
    expect(lost).to_be_visible()
    expect(name).to_have_value("Trần Thị Lan")
    minh.context.set_offline(False)
    expect(lost).to_be_hidden()
    alt(minh, "g")
    expect(minh.locator(".queue-bar")).to_contain_text("A001")
    expect(name).to_have_value("Trần Thị Lan")


def test_pages_of_the_hall_hold_at_every_width(world: World, centre: Hall, machine: Any, open_page: OpenPage) -> None:
    ticket = centre.draw(moment(NOW), priority="elderly")
    wrong: list[str] = []
    for width in (320, 390, 1280):
        nobody, minh, dung = open_page(width=width), open_page("minh", width=width), open_page("dung", width=width)
        asked = {
            nobody: (f"/so-thu-tu/?coquan={centre.office.code}", f"/so-thu-tu/{ticket.key}/"),
            minh: ("/quay/goi-so/",),
            dung: ("/thiet-lap/hang-cho/", "/van-hanh/hang-cho/", "/van-hanh/hang-cho/so-quay/"),
            machine("tickets", width): ("/ki-ot/lay-so/",),
            machine("screen", width): ("/man-hinh/",),
        }
        for page, addresses in asked.items():
            for address in addresses:
                page.goto(address)
                wider = page.evaluate(WIDER)
                wrong += [f"{address} at {width}: {wider} px too wide"] if wider > 0 else []
                wrong += [f"{address} at {width}: {fault}" for fault in faults_here(page)] if width == 390 else []
                picture(page, f"{address.strip('/').split('?')[0].replace('/', '-')[:24]}-{width}")
    assert wrong == []


def test_without_script_the_bar_and_the_machine_work(
    world: World, centre: Hall, machine: Any, open_page: OpenPage
) -> None:
    kiosk = machine("tickets", script=False)
    kiosk.get_by_role("button", name="Hộ tịch, chứng thực").click()
    expect(kiosk.locator(".ticket-number")).to_have_text("A001")
    minh = open_page("minh", script=False)
    minh.goto("/quay/goi-so/")
    minh.get_by_role("button", name="Quầy 1").click()
    minh.get_by_role("button", name="Gọi số tiếp").click()
    expect(minh.locator(".queue-bar")).to_contain_text("A001")
    minh.get_by_role("button", name="Bắt đầu").click()
    minh.get_by_role("button", name="Kết thúc").click()
    assert Ticket.objects.get().state == "finished"

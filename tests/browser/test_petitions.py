"""A petition in a real browser: reload, back and a second click make no second one; a kiosk keeps none of it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from motcua.petitions.models import Petition
from tests.browser.conftest import OpenPage
from tests.browser.reading import faults_here
from tests.browser.test_everyone_can_use_it import pytestmark as of_browsers
from tests.browser.test_kiosk import machine
from tests.world import World

__all__ = ["machine"]
pytestmark = of_browsers
CONTENT = "Chờ lâu mà không ai báo cho tôi"


def fill(page: Page, content: str = CONTENT) -> None:
    page.get_by_label("Hành vi, chậm trễ của cán bộ, cơ quan").check()
    page.locator("[name=about_office]").fill("Sở Tư pháp")
    page.get_by_label("Nội dung").fill(content)
    page.get_by_label("Tên của bạn").fill("Trần Thị Lan")
    page.locator("[name=phone]").fill("0900000001")


def send(page: Page) -> None:
    page.get_by_role("button", name="Gửi phản ánh").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã gửi phản ánh")


def test_reload_back_and_a_second_click_make_no_second_petition(world: World, open_page: OpenPage) -> None:
    page = open_page(width=390)
    page.goto("/phan-anh/")
    fill(page)
    send(page)
    assert faults_here(page) == []
    code = Petition.objects.get().code
    page.reload()
    expect(page.get_by_role("main")).to_contain_text(code)
    page.go_back()
    if not page.locator("[name=phone]").input_value():
        fill(page)
    send(page)
    expect(page.get_by_role("main")).to_contain_text(code)
    assert Petition.objects.count() == 1
    page.goto("/phan-anh/")
    fill(page, "Một chuyện khác")
    page.get_by_role("button", name="Gửi phản ánh").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã gửi phản ánh")
    assert Petition.objects.count() == 2


def test_a_kiosk_shows_nobody_the_petition_of_who_was_there_before(world: World, machine: Page) -> None:
    machine.goto("/phan-anh/")
    fill(machine)
    send(machine)
    petition = Petition.objects.get()
    machine.get_by_role("link", name="Theo dõi phản ánh này").click()
    machine.get_by_label("Mã tra cứu").fill(petition.secret)
    machine.get_by_role("button", name="Xem", exact=True).click()
    expect(machine.get_by_role("main")).to_contain_text(CONTENT)
    assert faults_here(machine) == []
    machine.get_by_role("button", name="Xong, xóa thông tin của tôi").click()
    expect(machine.get_by_role("heading", level=1)).to_have_text("Mời bạn chọn việc cần làm")
    for _step in range(5):
        machine.go_back()
        told = machine.content() + "".join(
            box.input_value() for box in machine.locator("input:not([type=radio]), textarea").all()
        )
        assert CONTENT not in told and petition.secret not in told, machine.url
        machine.reload()
        told = machine.content()
        assert CONTENT not in told and petition.secret not in told, machine.url
    assert Petition.objects.count() == 1

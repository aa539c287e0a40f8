"""A form that is filled in on the screen says what is wrong as one leaves a field, by keyboard, read aloud, and loses nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from motcua.dossiers.acts import submission
from tests.browser.conftest import CHROMIUM, OpenPage
from tests.browser.test_everyone_can_use_it import AXE
from tests.browser.test_papers import draft_of, faults
from tests.on_screen import ask_on_screen
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine (apt-get install chromium)"),
    pytest.mark.skipif(not AXE.exists(), reason="axe-core isn't there: python3 run.py setup"),
    pytest.mark.django_db(transaction=True),
]


def test_a_field_is_checked_when_it_is_left(world: World, open_page: OpenPage) -> None:
    form = ask_on_screen(world.passport)
    draft = draft_of(world)
    page = open_page("lan", width=390)
    page.goto(f"/nop-ho-so/{draft.pk}/giay-to/")
    amount, name = page.locator(f"[name=f{form.pk}-capital]"), page.locator(f"[name=f{form.pk}-name]")
    region = page.locator("#papers-form > [role=status].visually-hidden")
    father = page.locator(f"[name=f{form.pk}-father_id]")
    expect(father).to_be_hidden()
    assert faults(page) == []

    amount.fill("năm mươi triệu")
    amount.press("Tab")
    error = page.locator(f"#id_f{form.pk}-capital_error")
    expect(error).to_contain_text("Hãy ghi số tiền bằng đồng")
    expect(region).to_have_text("Số tiền: Hãy ghi số tiền bằng đồng, không có phần lẻ, ví dụ 50.000.000.")
    assert f"id_f{form.pk}-capital_error" in (amount.get_attribute("aria-describedby") or "")
    assert amount.get_attribute("aria-invalid") == "true"
    expect(page.locator(f"#id_f{form.pk}-name_error")).to_have_count(0)  # nobody was there yet
    assert faults(page) == []

    amount.fill("50.000.000")
    amount.press("Tab")
    expect(error).to_have_count(0)
    assert amount.get_attribute("aria-invalid") is None and not amount.get_attribute("aria-describedby")

    page.locator(f"[name=f{form.pk}-has_father][value=yes]").check()
    expect(father).to_be_visible()
    father.fill("12")
    name.fill("Trần Minh An")
    name.press("Tab")
    expect(page.locator(f"#id_f{form.pk}-father_id_error")).to_contain_text("12 chữ số")
    assert faults(page) == []
    draft.refresh_from_db()
    kept = draft.data["filled"][str(form.pk)]
    assert (kept["name"], kept["capital"], kept["father_id"]) == ("Trần Minh An", "50.000.000", "12")

    other = open_page("lan", width=1280, language="en")  # resumed on another device
    other.goto(f"/nop-ho-so/{draft.pk}/giay-to/")
    expect(other.locator(f"[name=f{form.pk}-name]")).to_have_value("Trần Minh An")
    expect(other.locator(f"#id_f{form.pk}-father_id_error")).to_contain_text("12 digits")
    assert faults(other) == []


def test_who_it_is_about_is_checked_when_a_field_is_left(world: World, open_page: OpenPage) -> None:
    draft = draft_of(world)
    page = open_page("lan", width=390)
    page.goto(f"/nop-ho-so/{draft.pk}/thong-tin/")
    mail = page.locator("[name=owner_email]")
    mail.fill("lan@")
    mail.press("Tab")
    expect(page.locator("#id_owner_email_error")).to_be_visible()
    assert "id_owner_email_error" in (mail.get_attribute("aria-describedby") or "")
    assert faults(page) == []
    mail.fill("lan@vidu.vn")
    mail.press("Tab")
    expect(page.locator("#id_owner_email_error")).to_have_count(0)
    assert submission.own_draft(draft.pk, world.actor("lan")).data["owner"]["owner_email"] == "lan@vidu.vn"


def test_without_javascript_everything_is_there_and_the_page_that_comes_back_says_what_is_wrong(
    world: World, open_page: OpenPage
) -> None:
    form = ask_on_screen(world.passport)
    draft = draft_of(world)
    page = open_page("lan", width=390, script=False)
    page.goto(f"/nop-ho-so/{draft.pk}/giay-to/")
    expect(page.locator(f"[name=f{form.pk}-father_id]")).to_be_visible()
    page.locator(f"[name=f{form.pk}-name]").fill("An")
    page.locator("button[name=next]").click()
    expect(page.locator(f"#id_f{form.pk}-born_on_error")).to_contain_text("Hãy điền mục này.")
    expect(page.locator(f"[name=f{form.pk}-name]")).to_have_value("An")

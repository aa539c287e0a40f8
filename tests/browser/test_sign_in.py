"""Signing in, in a real browser by keyboard: a passkey on a virtual authenticator, an identity at a real provider."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from motcua.people.models import Passkey
from motcua.people.tests.made import correction_request
from tests.browser.conftest import OpenPage
from tests.browser.test_everyone_can_use_it import faults_of
from tests.browser.test_everyone_can_use_it import pytestmark as of_browsers
from tests.house.stage import NOW
from tests.identity_provider import CLIENT, SECRET, IdentityProvider, running
from tests.world import World, moment

pytestmark = [*(of_browsers if isinstance(of_browsers, list) else [of_browsers]), pytest.mark.alone]
PICTURES = os.environ.get("MOTCUA_PICTURES", "")


def with_device(page: Page, *, verifies: bool = True) -> None:
    """A device that keeps passkeys and asks for a finger, plugged into this page."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": verifies, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")


def test_register_sign_out_sign_in_by_keyboard(world: World, open_page: OpenPage) -> None:
    page = open_page("lan", width=390)
    with_device(page)
    assert faults_of(page, "/tai-khoan/khoa-truy-cap/") == []
    page.get_by_label("Tên khóa").fill("Điện thoại của tôi")
    press(page, "Tạo khóa trên thiết bị này")
    expect(page.get_by_text("Đã lưu khóa.")).to_be_visible()
    picture(page, "passkeys-390")
    key = Passkey.objects.get()
    assert (key.name, key.last_used_at) == ("Điện thoại của tôi", None)
    press(page, "Tạo khóa trên thiết bị này")
    expect(page.get_by_text("đã có khóa của tài khoản này")).to_be_visible()
    assert Passkey.objects.count() == 1

    page.context.clear_cookies(name="sessionid")
    assert faults_of(page, "/dang-nhap/?next=/tai-khoan/du-lieu/") == []
    picture(page, "login-390")
    press(page, "Đăng nhập bằng khóa truy cập")
    page.wait_for_url("**/tai-khoan/du-lieu/")
    expect(page.get_by_role("heading", name="Dữ liệu của tôi")).to_be_visible()
    picture(page, "own-data-390")
    key.refresh_from_db()
    assert key.last_used_at is not None
    for address in ("/tai-khoan/", "/tai-khoan/ai-da-xem/", "/tai-khoan/dinh-chinh/"):
        assert faults_of(page, address) == []
        picture(page, f"lan{address.replace('/', '-')}390")


def test_who_says_no_on_the_device_is_told_and_has_the_other_ways(world: World, open_page: OpenPage) -> None:
    page = open_page("nobody", language="en")
    with_device(page, verifies=False)
    assert faults_of(page, "/dang-nhap/") == []
    press(page, "Sign in with a passkey")
    expect(page.get_by_text("The device did not answer.")).to_be_visible()
    expect(page.get_by_label("Password")).to_be_visible()
    picture(page, "login-en-1280")


def test_an_identity_from_the_button_to_the_account(world: World, open_page: OpenPage, settings: Any) -> None:
    with running(IdentityProvider(moment(NOW))) as one:
        settings.IDENTITY_ISSUER, settings.IDENTITY_CLIENT, settings.IDENTITY_SECRET = one.address, CLIENT, SECRET
        page = open_page("nobody", width=390)
        assert faults_of(page, "/dang-nhap/?next=/tai-khoan/") == []
        picture(page, "login-with-provider-390")
        page.get_by_role("link", name="Đăng nhập bằng VNeID").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/tai-khoan/dinh-danh/")
        assert faults_of(page, "/tai-khoan/dinh-danh/") == []
        picture(page, "identity-390")
        press(page, "Tạo tài khoản mới")
        page.wait_for_url("**/tai-khoan/")
        expect(page.get_by_label("Họ và tên")).to_be_disabled()
        assert faults_of(page, "/tai-khoan/dinh-chinh/") == []
        picture(page, "ask-verified-390")
        page.goto("/tai-khoan/")
        picture(page, "account-verified-390")


def test_requests_for_correction_are_for_everybody(world: World, open_page: OpenPage) -> None:
    request = correction_request(world.cast, NOW)
    hoa, yen = open_page("hoa", width=390), open_page("yen", width=390)
    assert faults_of(hoa, "/tai-khoan/dinh-chinh/") == []
    picture(hoa, "hoa-ask-390")
    for address in ("/thiet-lap/dinh-chinh/", f"/thiet-lap/dinh-chinh/{request.pk}/"):
        assert faults_of(yen, address) == []
        picture(yen, f"yen{address.replace('/', '-')}390")
    yen.get_by_label("Trả lời").fill("Đúng theo quyết định")
    press(yen, "Đính chính")
    expect(yen.get_by_text("Đã trả lời đề nghị.")).to_be_visible()
    world.cast.hoa.refresh_from_db()
    assert world.cast.hoa.full_name == "Lê Thị Hòa"

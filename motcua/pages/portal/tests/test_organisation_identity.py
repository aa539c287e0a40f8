"""A digital identity that says which organisation its person represents: from the button to the organisation's own page."""

from __future__ import annotations

import pytest
from django.test import Client

from motcua.pages.portal.tests.going_out import CHOICE, through, vneid, who
from motcua.people.mandate_rows import Organisation
from tests.house.pages import assert_good_page
from tests.identity_provider import IdentityProvider

__all__ = ["vneid"]
pytestmark = pytest.mark.django_db


def test_who_is_vouched_for_registers_it_with_one_button(client: Client, vneid: IdentityProvider) -> None:
    vneid.person = {
        **vneid.person, "LoaiTaiKhoan": "2", "MaSoDoanhNghiep": "0100109106", "TenDoanhNghiep": "Công ty TNHH Gốm Trà Lý",
    }  # fmt: skip
    assert through(client).headers["Location"] == CHOICE
    client.post(CHOICE)
    assert who(client) is not None
    assert "Công ty TNHH Gốm Trà Lý" in assert_good_page(client.get("/tai-khoan/to-chuc/"))
    answer = client.post("/tai-khoan/to-chuc/dang-ky/")
    made = Organisation.objects.get()
    assert answer.headers["Location"] == f"/tai-khoan/to-chuc/{made.pk}/"
    assert "Nhà cung cấp định danh xác nhận" in assert_good_page(client.get(f"/tai-khoan/to-chuc/{made.pk}/"))
    assert "Đăng ký tổ chức này" not in assert_good_page(client.get("/tai-khoan/to-chuc/"))
    assert client.post("/tai-khoan/to-chuc/dang-ky/").status_code == 404


def test_a_person_alone_registers_nothing(client: Client, vneid: IdentityProvider) -> None:
    through(client)
    client.post(CHOICE)
    assert client.post("/tai-khoan/to-chuc/dang-ky/").status_code == 404
    assert not Organisation.objects.exists()

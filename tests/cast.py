"""The one cast of people used by tests, demo and screenshots, in the demo province.

Lan (a citizen online), Bảy (by post), the company; at the provincial centre Minh receives and Dung is in charge;
at the Department of Justice Hoa prepares, Thành heads, Tuấn approves, Nga seals; Quang oversees the province,
Yến administers; Hiền receives in Đông Hưng district, Hạnh receives and Sơn decides in Đông Các commune.
Khang, of another department, is the outsider. Everybody serves since 2018 (the commune since 1 March 2020).
"""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from motcua.offices.actors import ANONYMOUS, Actor, actor_of
from motcua.offices.demo import cast_rows, make_cast
from motcua.offices.models import Office
from motcua.offices.province import load_province
from motcua.people.models import Account

SINCE = datetime(2018, 6, 21, 1, 0, tzinfo=UTC)
DAY = date(2021, 11, 1)


class Cast(SimpleNamespace):
    """Accounts by name: cast.lan, cast.minh …"""

    lan: Account
    bay: Account
    company: Account
    minh: Account
    dung: Account
    hoa: Account
    thanh: Account
    tuan: Account
    nga: Account
    quang: Account
    yen: Account
    khang: Account
    hien: Account
    hanh: Account
    son: Account

    def actor(self, name: str, on: date = DAY) -> Actor:
        """Who that person is on a day; `nobody` is somebody who isn't logged in."""
        return ANONYMOUS if name == "nobody" else actor_of(getattr(self, name), on)

    @property
    def center(self) -> Office:
        return office("trung-tam-phuc-vu-hanh-chinh-cong-tinh")

    @property
    def justice(self) -> Office:
        return office("so-tu-phap")

    @property
    def industry(self) -> Office:
        return office("so-cong-thuong")

    @property
    def district(self) -> Office:
        return office("huyen-dong-hung")

    @property
    def commune(self) -> Office:
        return office("xa-dong-cac-12757")


def office(key: str, province: str = "H54") -> Office:
    """The office with this key, in the demo province."""
    return Office.objects.get(province=province, key=key)


def settle_province() -> None:
    """The offices of the demo province, where they are not there."""
    if not Office.objects.filter(province="H54").exists():
        load_province("thai-binh")


def settle_cast() -> None:
    """The cast, posted, where they are not there; they have no passwords: use client.force_login."""
    settle_province()
    if not Account.objects.filter(is_demo=True).exists():
        make_cast(SINCE, password=None)


@pytest.fixture
def province(db: None) -> None:
    """The offices of the demo province."""
    settle_province()


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast, posted."""
    settle_cast()
    rows = cast_rows()
    there = Account.objects.in_bulk([row["login"] for row in rows], field_name="login")
    return Cast(**{row["key"]: there[row["login"]] for row in rows})

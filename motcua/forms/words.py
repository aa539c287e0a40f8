"""How instants, days, money and places are written on papers. Papers are Vietnamese. Law: ND30-2020 8"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from motcua.base.numbers import NOTHING, show_vnd
from motcua.base.times import VIETNAM
from motcua.dossiers.kinds import ReturnWay
from motcua.dossiers.models import Dossier
from motcua.offices.models import Office

NO_LIMIT = "Không quy định thời hạn"


def local(moment: datetime) -> datetime:
    """The instant on a Vietnamese wall clock."""
    return moment.astimezone(VIETNAM)


def moment_words(moment: datetime) -> str:
    """`08 giờ 00 phút, ngày 01/11/2021`"""
    return f"{local(moment):%H giờ %M phút, ngày %d/%m/%Y}"


def due_words(moment: datetime | None) -> str:
    """The promised instant, or that the law sets none."""
    return moment_words(moment) if moment else NO_LIMIT


def day_words(day: date) -> str:
    """`ngày 01 tháng 11 năm 2021`; days below 10 and the months January and February carry a nought. Law: ND30-2020 8"""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def fee_words(amount: int | None) -> str:
    """What is to be paid, `amount` in whole đồng."""
    if amount is None:
        return "Theo thông báo của cơ quan giải quyết"
    return show_vnd(amount) if amount else "Không"


def return_words(dossier: Dossier) -> str:
    """Where the result is to be had."""
    if dossier.return_way == ReturnWay.POST:
        return f"Qua bưu chính công ích, đến: {dossier.owner_address or NOTHING}"
    if dossier.return_way == ReturnWay.ONLINE:
        return "Trực tuyến, trong tài khoản của chủ hồ sơ"
    office = dossier.receiving_office
    return f"Tại {office.name}" + (f", {office.address}" if office.address else "")


@lru_cache(maxsize=64)
def place_name(province: str) -> str:
    """The province's own name, as letters are dated with."""
    name = Office.objects.filter(province=province, kind=Office.Kind.PROVINCE).values_list("name", flat=True).first()
    words = (name or "").split()
    return " ".join(words[words.index("tỉnh") + 1 :]) if "tỉnh" in words else (name or "")

"""Which kind of office of this province a printed agency name means; what isn't known waits for a person."""

import csv
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.conf import settings

from motcua.base.text import fold

DEPARTMENTS = {
    "y te": "so-y-te",
    "xay dung": "so-xay-dung",
    "giao thong": "so-xay-dung",
    "giao duc": "so-giao-duc-va-dao-tao",
    "tu phap": "so-tu-phap",
    "cong thuong": "so-cong-thuong",
    "nong nghiep": "so-nong-nghiep-va-moi-truong",
    "tai nguyen": "so-nong-nghiep-va-moi-truong",
    "tai chinh": "so-tai-chinh",
    "ke hoach": "so-tai-chinh",
    "noi vu": "so-noi-vu",
    "lao dong": "so-noi-vu",
    "van hoa": "so-van-hoa-the-thao-va-du-lich",
    "du lich": "so-van-hoa-the-thao-va-du-lich",
    "dan toc": "so-dan-toc-va-ton-giao",
    "khoa hoc": "so-khoa-hoc-va-cong-nghe",
    "thong tin": "so-khoa-hoc-va-cong-nghe",
    "ngoai vu": "so-ngoai-vu",
}
PATTERNS = (
    (re.compile(r"chi dinh|phan cap|uy quyen|duoc giao"), ""),
    (re.compile(r"^cong an (?:cap )?xa"), "cong-an-xa"),
    (re.compile(r"^cong an (?:cap )?tinh"), "cong-an-tinh"),
    (re.compile(r"^(?:bo|cuc|vu|tong cuc|chinh phu|thu tuong|chu tich nuoc)\b(?! (?:phan|chi huy|tu lenh))"), ""),
    (re.compile(r"van phong dang ky dat dai"), "so-nong-nghiep-va-moi-truong"),
    (
        re.compile(r"ban quan ly.*(?:khu cong nghiep|khu kinh te|khu che xuat)"),
        "ban-quan-ly-khu-kinh-te-va-cac-khu-cong-nghiep-tinh",
    ),
    (re.compile(r"(?:bao hiem xa hoi|bhxh) (?:cap )?tinh"), "bao-hiem-xa-hoi-tinh"),
    (re.compile(r"(?:bao hiem xa hoi|bhxh) (?:cap )?(?:huyen|co so)"), "bao-hiem-xa-hoi-co-so"),
    (re.compile(r"ban chi huy quan su (?:cap )?xa"), "ban-chqs-xa"),
    (re.compile(r"bo chi huy quan su (?:cap )?tinh"), "bo-chi-huy-quan-su-tinh"),
    (re.compile(r"trung tam tro giup phap ly"), "so-tu-phap"),
    (re.compile(r"trung tam dich vu viec lam"), "so-noi-vu"),
    (re.compile(r"chi cuc (?:kiem lam|thuy san|trong trot|chan nuoi|lam nghiep)"), "so-nong-nghiep-va-moi-truong"),
    (re.compile(r"(?:uy ban nhan dan|ubnd)(?: cap)? xa"), "ubnd-xa"),
    (re.compile(r"co quan (?:chuyen mon|quan ly).*cap xa"), "ubnd-xa"),
    (re.compile(r"(?:uy ban nhan dan|ubnd)(?: cap)? tinh"), "ubnd-tinh"),
)
SEVERAL = re.compile(
    r",\s*(?:uy ban|ubnd|bo\b|co quan|so\b|thi hanh|cong doan|khu quan ly|dai phat)|chi cuc .*, chi cuc"
)


@cache
def agency_map(path: Path | None = None) -> dict[tuple[str, str], str]:
    """The table of `data/agency_map.csv`: folded name and field → key; an empty field means every one, an empty key
    that a person decides.
    """
    path = path or settings.DATA_DIR / "agency_map.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {(fold(row["agency"]), fold(row["field"])): row["key"] for row in csv.DictReader(file)}


def by_rule(agency: str) -> str:
    """The key by the plain reading of a name; empty when it names no office of the province, or several."""
    name = re.sub(r"^(?:bo phan mot cua|giam doc|chu tich|lanh dao) ", "", fold(agency))
    if SEVERAL.search(name):
        return ""
    department = re.match(r"so (.+)", name)
    if department:
        return next((key for word, key in DEPARTMENTS.items() if department[1].startswith(word)), "")
    found = next((key for pattern, key in PATTERNS if pattern.search(name)), "")
    field = re.search(r"co quan (?:chuyen mon|quan ly)(?: nha nuoc)? (?:ve )?(.+?) (?:thuoc|cap tinh)", name)
    if field and "cap tinh" in name and "co quan" in name:
        words = {"the duc": "so-van-hoa-the-thao-va-du-lich", "thuy san": "so-nong-nghiep-va-moi-truong", **DEPARTMENTS}
        return next((key for word, key in words.items() if field[1].startswith(word)), "")
    return found


def key_of(agency: str, field: str = "") -> str:
    """The table first, for this field before for all, then the rule; empty when unknown."""
    table, name = agency_map(), fold(agency)
    known = table.get((name, fold(field)), table.get((name, "")))
    return by_rule(agency) if known is None else known


def competent_key(executing: Iterable[str], field: str = "") -> str | None:
    """The one kind of office that resolves a procedure; None when nobody or more than one could be meant.

    Where the people's committee of the province decides on a department's proposal, the dossier lies with the department.
    """
    keys = {key for agency in executing if (key := key_of(agency, field))}
    if len(keys) > 1:
        keys.discard("ubnd-tinh")
    return keys.pop() if len(keys) == 1 else None

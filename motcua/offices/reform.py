"""The reform of 1 July 2025 for any province that is loaded: districts end, communes merge, provinces join.

`data/offices/reform-2025-07-01.csv.gz` has every old ward with its district and the new ward it went to (several where
it was divided). A province with its own files (see `reorganise`) is brought there by them. Elsewhere a commune goes
where its ward went, a district to every new ward that has a part of it (the heir: the one with most of its old wards),
and the offices of a province that joins another to those of the same key there, which is inferred. Law: ND118-2025
"""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.offices.models import Office
from motcua.offices.province import Row, one_at_a_time, provinces, read_rows, write_offices
from motcua.offices.reorganise import (
    CLOSE_OFFICES,
    DROP_POSTINGS,
    END_POSTINGS,
    POST_ON,
    days_known,
    reorganise,
    write_successions,
)

DAY = date(2025, 7, 1)
Kind = Office.Kind
# Province, centre, departments and agencies have codes of their own below these.
FIRST_COMMUNE = 60


@dataclass
class Table:
    """Old to new: {ward or district: {new ward: how many old wards, the default counted double}}, and what is new."""

    wards: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    districts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    names: dict[str, str] = field(default_factory=dict)
    province_of: dict[str, str] = field(default_factory=dict)
    provinces: dict[str, str] = field(default_factory=dict)


@cache
def table() -> Table:
    """The whole country's table, read once."""
    found, province = Table(), ""
    raw = gzip.decompress((Path(settings.DATA_DIR) / "offices" / f"reform-{DAY}.csv.gz").read_bytes())
    for row in csv.DictReader(io.StringIO(raw.decode())):
        new, weight = row["new_ward"], 2 if row["is_default"] == "1" else 1
        if row["new_name"]:
            province = row["province"]
            found.names[new], found.province_of[new] = row["new_name"], province
        if row["province_name"]:
            found.provinces[province] = row["province_name"]
        found.wards[row["ward"]][new] += weight
        found.districts[row["district"]][new] += weight
    return found


def load_reform(day: date, province: str = "") -> list[dict[str, Any]]:
    """The reform for one province (by the name of its file), or for all that are loaded; doing it twice changes nothing.

    `left`: units that the table doesn't know (they had ended before), which stay as they are and are named.
    Raises NotThere for another day, an unknown province, or one of which no commune or district is loaded.
    """
    if day != DAY:
        raise NotThere(_("Không có đợt sắp xếp nào vào ngày này. Có: %(days)s.") % {"days": DAY.isoformat()})
    if province and province not in provinces():
        raise NotThere(_("Chưa có dữ liệu của tỉnh này. Có: %(names)s.") % {"names": ", ".join(provinces())})
    own = days_known().get(day, "").removesuffix(f"-{day}")
    done: list[dict[str, Any]] = []
    for name in [province] if province else provinces():
        code = read_rows(name)[0]["province"]
        if not Office.objects.filter(province=code).exists():
            if province:
                raise NotThere(_("Tỉnh này chưa được nạp: hãy nạp tỉnh trước."))
            continue
        if name == own:
            done.append({"province": name, **reorganise(day)[-1]})
        elif units := _units(code):
            left = [one.short_name for one in units if not _heirs(one, table())]
            done.append(
                {"province": name, **_reform(code, [one for one in units if _heirs(one, table())]), "left": left}
            )
        elif province:
            raise NotThere(_("Chưa nạp xã, huyện nào của tỉnh này nên không có gì để sắp xếp."))
    return done


def _units(code: str) -> list[Office]:
    """Communes and districts of a province before the reform; none when the table knows none of them."""
    there = Office.objects.on(DAY.replace(month=6, day=30)).filter(
        province=code, kind__in=(Kind.COMMUNE_UNIT, Kind.DISTRICT_UNIT)
    )
    units = list(there.order_by("code"))
    return units if any(_heirs(one, table()) for one in units) else []


def _heirs(unit: Office, known: Table) -> Counter[str]:
    side = known.wards if unit.kind == Kind.COMMUNE_UNIT else known.districts
    return side.get(unit.unit_code, Counter())


@transaction.atomic
def _reform(code: str, units: list[Office]) -> dict[str, Any]:
    known = table()
    wards = sorted({ward for unit in units for ward in _heirs(unit, known)})
    new_code = known.province_of[wards[0]]
    top = f"000.00.00.{new_code}"
    opened, rows = _above(code, new_code) if new_code != code else ([], [])
    codes = {
        ward: f"000.{place % 100:02d}.{FIRST_COMMUNE + place // 100}.{new_code}" for place, ward in enumerate(wards)
    }
    opened += [_commune(ward, codes[ward], new_code, top, known) for ward in wards]
    for unit in units:
        heirs = _heirs(unit, known)
        best = min(heirs, key=lambda ward: (-heirs[ward], ward))
        kind = "merge" if len(heirs) == 1 else "split"
        rows += [
            {"from_code": unit.code, "to_code": codes[ward], "kind": kind, "is_default": "1" if ward == best else "0"}
            for ward in sorted(heirs)
        ]
    one_at_a_time()
    counts = write_offices(opened)
    return {"day": DAY.isoformat(), "opened": counts["new"], **write_successions(rows, DAY), **_close()}


def _close() -> dict[str, int]:
    counts = {}
    with connection.cursor() as cursor:
        for count, statement in {
            "closed": CLOSE_OFFICES,
            "postings": POST_ON,
            "postings_ended": END_POSTINGS,
            "postings_dropped": DROP_POSTINGS,
        }.items():
            cursor.execute(statement, {"day": DAY})
            counts[count] = cursor.rowcount
    return counts


def _above(code: str, new_code: str) -> tuple[list[Row], list[Row]]:
    """The offices of the province that is joined, and who goes to which of them: the same place in the code and key."""
    name = table().provinces[new_code]
    opened, rows = [], []
    there = Office.objects.on(DAY.replace(month=6, day=30)).filter(province=code, level=Office.Level.PROVINCE)
    for one in there.select_related("parent").order_by("code"):
        to_code = one.code.removesuffix(code) + new_code
        is_top = one.kind == Kind.PROVINCE
        said = f"Ủy ban nhân dân {_small(name)}" if is_top else f"{one.short_name} {_bare(name)}"
        opened.append(
            {
                "code": to_code, "province": new_code, "key": one.key, "kind": one.kind, "level": one.level,
                "parent": "" if is_top else f"000.00.00.{new_code}", "name": said,
                "short_name": name if is_top else one.short_name, "unit_code": "", "valid_from": DAY.isoformat(),
                "code_is_public": "",
            }
        )  # fmt: skip
        rows.append({"from_code": one.code, "to_code": to_code, "kind": "merge", "is_default": "1"})
    return opened, rows


def _commune(ward: str, code: str, province: str, parent: str, known: Table) -> Row:
    name = known.names[ward]
    return {
        "code": code, "province": province, "key": f"don-vi-{ward}", "kind": Kind.CENTER_COMMUNE.value,
        "level": Office.Level.COMMUNE.value, "parent": parent,
        "name": f"Trung tâm Phục vụ hành chính công {_small(name)}", "short_name": name, "unit_code": ward,
        "valid_from": DAY.isoformat(), "code_is_public": "",
    }  # fmt: skip


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]


def _bare(name: str) -> str:
    return name.removeprefix("Tỉnh ").removeprefix("Thành phố ")

"""The reform of 1 July 2025 for any loaded province, from the country's table of old and new wards."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from motcua.base.errors import NotThere
from motcua.offices.models import Office, Succession
from motcua.offices.province import load_province
from motcua.offices.reform import DAY, load_reform, table
from motcua.offices.reorganise import reorganise

Kind = Office.Kind
BEFORE = date(2025, 6, 30)


def test_the_table_is_the_country_s() -> None:
    known = table()
    assert (len(known.names), len(set(known.province_of.values())), len(known.provinces)) == (3321, 34, 34)
    assert (len(known.wards), len(known.districts)) == (10_036, 692)
    assert sum(len(heirs) > 1 for heirs in known.wards.values()) > 400


def test_thai_binh_goes_where_the_country_s_table_says(province: None) -> None:
    """The province's own file against the table, commune by commune."""
    done = load_reform(DAY, "thai-binh")
    assert done[0]["opened"] == 84
    known = table()
    rows = Succession.objects.filter(on=DAY, from_office__kind=Kind.COMMUNE_UNIT).select_related(
        "from_office", "to_office"
    )
    assert rows.count() >= 242
    for row in rows.filter(is_default=True):
        heirs = known.wards[row.from_office.unit_code]
        assert row.to_office.unit_code in heirs, row
        assert known.names[row.to_office.unit_code] == row.to_office.short_name
    assert load_reform(DAY, "thai-binh")[0]["opened"] == 0


def test_quang_nam_joins_da_nang_and_its_districts_end(province: None) -> None:
    load_province("quang-nam")
    done = load_reform(DAY, "quang-nam")[0]
    # Nông Sơn had joined Quế Sơn on 1 January 2025: the table doesn't know it, and the command says so.
    assert done["left"] == ["Huyện Nông Sơn"] and done["closed"] == 42
    assert [one.short_name for one in Office.objects.on(DAY).filter(province="H47")] == done["left"]
    assert Office.objects.on(DAY).filter(province="H17", kind=Kind.CENTER_COMMUNE).count() == 78
    hoi_an = Office.objects.get(province="H47", key="thanh-pho-hoi-an")
    names = {one.to_office.short_name for one in hoi_an.successions.select_related("to_office")}
    assert names == {"Phường Hội An", "Phường Hội An Đông", "Phường Hội An Tây", "Xã Tân Hiệp"}
    for closed in Office.objects.filter(province="H47").exclude(valid_to=None).prefetch_related("successions"):
        assert sum(one.is_default for one in closed.successions.all()) == 1, closed
    top = Office.objects.get(code="000.00.00.H17")
    assert (top.name, top.parent) == ("Ủy ban nhân dân thành phố Đà Nẵng", None)
    again = load_reform(DAY, "quang-nam")[0]
    assert (again["opened"], again["closed"], again["merge"], again["split"]) == (0, 0, 0, 0)


def test_all_loaded_provinces_at_once(province: None) -> None:
    load_province("quang-nam")
    assert [one["province"] for one in load_reform(DAY)] == ["quang-nam", "thai-binh"]
    assert Office.objects.on(BEFORE).filter(kind=Kind.DISTRICT_UNIT).count() == 26
    assert reorganise(DAY)[-1]["opened"] == 0


def test_what_cannot_be_is_told(province: None) -> None:
    with pytest.raises(NotThere, match="2025-07-01"):
        load_reform(date(2025, 7, 2))
    with pytest.raises(NotThere, match="thai-binh"):
        load_reform(DAY, "x")
    with pytest.raises(NotThere, match="nạp tỉnh trước"):
        load_reform(DAY, "quang-nam")
    load_province("thanh-hoa")
    with pytest.raises(NotThere, match="không có gì để sắp xếp"):
        load_reform(DAY, "thanh-hoa")
    with pytest.raises(CommandError):
        call_command("load_reform", "2025-07-01", "--province", "x")


def test_the_command_says_what_it_did(province: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_reform", "2025-07-01", "--province", "thai-binh")
    assert "thai-binh: mở 84" in capsys.readouterr().out

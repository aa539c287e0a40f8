"""The offices of a province as a tree with dates."""

from datetime import date

import pytest
from django.db import IntegrityError

from motcua.base.errors import NotThere
from motcua.offices.models import Office
from motcua.offices.province import code_qd20, load_province
from tests.cast import office

pytestmark = pytest.mark.usefixtures("province")
KIND = Office.Kind
AUTUMN_2021 = date(2021, 11, 1)


def test_thai_binh_of_2021_has_one_centre_eight_districts_and_260_communes() -> None:
    in_force = Office.objects.on(AUTUMN_2021)
    assert in_force.filter(kind=KIND.CENTER_PROVINCE).count() == 1
    assert in_force.filter(kind=KIND.DISTRICT_UNIT).count() == 8
    assert in_force.filter(kind=KIND.COMMUNE_UNIT).count() == 260


def test_each_district_has_the_communes_that_the_resolution_of_2020_gave_it() -> None:
    expected = {
        "thanh-pho-thai-binh": 19,
        "huyen-quynh-phu": 37,
        "huyen-hung-ha": 35,
        "huyen-dong-hung": 38,
        "huyen-thai-thuy": 36,
        "huyen-tien-hai": 32,
        "huyen-kien-xuong": 33,
        "huyen-vu-thu": 30,
    }
    assert {key: office(key).children.count() for key in expected} == expected


def test_an_office_is_not_in_force_before_its_first_day() -> None:
    assert Office.objects.on(date(2020, 2, 29)).filter(kind=KIND.COMMUNE_UNIT).count() == 0
    assert Office.objects.on(date(2020, 3, 1)).filter(kind=KIND.COMMUNE_UNIT).count() == 260


def test_an_office_is_no_longer_in_force_on_the_day_it_closes() -> None:
    Office.objects.filter(key="huyen-dong-hung").update(valid_to=date(2025, 7, 1))
    assert Office.objects.on(date(2025, 6, 30)).filter(key="huyen-dong-hung").exists()
    assert not Office.objects.on(date(2025, 7, 1)).filter(key="huyen-dong-hung").exists()


def test_both_notations_of_a_code() -> None:
    assert code_qd20("000.05.31.H54") == "H54.31.05"
    assert code_qd20("000.00.18.H54") == "H54.18"
    assert code_qd20("000.00.00.H54") == "H54"
    commune = office("xa-dong-cac-12757")
    assert list(Office.objects.by_code(commune.code)) == list(Office.objects.by_code(commune.code_qd20)) == [commune]


def test_loading_twice_changes_nothing() -> None:
    assert load_province("thai-binh") == {"read": 292, "new": 0, "changed": 0, "unchanged": 292}


def test_a_changed_name_is_updated_and_a_closed_office_stays_closed() -> None:
    Office.objects.filter(key="so-y-te").update(name="Sở Y", valid_to=date(2030, 1, 1))
    assert load_province("thai-binh")["changed"] == 1
    assert office("so-y-te").name == "Sở Y tế Thái Bình"
    assert office("so-y-te").valid_to == date(2030, 1, 1)


def test_an_unknown_province_is_told_which_there_are() -> None:
    with pytest.raises(NotThere, match="Có: quang-nam, thai-binh, thanh-hoa"):
        load_province("ha-noi")


def test_other_provinces_stand_beside_it_with_the_same_keys() -> None:
    load_province("thanh-hoa")
    load_province("quang-nam")
    assert Office.objects.filter(key="so-tu-phap").count() == 3
    assert Office.objects.filter(province="H47", kind=KIND.DISTRICT_UNIT).count() == 18
    assert Office.objects.filter(province="H47", kind=KIND.VERTICAL_AGENCY).count() == 3


@pytest.mark.parametrize("typed", ["so tu phap", "SỞ TƯ PHÁP", "phap tu", "  sở  Tư "])
def test_offices_are_found_without_marks_in_any_case_and_order(typed: str) -> None:
    assert office("so-tu-phap") in Office.objects.search(typed)


def test_d_finds_the_d_with_a_stroke() -> None:
    assert office("huyen-dong-hung") in Office.objects.search("huyen dong hung")
    assert office("huyen-dong-hung") in Office.objects.search("ĐÔNG HƯNG")


def test_an_office_is_found_by_its_code() -> None:
    assert list(Office.objects.search("H54.14")) == [office("so-tu-phap")]
    assert list(Office.objects.search("000.00.14.H54")) == [office("so-tu-phap")]


def test_nothing_typed_finds_nothing() -> None:
    assert list(Office.objects.search("  ")) == []


def test_offices_sort_as_the_vietnamese_alphabet_does() -> None:
    names = ["Đăng", "Dương", "Ân", "An", "Ăn", "Ba"]
    for place, name in enumerate(names):
        Office.objects.create(
            code=f"x{place}", code_qd20=f"x{place}", province="H99", key=f"k{place}", name=name, short_name=name,
            kind=KIND.POINT, level=Office.Level.PROVINCE, valid_from=date(2020, 1, 1),
        )  # fmt: skip
    ordered = Office.objects.filter(province="H99").in_vi_order()
    assert [one.name for one in ordered] == ["An", "Ăn", "Ân", "Ba", "Dương", "Đăng"]


def test_the_database_refuses_an_office_that_ends_before_it_begins() -> None:
    with pytest.raises(IntegrityError, match="office_ends_after_it_begins"):
        Office.objects.filter(key="so-y-te").update(valid_to=date(2018, 6, 21))

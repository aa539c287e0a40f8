"""A procedure is found as people type, and by nothing else."""

from pathlib import Path

import pytest
from django.core.management import call_command

from motcua.catalogue.agencies import by_rule, competent_key, key_of
from motcua.catalogue.search import facets, find
from motcua.catalogue.tests.source_rows import core, write

NAMES = {
    "1.000656": "Thủ tục đăng ký khai tử",
    "1.000894": "Thủ tục đăng ký kết hôn",
    "2.000806": "Thủ tục đăng ký kết hôn có yếu tố nước ngoài",
    "1.013225": "Cấp giấy phép xây dựng mới",
}


@pytest.fixture
def catalogue(tmp_path: Path) -> None:
    rows = [core(code, name=name) for code, name in NAMES.items()]
    rows[3] |= {"field": "Hoạt động xây dựng", "levels": ["TINH"], "executing": ["Sở Xây dựng"]}
    call_command("load_procedures", str(write(tmp_path / "a.jsonl", rows)), as_json=True)


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("khai tử", ["1.000656"]),
        ("KHAI TU", ["1.000656"]),
        ("hon ket dang ky", ["1.000894", "2.000806"]),
        ("đăng ký kết hôn", ["1.000894", "2.000806"]),
        ("nuoc ngo", ["2.000806"]),
        ("xay dung", ["1.013225"]),
        ("sở xây dựng", ["1.013225"]),
        ("1.000656", ["1.000656"]),
        ("1.000", ["1.000656", "1.000894"]),
        ("kết_hôn", ["1.000894", "2.000806"]),
        ("không có gì đâu", []),
        ("' | & !:*", []),
        ("%", []),
        ("a' or 1=1 --", []),
    ],
)
def test_finds(catalogue: None, text: str, codes: list[str]) -> None:
    assert sorted(row.code for row in find(text).rows) == sorted(codes)


@pytest.mark.usefixtures("empty")
def test_the_nearest_name_comes_first_and_pages_count_all(catalogue: None) -> None:
    findings = find("đăng ký kết hôn", limit=1)
    assert (findings.total, findings.rows[0].code) == (2, "1.000894")
    assert find("").total == 4


@pytest.mark.usefixtures("empty")
def test_filters_and_facets(catalogue: None) -> None:
    assert find("", agency="so-xay-dung").total == 1
    assert find("", level="XA").total == 3
    assert find("", field="Hộ tịch").total == 3
    assert facets("")["agency"] == [("ubnd-xa", 3), ("so-xay-dung", 1)]


@pytest.mark.parametrize(
    ("agency", "key"),
    [
        ("Sở Tư Pháp", "so-tu-phap"),
        ("Sở Nông nghiệp và Môi trường Thành phố Hà Nội", "so-nong-nghiep-va-moi-truong"),
        ("Uỷ ban Nhân dân cấp xã, phường, thị trấn", "ubnd-xa"),
        ("Chủ tịch ủy ban nhân dân cấp tỉnh", "ubnd-tinh"),
        ("Bảo hiểm xã hội cấp Tỉnh", "bao-hiem-xa-hoi-tinh"),
        ("Chi cục Kiểm lâm", "so-nong-nghiep-va-moi-truong"),
        ("Cơ quan chuyên môn về thể dục, thể thao thuộc Ủy ban nhân dân cấp tỉnh", "so-van-hoa-the-thao-va-du-lich"),
        ("Cơ quan chức năng do Ủy ban nhân dân cấp tỉnh chỉ định", ""),
        ("Sở Xây dựng, Uỷ ban Nhân dân cấp xã, phường, thị trấn", ""),
        ("Bộ Công an", ""),
        ("Cục Xuất nhập khẩu", ""),
    ],
)
def test_a_printed_agency_names_a_kind_of_office_or_nobody(agency: str, key: str) -> None:
    assert by_rule(agency) == key
    assert key_of(agency) == key


def test_who_is_competent() -> None:
    assert competent_key(["Ủy ban nhân dân cấp tỉnh", "Sở Y tế"]) == "so-y-te"
    assert competent_key(["Sở Y tế", "Ủy ban nhân dân cấp xã"]) is None
    assert competent_key([]) is None
    both = ["Sở Nội vụ", "Sở Dân tộc và Tôn giáo"]
    assert competent_key(both, "Tín ngưỡng, tôn giáo") == "so-dan-toc-va-ton-giao"
    assert competent_key(both, "Thi đua, khen thưởng") is None
    assert competent_key(["Ban quản lý"]) is None

"""The office that answers for a field on a day, whatever it is called then."""

from datetime import date

import pytest

from motcua.offices.competence import office_for
from motcua.offices.province import load_province
from motcua.offices.reorganise import reorganise

pytestmark = pytest.mark.usefixtures("province")
IN_2021, IN_2026 = date(2021, 11, 1), date(2026, 1, 5)


def name_of(key: str, field: str, on: date = IN_2021, province: str = "H54") -> str | None:
    office = office_for(key, field, province, on)
    return office.short_name if office else None


@pytest.mark.parametrize(
    ("key", "field", "name"),
    [
        ("so-tu-phap", "Công chứng", "Sở Tư pháp"),
        ("so-nong-nghiep-va-moi-truong", "Đất đai", "Sở Tài nguyên và Môi trường"),
        ("so-nong-nghiep-va-moi-truong", "Thú y", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("so-xay-dung", "Đường bộ", "Sở Giao thông vận tải"),
        ("so-xay-dung", "Nhà ở và công sở", "Sở Xây dựng"),
        ("so-tai-chinh", "Thành lập và hoạt động của doanh nghiệp", "Sở Kế hoạch và Đầu tư"),
        ("so-tai-chinh", "Tài chính doanh nghiệp", "Sở Tài chính"),
        ("so-noi-vu", "Việc làm", "Sở Lao động - Thương binh và Xã hội"),
        ("so-dan-toc-va-ton-giao", "Tín ngưỡng, tôn giáo", "Sở Nội vụ"),
        ("so-ngoai-vu", "Chứng nhận lãnh sự", "Văn phòng UBND"),
        ("ubnd-tinh", "Xuất nhập khẩu", "Sở Công Thương"),
        ("ubnd-tinh", "Đường sắt", "Sở Giao thông vận tải"),
        ("ubnd-tinh", "Trọng tài thương mại", "Sở Tư pháp"),
        ("ubnd-tinh", "Hợp tác quốc tế", "Văn phòng UBND"),
        ("so-khong-co", "Gì đó", None),
    ],
)
def test_in_2021_the_departments_of_2021_answer(key: str, field: str, name: str | None) -> None:
    assert name_of(key, field) == name


def test_after_the_mergers_the_merged_departments_answer() -> None:
    reorganise(date(2025, 7, 1))
    fields = ["Đường bộ", "Đất đai", "Việc làm", "Thành lập và hoạt động của doanh nghiệp"]
    keys = ["so-xay-dung", "so-nong-nghiep-va-moi-truong", "so-noi-vu", "so-tai-chinh"]
    names = [name_of(key, field, IN_2026, "H31") for key, field in zip(keys, fields, strict=True)]
    assert names == ["Sở Xây dựng", "Sở Nông nghiệp và Môi trường", "Sở Nội vụ", "Sở Tài chính"]


def test_each_province_answers_with_its_own() -> None:
    load_province("thanh-hoa")
    assert name_of("so-ngoai-vu", "Chứng nhận lãnh sự", province="H56") == "Sở Ngoại vụ"
    assert name_of("so-dan-toc-va-ton-giao", "Công tác dân tộc", province="H56") == "Ban Dân tộc tỉnh"

"""Finding a procedure, and what its page says."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from motcua.base.text import fold
from motcua.calendar.limits import Limit
from motcua.catalogue.search import find
from motcua.pages.conftest import WallClock
from motcua.pages.portal.places import units_for
from tests.house.pages import assert_good_page
from tests.world import World, make_procedure, make_process

pytestmark = pytest.mark.django_db


def test_search_needs_no_marks_and_no_javascript(client: Client, world: World, watch: Any) -> None:
    html = assert_good_page(client.get("/tim-thu-tuc/", {"tim": "ho chieu"}))
    assert "Cấp hộ chiếu thử nghiệm" in html
    assert "Chứng thực tại xã" not in html


def test_as_one_types_only_the_answers_come_back(client: Client, world: World, watch: Any) -> None:
    html = client.get("/tim-thu-tuc/", {"tim": "9.000003"}, headers={"HX-Request": "true"}).content.decode()
    assert "Chứng thực tại xã" in html
    assert "<html" not in html


def test_filters_by_level(client: Client, world: World, watch: Any) -> None:
    html = assert_good_page(client.get("/tim-thu-tuc/", {"cap": "XA"}))
    assert "Chứng thực tại xã" in html
    assert "Cấp hộ chiếu thử nghiệm" not in html


@pytest.mark.parametrize(
    "query",
    [
        {"tim": "'&|!:*()"},
        {"tim": "\x00 𝕏 %s"},
        {"cap": "NHAM"},
        {"trang": "-1"},
        {"trang": "x"},
        {"trang": "99999"},
        {"tim": "x" * 900},
    ],
)
def test_nonsense_finds_nothing_and_breaks_nothing(client: Client, world: World, watch: Any, query: Any) -> None:
    assert_good_page(client.get("/tim-thu-tuc/", query))


def test_a_procedure_says_papers_limit_and_who_resolves(client: Client, world: World, watch: Any) -> None:
    html = assert_good_page(client.get("/thu-tuc/9.000001/"))
    assert "5 ngày làm việc" in html
    assert "Tờ khai theo mẫu" in html
    assert "Trung tâm Phục vụ hành chính công tỉnh" in html
    assert "Sở Tư pháp" in html
    assert "/thu-tuc/9.000001/nop/" in html


def test_where_it_is_taken_in_near_somebody(client: Client, world: World, clock: WallClock) -> None:
    """One that is found, one that is not, and more than are named."""
    page = "/thu-tuc/9.000003/"
    assert "Đông Các" not in assert_good_page(client.get(page))
    one = assert_good_page(client.get(page, {"noi": "xã đông các"}))
    assert "xã Đông Các, huyện Đông Hưng" in one and "Không thấy" not in one and "nơi nữa" not in one
    none = assert_good_page(client.get(page, {"noi": "Xã Không Có <b>"}))
    assert "Không thấy nơi tiếp nhận nào có tên “Xã Không Có &lt;b&gt;”" in none
    assert not [unit for unit in units_for(world.commune.version, date(2021, 11, 1)) if unit.name in none]
    many = assert_good_page(client.get(page, {"noi": "Đông"}))
    found = [unit for unit in units_for(world.commune.version, date(2021, 11, 1)) if "dong" in fold(unit.name)]
    assert len(found) > 3 and f"Còn {len(found) - 3} nơi nữa có tên như vậy" in many


def test_an_uncertain_limit_waits_for_an_officer(client: Client, world: World, watch: Any) -> None:
    html = assert_good_page(client.get("/thu-tuc/9.000002/"))
    assert "Cần cán bộ xác nhận" in html
    assert "không có đơn vị" in html


def test_an_unknown_procedure_is_not_there(client: Client, world: World, watch: Any) -> None:
    assert_good_page(client.get("/thu-tuc/1.999999/"), 404)


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/", 2),
        ("/tim-thu-tuc/?tim=xa", 3),
        ("/tim-thu-tuc/goi-y/?tim=xa", 2),
        ("/su-kien/sinh-con/", 1),
        ("/thu-tuc/9.000001/", 13),  # the first of a process: offers and law are read once, then 5
        ("/thu-tuc/9.000001/giay-to/", 12),
        ("/thu-tuc/9.000001/ho-so-mau/", 8),
    ],
)
def test_query_budgets(
    client: Client, world: World, watch: Any, django_assert_max_num_queries: Any, address: str, most: int
) -> None:
    with django_assert_max_num_queries(most):
        client.get(address)


def test_the_search_itself_is_one_statement(client: Client, world: World, django_assert_num_queries: Any) -> None:
    find("ho chieu")  # the words of the catalogue are read once
    with django_assert_num_queries(1):
        find("lam ho chiu o dau")


def test_suggestions_are_a_piece_of_a_page_with_what_life_brings(client: Client, world: World, watch: Any) -> None:
    html = client.get("/tim-thu-tuc/goi-y/", {"tim": "chung thuc"}).content.decode()
    assert "<html" not in html
    assert 'role="option" id="goi-y-1" data-href="/thu-tuc/9.000003/"' in html
    assert 'data-href="/su-kien/sinh-con/"' in client.get("/tim-thu-tuc/goi-y/?tim=vo+moi+de").content.decode()
    assert 'role="option"' not in client.get("/tim-thu-tuc/goi-y/?tim=").content.decode()
    assert "&lt;script&gt;" not in client.get("/tim-thu-tuc/goi-y/?tim=<script>").content.decode()


def test_a_mistyped_word_is_mended_and_it_says_so(client: Client, world: World, watch: Any) -> None:
    html = assert_good_page(client.get("/tim-thu-tuc/", {"tim": "chung thuk tai xa "}))
    assert "Chứng thực tại xã" in html
    assert "Đang tìm theo: “chung thuc tai xa”" in html


def test_what_is_done_elsewhere_is_said(client: Client, world: World, watch: Any) -> None:
    assert "cơ quan Công an" in assert_good_page(client.get("/tim-thu-tuc/", {"tim": "làm căn cước"}))
    assert "Tòa án nhân dân" in client.get("/tim-thu-tuc/goi-y/", {"tim": "xin ly hôn"}).content.decode()


def test_papers_in_my_case(client: Client, world: World, watch: Any) -> None:
    case = world.passport
    html = assert_good_page(client.get("/thu-tuc/9.000001/giay-to/"))
    assert "Tờ khai theo mẫu" in html
    assert "5 ngày làm việc" in html
    assert 'value="1" checked' in html
    html = assert_good_page(client.get("/thu-tuc/9.000001/giay-to/", {"cach": "2", "dung": "x", "truong-hop": "9"}))
    assert 'value="2" checked' in html
    assert f"/thu-tuc/{case.version.procedure.code}/nop/" in html
    part = client.get("/thu-tuc/9.000001/giay-to/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert_good_page(client.get("/thu-tuc/1.999999/giay-to/"), 404)


def test_a_model_is_marked_as_one(client: Client, world: World, watch: Any) -> None:
    html = assert_good_page(client.get("/thu-tuc/9.000001/ho-so-mau/"))
    assert "chưa có tờ khai mẫu" in html
    case = make_procedure("1.000894", "Đăng ký kết hôn", "ubnd-xa", "XA", Limit.parse("same-day@15:00"), make_process())
    html = assert_good_page(client.get(f"/thu-tuc/{case.version.procedure.code}/ho-so-mau/"))
    assert "<strong>MẪU</strong>" in html
    assert "/thu-tuc/1.000894/ho-so-mau/" in assert_good_page(client.get("/thu-tuc/1.000894/"))
    assert "Đăng ký kết hôn" in assert_good_page(client.get("/su-kien/ket-hon/"))
    assert_good_page(client.get("/su-kien/khong-co/"), 404)
